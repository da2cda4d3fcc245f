// Lists that stay with their state: a border asks by private check (HIT-4); the holder judges how much, and never sees whom.
import { createHmac } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { ExchangeError } from "@simpul/exchange";
import {
  admit,
  blind,
  borderInput,
  borderKey,
  evaluateWithProof,
  finaliseVerified,
  fromBase64url,
  OprfError,
  readElements,
  replyAt,
  searchTag,
  toBase64url,
  type BorderKind,
} from "@simpul/match/oprf";
import { Id, type NodeCode } from "@simpul/model";
import { sql } from "kysely";
import { z } from "zod";
import type { ListsForBorder, StayingQuestion } from "./contract.ts";
import { todayOf, type WatchListsNode } from "./node.ts";
import { keyName, seedContext } from "./publish.ts";
import terms from "./terms.json" with { type: "json" };

export const stayingQuestion = "watch-list.ask";
const mostLists = 100;

const Ask = z.strictObject({
  v: z.literal(1),
  query: z.uuid(),
  /** Commits to the standing purpose of HIT-2 towards this state; and stands for the officer. */
  purpose: z.string().regex(/^[0-9a-f]{64}$/),
  operator: z.string().regex(/^[0-9a-f]{32}$/),
  legalBasis: z.string().trim().min(3).max(500),
  lists: z
    .array(
      z.strictObject({
        list: z.uuid(),
        version: z.number().int().min(1),
        elements: z.string().min(43).max(200),
      }),
    )
    .min(1)
    .max(mostLists),
});
const Reply = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("evaluated"),
    lists: z.array(
      z.object({ list: z.uuid(), evaluated: z.string().max(200), proof: z.string().length(86) }),
    ),
  }),
  z.object({ kind: z.literal("limited") }),
]);
type Reply = z.infer<typeof Reply>;

const read = <S extends z.ZodType>(shape: S, body: Uint8Array): z.infer<S> => {
  try {
    return shape.parse(JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body)));
  } catch (cause) {
    throw new ExchangeError("BAD_REQUEST", stayingQuestion, cause);
  }
};

/** The holder's side. Every reply to so many lists has one size and leaves at the end of a time slot (HIT-6). */
export async function answerStaying(
  node: WatchListsNode,
  peer: NodeCode,
  body: Uint8Array,
): Promise<Uint8Array> {
  const received = node.clock.now();
  const ask = read(Ask, body);
  const count = ask.lists.reduce((sum, one) => sum + readElements(one.elements).length / 32, 0);
  const standing = { actor: { kind: "peer", node: peer }, purpose: "border-control" } as const;
  const { reply, delayMs } = await node.store.write(
    standing,
    async (tx): Promise<{ reply: Reply; delayMs: number }> => {
      const moved = await sql<{ asked: number }>`insert into simpul.watch_list_usage (peer, day, asked)
      values (${peer}, ${todayOf(node)}, 0)
      on conflict (peer, day) do update set asked = simpul.watch_list_usage.asked returning asked`.execute(
        tx.rows,
      );
      const today = moved.rows[0]!.asked;
      const admission = admit(count, { today, inCase: 0, stopped: false }, terms.limits);
      const outcome = admission.kind === "admitted" ? "evaluated" : "limited";
      tx.note("watch-list.asked", { peer, query: ask.query, purpose: ask.purpose, count, outcome });
      if (admission.kind !== "admitted") return { reply: { kind: "limited" }, delayMs: 0 };
      await sql`update simpul.watch_list_usage set asked = asked + ${count}
      where peer = ${peer} and day = ${todayOf(node)}`.execute(tx.rows);
      const { rows } = await sql<{
        id: Id;
        version: number;
        seed: Buffer;
      }>`select id, version, seed from simpul.watch_lists
      where ours and stays and state = 'active' and until > ${tx.at} and seed is not null
        and id = any(${ask.lists.map((one) => one.list)}::uuid[])`.execute(tx.rows);
      const seeds = new Map(rows.map((row) => [`${row.id} ${row.version}`, row]));
      const lists = ask.lists.flatMap((one) => {
        const row = seeds.get(`${one.list} ${one.version}`);
        if (row === undefined) return [];
        const seed = node.box.unwrap(row.seed, seedContext(row.id, row.version));
        const keys = borderKey(node.engine, seed, keyName(row.id, row.version));
        const { evaluated, proof } = evaluateWithProof(
          node.engine,
          keys,
          readElements(one.elements),
          node.random,
        );
        return [{ list: row.id, evaluated: toBase64url(evaluated), proof: toBase64url(proof) }];
      });
      return { reply: { kind: "evaluated", lists }, delayMs: admission.delayMs };
    },
  );
  const ready = new Date(node.clock.now().getTime() + delayMs);
  const leave = replyAt(received, ready, terms.slotMs);
  await sleep(Math.max(0, leave.getTime() - node.clock.now().getTime()));
  const text = Buffer.from(JSON.stringify(reply));
  return Buffer.concat([text, Buffer.alloc(Math.max(0, 256 + 400 * ask.lists.length - text.length), " ")]);
}

/** The asker's side: see `ListsForBorder.askStaying`. */
export const askStaying =
  (node: WatchListsNode): ListsForBorder["askStaying"] =>
  async (peer, ask) => {
    const values: [BorderKind, string][] = [];
    if (ask.document !== null) values.push(["document", ask.document]);
    if (ask.nameBirth !== null) values.push(["name-birth", ask.nameBirth]);
    if (values.length === 0 || ask.lists.length === 0) return [];
    const inputs = values.map(([kind, value]) => borderInput(kind, value));
    const sent = ask.lists.slice(0, mostLists).map((list) => ({
      list,
      ...blind(node.engine, "voprf", inputs, node.random),
    }));
    const body = {
      v: 1,
      query: Id.make(node),
      ...standsFor(peer, ask),
      legalBasis: ask.legalBasis,
      lists: sent.map(({ list, blinded }) => ({
        list: list.id,
        version: list.stays.version,
        elements: toBase64url(blinded),
      })),
    };
    const reply = read(Reply, await node.ask(peer, stayingQuestion, Buffer.from(JSON.stringify(body))));
    if (reply.kind === "limited") return "limited";
    return sent.flatMap(({ list, ...blinded }) => {
      const answer = reply.lists.find((one) => one.list === list.id);
      // Replaced or recalled a moment ago: its letter is on the way.
      if (answer === undefined) return [];
      const publicKey = Buffer.from(list.stays.publicKey, "hex");
      const outputs = proven(() =>
        finaliseVerified(
          node.engine,
          { ...blinded, inputs, publicKey },
          { evaluated: readElements(answer.evaluated, inputs.length), proof: fromBase64url(answer.proof) },
        ),
      );
      return values.flatMap(([by], i) =>
        list.stays.tags[by].includes(searchTag(outputs[i]!)) ? [{ list: list.id, by }] : [],
      );
    });
  };

/** A proof that fails is a node that is not believed. */
function proven<T>(work: () => T): T {
  try {
    return work();
  } catch (cause) {
    if (cause instanceof OprfError) throw new ExchangeError("BAD_SIGNATURE", cause.code, cause);
    throw cause;
  }
}

/** Stands for the purpose and the officer, another for each state. */
function standsFor(peer: NodeCode, { purpose, officer, secret }: StayingQuestion) {
  const mac = (what: string): string =>
    createHmac("sha256", secret).update(`simpul/border/1\n${peer}\n${what}`).digest("hex");
  return { purpose: mac(`purpose ${purpose}`), operator: mac(`officer ${officer}`).slice(0, 32) };
}
