// What the pages of this room ask their node, and how an act is sent, refused and shown anew.
import { useState } from "react";
import { api, useQuery, useQueryClient, useWords } from "@simpul/doors/web";
import type { CaseHead, Names } from "../../cases/contract.ts";
import type {
  Choice,
  Codes,
  PermissionView,
  Preview,
  ReceivedItem,
  ReceivedRecord,
  RequestView,
} from "../contract.ts";

export type Named<T> = T & { names: Names };
export type Received = Named<{ records: ReceivedRecord[]; items: ReceivedItem[] }>;

const base = "/api/requests";
/** The frame renews every query of a topic when something arrives; lists wait until their reader lets it in. */
export const listTopic = "requests.list";

export const useRequestCodes = () =>
  useQuery({
    queryKey: ["codes", "requests"],
    queryFn: () => api.get<Codes>(`${base}/codes`),
    staleTime: 600_000,
  });

export const useRequest = (id: string) =>
  useQuery({
    queryKey: ["request", id],
    queryFn: ({ signal }) => api.get<Named<RequestView>>(`${base}/${id}`, { signal }),
    enabled: id !== "",
  });

/** What leaves, as it stands now: of the request, or of its answer. */
export const usePreview = (id: string, of: "request" | "answer", wanted: boolean) =>
  useQuery({
    // Not of the topic: once it has left, there is nothing to preview.
    queryKey: ["preview", id, of],
    queryFn: ({ signal }) =>
      api.get<Preview>(`${base}/${id}/${of === "request" ? "preview" : "answer/preview"}`, { signal }),
    enabled: wanted,
    staleTime: 0,
  });

/** What of a case may be put before these states, and what may not and why. */
export const useChoices = (ref: string, to: readonly string[]) =>
  useQuery({
    queryKey: ["case", ref, "choices", to.join(",")],
    queryFn: ({ signal }) =>
      api.get<{ records: Choice[]; items: Choice[] }>(`${base}/choices`, {
        query: { case: ref, to: to.join(",") },
        signal,
      }),
    enabled: ref !== "",
    // A permission may have been granted since it was last asked.
    staleTime: 0,
  });

export const useReceived = (by: { case?: string; request?: string }, wanted = true) =>
  useQuery({
    queryKey: ["request", by.request ?? by.case ?? "", "received"],
    queryFn: ({ signal }) => api.get<Received>(`${base}/received`, { query: by, signal }),
    enabled: wanted,
  });

export const usePermission = (id: string) =>
  useQuery({
    queryKey: ["permission", id],
    queryFn: ({ signal }) => api.get<Named<PermissionView>>(`${base}/permissions/${id}`, { signal }),
  });

/** Cases that this officer sees and that are open, to ask or answer from. */
export const useOpenCases = (wanted: boolean) =>
  useQuery({
    queryKey: ["case", "open", "of requests"],
    queryFn: async ({ signal }) =>
      (await api.get<{ cases: CaseHead[] }>("/api/cases", { query: { state: "open", limit: 100 }, signal }))
        .cases,
    enabled: wanted,
  });

/** Shows anew what an act has changed, on every page that stands open. */
export function useFresh(): () => Promise<void> {
  const queries = useQueryClient();
  return async () => {
    await Promise.all(
      ["request", "permission", "case", listTopic].map((topic) =>
        queries.invalidateQueries({ queryKey: [topic] }),
      ),
    );
  };
}

/** One act at a time: `run` gives true when it was done; a refusal stays until the next try. */
export function useAct(): {
  busy: boolean;
  fault: unknown;
  run: (act: () => Promise<unknown>) => Promise<boolean>;
} {
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<unknown>(null);
  return {
    busy,
    fault,
    async run(act) {
      setBusy(true);
      setFault(null);
      try {
        await act();
        return true;
      } catch (no) {
        setFault(no);
        return false;
      } finally {
        setBusy(false);
      }
    },
  };
}

/** The words of a code of one of the parties' lists; offences are those of cases and checks. */
export function useCodeWords(): (list: string, code: string | null) => string {
  const words = useWords();
  return (list, code) =>
    code === null || code === ""
      ? "–"
      : (words.sayOne([
          `requests.${list}.${code}`,
          ...(list === "offences" ? [`cases.crime.${code}`] : []),
        ]) ?? code);
}
