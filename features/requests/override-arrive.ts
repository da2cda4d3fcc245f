// Another state passed on what is ours because a life was at risk: believed only with its signature, shown at once (HC-9).
import { EnvelopeRefused } from "@simpul/exchange";
import type { Id } from "@simpul/model";
import { sql } from "kysely";
import { known, read, type From } from "./arrive.ts";
import type { OverriddenRecord } from "./contract.ts";
import { holds, keepGrants } from "./grants.ts";
import { json, type ThreadRow } from "./node.ts";
import { released } from "./permissions-arrive.ts";

/** Keeps the notice with its proofs, so that a recall also reaches where it went (COR-1). Gives the request. */
export async function takeNotified({ node, tx, envelope }: From): Promise<Id> {
  const body = read("override.notified", envelope.body);
  const { rows } = await sql<{
    direction: ThreadRow["direction"];
  }>`select direction from simpul.request_threads
    where id = ${body.thread} and peer = ${envelope.from}`.execute(tx.rows);
  const thread = await known(tx, envelope, body.thread, rows[0]?.direction ?? "incoming");
  const given = await released(tx, thread);
  const records: OverriddenRecord[] = [];
  for (const grant of body.grants) {
    const found = given.get(grant.record);
    if (found === undefined || found.version !== grant.version)
      throw new EnvelopeRefused("UNKNOWN_RECORD", "not given to you");
    const fits =
      grant.action === "override" &&
      grant.originator === node.code &&
      grant.holder === envelope.from &&
      grant.recipients.length === 1 &&
      grant.recipients[0] === body.to &&
      grant.notAfter !== null;
    if (!fits || !(await holds(node, grant)))
      throw new EnvelopeRefused("BAD_BODY", "an override that does not fit what it says");
    records.push({ record: found.record, version: grant.version, kind: found.kind, title: found.title });
  }
  const kept =
    await sql`insert into simpul.overrides (id, direction, state, request_id, thread_id, peer, to_node,
      authority, reason, facts, records, alone, asked_at, at)
    values (${body.override}, 'theirs', 'done', ${thread.request_id}, ${thread.id}, ${envelope.from}, ${body.to},
      ${body.authority}, ${body.reason}, ${body.facts}, ${json(records)}, ${body.alone}, ${tx.at}, ${tx.at})
    on conflict do nothing`.execute(tx.rows);
  if (kept.numAffectedRows !== 1n) throw new EnvelopeRefused("BAD_BODY", "an override that is there already");
  await keepGrants(tx, body.grants, { request: thread.request_id, given: false });
  tx.note("override.told", {
    id: thread.request_id,
    override: body.override,
    peer: envelope.from,
    to: body.to,
    reason: body.reason,
    records: records.length,
    alone: body.alone,
  });
  return thread.request_id;
}
