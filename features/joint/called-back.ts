// What its originator calls back, tightens or permits no more: it leaves every space, with a mark at each party that it was there.
import { Evaluation, type Id, type NodeCode } from "@simpul/model";
import type { Writer } from "@simpul/store";
import { sql } from "kysely";
import type { Call, MoreCopies, Thing } from "../recalls/contract.ts";
import type { Because, Content } from "./contract.ts";
import { jobStanding, type Db, type JointNode } from "./node.ts";
import { goneThing, newThing, waitFor } from "./put.ts";
import { asJob, heldOf, hexOf, keepThings, type NewThing, type ThingRow } from "./records.ts";

const asGiven = (calls: readonly Call[]): string =>
  JSON.stringify(
    calls.map((call) => ({
      ...call,
      grade: call.evaluation === null ? null : Evaluation.print(call.evaluation),
    })),
  );

const later = (tx: Writer, calls: readonly Call[]) =>
  tx.enqueue({ kind: "joint.called-back", payload: { calls }, key: calls[0]!.record });

/** Made by the server for the room that calls back. */
export const spacesForRecalls: MoreCopies = {
  async holders(db, records) {
    const { rows } = await sql<{
      record_id: Id;
      version: Buffer;
      what: Thing["what"];
      party: NodeCode;
    }>`select * from simpul.joint_given_to(${[...records]}::uuid[]) order by party, record_id`.execute(
      db.rows,
    );
    return rows.map((row) => ({
      ...{ record: row.record_id, version: hexOf(row.version), what: row.what, to: row.party },
    }));
  },
  async close(tx, calls) {
    if (calls.length === 0) return;
    await sql`select simpul.close_joint(${asGiven(calls)}::jsonb, ${tx.at})`.execute(tx.rows);
    await later(tx, calls);
  },
  async calledBack(tx, calls) {
    if (calls.length > 0) await later(tx, calls);
  },
  async gaveUs(tx, record, peer) {
    const { rows } = await sql<{
      so: boolean | null;
    }>`select simpul.joint_given_by(${record}, ${peer}) as so`.execute(tx.rows);
    return rows[0]!.so;
  },
};

/** In a job, which may run twice: of each thing that we put in, the version that says so, to everybody who has it. */
export async function followCalls(node: JointNode, calls: readonly Call[]): Promise<void> {
  const records = calls.map((one) => one.record);
  const spaces = await asJob(node, async (tx) => {
    await sql`select simpul.close_joint(${asGiven(calls)}::jsonb, ${tx.at})`.execute(tx.rows);
    await sql`select simpul.forget_joint('{}', ${records}::uuid[])`.execute(tx.rows);
    const { rows } =
      await sql<ThingRow>`select * from simpul.joint_things where ours and called_at is not null
      and id = any(${records}::uuid[])`.execute(tx.rows);
    const { rows: everywhere } = await sql<{ space_id: Id }>`select distinct space_id from simpul.joint_things
      where id = any(${records}::uuid[])`.execute(tx.rows);
    await nextVersions(node, tx, rows, "restricted");
    tx.note("joint.called-back", { things: calls.length, told: rows.length });
    return everywhere.map((row) => row.space_id);
  });
  for (const space of spaces) node.wake(`joint:${space}`);
}

/** By the clock: of what came from others, that for which a permission or a period ended goes (HC-6). */
export async function holdTerms(node: JointNode): Promise<number> {
  const { rows } = await node.store.read(jobStanding, (db) =>
    sql<ThingRow>`select * from simpul.joint_things where ours and originator <> party and state = 'standing'
      and content is not null limit 5000`.execute(db.rows),
  );
  if (rows.length === 0) return 0;
  const gone = [...(await node.store.read(jobStanding, (db) => stoppedAmong(node, db, rows))).keys()];
  if (gone.length === 0) return 0;
  await asJob(node, async (tx) => {
    await nextVersions(node, tx, gone, "permission-ended");
    tx.note("joint.terms-held", { gone: gone.length });
  });
  for (const space of new Set(gone.map((row) => row.space_id))) node.wake(`joint:${space}`);
  return gone.length;
}

async function nextVersions(
  node: JointNode,
  tx: Writer,
  rows: readonly ThingRow[],
  because: Because,
): Promise<void> {
  const stopped = await stoppedAmong(node, tx, rows);
  for (const space of new Set(rows.map((row) => row.space_id))) {
    const held = await heldOf(tx, space, { lock: true });
    const at = tx.at.toISOString();
    const things = rows
      .filter((row) => row.space_id === space)
      .map((row): NewThing => {
        const by = { by: row.by_member, at, reason: "" };
        if (row.content === null) return goneThing(row, { ...by, because: row.because ?? "called-back" });
        const why = stopped.get(row);
        if (why !== undefined)
          return goneThing(row, { ...by, because: why === "called-back" ? "called-back" : because });
        const { id, kind, content, handling } = row;
        const evaluation = Evaluation.parse(row.evaluation);
        const next = { member: row.by_member, at, version: row.version + 1, case: row.case_id };
        return {
          ...newThing(node, { id, kind, content, handling, evaluation }, next),
          firstAt: row.first_at.toISOString(),
        };
      });
    await keepThings(tx, space, things, true);
    await waitFor(node, tx, held, things);
  }
}

/** Which of these may not lie any more with those who were given them, and why. */
async function stoppedAmong(
  node: JointNode,
  db: Pick<Db, "rows">,
  rows: readonly ThingRow[],
): Promise<Map<ThingRow, string>> {
  const { rows: given } = await sql<{ space_id: Id; record_id: Id; party: NodeCode }>`
    select distinct space_id, record_id, party from simpul.joint_given
    where record_id = any(${rows.map((row) => row.id)}::uuid[])
    union select space_id, thing_id, party from simpul.joint_waiting
    where thing_id = any(${rows.map((row) => row.id)}::uuid[])`.execute(db.rows);
  const found = new Map<ThingRow, string>();
  for (const row of rows) {
    const to = given.filter((one) => one.record_id === row.id && one.space_id === row.space_id);
    const shared = sharedOf(row.content);
    if (shared === null || to.length === 0) continue;
    const [stop] = await node.records.stops(
      db,
      shared,
      to.map((one) => one.party),
    );
    if (stop !== undefined) found.set(row, stop.because);
  }
  return found;
}

function sharedOf(content: Content | null) {
  if (content === null || "own" in content) return null;
  return "record" in content
    ? { records: [content.record], items: [] }
    : { records: [], items: [content.item] };
}
