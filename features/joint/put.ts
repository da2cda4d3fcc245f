// Putting things in, correcting and withdrawing one's own: what the note, the codes and her role allow, and nothing else.
import { Evaluation, Handling, type Id, type NodeCode } from "@simpul/model";
import type { Writer } from "@simpul/store";
import { sql } from "kysely";
import type { Stop } from "../requests/contract.ts";
import {
  JointError,
  kindOfRecord,
  type AskPut,
  type Because,
  type Content,
  type Disclosure,
  type ItemRef,
  type OwnFields,
  type ThingKind,
} from "./contract.ts";
import { addAdministrator, tellMembers } from "./members.ts";
import { officerOf, requireSpace, signsAs, type JointNode, type OfOfficer } from "./node.ts";
import {
  heldOf,
  keepThings,
  policyFacts,
  type Held,
  type MemberRow,
  type NewThing,
  type ThingRow,
} from "./records.ts";
import { mayPut, most, recipientsOf } from "./rules.ts";
import { thingDigest } from "./signing.ts";
import { contentOf } from "./shapes.ts";
import { aboutThing } from "./titles.ts";

/** Her place in the space; who speaks for the state gets one with her first word. Throws `MEMBER_ROLE_ENDED`. */
async function placeOf(node: JointNode, tx: Writer, held: Held): Promise<MemberRow> {
  const officer = officerOf(tx.standing);
  const here = (of: Held) => of.members.find((one) => one.officer === officer.id && one.ended === null);
  const there = here(held);
  if (there !== undefined) return there;
  await addAdministrator(node, tx, held, await signsAs(node, officer));
  await tellMembers(node, tx, held.row.id);
  return here(await heldOf(tx, held.row.id))!;
}

async function isMember(tx: Writer, space: Id): Promise<boolean> {
  const { rows } = await sql`select from simpul.joint_members where space_id = ${space}
    and officer_id = ${officerOf(tx.standing).id} and ended_at is null`.execute(tx.rows);
  return rows.length > 0;
}

interface Given {
  id: Id;
  kind: ThingKind;
  content: Content;
  handling: Handling;
  evaluation: { source: string; information: string };
  stop: Stop | null;
}

/** Puts in what she chose, for everybody who is in. All of it, or nothing and why (JIT-4, HC-6, HIT-1). */
export async function put(node: JointNode, standing: OfOfficer, space: Id, ask: AskPut): Promise<Id[]> {
  const ids = await node.store.write(standing, async (tx) => {
    // Only a first word changes the space itself: it names her a member.
    const lock = (await isMember(tx, space)) ? "shared" : true;
    const held = await heldOf(tx, space, { lock });
    await requireOpen(node, tx, held);
    // What leaves a case is released: her second factor. Words written here, and corrections, are not.
    if (ask.records.length + ask.items.length > 0)
      await requireSpace(node, tx, "joint.release", policyFacts(node, held));
    const member = await placeOf(node, tx, held);
    const to = recipientsOf(held.facts, node.code, node.clock.now());
    const { given, of } = await givenOf(node, tx, ask, to);
    const known = await there(tx, space, given);
    const things = given.flatMap((one): NewThing[] => {
      const old = known.get(one.id);
      if (old?.state === "standing") return [];
      const at = tx.at.toISOString();
      const thing = newThing(node, one, {
        member: member.id,
        at,
        version: (old?.version ?? 0) + 1,
        case: of,
      });
      check(node, held, thing, member, old?.party ?? null, one.stop);
      return [{ ...thing, firstAt: old?.first_at.toISOString() ?? at }];
    });
    await keepThings(tx, space, things, true);
    await waitFor(node, tx, held, things);
    tx.note("joint.put", { id: space, things: things.length, ...(of !== null && { case: of }) });
    return things.map((one) => one.id);
  });
  node.wake(`joint:${space}`);
  return ids;
}

/** Told to who may put nothing in at all: why, by the note, before the policy's plain no. */
async function requireOpen(node: JointNode, tx: Writer, held: Held): Promise<void> {
  const facts = policyFacts(node, held);
  const officer = officerOf(tx.standing);
  if (!facts.open) {
    const refusal = mayPut(
      held.facts,
      {
        ...{
          party: node.code,
          kind: "note",
          state: "standing",
          content: null,
          at: "9999",
          writer: null,
          stop: "none",
        },
        member: { role: "contributor", since: "", ended: null },
      },
      node.clock.now(),
    );
    throw new JointError(refusal === "PARTY_IS_OUT" ? refusal : "SPACE_NOT_OPEN", { title: held.row.title });
  }
  const hers = held.members.find((one) => one.officer === officer.id && one.ended === null);
  if (hers?.role === "reader") throw new JointError("MEMBER_ROLE_ENDED");
  await requireSpace(node, tx, "joint.contribute", facts);
}

async function givenOf(
  node: JointNode,
  tx: Writer,
  ask: AskPut,
  to: readonly NodeCode[],
): Promise<{ given: Given[]; of: Id | null }> {
  const shared = await node.records.gather(tx, ask);
  const stops = await node.records.stops(tx, shared, to);
  const stopOf = (id: Id): Stop | null => stops.find((one) => one.record === id) ?? null;
  const disclosed = new Map(ask.items.map((one) => [one.id, one.disclosure]));
  const given: Given[] = [
    ...shared.records.map((record) => ({
      ...{ id: record.id, kind: kindOfRecord(record.kind), content: { record } },
      ...{ handling: record.handling, evaluation: record.evaluation, stop: stopOf(record.id) },
    })),
    ...shared.items.map(({ sealedAt, method, ...item }) => ({
      ...{ id: item.id, kind: "item" as const, stop: stopOf(item.id) },
      content: { item: itemRef(node, item, { sealedAt, method }, disclosed.get(item.id) ?? "not-assessed") },
      ...{ handling: item.handling, evaluation: item.evaluation },
    })),
    ...ask.own.map((one) => ({
      ...{ id: tx.newId(), kind: one.kind, content: { own: one.fields }, stop: null },
      ...{ handling: Handling.parse(one.handling), evaluation: Evaluation.none },
    })),
  ];
  return { given, of: shared.case };
}

const itemRef = (
  node: JointNode,
  item: Omit<ItemRef, "certificate" | "disclosure">,
  certificate: ItemRef["certificate"],
  status: Disclosure,
): ItemRef => ({ ...item, certificate, disclosure: [{ state: node.code, status }] });

async function there(tx: Writer, space: Id, given: readonly Given[]): Promise<Map<Id, ThingRow>> {
  const ids = given.map((one) => one.id);
  const { rows } = await sql<ThingRow>`select * from simpul.joint_things
    where space_id = ${space} and id = any(${ids}::uuid[])`.execute(tx.rows);
  const { rows: all } = await sql<{ n: string }>`select count(*) as n from simpul.joint_things
    where space_id = ${space}`.execute(tx.rows);
  if (Number(all[0]!.n) + given.length > most.things) throw new JointError("SPACE_FULL");
  return new Map(rows.map((row) => [row.id, row]));
}

export function newThing(
  node: JointNode,
  one: Pick<Given, "id" | "kind" | "content" | "handling" | "evaluation">,
  by: { member: Id; at: string; version: number; case: Id | null; reason?: string },
): NewThing {
  const { id, kind, content, handling, evaluation } = one;
  const { version } = by;
  const originator =
    "record" in content ? content.record.originator : "item" in content ? content.item.originator : node.code;
  return {
    ...{
      id,
      kind,
      version,
      state: "standing",
      by: by.member,
      at: by.at,
      firstAt: by.at,
      reason: by.reason ?? "",
    },
    ...{
      party: node.code,
      title: aboutThing(node, content).title,
      content,
      handling,
      evaluation,
      originator,
    },
    digest: thingDigest({ id, kind, version, content, handling, evaluation }),
    case: by.case,
  };
}

function check(
  node: JointNode,
  held: Held,
  thing: NewThing,
  member: MemberRow,
  writer: NewThing["party"] | null,
  stop: Stop | null,
): void {
  const refusal = mayPut(
    held.facts,
    {
      ...{
        party: node.code,
        kind: thing.kind,
        state: thing.state,
        content: thing.content,
        member,
        at: thing.at,
      },
      ...{ writer, stop: stop === null ? ("none" as const) : stop.wayOut === "none" ? "bar" : "ask" },
    },
    node.clock.now(),
  );
  if (refusal === null) return;
  throw new JointError(refusal, {
    kind: thing.kind,
    title: thing.title,
    ...(stop !== null && {
      originator: stop.originator,
      because: stop.because,
      wayOut: stop.wayOut,
      states: stop.recipients.join(","),
    }),
  });
}

/** What goes to whom, beside the change; a job makes letters of it at once. Others' things go in letters of their own. */
export async function waitFor(
  node: JointNode,
  tx: Writer,
  held: Held,
  things: readonly NewThing[],
): Promise<void> {
  const now = node.clock.now();
  const gone = things.every((one) => one.state === "withdrawn");
  // What is taken back reaches also those who are out: they hold it.
  const all = [...new Set(held.facts.approvals.map((one) => one.party))].filter((one) => one !== node.code);
  const to = gone ? all : recipientsOf(held.facts, node.code, now);
  if (to.length === 0 || things.length === 0) return;
  const rows = things.map((one) => ({ id: one.id, alone: one.originator !== node.code }));
  await sql`insert into simpul.joint_waiting (party, space_id, thing_id, alone, at)
    select p, ${held.row.id}, g.id, g.alone, ${tx.at} from unnest(${to}::text[]) p,
      jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as g (id uuid, alone boolean)
    on conflict (party, space_id, thing_id) do update set at = excluded.at`.execute(tx.rows);
  await sql`delete from simpul.joint_refused where space_id = ${held.row.id}
    and thing_id = any(${things.map((one) => one.id)}::uuid[])`.execute(tx.rows);
  for (const party of to)
    await tx.enqueue({
      kind: "joint.send",
      payload: { space: held.row.id, party },
      key: `${held.row.id} ${party}`,
    });
}

async function ownThing(tx: Writer, node: JointNode, space: Id, id: Id): Promise<ThingRow> {
  const { rows } = await sql<ThingRow>`select * from simpul.joint_things
    where space_id = ${space} and id = ${id}`.execute(tx.rows);
  const row = rows[0];
  if (row === undefined) throw new JointError("NOT_FOUND");
  if (row.party !== node.code) throw new JointError("NOT_ITS_WRITER");
  return row;
}

export interface AskCorrect {
  own?: unknown;
  disclosure?: ItemRef["disclosure"];
  handling?: Handling;
  reason: string;
}

/** A newer version of one's own thing; the older stays to be read beside it. A record is corrected in its case, and put in anew. */
export async function correct(
  node: JointNode,
  standing: OfOfficer,
  space: Id,
  id: Id,
  ask: AskCorrect,
): Promise<void> {
  await node.store.write(standing, async (tx) => {
    const held = await heldOf(tx, space, { lock: true });
    await requireOpen(node, tx, held);
    const member = await placeOf(node, tx, held);
    const row = await ownThing(tx, node, space, id);
    if (row.state === "withdrawn" || row.content === null) throw new JointError("NOT_WAITING_HERE");
    const content = await corrected(node, tx, row, ask);
    const at = tx.at.toISOString();
    const foreign = row.originator !== node.code;
    const handling = foreign || ask.handling === undefined ? row.handling : Handling.parse(ask.handling);
    const thing = newThing(
      node,
      { id, kind: row.kind, content, handling, evaluation: Evaluation.parse(row.evaluation) },
      { member: member.id, at, version: row.version + 1, case: row.case_id, reason: ask.reason },
    );
    check(node, held, thing, member, row.party, null);
    await keepThings(tx, space, [{ ...thing, firstAt: row.first_at.toISOString() }], true);
    await waitFor(node, tx, held, [thing]);
    tx.note("joint.corrected", { id: space, thing: id, version: thing.version });
  });
  node.wake(`joint:${space}`);
}

/** What may be written anew here: own words, and what is said of an exhibit's disclosure; a record comes from its case again. */
async function corrected(node: JointNode, tx: Writer, row: ThingRow, ask: AskCorrect): Promise<Content> {
  const content = row.content!;
  if ("own" in content)
    return ask.own === undefined
      ? content
      : contentOf(row.kind, { own: ask.own as OwnFields["note"] }, () => null);
  if ("item" in content)
    return { item: { ...content.item, disclosure: ask.disclosure ?? content.item.disclosure } };
  if (row.case_id === null) return content;
  const { handling, evaluation, link } = content.record;
  const { records } = await node.records.gather(tx, {
    case: row.case_id,
    records: [{ id: row.id, handling: ask.handling ?? handling, evaluation, link }],
    items: [],
  });
  return records[0] === undefined ? content : { record: records[0] };
}

/** The next version of a thing: that it was there, and nothing of what it said. */
export function goneThing(
  row: ThingRow,
  how: { by: Id; at: string; reason: string; because?: Because },
): NewThing {
  const { id, kind, handling, party, originator, title } = row;
  const version = row.version + 1;
  const evaluation = Evaluation.parse(row.evaluation);
  return {
    ...{ id, kind, party, version, state: "withdrawn", title, ...how },
    ...{ content: null, handling, evaluation, originator, case: null, firstAt: row.first_at.toISOString() },
    digest: thingDigest({ id, kind, version, content: null, handling, evaluation }),
  };
}

/** Takes one's own thing back: its words go at every party, a mark stays that it was there. Always possible. */
export async function withdrawThing(
  node: JointNode,
  standing: OfOfficer,
  space: Id,
  id: Id,
  reason: string,
): Promise<void> {
  await node.store.write(standing, async (tx) => {
    const held = await heldOf(tx, space, { lock: true });
    const officer = officerOf(standing);
    const hers = held.members.find((one) => one.officer === officer.id && one.ended === null);
    if (hers?.role === "reader") throw new JointError("MEMBER_ROLE_ENDED");
    await requireSpace(node, tx, "joint.view", policyFacts(node, held));
    const member = hers ?? (await placeOf(node, tx, held));
    const row = await ownThing(tx, node, space, id);
    if (row.state === "withdrawn") throw new JointError("NOT_WAITING_HERE");
    const thing = goneThing(row, { by: member.id, at: tx.at.toISOString(), reason });
    await keepThings(tx, space, [thing], true);
    await waitFor(node, tx, held, [thing]);
    tx.note("joint.thing-withdrawn", { id: space, thing: id });
  });
  node.wake(`joint:${space}`);
}
