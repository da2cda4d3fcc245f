// How pages keep what they asked: short-lived, asked again when something changed, retried on a bad line.
import { QueryClient } from "@tanstack/react-query";
import { worthRetrying } from "./api.ts";

export { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

/** Keys are `[topic, id?, …]`: the topic is the word that the live stream says (`case`, `item`, `request`). */
export function createQueries(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        // Case data does not stay in memory longer than somebody may come back to it.
        gcTime: 120_000,
        retry: (count, fault) => count < 3 && worthRetrying(fault),
        retryDelay: (count) => Math.min(1000 * 2 ** count, 15_000) * (0.7 + Math.random() * 0.6),
        networkMode: "always",
      },
      // A change is never sent twice by itself: whoever sent it is told, and decides.
      mutations: { retry: false, networkMode: "always" },
    },
  });
}
