// Letters of things: what waits for a party goes many to a letter, and while it is away it heaps up here, not in the outbox.
import { Id, NodeCode } from "@simpul/model";
import { inTurn, type Writer } from "@simpul/store";
import { sql } from "kysely";
import type { Call } from "../recalls/contract.ts";
import { followCalls } from "./called-back.ts";
import type { Content } from "./contract.ts";
import { tellDocuments } from "./documents.ts";
import { tellMembers } from "./members.ts";
import { jobStanding, type JointNode } from "./node.ts";
import { alongside, heldOf, iso, type Held, type SpaceRow, type ThingRow } from "./records.ts";
import { approvedOf, givenTo, inSince, noteOf, recipientsOf } from "./rules.ts";
import type { WireThing } from "./shapes.ts";
import { tell } from "./tell.ts";

/** Things in a letter; bytes that are handed to the outbox at once, in as many letters; fewer than `letters` on their way ask for more. */
const heap = { things: 400, bytes: 1_500_000, atOnce: 1_600, letters: 3 } as const;
interface Job {
  payload: unknown;
}

/** Handlers for the node's worker. Each may run twice. */
export const jointJobs = (node: JointNode) => ({
  "joint.called-back": {
    run: (job: Job) => followCalls(node, (job.payload as { calls: readonly Call[] }).calls),
    tries: 30,
  },
  "joint.send": {
    run: (job: Job) => {
      const { space, party } = job.payload as { space: string; party: string };
      return sendWaiting(node, Id.parse(space), NodeCode.parse(party));
    },
  },
  "joint.welcome": {
    run: (job: Job) => {
      const { space, party, again } = job.payload as { space: string; party: string; again?: true };
      return welcome(node, Id.parse(space), NodeCode.parse(party), again);
    },
  },
});

/** Letters until nothing waits or enough are on their way; a receipt brings the next. Those of one turn travel together. */
export async function sendWaiting(node: JointNode, space: Id, party: NodeCode): Promise<void> {
  while (await node.store.read(jobStanding, (db) => goesNow(db, space, party))) {
    await node.store.write(jobStanding, async (tx) => {
      // Another process of this node may be at it. The space itself stays free: who puts something in does not wait for letters.
      await inTurn(tx, `joint letters ${space} ${party}`);
      const found = await sql<SpaceRow>`select * from simpul.joint_spaces where id = ${space}`.execute(
        tx.rows,
      );
      const agency = found.rows[0]?.agency_id ?? null;
      const goes = agency !== null && (await goesNow(tx, space, party));
      const letters = goes ? await nextLetters(tx, space, party) : [];
      const things = letters.flat();
      if (agency !== null && things.length > 0) {
        for (const letter of letters) {
          const wired = letter.map((one) => wireThing(one, party));
          const id = await tell(tx, party, "joint.put", { agency, space, things: wired });
          await sql`insert into simpul.joint_letters (party, space_id, id) values (${party}, ${space}, ${id})`.execute(
            tx.rows,
          );
        }
        await keepGiven(tx, space, party, things);
        await sql`delete from simpul.joint_waiting where space_id = ${space} and party = ${party}
          and thing_id = any(${things.map((one) => one.id)}::uuid[])`.execute(tx.rows);
      }
      tx.note("joint.sent", { id: space, peer: party, things: things.length });
    });
    node.send();
  }
}

/** Something waits, and the letters on their way to this party are few. */
async function goesNow(db: Pick<Writer, "rows">, space: Id, party: NodeCode): Promise<boolean> {
  const { rows } = await sql<{ goes: boolean }>`select
      exists (select 1 from simpul.joint_waiting w join simpul.joint_things t on t.space_id = w.space_id and t.id = w.thing_id
        where w.space_id = ${space} and w.party = ${party})
      and exists (select 1 from simpul.joint_spaces where id = ${space} and agency_id is not null)
      and (select count(*) from simpul.joint_letters l join simpul.outbox o on o.peer = l.party and o.id = l.id
        where l.space_id = ${space} and l.party = ${party} and o.state in ('waiting', 'sending')) < ${heap.letters} as goes`.execute(
    db.rows,
  );
  return rows[0]!.goes;
}

/** The first that wait, as many as fit; one of another state's goes alone, so that a permission that ended stops only it. */
async function nextLetters(tx: Writer, space: Id, party: NodeCode): Promise<ThingRow[][]> {
  const { rows } = await sql<ThingRow & { alone: boolean }>`select t.*, w.alone from simpul.joint_waiting w
    join simpul.joint_things t on t.space_id = w.space_id and t.id = w.thing_id
    where w.space_id = ${space} and w.party = ${party} order by w.at, w.thing_id limit ${heap.atOnce}`.execute(
    tx.rows,
  );
  const letters: ThingRow[][] = [];
  let bytes = 0;
  let open: ThingRow[] | null = null;
  for (const row of rows) {
    bytes += JSON.stringify(row.content).length + 600;
    if (bytes > heap.bytes && letters.length > 0) break;
    if (open !== null && !row.alone && open.length < heap.things) open.push(row);
    else letters.push((open = [row]));
    if (row.alone) open = null;
  }
  return letters;
}

/** COR-1: who was given which version, for a recall that may come. */
const keepGiven = (tx: Writer, space: Id, party: NodeCode, things: readonly ThingRow[]) =>
  sql`insert into simpul.joint_given (space_id, record_id, version, what, party, at)
    select ${space}, id, simpul.joint_version(content), case kind when 'site' then 'place' else kind end, ${party}, ${tx.at}
    from simpul.joint_things where space_id = ${space} and id = any(${things.map((one) => one.id)}::uuid[])
      and simpul.joint_version(content) is not null on conflict do nothing`.execute(tx.rows);

/** As it travels; of the permissions only those that let this party have it. */
export const wireThing = (row: ThingRow, to: NodeCode): WireThing => ({
  ...{
    id: row.id,
    kind: row.kind,
    version: row.version,
    state: row.state,
    by: row.by_member,
    reason: row.reason,
  },
  ...{ at: iso(row.at), firstAt: iso(row.first_at), handling: row.handling },
  evaluation: { source: row.evaluation[0], information: row.evaluation[1] } as WireThing["evaluation"],
  content: withGrantsFor(row.content, to),
  ...(row.because !== null && { because: row.because }),
});

function withGrantsFor(content: Content | null, to: NodeCode): Content | null {
  if (content === null || "own" in content) return content;
  const kept = <T extends { grants: { recipients: NodeCode[]; action: string }[] }>(one: T): T => ({
    ...one,
    grants: one.grants.filter((grant) => grant.action === "onward" && grant.recipients.includes(to)),
  });
  return "record" in content ? { record: kept(content.record) } : { item: kept(content.item) };
}

/**
 * A party approved: who works here is told, and what the back-fill gives it goes to it (rule 12.4). `again`: it goes on
 * after its part rested, and is given what was put in and changed meanwhile.
 */
export async function welcome(
  node: JointNode,
  space: Id,
  party: NodeCode,
  again: boolean = false,
): Promise<void> {
  await node.store.write(jobStanding, async (tx) => {
    const held = await heldOf(tx, space, { lock: true });
    tx.note("joint.welcomed", { id: space, peer: party });
    await tellMembers(node, tx, space);
    const to = recipientsOf(held.facts, node.code, node.clock.now());
    const fresh = again || isNew(held, party);
    if (fresh && approvedOf(held.facts, node.code, node.clock.now()).includes(party))
      await tellDocuments(tx, node.code, held, party);
    if (to.includes(party) && fresh) await backfill(node, tx, held, party);
  });
  node.send();
  node.wake("joint");
  node.wake(`joint:${space}`);
}

/** It came in, or came back: an extension brings nothing that it has already. */
function isNew(held: Held, party: NodeCode): boolean {
  const since = inSince(held.facts, party);
  return held.facts.approvals.filter((one) => one.party === party && one.at >= since).length === 1;
}

/** Everything that this party may have and was never sent: it takes nothing twice, for a version that it has changes nothing. */
async function backfill(node: JointNode, tx: Writer, held: Held, party: NodeCode): Promise<void> {
  const note = noteOf(held.facts, party);
  if (note === null) return;
  const since = inSince(held.facts, party);
  const from = givenTo(note, since, "") ? "0001-01-01T00:00:00.000Z" : since;
  await sql`insert into simpul.joint_waiting (party, space_id, thing_id, alone, at)
    select ${party}, space_id, id, originator <> ${node.code}, first_at from simpul.joint_things
    where space_id = ${held.row.id} and ours and state = 'standing' and first_at >= ${from}::timestamptz
    on conflict do nothing`.execute(tx.rows);
  await sql`delete from simpul.joint_refused where space_id = ${held.row.id} and party = ${party}`.execute(
    tx.rows,
  );
  await tx.enqueue({
    kind: "joint.send",
    payload: { space: held.row.id, party },
    key: `${held.row.id} ${party}`,
  });
}

/** By the clock: whatever waits and no receipt called for goes on; so does a space that began on its day. */
export async function sendWhatWaits(node: JointNode): Promise<void> {
  const { rows } = await node.store.read(jobStanding, (db) =>
    sql<{ space_id: Id; party: NodeCode }>`select distinct space_id, party from simpul.joint_waiting`.execute(
      db.rows,
    ),
  );
  for (const { space_id, party } of rows) await sendWaiting(node, space_id, party);
}

/** Spaces that this actor sees, whole. */
export async function spacesOf(db: Pick<Writer, "rows">): Promise<Held[]> {
  const { rows } =
    await sql<SpaceRow>`select * from simpul.joint_spaces order by changed_at desc limit 200`.execute(
      db.rows,
    );
  return alongside(db, rows);
}
