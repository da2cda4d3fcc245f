// Permission on paper: asked by letter where the originator has no node, and taken in as a permission whose basis is the scan.
import { Digest, type Id, type NodeCode } from "@simpul/model";
import type { Writer } from "@simpul/store";
import { sql } from "kysely";
import type { AskPermitted, PermissionsForLetters } from "../letters/contract.ts";
import { requireListed } from "./codes.ts";
import { RequestsError, type AskPermission, type Grant, type PermissionState } from "./contract.ts";
import { keepGrants, signGrant } from "./grants.ts";
import { officerOf, requestRow, requireInCase, type RequestsNode, type ThreadRow } from "./node.ts";
import { outcome, permissionRow, settle, type Asked, type PermissionRow } from "./permission-rows.ts";
import { endOf } from "./rules.ts";
import { nextReference } from "./thread.ts";

/** The letter that asks, in the transaction of the question. Throws `NOT_A_STATE` where it did not come by letter. */
export async function askByLetter(
  node: RequestsNode,
  tx: Writer,
  asked: {
    id: Id;
    to: NodeCode;
    thread: Id;
    request: Id;
    ask: AskPermission;
    records: readonly Asked[];
    due: Date;
  },
): Promise<void> {
  const { id, to, ask, thread, request, due } = asked;
  const { rows } = await sql<ThreadRow>`select * from simpul.request_threads where id = ${thread}
    and correspondent is not null`.execute(tx.rows);
  const first = rows[0];
  if (first === undefined) throw new RequestsError("NOT_A_STATE", { node: to });
  const officer = officerOf(tx.standing);
  const { draft } = await requestRow(tx, request);
  const { rows: sent } = await sql<{ posted_on: string | null }>`
    select posted_on::text from simpul.letters where id = ${thread}`.execute(tx.rows);
  await node.letters.followUp(tx, {
    kind: "permission",
    ...{ about: id, request, thread, correspondent: node.letters.one(first.correspondent!) },
    reference: await nextReference(node, tx, to, "letter"),
    earlier: { reference: first.reference, on: sent[0]?.posted_on ?? null },
    things: asked.records.map(({ record, version, kind, title }) => ({
      ...{ record, version: Digest.parse(version), what: kind, entry: null, title, next: null },
    })),
    ...{ language: draft.language, reason: ask.reason, due: due.toISOString(), urgent: draft.urgent },
    ...{ agency: officer.agency, desk: officer.desk, by: officer.id },
    ask: {
      ...{ action: ask.action, recipients: ask.recipients, court: ask.court },
      ...{ legalBasis: ask.legalBasis, purpose: ask.purpose },
    },
  });
}

type Decided = Parameters<PermissionsForLetters["decided"]>[2];

/** HC-7: bound to version, act, recipients and period as any other; signed by us, for its originator cannot. */
async function onPaper(
  node: RequestsNode,
  tx: Writer,
  row: PermissionRow,
  said: Decided & { scan: Digest },
): Promise<Grant[]> {
  const about = new Map(row.records.map((one) => [one.record, one]));
  const notAfter = said.notAfter === null ? null : new Date(endOf(said.notAfter)).toISOString();
  return Promise.all(
    said.decisions
      .filter((one) => one.grant)
      .map((one) =>
        signGrant(node, {
          id: tx.newId(),
          originator: row.peer,
          holder: node.code,
          record: one.record,
          version: Digest.parse(about.get(one.record)!.version),
          action: row.ask.action,
          recipients: row.ask.recipients,
          court: row.ask.court,
          thread: row.thread_id,
          conditions: said.conditions,
          notAfter,
          at: tx.at.toISOString(),
          paper: { scan: said.scan, letter: said.letter, saidBy: said.saidBy, saidAt: said.saidAt },
        }),
      ),
  );
}

async function decided(node: RequestsNode, tx: Writer, id: Id, said: Decided): Promise<PermissionState> {
  const row = await permissionRow(tx, id, { lock: true });
  if (row.direction !== "outgoing" || !["sent", "delivered"].includes(row.state))
    throw new RequestsError("NOT_NOW", { state: row.state });
  await requireInCase(node, tx, "permission.ask", row.case_id!);
  checkDecisions(node, row, said);
  const { scan } = said;
  const grants = scan === null ? [] : await onPaper(node, tx, row, { ...said, scan });
  const state = outcome(said.decisions, said.conditions.trim() !== "" || said.notAfter !== null);
  await keepGrants(tx, grants, { request: row.request_id, permission: id, given: false });
  await settle(tx, row, {
    state,
    decisions: said.decisions.map(({ record, grant, ground }) => ({
      ...{ record, grant, ground: grant ? null : (ground ?? null) },
    })),
    conditions: said.conditions,
    notAfter: said.notAfter === null ? null : new Date(endOf(said.notAfter)).toISOString(),
    reason: said.text,
    by: null,
  });
  tx.note("permission.taken-on-paper", {
    ...{ id: row.request_id, permission: id, peer: row.peer, outcome: state, letter: said.letter, scan },
    grants: grants.map((one) => one.id),
    ...(row.case_id && { case: row.case_id }),
  });
  node.wake(`permission:${id}`);
  return state;
}

function checkDecisions(
  node: RequestsNode,
  row: PermissionRow,
  said: Pick<AskPermitted, "decisions" | "notAfter">,
): void {
  const about = new Set(row.records.map((one) => one.record));
  const once = new Set(said.decisions.map((one) => one.record));
  if (once.size !== about.size || [...once].some((one) => !about.has(one)))
    throw new RequestsError("INCOMPLETE", { missing: "decisions" });
  const grounds = node.codes.grounds.map((one) => one.code);
  for (const one of said.decisions) if (!one.grant) requireListed("ground", grounds, one.ground ?? "");
  if (said.notAfter !== null && endOf(said.notAfter) < node.clock.now().getTime())
    throw new RequestsError("DATE_PASSED");
}

export const permissionsForLetters = (node: RequestsNode): PermissionsForLetters => ({
  async mayNote(db, id) {
    if (db.standing.actor.kind !== "officer") return false;
    const row = await permissionRow(db, id).catch(() => null);
    const of = row?.case_id ?? null;
    const record = of === null ? null : await node.caseFacts(db, of).catch(() => null);
    if (record === null) return false;
    const { purpose } = db.standing;
    const officer = officerOf(db.standing);
    return node.policy.decide({ officer, act: "permission.ask", record, purpose, now: node.clock.now() })
      .allowed;
  },
  decided: (tx, id, said) => decided(node, tx, id, said),
});
