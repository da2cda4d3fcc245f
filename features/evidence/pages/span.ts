// Which stretch of a long reading is on the page: a few chunks of parts around where the officer reads, never more.
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { api, useQuery, useQueryClient } from "@simpul/doors/web";
import type { Finding, Part } from "../contract.ts";

export interface Place {
  number: number;
  firstPart: number;
  parts: number;
}
interface Segment {
  parts: Part[];
  findings: Finding[];
}
export interface Chunk {
  index: number;
  parts: readonly Part[];
  findings: readonly Finding[];
}

const chunkParts = 40;
const mostChunks = 7;

interface ChunkPlace {
  segment: number;
  from: number;
  to: number;
  firstPart: number;
}
const chunksOf = (places: readonly Place[]): ChunkPlace[] =>
  places.flatMap(({ number, firstPart, parts }) =>
    Array.from({ length: Math.ceil(parts / chunkParts) }, (_, at) => ({
      segment: number,
      from: at * chunkParts,
      to: Math.min(parts, (at + 1) * chunkParts),
      firstPart: firstPart + at * chunkParts,
    })),
  );

/** Where the segments of an item begin; a reading that is ready does not change any more. */
export const usePlaces = (item: string) =>
  useQuery({
    queryKey: ["reading", item, "places"],
    queryFn: ({ signal }) =>
      api.get<{ segments: Place[] }>(`/api/evidence/items/${item}/reading`, { signal }),
    staleTime: Infinity,
  });

export interface Span {
  chunks: readonly Chunk[];
  above: boolean;
  below: boolean;
  fault: unknown;
  /** Shows the stretch around a part; resolves once it is there. */
  go: (part: number) => Promise<void>;
  /** One chunk more, before (-1) or after (1) what is shown; the other end is let go. */
  extend: (by: -1 | 1) => Promise<void>;
}

/** `edition` differs once the text was searched, and after each correction: places then carry other values. */
export function useSpan(item: string, places: readonly Place[], edition: string): Span {
  const queries = useQueryClient();
  const all = useMemo(() => chunksOf(places), [places]);
  const [chunks, setChunks] = useState<readonly Chunk[]>([]);
  const [fault, setFault] = useState<unknown>(null);
  const busy = useRef(false);
  const from = chunks[0]?.index ?? 0;
  const to = (chunks.at(-1)?.index ?? -1) + 1;

  const read = useCallback(
    async (index: number): Promise<Chunk> => {
      const place = all[index]!;
      const { parts, findings } = await queries.query({
        queryKey: ["reading", item, "segment", place.segment, edition],
        queryFn: ({ signal }) =>
          api.get<Segment>(`/api/evidence/items/${item}/reading/${place.segment}`, { signal }),
        staleTime: Infinity,
        // A segment that nobody looks at leaves the memory soon: the node has it.
        gcTime: 20_000,
      });
      const shown = parts.slice(place.from, place.to);
      const last = place.firstPart + shown.length;
      return {
        index,
        parts: shown,
        findings: findings.filter((one) => one.part >= place.firstPart && one.part < last),
      };
    },
    [all, edition, item, queries],
  );
  const load = useCallback(
    async (first: number, end: number): Promise<void> => {
      try {
        const loaded: Chunk[] = [];
        for (let index = Math.max(0, first); index < Math.min(end, all.length); index += 1)
          loaded.push(await read(index));
        setChunks(loaded);
        setFault(null);
      } catch (no) {
        setFault(no);
      }
    },
    [all, read],
  );

  const shown = useRef({ from: 0, to: 2 });
  useEffect(() => {
    if (chunks.length > 0) shown.current = { from, to };
  }, [chunks.length, from, to]);
  useEffect(() => {
    void load(shown.current.from, shown.current.to);
  }, [load]);

  return {
    chunks,
    above: from > 0,
    below: to < all.length,
    fault,
    async go(part) {
      const at = all.findLastIndex((one) => one.firstPart <= part);
      if (chunks.some(({ index }) => index === at)) return;
      await load(at - 1, at + 2);
    },
    async extend(by) {
      if (busy.current || (by < 0 ? from === 0 : to >= all.length)) return;
      busy.current = true;
      try {
        const next = await read(by < 0 ? from - 1 : to);
        setChunks((now) =>
          by < 0 ? [next, ...now].slice(0, mostChunks) : [...now, next].slice(-mostChunks),
        );
      } catch (no) {
        setFault(no);
      } finally {
        busy.current = false;
      }
    },
  };
}
