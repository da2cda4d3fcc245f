// What the pages of evidence ask their node, and the acts on findings: done at once, then undoable for ten seconds.
import {
  api,
  keepPreviousData,
  useQuery,
  useQueryClient,
  useTellProblem,
  useUndo,
  useWords,
} from "@simpul/doors/web";
import type { HolderRole, Id, SelectorType } from "@simpul/model";
import type { CaseHead } from "../../cases/contract.ts";
import type {
  AskDecide,
  FindingGroup,
  FindingPlace,
  FindingStage,
  FoundValues,
  ItemView,
  Story,
} from "../contract.ts";

const base = "/api/evidence/items";

/** The item; asked again while it is still being read or searched. */
export const useItem = (id: string) =>
  useQuery({
    queryKey: ["item", id],
    queryFn: ({ signal }) => api.get<ItemView>(`${base}/${id}`, { signal }),
    refetchInterval: ({ state }) => {
      const reading = state.data?.reading;
      return reading === undefined || reading.state === "refused" || reading.detection === "done"
        ? false
        : 2_000;
    },
  });

export const useStory = (id: string) =>
  useQuery({
    queryKey: ["item", id, "story"],
    queryFn: ({ signal }) =>
      api.get<Story & { names: Record<string, string> }>(`${base}/${id}/story`, { signal }),
  });

export interface AskValues {
  stage: FindingStage | "";
  type: SelectorType | "";
  limit: number;
}
export const useFound = (id: string, { stage, type, limit }: AskValues) =>
  useQuery({
    queryKey: ["item", id, "findings", stage, type, limit],
    queryFn: ({ signal }) =>
      api.get<FoundValues>(`${base}/${id}/findings`, { signal, query: { stage, type, limit } }),
    placeholderData: keepPreviousData,
  });

export const usePlacesOf = (id: string, finding: Id | undefined) =>
  useQuery({
    queryKey: ["item", id, "findings", "places", finding],
    queryFn: ({ signal }) =>
      api.get<{ places: FindingPlace[] }>(`${base}/${id}/findings/${String(finding)}/places`, { signal }),
    enabled: finding !== undefined,
  });

/** A case by its number or id, for saying into which a file goes. */
export const useCaseHead = (ref: string) =>
  useQuery({
    queryKey: ["case", ref],
    queryFn: ({ signal }) => api.get<CaseHead>(`/api/cases/${ref}`, { signal }),
    enabled: ref !== "",
  });

/** Open cases on whose team she is. */
export const useMyCases = (wanted: boolean) =>
  useQuery({
    queryKey: ["case", "mine"],
    queryFn: async ({ signal }) => {
      const query = { mine: true, state: "open", limit: 100 };
      return (await api.get<{ cases: CaseHead[] }>("/api/cases", { query, signal })).cases;
    },
    enabled: wanted,
  });

export type Decide = (
  of: readonly FindingGroup[],
  ask: Pick<AskDecide, "decision" | "correction"> & { role?: HolderRole },
) => Promise<boolean>;

/** Decides about values wherever they stand in the item; true when it was done. */
export function useDecide(item: string, changed: () => void): { decide: Decide; undoLast: () => void } {
  const queries = useQueryClient();
  const undoable = useUndo();
  const tellProblem = useTellProblem();
  const { say } = useWords();
  const at = `${base}/${item}/decisions`;
  const fresh = async (): Promise<void> => {
    changed();
    await queries.invalidateQueries({ queryKey: ["item", item] });
  };
  const undo = async (act: string): Promise<void> => {
    acts.set(
      item,
      (acts.get(item) ?? []).filter((one) => one !== act),
    );
    await api.delete(`${at}/${act}`);
    await fresh();
  };
  return {
    async decide(of, ask) {
      try {
        const body = { findings: of.map((one) => one.id), alike: true, ...ask };
        const { act } = await api.post<{ act: string }>(at, body);
        acts.set(item, [...(acts.get(item) ?? []), act]);
        await fresh();
        const what = of.length === 1 ? of[0]!.canonical : say("evidence.values", { count: of.length });
        const role = ask.role === undefined ? "" : say(`holder.${ask.role}`);
        undoable({
          replaces: "evidence-decision",
          done: say(`evidence.did.${ask.decision}`, { what, role }),
          undo: () => undo(act),
        });
        return true;
      } catch (fault) {
        tellProblem(fault);
        return false;
      }
    },
    undoLast() {
      const last = acts.get(item)?.at(-1);
      if (last !== undefined) void undo(last).catch(tellProblem);
    },
  };
}
/** What was decided in this window, latest last, for the key that takes it back. */
const acts = new Map<string, string[]>();
