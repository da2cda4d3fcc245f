// What an override does: signs it in this state's name, tells the state whose it is, marks what goes (HC-9).
import type { Id, NodeCode } from "@simpul/model";
import type { Writer } from "@simpul/store";
import { sql } from "kysely";
import type { Grant, OverriddenRecord, OverrideFinding } from "./contract.ts";
import { keepGrants, signGrant } from "./grants.ts";
import { send } from "./leave.ts";
import { json, type RequestRow, type RequestsNode, type Shared } from "./node.ts";

export type OverrideRow = {
  id: Id;
  direction: "ours" | "theirs";
  state: "waiting" | "done" | "dropped";
  request_id: Id;
  thread_id: Id;
  peer: NodeCode;
  to_node: NodeCode;
  authority: string;
  reason: string;
  facts: string;
  records: OverriddenRecord[];
  desk_id: Id | null;
  asked_by: Id | null;
  second_by: Id | null;
  alone: boolean;
  asked_at: Date;
  at: Date | null;
  finding: OverrideFinding | null;
  review: string | null;
  reviewed_by: Id | null;
  reviewed_at: Date | null;
};

/** Those of a request that wait for the second officer. */
export async function waitingOverrides(tx: Writer, request: Id): Promise<OverrideRow[]> {
  const { rows } = await sql<OverrideRow>`select * from simpul.overrides where request_id = ${request}
    and direction = 'ours' and state = 'waiting' order by id for update`.execute(tx.rows);
  return rows;
}

/** Taken back or returned before anything left: whoever wants it says anew why. */
export async function dropOverrides(tx: Writer, request: RequestRow): Promise<void> {
  const { rows } = await sql<{ id: Id }>`update simpul.overrides set state = 'dropped'
    where request_id = ${request.id} and direction = 'ours' and state = 'waiting' returning id`.execute(
    tx.rows,
  );
  for (const { id } of rows)
    tx.note("override.dropped", { id: request.id, override: id, case: request.case_id! });
}

/** What is signed: not a permission of its originator, but that its holder passed it on without one. */
export const unsignedOverride = (
  node: Pick<RequestsNode, "code" | "codes">,
  tx: Pick<Writer, "newId" | "at">,
  of: { originator: NodeCode; to: NodeCode; reason: string },
  about: Pick<OverriddenRecord, "record" | "version">,
): Omit<Grant, "signed"> => ({
  id: tx.newId(),
  originator: of.originator,
  holder: node.code,
  record: about.record,
  version: about.version,
  action: "override",
  recipients: [of.to],
  court: null,
  // No other state learns of a thread (RFI-8).
  thread: null,
  conditions: of.reason,
  notAfter: new Date(tx.at.getTime() + node.codes.override.hours * 3_600_000).toISOString(),
  at: tx.at.toISOString(),
});

/**
 * In the transaction of the act that lets it go: the notice to each originator stands in the outbox, and the copies
 * that leave carry the signed override beside their own terms, which stay as they are.
 */
export async function carryOut(
  node: RequestsNode,
  tx: Writer,
  request: RequestRow,
  rows: readonly OverrideRow[],
  second: Id | null,
): Promise<Shared> {
  const all: Grant[] = [];
  for (const row of rows) {
    const of = { originator: row.peer, to: row.to_node, reason: row.reason };
    const grants = await Promise.all(
      row.records.map((one) => signGrant(node, unsignedOverride(node, tx, of, one))),
    );
    await keepGrants(tx, grants, { request: request.id, given: false });
    await sql`update simpul.overrides set state = 'done', second_by = ${second}, alone = ${second === null},
      at = ${tx.at} where id = ${row.id}`.execute(tx.rows);
    await send(tx, row.peer, "override.notified", {
      agency: request.agency_id!,
      override: row.id,
      thread: row.thread_id,
      to: row.to_node,
      authority: row.authority,
      reason: row.reason,
      facts: row.facts,
      alone: second === null,
      grants,
    });
    tx.note("override.done", {
      id: request.id,
      override: row.id,
      case: request.case_id!,
      peer: row.peer,
      to: row.to_node,
      reason: row.reason,
      alone: second === null,
      records: row.records.length,
    });
    all.push(...grants);
  }
  const marked = <T extends { id: Id; grants: Grant[] }>(list: readonly T[]): T[] =>
    list.map((one) => ({
      ...one,
      grants: [...one.grants, ...all.filter((grant) => grant.record === one.id)],
    }));
  const shared = { records: marked(request.shared.records), items: marked(request.shared.items) };
  await sql`update simpul.requests set shared = ${json(shared)} where id = ${request.id}`.execute(tx.rows);
  return shared;
}
