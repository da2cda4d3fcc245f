// What the pages of spaces ask the node, and what each act makes stale.
import { api, useActing, useLive, useQuery, type Acting } from "@simpul/doors/web";
import type { NoteDraft, Picture, SpaceView, ThingKind } from "../contract.ts";

export interface JointCodes {
  own: string;
  states: string[];
  offences: string[];
  kinds: ThingKind[];
  drafts: boolean;
}

export const useCodes = () =>
  useQuery({
    queryKey: ["codes", "joint"],
    queryFn: ({ signal }) => api.get<JointCodes>("/api/joint/codes", { signal }),
    staleTime: 60_000,
  });

export function useSpace(id: string) {
  useLive(["joint"]);
  return useQuery({
    queryKey: ["joint", id],
    queryFn: ({ signal }) => api.get<SpaceView>(`/api/joint/${id}`, { signal }),
    // A line that goes down wakes nobody.
    refetchInterval: 30_000,
  });
}

export const usePicture = (id: string) =>
  useQuery({
    queryKey: ["joint", id, "picture"],
    queryFn: ({ signal }) => api.get<Picture>(`/api/joint/${id}/picture`, { signal }),
  });

export const useAct = (): Acting => useActing("joint");

/** For the red button, which shows what was refused itself: the act, and its fault thrown on. */
export function useLeaving(): (act: () => Promise<unknown>) => Promise<void> {
  const { run } = useAct();
  return async (act) => {
    let fault: unknown = null;
    const done = await run(async () => {
      try {
        await act();
      } catch (no) {
        fault = no;
        throw no;
      }
    });
    if (!done) throw fault;
  };
}

const day = 86_400_000;
const dayAt = (at: number): string => new Date(at).toISOString().slice(0, 10);
/** Thirty days from today, everything but links may be put in, four weeks to wind down. */
export const freshNote = (own: string): NoteDraft => ({
  parties: [own] as NoteDraft["parties"],
  ...{ title: "", facts: "", offences: [], from: dayAt(Date.now()), until: dayAt(Date.now() + 30 * day) },
  share: ["subject", "selector", "site", "event", "link", "item", "task", "decision", "note", "date"],
  ...{ backfill: "all", court: false, leads: [], purgeDays: 28 },
});

export const draftOf = ({ note }: Pick<SpaceView, "note">): NoteDraft => {
  const { space: _, version: __, proposer: ___, ...draft } = note;
  return draft;
};
