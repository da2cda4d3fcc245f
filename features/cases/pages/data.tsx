// What the pages of a case ask their node: the case, its records, the codes, colleagues; and how they change a field.
import { api, useQuery, useQueryClient, useTellProblem, useUndo, useWords } from "@simpul/doors/web";
import type { Handling } from "@simpul/model";
import type { CaseHead, CaseView, Fields, Kept, Names, RecordKind, Records, Source } from "../contract.ts";

export type Named<T> = T & { names: Names };
export interface Codes {
  crimeTypes: { version: string; types: { code: string; basis: { text: string; standing: string }[] }[] };
  cases: { suspended: string[]; closed: string[]; places: string[]; events: string[]; links: string[] };
}
export type Listed = Named<{ cases: CaseHead[]; next: string | null }>;

export const useCodes = () =>
  useQuery({
    queryKey: ["codes", "cases"],
    queryFn: () => api.get<Codes>("/api/cases/codes"),
    staleTime: 3_600_000,
  });

export const useCase = (ref: string) =>
  useQuery({
    queryKey: ["case", ref],
    queryFn: ({ signal }) => api.get<Named<CaseView>>(`/api/cases/${ref}`, { signal }),
  });

export const useRecords = (ref: string, kinds?: readonly RecordKind[]) =>
  useQuery({
    queryKey: ["case", ref, "records", kinds?.join(",") ?? ""],
    queryFn: ({ signal }) =>
      api.get<Named<{ records: Records; left: number }>>(`/api/cases/${ref}/records`, {
        query: { kinds: kinds?.join(",") },
        signal,
      }),
  });

export interface AskAdd<K extends RecordKind> {
  fields: Partial<Fields[K]>;
  handling?: Handling;
  evaluation?: { source: string; information: string };
  source?: Source;
}

/** The acts of a case's pages: done at once, then undoable for ten seconds. */
export function useActs(ref: string) {
  const queries = useQueryClient();
  const undoable = useUndo();
  const tellProblem = useTellProblem();
  const { say } = useWords();
  const base = `/api/cases/${ref}`;
  const fresh = (): Promise<void> => queries.invalidateQueries({ queryKey: ["case"] });
  const at = (kind: RecordKind | "case", id: string): string => `${base}/records/${kind}/${id}`;

  async function remove(kind: RecordKind, id: string): Promise<void> {
    await api.delete(at(kind, id));
    await fresh();
    undoable({
      done: say("cases.removed"),
      undo: () => api.post(`${at(kind, id)}/restore`).then(fresh),
    });
  }
  return {
    fresh,
    tellProblem,
    async add<K extends RecordKind>(kind: K, ask: AskAdd<K>): Promise<void> {
      const made = await api.post<{ id: string }>(`${base}/records/${kind}`, ask);
      await fresh();
      undoable({ done: say("cases.added"), undo: () => api.delete(at(kind, made.id)).then(fresh) });
    },
    /** Sends the version that was read; a quicker colleague's value is never overwritten. */
    async edit(
      kind: RecordKind | "case",
      of: Pick<Kept, "id" | "versions">,
      field: string,
      was: unknown,
      value: unknown,
    ): Promise<void> {
      const read = of.versions[field] ?? 1;
      const done = await api.patch<{ kind: string; version: number }>(at(kind, of.id), {
        field,
        value,
        read,
      });
      await fresh();
      if (done.kind === "stands")
        undoable({
          done: say("cases.changed"),
          undo: () => api.patch(at(kind, of.id), { field, value: was, read: done.version }).then(fresh),
        });
    },
    async settle(kind: RecordKind | "case", id: string, field: string, version: number): Promise<void> {
      await api.post(`${at(kind, id)}/settle`, { field, version });
      await fresh();
    },
    remove: (kind: RecordKind, id: string): void => void remove(kind, id).catch(tellProblem),
  };
}
export type Acts = ReturnType<typeof useActs>;

/** A name in both scripts, for choices. */
export const spelt = (of: { name: string; nameLatin: string | null }): string =>
  of.nameLatin !== null && of.nameLatin !== of.name ? `${of.name} (${of.nameLatin})` : of.name;
