// What the pages of this room ask of the node.
import { useState } from "react";
import { api, useLive, useQuery, useQueryClient } from "@simpul/doors/web";
import type { Answered, Asked, Likeness, Notice, Plan, SharedView } from "../contract.ts";

export interface Terms {
  reflection: Record<string, { days: number; source: string; confirmed: boolean }>;
  risks: string[];
  documents: string[];
}
export type NoticeView = SharedView<Notice, { outcome: string; text: string }>;
export type CheckView = SharedView<{ people: Asked[] }, { answers: Answered[] }>;

function useReturns<T>(path: string) {
  useLive(["shares"]);
  return useQuery({
    queryKey: ["shares", "returns", path],
    queryFn: ({ signal }) => api.get<T>(`/api/returns${path}`, { signal }),
  });
}
export const usePlanner = () => useReturns<{ plans: Plan[]; terms: Terms }>("");
export const usePlan = (id: string) => useReturns<{ plan: Plan; terms: Terms }>(`/people/${id}`);
/** The state whose desk looks after her since a hand-over; null: this one. */
export const useOwner = (id: string) =>
  useQuery({
    queryKey: ["shares", "owner", id],
    queryFn: ({ signal }) => api.get<{ owner: string | null }>(`/api/referrals/people/${id}`, { signal }),
  });
export const useStates = () => useReturns<{ states: string[]; terms: Terms }>("/states");
export const useNotices = () => useReturns<{ notices: NoticeView[] }>("/missing");
export const useNotice = (id: string) => useReturns<NoticeView & { like: Likeness[] }>(`/missing/${id}`);
export const useChecks = () => useReturns<{ checks: CheckView[] }>("/nationality");
export const useCheck = (id: string) => useReturns<CheckView>(`/nationality/${id}`);

/** After an act: everything of this room is asked anew. */
export function useFresh(): () => Promise<void> {
  const queries = useQueryClient();
  return async () => {
    await Promise.all(["shares", "inbox"].map((topic) => queries.invalidateQueries({ queryKey: [topic] })));
  };
}

export const toneOf = (state: string): "good" | "bad" | "waiting" | "plain" =>
  state === "accepted" ? "good" : state === "pending" ? "waiting" : state === "returned" ? "bad" : "plain";

/** Sends one fact; gives the act, its fault and whether it is under way. */
export function useSay(id: string): [(what: string, data: object) => Promise<boolean>, unknown, boolean] {
  const fresh = useFresh();
  const [fault, setFault] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  return [
    async (what, data) => {
      setBusy(true);
      setFault(null);
      try {
        await api.post(`/api/returns/people/${id}`, { what, data });
        await fresh();
        return true;
      } catch (no) {
        setFault(no);
        return false;
      } finally {
        setBusy(false);
      }
    },
    fault,
    busy,
  ];
}
