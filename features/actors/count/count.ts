// Counting key players: a large network is counted by two processes beside the node, which goes on answering meanwhile.
import { createHash } from "node:crypto";
import { betweennessFrom, count, nearRows, type Counted, type Cut, type Rows } from "@simpul/match/network";
import { apart, Program } from "@simpul/store/apart";

export type ToCounter =
  | { kind: "begin"; near: Rows; cut: { rows: Rows; most: number } | null }
  | { kind: "slice"; from: number; to: number }
  | { kind: "end" };
export type FromCounter = { kind: "next" } | { kind: "done"; twice: Float64Array; parted: Cut | null };
type Part = Extract<FromCounter, { kind: "done" }>;

const program = new Program(new URL("./child.ts", import.meta.url));
const limits = { seconds: 120, heap: 1000 } as const;
const tooLong = new Error("the count was given up");

/** So many sources go to a process at once: both end nearly together, and little is said between them. */
const slice = 128;

/** Steps of the search from every node, `nodes x links`: fewer take less time here than two processes take to start. */
const apartFrom = 10_000_000;

/** Networks that were counted last. Who looks at one actor after the list, or at the list again, counts nothing anew. */
const kept = new Map<string, Promise<Counted | null>>();
const keptMost = 8;

/** Null when it takes longer than anybody waits; a result depends on nothing but the network itself. */
export async function countPlayers(rows: Rows, most: number): Promise<Counted | null> {
  if (rows.count * rows.ends.length < apartFrom) return count(rows, most);
  const key = createHash("sha256").update(rows.starts).update(rows.ends).update(String(most)).digest("hex");
  const found = kept.get(key) ?? countApart(rows, most);
  kept.delete(key);
  kept.set(key, found);
  for (const oldest of kept.keys()) if (kept.size > keptMost) kept.delete(oldest);
  return found.catch((fault: unknown) => {
    kept.delete(key);
    if (fault === tooLong) return null;
    throw fault;
  });
}

/** Counted by two processes. Throws when they are given up. */
export async function countApart(rows: Rows, most: number): Promise<Counted> {
  const near = nearRows(rows);
  const bare = ({ count, starts, ends }: Rows): Rows => ({ count, starts, ends });
  let next = 0;
  const stop = new AbortController();
  const counter = (cut: { rows: Rows; most: number } | null): Promise<Part> =>
    apart<ToCounter, FromCounter, Part>(
      { program, ...limits, givenUp: () => tooLong },
      { kind: "begin", near: bare(near), cut },
      (word, { resolve, say }) => {
        if (word.kind === "done") {
          resolve(word);
          return;
        }
        const from = next;
        next = Math.min(near.count, from + slice);
        say(from < next ? { kind: "slice", from, to: next } : { kind: "end" });
      },
      stop.signal,
    );
  try {
    const [first, second] = await Promise.all([counter({ rows: bare(rows), most }), counter(null)]);
    const twice = first.twice.map((value, v) => value + second.twice[v]!);
    return { between: betweennessFrom(near, twice), cut: first.parted! };
  } finally {
    // One alone has nobody to give its part to.
    stop.abort();
  }
}
