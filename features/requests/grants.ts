// Permissions as signed objects: bound to a version, an act, recipients and a period, and checked wherever they arrive.
import { createHash } from "node:crypto";
import { Digest, type Id, type NodeCode } from "@simpul/model";
import type { Writer } from "@simpul/store";
import { sql } from "kysely";
import type { Grant, GrantAction, OnPaper, SharedRecord } from "./contract.ts";
import { hexOf, json, type Db, type RequestsNode } from "./node.ts";
import { canonical, isSigned, signSaid } from "./signed-words.ts";

export const grantType = "application/vnd.simpul.permission+json";

export const digestOf = (value: unknown): Digest =>
  createHash("sha256").update(canonical(value)).digest("hex") as Digest;

/** The version of a record: what a permission is about. */
export const versionOf = (record: Pick<SharedRecord, "kind" | "id" | "fields">): Digest =>
  digestOf({ kind: record.kind, id: record.id, fields: record.fields });

type Unsigned = Omit<Grant, "signed">;
const bodyOf = (grant: Unsigned): Unsigned => ({
  id: grant.id,
  originator: grant.originator,
  holder: grant.holder,
  record: grant.record,
  version: grant.version,
  action: grant.action,
  recipients: grant.recipients.toSorted(),
  court: grant.court,
  thread: grant.thread,
  conditions: grant.conditions,
  notAfter: grant.notAfter,
  at: grant.at,
  ...(grant.paper === undefined ? {} : { paper: grant.paper }),
});

/** Signs a permission in this node's name. */
export async function signGrant(node: Pick<RequestsNode, "signer">, grant: Unsigned): Promise<Grant> {
  const body = bodyOf(grant);
  return { ...body, signed: await signSaid(node, grantType, body) };
}

/**
 * Whether its originator signed exactly this; or its holder, where it is an override or was given on paper. A state with
 * a node signs for itself: no paper of its stands in for that. A key that is not known proves nothing.
 */
export async function holds(node: Pick<RequestsNode, "keysOf">, grant: Grant): Promise<boolean> {
  if (grant.paper !== undefined && (await node.keysOf(grant.originator)).length > 0) return false;
  const byHolder = grant.action === "override" || grant.paper !== undefined;
  const keys = await node.keysOf(byHolder ? grant.holder : grant.originator);
  return isSigned(keys, grantType, grant.signed, bodyOf(grant));
}

interface GrantRow {
  id: Id;
  originator: NodeCode;
  holder: NodeCode;
  record_id: Id;
  version: Buffer;
  action: GrantAction;
  recipients: NodeCode[];
  court: string | null;
  thread_id: Id | null;
  conditions: string;
  not_after: Date | null;
  at: Date;
  signed: string;
  paper: OnPaper | null;
}

const ofRow = (row: GrantRow): Grant => ({
  id: row.id,
  originator: row.originator,
  holder: row.holder,
  record: row.record_id,
  version: Digest.parse(hexOf(row.version)),
  action: row.action,
  recipients: row.recipients,
  court: row.court,
  thread: row.thread_id,
  conditions: row.conditions,
  notAfter: row.not_after?.toISOString() ?? null,
  at: row.at.toISOString(),
  ...(row.paper === null ? {} : { paper: row.paper }),
  signed: row.signed,
});

export async function keepGrants(
  tx: Writer,
  grants: readonly Grant[],
  at: { request: Id; permission?: Id; given: boolean },
): Promise<void> {
  for (const grant of grants)
    await sql`insert into simpul.grants (id, request_id, thread_id, permission_id, given, originator, holder, record_id,
        version, action, recipients, court, conditions, not_after, at, signed, paper)
      values (${grant.id}, ${at.request}, ${grant.thread}, ${at.permission ?? null}, ${at.given}, ${grant.originator},
        ${grant.holder}, ${grant.record}, ${Buffer.from(grant.version, "hex")}, ${grant.action},
        ${[...grant.recipients]}::text[], ${grant.court}, ${grant.conditions}, ${grant.notAfter}::timestamptz,
        ${grant.at}::timestamptz, ${grant.signed}, ${grant.paper === undefined ? null : json(grant.paper)})
      on conflict do nothing`.execute(tx.rows);
}

/** Grants about these records that the actor sees, by record; one held twice is given once. */
export async function grantsOf(db: Pick<Db, "rows">, records: readonly Id[]): Promise<Map<Id, Grant[]>> {
  const found = new Map<Id, Grant[]>();
  if (records.length === 0) return found;
  const { rows } = await sql<GrantRow>`select distinct on (id) * from simpul.grants
    where record_id = any(${[...records]}::uuid[]) and not simpul.grant_ended(record_id, version, at) order by id`.execute(
    db.rows,
  );
  for (const grant of rows.map(ofRow)) found.set(grant.record, [...(found.get(grant.record) ?? []), grant]);
  return found;
}

export async function grantsOfPermission(db: Pick<Db, "rows">, permission: Id): Promise<Grant[]> {
  const { rows } = await sql<GrantRow>`select * from simpul.grants where permission_id = ${permission}
    order by id`.execute(db.rows);
  return rows.map(ofRow);
}
