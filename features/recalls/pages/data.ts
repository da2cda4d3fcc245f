// What these pages ask their node, and what is asked anew after an act.
import { api, useQuery, useQueryClient } from "@simpul/doors/web";
import type { Codes, Given, RecallList, RecallView } from "../contract.ts";

export type Named<T> = T & { names: Record<string, string> };
export type View = Named<RecallView>;

export const useRecallCodes = () =>
  useQuery({
    queryKey: ["codes", "recalls"],
    queryFn: () => api.get<Codes>("/api/recalls/codes"),
    staleTime: 600_000,
  });

export const useRecalls = (query: Record<string, string>) =>
  useQuery({
    queryKey: ["recall", "list", query],
    queryFn: ({ signal }) => api.get<RecallList>("/api/recalls", { query, signal }),
  });

export const useRecall = (id: string) =>
  useQuery({
    queryKey: ["recall", id],
    queryFn: ({ signal }) => api.get<Named<RecallView>>(`/api/recalls/${id}`, { signal }),
  });

export const useGiven = (request: string) =>
  useQuery({
    queryKey: ["recall", "given", request],
    queryFn: ({ signal }) => api.get<{ given: Given[] }>(`/api/recalls/given/${request}`, { signal }),
    enabled: request !== "",
    staleTime: 0,
  });

export function useFresh(): () => Promise<void> {
  const queries = useQueryClient();
  return async () => {
    await Promise.all(
      ["recall", "request", "case", "inbox"].map((topic) => queries.invalidateQueries({ queryKey: [topic] })),
    );
  };
}
