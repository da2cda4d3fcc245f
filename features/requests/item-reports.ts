// The receiver's report on an item that came: made by itself as it was checked, signed, kept by both (MLA-10, MSG-4).
import { EnvelopeRefused, type Outgoing, type Receipt } from "@simpul/exchange";
import type { Digest, Id, NodeCode } from "@simpul/model";
import type { Standing, Writer } from "@simpul/store";
import { sql } from "kysely";
import type { ProofCheck } from "../evidence/contract.ts";
import { known, read, type From } from "./arrive.ts";
import type { ItemReport } from "./contract.ts";
import { send } from "./leave.ts";
import { iso, jobStanding, type Db, type RequestsNode, type ThreadRow } from "./node.ts";
import { released } from "./permissions-arrive.ts";
import { isSigned, signSaid } from "./signed-words.ts";

export const reportType = "application/vnd.simpul.item-report+json";

interface Said {
  thread: Id;
  item: Id;
  digest: Digest;
  by: NodeCode;
  /** Null: its whole story and its bytes hold. */
  failed: ProofCheck | null;
  at: string;
}

/** To whoever gave the item, in the transaction that seals or refuses it. */
export async function reportItem(
  node: Pick<RequestsNode, "code" | "signer">,
  tx: Writer,
  of: { thread: Id; request: Id; item: Id; digest: Digest; to: NodeCode; agency: Id },
  failed: ProofCheck | null,
): Promise<void> {
  const { thread, item, digest } = of;
  const said: Said = { thread, item, digest, by: node.code, failed, at: tx.at.toISOString() };
  const signed = await signSaid(node, reportType, said);
  if (!(await keep(tx, said, signed))) return;
  const { by: _by, ...body } = said;
  await send(tx, of.to, "item.reported", { agency: of.agency, ...body, signed });
  tx.note("request.item-reported", { id: of.request, item, peer: of.to, failed });
}

/** What comes back about an item that we gave in that thread; throws unless its sender signed exactly this. */
export async function takeReport({ node, tx, envelope }: From): Promise<Id> {
  const body = read("item.reported", envelope.body);
  const { rows } = await sql<{ direction: ThreadRow["direction"] }>`select direction
    from simpul.request_threads where id = ${body.thread} and peer = ${envelope.from}`.execute(tx.rows);
  const thread = await known(tx, envelope, body.thread, rows[0]?.direction ?? "incoming");
  const given = (await released(tx, thread)).get(body.item);
  if (given?.kind !== "item" || given.version !== body.digest)
    throw new EnvelopeRefused("UNKNOWN_RECORD", "not given to you");
  const { agency: _agency, signed, ...about } = body;
  const said: Said = { ...about, by: envelope.from };
  if (!(await isSigned(await node.keysOf(envelope.from), reportType, signed, said)))
    throw new EnvelopeRefused("BAD_BODY", "a report that its sender did not sign");
  await keep(tx, said, signed);
  const { item, failed } = said;
  tx.note("request.item-report-arrived", { id: thread.request_id, item, peer: envelope.from, failed });
  return thread.request_id;
}

/** The first word counts; false where one stands already. */
async function keep(tx: Writer, said: Said, signed: string): Promise<boolean> {
  const kept =
    await sql`insert into simpul.item_reports (thread_id, item_id, checked_by, failed, checked_at, signed, kept_at)
    values (${said.thread}, ${said.item}, ${said.by}, ${said.failed}, ${said.at}::timestamptz, ${signed}, ${tx.at})
    on conflict do nothing`.execute(tx.rows);
  return kept.numAffectedRows === 1n;
}

/**
 * Whether the giver's node took the report. One of an older version does not know such letters and refuses them
 * (`UNKNOWN_TYPE`): what was found stands here with the reason why it is not known there. May be told twice.
 */
export async function reportReceipted(node: RequestsNode, out: Outgoing, receipt: Receipt): Promise<void> {
  const { thread, item } = out.body as Pick<Said, "thread" | "item">;
  const untold = receipt.outcome === "refused" ? (receipt.code ?? "REFUSED") : null;
  const request = await node.store.write(jobStanding("requests-receipts"), async (tx) => {
    const { rows } = await sql<{ request_id: Id }>`update simpul.item_reports v set untold = ${untold}
      from simpul.request_threads t where t.id = v.thread_id and v.thread_id = ${thread} and v.item_id = ${item}
        and v.checked_by = ${node.code} and v.untold is distinct from ${untold}
      returning t.request_id`.execute(tx.rows);
    if (rows[0] === undefined) return null;
    tx.note("request.item-report-receipted", { id: rows[0].request_id, item, peer: out.to, untold });
    return rows[0].request_id;
  });
  if (request !== null) node.wake(`request:${request}`);
}

type ReportRow = {
  item_id: Id;
  thread_id: Id;
  request_id: Id;
  reference: string;
  peer: NodeCode;
  checked_by: NodeCode;
  failed: ProofCheck | null;
  untold: string | null;
  checked_at: Date;
};
const reportOf = (row: ReportRow): ItemReport => ({
  thread: row.thread_id,
  request: row.request_id,
  reference: row.reference,
  peer: row.peer,
  by: row.checked_by,
  failed: row.failed,
  untold: row.untold,
  at: iso(row.checked_at),
});

/** Reports that this actor sees, ours and theirs, the first first: on the items of these threads, or on one item. */
export async function reportsOf(
  db: Pick<Db, "rows">,
  of: { threads: readonly Id[] } | { item: Id },
): Promise<Map<Id, ItemReport[]>> {
  const which =
    "item" in of ? sql`v.item_id = ${of.item}` : sql`v.thread_id = any(${[...of.threads]}::uuid[])`;
  const { rows } =
    await sql<ReportRow>`select v.item_id, v.thread_id, t.request_id, t.reference, t.peer, v.checked_by,
      v.failed, v.untold, v.checked_at
    from simpul.item_reports v join simpul.request_threads t on t.id = v.thread_id
    where ${which} order by v.kept_at, v.checked_by limit 5000`.execute(db.rows);
  const found = new Map<Id, ItemReport[]>();
  for (const row of rows) found.set(row.item_id, [...(found.get(row.item_id) ?? []), reportOf(row)]);
  return found;
}

/** What was found about one item, in every thread that this officer sees. */
export const reportsOnItem = (node: RequestsNode, standing: Standing, item: Id): Promise<ItemReport[]> =>
  node.store.read(standing, async (db) => {
    db.noteRead("request.item-reports-viewed", { item });
    return (await reportsOf(db, { item })).get(item) ?? [];
  });
