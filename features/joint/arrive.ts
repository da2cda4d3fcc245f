// A letter of things: each is held against note, codes and its member's role once more, as if its sender had not (JIT-4).
import { EnvelopeRefused, type Envelope } from "@simpul/exchange";
import type { Id } from "@simpul/model";
import type { Writer } from "@simpul/store";
import { sql } from "kysely";
import type { NodeCode } from "@simpul/model";
import type { Content, PutRefusal } from "./contract.ts";
import type { JointNode } from "./node.ts";
import { keepThings, type Held, type NewThing, knownSpace } from "./records.ts";
import { mayPut, most, recipientsOf } from "./rules.ts";
import { contentOf, read, type Wire } from "./shapes.ts";
import { thingDigest } from "./signing.ts";
import { aboutThing } from "./titles.ts";

export async function takePut(node: JointNode, tx: Writer, envelope: Envelope): Promise<Id> {
  const { space, things } = read("joint.put", envelope.body);
  const held = await knownSpace(tx, space);
  const { from } = envelope;
  if (held.row.purged_at !== null) throw new EnvelopeRefused("NOT_ALLOWED", "a space that was wound down");
  const standing = things.some((one) => one.state === "standing");
  // An unsigned party sees nothing, whatever it is sent (JIT-3).
  if (standing && !recipientsOf(held.facts, from, node.clock.now()).includes(node.code))
    throw new EnvelopeRefused("NOT_ALLOWED", refusalWords(held, from, node));
  const known = await thereOf(tx, space, things);
  const parsed = things.map((one) => ({ one, content: contentIn(node, one) }));
  const back = await node.records.calledBack(
    tx,
    parsed.flatMap(({ content }) => sharedIn(content) ?? []),
  );
  const kept: NewThing[] = [];
  for (const { one, content } of parsed)
    kept.push(await judged(node, held, from, one, { content, old: known.get(one.id) ?? null, back }));
  await keepThings(tx, space, kept, false);
  tx.note("joint.arrived", { id: space, peer: from, things: kept.length });
  return space;
}

/** The reason, in this room's words, for our own log. */
const refusalWords = (held: Held, from: NodeCode, node: JointNode): string =>
  recipientsOf(held.facts, node.code, node.clock.now()).includes(from) ? "SPACE_NOT_OPEN" : "PARTY_IS_OUT";

interface There {
  id: Id;
  party: NodeCode;
  first_at: Date;
}
async function thereOf(tx: Writer, space: Id, things: Wire<"joint.put">["things"]): Promise<Map<Id, There>> {
  const { rows } =
    await sql<There>`select id, party, first_at from simpul.joint_things where space_id = ${space}
    and id = any(${things.map((one) => one.id)}::uuid[])`.execute(tx.rows);
  const { rows: all } = await sql<{ n: number }>`select count(*)::int as n from simpul.joint_things
    where space_id = ${space}`.execute(tx.rows);
  if (all[0]!.n + things.length - rows.length > most.things)
    throw new EnvelopeRefused("LIMITED", "things of a space");
  return new Map(rows.map((row) => [row.id, row]));
}

type WireOne = Wire<"joint.put">["things"][number];
const sharedIn = (content: Content | null) =>
  content === null || "own" in content ? null : "record" in content ? content.record : content.item;

/** Throws the refusal `BAD_BODY` for what says two things at once. */
function contentIn(node: JointNode, one: WireOne): Content | null {
  const gone = one.state === "withdrawn";
  if ((one.content === null) !== gone || (one.because !== undefined && !gone))
    throw new EnvelopeRefused("BAD_BODY", "content");
  const content = one.content === null ? null : contentOf(one.kind, one.content, node.records.read);
  const shared = sharedIn(content);
  if (shared !== null && shared.id !== one.id) throw new EnvelopeRefused("BAD_BODY", "another id inside");
  return content;
}

async function judged(
  node: JointNode,
  held: Held,
  from: NodeCode,
  one: WireOne,
  found: { content: Content | null; old: There | null; back: ReadonlySet<Id> },
): Promise<NewThing> {
  const { content, old } = found;
  const shared = sharedIn(content);
  const given = shared === null || (await node.records.givenBy(from, shared));
  // What its originator called back comes too late (COR-1).
  const stop = shared !== null && found.back.has(shared.id) ? "bar" : given ? "none" : "ask";
  const member = held.members.find((each) => each.party === from && each.id === one.by) ?? null;
  const refusal: PutRefusal | null = mayPut(
    held.facts,
    {
      ...{ party: from, kind: one.kind, state: one.state, content, member, at: one.at, stop },
      writer: old?.party ?? null,
    },
    node.clock.now(),
  );
  if (refusal !== null) throw new EnvelopeRefused("NOT_ALLOWED", refusal);
  // A record's own codes are those that count; nothing outside it loosens them (HC-5).
  const handling = shared?.handling ?? one.handling;
  const evaluation = shared?.evaluation ?? one.evaluation;
  const { id, kind, version, state, by, at, reason } = one;
  const bare: { id: Id; kind: string; version: number; content: Content | null } = {
    id,
    kind,
    version,
    content,
  };
  return {
    ...{ id, kind, party: from, version, state, by, at, firstAt: one.firstAt, reason },
    ...{ title: aboutThing(node, content).title, content, handling, evaluation, case: null },
    originator: shared?.originator ?? from,
    ...(one.because !== undefined && { because: one.because }),
    digest: thingDigest({ ...bare, handling, evaluation }),
  };
}
