// Once a day with each peer: do both nodes hold the same evidences of the letters between them (MSG-4)?
import {
  ExchangeError,
  blockOf,
  blocksIn,
  evidenceLimits,
  evidenceLines,
  firstSince,
  sureUntil,
} from "@simpul/exchange";
import type { Block, Direction, EvidenceLine, Questions, Span } from "@simpul/exchange";
import { z } from "@simpul/doors/http";
import { NodeCode, type Id } from "@simpul/model";
import type { Standing, Writer } from "@simpul/store";
import { sql } from "kysely";
import type { IncidentKind } from "./contract.ts";
import type { PeersNode } from "./node.ts";

export type Reconciling = Pick<
  PeersNode,
  "code" | "store" | "clock" | "ask" | "carried" | "compare" | "peers"
>;

/** Letters of so many days are compared. */
const days = 7;
const standing: Standing = { actor: { kind: "job", name: "compare-evidences" }, purpose: "administration" };

const number = z.int().min(1);
const digest = z.string().regex(/^[0-9a-f]{64}$/);
const node = z.string().regex(/^[a-z]{2}$/);
const Asked = z
  .strictObject({ v: z.literal(1), sender: node, from: number, until: number })
  .refine((one) => one.until >= one.from && one.until - one.from < evidenceLimits.atOnce);
const Blocks = z.strictObject({
  until: z.int().min(0),
  blocks: z
    .array(z.strictObject({ from: number, count: z.int().min(0), digest }))
    .max(evidenceLimits.atOnce / evidenceLimits.block + 1),
});
const Lines = z.strictObject({
  until: z.int().min(0),
  lines: z
    .array(z.strictObject({ seq: number, id: z.uuid(), receipt: digest, carried: digest.nullable() }))
    .max(evidenceLimits.block),
});

function readAs<S extends z.ZodType>(shape: S, body: Uint8Array): z.infer<S> {
  try {
    return shape.parse(JSON.parse(Buffer.from(body).toString("utf8")));
  } catch (cause) {
    throw new ExchangeError("BAD_REQUEST", "evidences", cause);
  }
}
const print = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value));

/** Throws `BAD_REQUEST` for what is no question about evidences. */
export const readAsked = (body: Uint8Array): z.infer<typeof Asked> => readAs(Asked, body);

/** What a peer may ask about the letters between it and us. */
export function evidenceQuestions(of: Pick<PeersNode, "code" | "store" | "carried">): Questions {
  const asked = async (peer: NodeCode, body: Uint8Array, most: number) => {
    const ask = readAsked(body);
    if (![peer, of.code].some((one) => one === ask.sender) || ask.until - ask.from >= most)
      throw new ExchangeError("BAD_REQUEST", "evidences");
    const direction: Direction = ask.sender === of.code ? "sent" : "received";
    const until = Math.min(ask.until, await sureUntil(of.store, peer, direction));
    return { direction, span: { from: ask.from, until } };
  };
  return {
    "evidence.digests": async (peer, body) => {
      const { direction, span } = await asked(peer, body, evidenceLimits.atOnce);
      return print({ until: span.until, blocks: await blocksOf(of, peer, direction, span) });
    },
    "evidence.lines": async (peer, body) => {
      const { direction, span } = await asked(peer, body, evidenceLimits.block);
      const lines = await evidenceLines(of.store, of.carried, peer, direction, span);
      return print({ until: span.until, lines });
    },
  };
}

async function blocksOf(
  of: Pick<PeersNode, "store" | "carried">,
  peer: NodeCode,
  direction: Direction,
  whole: Span,
): Promise<Block[]> {
  const blocks: Block[] = [];
  for (const span of blocksIn(whole))
    blocks.push(blockOf(span.from, await evidenceLines(of.store, of.carried, peer, direction, span)));
  return blocks;
}

/** The chore: every peer that was not compared today; one that is away waits for the next turn. */
export async function reconcileAll(of: Reconciling): Promise<void> {
  const today = of.clock.now().toISOString().slice(0, 10);
  const done = await of.store.read(standing, async (db) => {
    const { rows } = await sql<{
      peer: string;
    }>`select peer from simpul.line_comparisons where day = ${today}`.execute(db.rows);
    return new Set(rows.map(({ peer }) => peer));
  });
  for (const peer of await of.peers())
    if (!done.has(peer))
      await reconcile(of, peer).catch((error: unknown) => {
        if (!(error instanceof ExchangeError)) throw error;
      });
}

/** Where both stood in one direction, and what differed. */
interface Found {
  sender: NodeCode;
  letters: number;
  differing: Differing[];
}
interface Differing {
  seq: number;
  kind: IncidentKind;
  ours: EvidenceLine | null;
  theirs: EvidenceLine | null;
}

/** Compares with one peer, keeps that it was done, and opens an incident for what differs. Throws `ExchangeError`. */
export async function reconcile(of: Reconciling, peer: NodeCode): Promise<number> {
  // Numbers first: what a restore lost is fetched or sent again before anybody is alarmed.
  await of.compare(peer);
  const found: Found[] = [];
  let able = true;
  try {
    for (const direction of ["sent", "received"] as const) found.push(await difference(of, peer, direction));
  } catch (error) {
    if (!(error instanceof ExchangeError) || error.code !== "NOT_FOUND") throw error;
    // A node of before answers no such question.
    able = false;
  }
  const letters = found.reduce((sum, one) => sum + one.letters, 0);
  const opened = await of.store.write(standing, async (tx) => {
    await sql`insert into simpul.line_comparisons (peer, day, at, letters, able)
      values (${peer}, ${tx.at.toISOString().slice(0, 10)}, ${tx.at}, ${letters}, ${able})
      on conflict (peer, day) do nothing`.execute(tx.rows);
    let count = 0;
    for (const { sender, differing } of found) count += await openIncidents(tx, peer, sender, differing);
    tx.note("peer.evidences-compared", { peer, letters, able, incidents: count });
    return count;
  });
  of.store.wakes.wake(`peer:${peer}`);
  return opened;
}

async function difference(of: Reconciling, peer: NodeCode, direction: Direction): Promise<Found> {
  const sender = direction === "sent" ? of.code : peer;
  const last = await sureUntil(of.store, peer, direction);
  const since = new Date(of.clock.now().getTime() - days * 86_400_000);
  const from = await firstSince(of.store, peer, direction, { since, last });
  const nothing: Found = { sender, letters: 0, differing: [] };
  if (last < from) return nothing;
  const ask = async (name: string, span: Span) => of.ask(peer, name, print({ v: 1, sender, ...span }));
  const theirs = readAs(Blocks, await ask("evidence.digests", { from, until: last }));
  const until = Math.min(last, theirs.until);
  const ours = await blocksOf(of, peer, direction, { from, until });
  const differing: Differing[] = [];
  for (const [i, span] of blocksIn({ from, until }).entries()) {
    const [here, there] = [ours[i]!, theirs.blocks[i]];
    if (there?.from === here.from && there.count === here.count && there.digest === here.digest) continue;
    const { lines } = readAs(Lines, await ask("evidence.lines", span));
    const held = await evidenceLines(of.store, of.carried, peer, direction, span);
    differing.push(...between(held, lines as EvidenceLine[]));
  }
  return { sender, letters: Math.max(0, until - from + 1), differing };
}

/** Number by number; neither side holding one is not for the two to see. */
function between(ours: readonly EvidenceLine[], theirs: readonly EvidenceLine[]): Differing[] {
  const at = (list: readonly EvidenceLine[]) => new Map(list.map((line) => [line.seq, line]));
  const [here, there] = [at(ours), at(theirs)];
  const all = [...new Set([...here.keys(), ...there.keys()])].toSorted((a, b) => a - b);
  return all.flatMap((seq): Differing[] => {
    const [mine, other] = [here.get(seq) ?? null, there.get(seq) ?? null];
    if (mine === null) return [{ seq, kind: "missing-here", ours: mine, theirs: other }];
    if (other === null) return [{ seq, kind: "missing-there", ours: mine, theirs: other }];
    const same = mine.id === other.id && mine.receipt === other.receipt;
    if (same && mine.carried === other.carried) return [];
    if (same && mine.carried === null) return [{ seq, kind: "missing-here", ours: mine, theirs: other }];
    if (same && other.carried === null) return [{ seq, kind: "missing-there", ours: mine, theirs: other }];
    return [{ seq, kind: "differs", ours: mine, theirs: other }];
  });
}

/** One for each run of numbers that differ alike; what an incident covers already, open or closed, makes no second one. */
async function openIncidents(
  tx: Writer,
  peer: NodeCode,
  sender: NodeCode,
  differing: readonly Differing[],
): Promise<number> {
  const runs: Differing[][] = [];
  for (const one of differing) {
    const known = await sql`select 1 from simpul.line_incidents where peer = ${peer} and sender = ${sender}
      and kind = ${one.kind} and ${one.seq} between first_seq and last_seq limit 1`.execute(tx.rows);
    if (known.rows.length > 0) continue;
    const run = runs.at(-1);
    const before = run?.at(-1);
    if (run !== undefined && before?.seq === one.seq - 1 && before.kind === one.kind) run.push(one);
    else runs.push([one]);
  }
  for (const run of runs) {
    const [first, last] = [run[0]!, run.at(-1)!];
    const id: Id = tx.newId();
    const held = run.slice(0, 20).map(({ seq, ours, theirs }) => ({ seq, ours, theirs }));
    await sql`insert into simpul.line_incidents (id, peer, sender, kind, first_seq, last_seq, held, found_at)
      values (${id}, ${peer}, ${sender}, ${first.kind}, ${first.seq}, ${last.seq},
        ${JSON.stringify(held)}::jsonb, ${tx.at})`.execute(tx.rows);
    tx.note("peer.incident", { id, peer, sender, kind: first.kind, from: first.seq, until: last.seq });
  }
  return runs.length;
}
