// What the pages of this room ask of the node.
import { api, useLive, useQuery, useQueryClient } from "@simpul/doors/web";
import type {
  Consent,
  DataSet,
  Holder,
  NextOnTrack,
  Override,
  Referred,
  Service,
  ServiceKind,
  Share,
  SharePurpose,
  TrackClock,
} from "../contract.ts";

export interface Card {
  share: Share;
  person: { id: string; pseudonym: string } | null;
  recipientName: string;
  kind: string;
  urgent: boolean;
  last: string | null;
  next: NextOnTrack | null;
  holders: Holder[];
}
export interface Board {
  out: Card[];
  came: (Card & { from: string })[];
  overrides: {
    person: { id: string; pseudonym: string };
    override: string;
    mine: boolean;
    because: string;
    at: string;
  }[];
}
export interface Clock {
  hours: number;
  source: string;
  confirmed: boolean;
}
export interface Track {
  hotline?: string;
  clocks?: TrackClock[];
  note?: string;
  source: string;
  confirmed: boolean;
}
export interface Terms {
  version: string;
  hours: Record<string, Clock>;
  kinds: Record<ServiceKind, { data: DataSet[]; steps: string[]; clocks: TrackClock[] }>;
  states: Record<string, { lead: string; tracks: Partial<Record<ServiceKind, Track>> }>;
}
export type InAll = Record<string, string>;
export interface Explanation {
  version: string;
  texts: Record<string, InAll>;
  data: Record<string, InAll>;
  purposes: Record<string, InAll>;
}
export interface Lists {
  terms: Terms;
  explanation: Explanation;
  spoken: string[];
}
export interface Directory {
  services: Service[];
  states: string[];
  names: Record<string, string>;
}
export interface PersonConsent {
  person: { id: string; pseudonym: string; age: string; languages: string[] };
  consents: { id: string; at: string; consent: Consent; withdrawnAt: string | null; shares: Small[] }[];
  overrides: {
    id: string;
    at: string;
    mine: boolean;
    override: Override;
    review: { upheld: boolean } | null;
    shares: Small[];
  }[];
}
interface Small {
  share: string;
  state: Share["state"];
}
export interface PersonSharing {
  person: { id: string; pseudonym: string; age: string };
  owner: string | null;
  named: boolean;
  brought: { id: string; takenAt: string; from: string; kind: string; at: string; data: unknown }[];
}
export interface ShareView {
  share: Share;
  holders: Holder[];
  given: unknown;
  recipientName?: string;
  basis?: { kind: string; id: string };
  person: { id: string; pseudonym: string } | null;
  answer: { text?: string; code?: string | null; name?: string } | null;
  link: string | null;
  next: NextOnTrack | null;
  steps: { at: string; step: string; code: string | null; text: string }[];
}
export type { Consent, DataSet, Referred, Service, ServiceKind, Share, SharePurpose };

export const useBoard = () => {
  useLive(["shares"]);
  return useQuery({
    queryKey: ["shares", "board"],
    queryFn: ({ signal }) => api.get<Board>("/api/referrals/board", { signal }),
  });
};
export const useLists = () =>
  useQuery({
    queryKey: ["codes", "referrals"],
    queryFn: ({ signal }) => api.get<Lists>("/api/referrals/terms", { signal }),
    staleTime: Infinity,
  });
export const useDirectory = () => {
  useLive(["shares"]);
  return useQuery({
    queryKey: ["shares", "services"],
    queryFn: ({ signal }) => api.get<Directory>("/api/referrals/services", { signal }),
  });
};
export const useConsent = (id: string) => {
  useLive(["shares"]);
  return useQuery({
    queryKey: ["shares", "consent", id],
    queryFn: ({ signal }) => api.get<PersonConsent>(`/api/referrals/people/${id}/consent`, { signal }),
  });
};
export const useSharing = (id: string) => {
  useLive(["shares"]);
  return useQuery({
    queryKey: ["shares", "person", id],
    queryFn: ({ signal }) => api.get<PersonSharing>(`/api/referrals/people/${id}`, { signal }),
  });
};
export const useShare = (id: string) => {
  useLive(["shares"]);
  return useQuery({
    queryKey: ["shares", "one", id],
    queryFn: ({ signal }) => api.get<ShareView>(`/api/referrals/shares/${id}`, { signal }),
  });
};

/** After an act: everything of this room is asked anew. */
export function useFresh(): () => Promise<void> {
  const queries = useQueryClient();
  return async () => {
    await Promise.all(["shares", "inbox"].map((topic) => queries.invalidateQueries({ queryKey: [topic] })));
  };
}

/** "service:<id>" or "state:<code>", as a list of choices holds it. */
export const recipientOf = (
  value: string,
): { kind: "service"; id: string } | { kind: "state"; state: string } =>
  value.startsWith("state:")
    ? { kind: "state", state: value.slice(6) }
    : { kind: "service", id: value.slice(8) };
