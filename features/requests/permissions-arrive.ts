// Questions and decisions about permission as they arrive: only about what was given, and only what its originator signed.
import { EnvelopeRefused } from "@simpul/exchange";
import type { Id } from "@simpul/model";
import type { Writer } from "@simpul/store";
import { sql } from "kysely";
import { known, read, type From } from "./arrive.ts";
import { holds, keepGrants } from "./grants.ts";
import { json, type Shared, type ThreadRow } from "./node.ts";
import { settle, type Asked, type PermissionRow } from "./permission-rows.ts";
import { titleOf } from "./titles.ts";

/** What this node let go to that state in this thread, by record: only about that can it be asked. */
export async function released(tx: Writer, thread: ThreadRow): Promise<Map<Id, Asked>> {
  const { rows } = await sql<{
    shared: Shared;
  }>`select shared from simpul.released_in_thread(${thread.id})`.execute(tx.rows);
  const all = new Map<Id, Asked>();
  const about = { granted: null, ground: null };
  for (const { shared } of rows) {
    for (const one of shared.records)
      all.set(one.id, {
        record: one.id,
        kind: one.kind,
        version: one.version,
        title: titleOf(one),
        ...about,
      });
    for (const one of shared.items)
      all.set(one.id, { record: one.id, kind: "item", version: one.digest, title: one.fileName, ...about });
  }
  return all;
}

/** Another state asks us; it can be asked only about what we gave it, in the version that we gave. */
export async function takeAsked({ tx, envelope }: From): Promise<{ id: Id; request: Id }> {
  const body = read("permission.asked", envelope.body);
  const { rows } = await sql<{
    direction: ThreadRow["direction"];
  }>`select direction from simpul.request_threads
    where id = ${body.thread} and peer = ${envelope.from}`.execute(tx.rows);
  const thread = await known(tx, envelope, body.thread, rows[0]?.direction ?? "incoming");
  const given = await released(tx, thread);
  const records = body.records.map(({ record, version }) => {
    const found = given.get(record);
    if (found?.version !== version) throw new EnvelopeRefused("UNKNOWN_RECORD", "not given to you");
    return found;
  });
  const {
    agency: _agency,
    permission: id,
    thread: _thread,
    reference,
    due,
    records: _records,
    ...ask
  } = body;
  const kept =
    await sql`insert into simpul.permissions (id, direction, peer, reference, state, request_id, thread_id,
      ask, records, at, due_at)
    values (${id}, 'incoming', ${envelope.from}, ${reference}, 'delivered', ${thread.request_id}, ${thread.id},
      ${json(ask)}, ${json(records)}, ${tx.at}, ${due}::timestamptz) on conflict do nothing`.execute(tx.rows);
  if (kept.numAffectedRows !== 1n)
    throw new EnvelopeRefused("BAD_BODY", "a permission that is there already");
  tx.note("permission.arrived", {
    id: thread.request_id,
    permission: id,
    peer: thread.peer,
    act: ask.action,
  });
  return { id, request: thread.request_id };
}

/** Their decision: grants are believed only when the originator signed exactly what we asked. */
export async function takeDecided({ node, tx, envelope }: From): Promise<PermissionRow> {
  const body = read("permission.decided", envelope.body);
  const { rows } = await sql<PermissionRow>`select * from simpul.permissions where id = ${body.permission}
    and direction = 'outgoing' and peer = ${envelope.from} for update`.execute(tx.rows);
  const row = rows[0];
  if (row === undefined) throw new EnvelopeRefused("UNKNOWN_RECORD", "permission");
  if (!["sent", "delivered"].includes(row.state)) throw new EnvelopeRefused("NOT_ALLOWED", row.state);
  const about = new Map(row.records.map((one) => [one.record, one]));
  for (const grant of body.grants) {
    const fits =
      grant.originator === envelope.from &&
      grant.holder === node.code &&
      grant.paper === undefined &&
      grant.action === row.ask.action &&
      about.get(grant.record)?.version === grant.version;
    if (!fits || !(await holds(node, grant)))
      throw new EnvelopeRefused("BAD_BODY", "a permission that does not fit what was asked");
  }
  const granted = new Set(body.decisions.filter((one) => one.grant).map((one) => one.record));
  const same = body.grants.length === granted.size && body.grants.every((one) => granted.has(one.record));
  if (!same || body.decisions.some((one) => !about.has(one.record)))
    throw new EnvelopeRefused("BAD_BODY", "decisions without their permissions");
  await keepGrants(tx, body.grants, { request: row.request_id, permission: row.id, given: false });
  await settle(tx, row, { ...body, by: null });
  tx.note("permission.decision-arrived", {
    id: row.request_id,
    permission: row.id,
    peer: row.peer,
    outcome: body.state,
    ...(row.case_id && { case: row.case_id }),
  });
  return row;
}

export async function takeWithdrawn({ tx, envelope }: From): Promise<Id> {
  const body = read("permission.withdrawn", envelope.body);
  const { rows } = await sql<{ request_id: Id }>`update simpul.permissions set state = 'withdrawn'
    where id = ${body.permission} and direction = 'incoming' and peer = ${envelope.from} and state = 'delivered'
    returning request_id`.execute(tx.rows);
  const found =
    rows[0] ??
    (
      await sql<{ request_id: Id }>`select request_id from simpul.permissions
        where id = ${body.permission} and direction = 'incoming' and peer = ${envelope.from}`.execute(tx.rows)
    ).rows[0];
  if (found === undefined) throw new EnvelopeRefused("UNKNOWN_RECORD", "permission");
  tx.note("permission.withdrawal-arrived", {
    id: found.request_id,
    permission: body.permission,
    peer: envelope.from,
  });
  return body.permission;
}
