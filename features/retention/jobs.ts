// By the clock: owners are asked, silence deletes; a hold or freeze stops it. What goes leaves a signed mark, and holders are told (RET-1).
import { Id } from "@simpul/model";
import { signStatement, utf8 } from "@simpul/seal";
import type { Writer } from "@simpul/store";
import { nodeVerifying } from "@simpul/store/keys";
import { sql } from "kysely";
import { keptKinds, type KeptKind } from "./contract.ts";
import { upsert } from "./decide.ts";
import { keptOf, jobStanding, type KeptRow, type RetentionNode } from "./node.ts";

const day = 86_400_000;
export const tombstoneType = "application/vnd.simpul.kept-until+json";

/** Asks for what became due, and puts to the queue what nobody kept. Gives how many of each. */
export async function reviewKept(node: RetentionNode): Promise<{ asked: number; going: number }> {
  const now = node.clock.now();
  const today = now.toISOString().slice(0, 10);
  const rows = await node.store.read(jobStanding, async (db) => {
    const found = await sql<KeptRow>`select * from (${keptOf(node.terms, { over: today })}) k
      where k.due::date <= ${today}::date and (k.state is null or k.state in ('kept', 'asked'))
        and k.hold_reason is null and not k.frozen order by k.due, k.id limit 1000`.execute(db.rows);
    return found.rows;
  });
  const ask = rows.filter((row) => row.state !== "asked");
  const over = rows.filter(
    (row) => row.state === "asked" && row.delete_after !== null && row.delete_after <= now,
  );
  if (ask.length + over.length === 0) return { asked: 0, going: 0 };
  await node.store.write(jobStanding, async (tx) => {
    for (const row of ask)
      await upsert(node, tx, row, {
        review: row.due,
        state: "asked",
        reason: "",
        by: null,
        after: new Date(tx.at.getTime() + node.terms.noticeDays * day),
      });
    for (const { kind, id } of over)
      await tx.enqueue({ kind: "retention.delete", payload: { kind, id }, key: `${kind} ${id}` });
    tx.note("retention.reviewed", { asked: ask.length, going: over.length });
  });
  return { asked: ask.length, going: over.length };
}

/** Deletes one; may run twice, and does nothing where it was kept, held or frozen meanwhile. */
export async function deleteKept(node: RetentionNode, kind: KeptKind, id: Id): Promise<boolean> {
  const gone = await node.store.write(jobStanding, async (tx) => {
    const { rows } = await sql<KeptRow>`select * from (${keptOf(node.terms, { id })}) k
      where k.kind = ${kind} and k.id = ${id}`.execute(tx.rows);
    const row = rows[0];
    const now = node.clock.now();
    const due =
      row !== undefined &&
      (row.state === "going" ||
        (row.state === "asked" && row.delete_after !== null && row.delete_after <= now));
    if (!due || row.hold_reason !== null || row.frozen) {
      tx.note("retention.left", { id, record: kind });
      return false;
    }
    await forget(node, tx, kind, id);
    if (kind === "case") await forgetCase(node, tx, id);
    return true;
  });
  if (gone) {
    node.send();
    node.wake(`kept:${id}`);
  }
  return gone;
}

/** With a case goes what lies in it: its items and requests first, each with its own mark. */
async function forgetCase(node: RetentionNode, tx: Writer, id: Id): Promise<void> {
  const { rows } = await sql<{ kind: KeptKind; id: Id }>`
    select 'item' as kind, id from simpul.evidence_items where case_id = ${id} and state = 'sealed'
    union all select 'request', id from simpul.requests where case_id = ${id} and forgotten_at is null`.execute(
    tx.rows,
  );
  for (const row of rows) await forget(node, tx, row.kind, row.id);
}

/** Holders first, as they are known by what left; then the record itself, then its mark. */
async function forget(node: RetentionNode, tx: Writer, kind: KeptKind, id: Id): Promise<void> {
  const records = kind === "case" ? await recordsOf(tx, id) : [id];
  const to = kind === "request" ? [] : await node.holders.destroyEverywhere(tx, records);
  if (kind === "item") {
    await node.items.destroy(tx, id);
    await sql`select simpul.forget_leaves(${id})`.execute(tx.rows);
  } else await sql`select simpul.forget_record(${kind}, ${id})`.execute(tx.rows);
  await sql`select simpul.forget_sent(${records}::uuid[])`.execute(tx.rows);
  const mark = { v: 1, node: node.code, kind, record: id, at: tx.at.toISOString() };
  const signed = JSON.stringify(
    await signStatement(tombstoneType, utf8(JSON.stringify(mark)), [node.signer], nodeVerifying),
  );
  await sql`insert into simpul.retentions as t (kind, record_id, review_on, basis, state, gone_at, tombstone)
    values (${kind}, ${id}, ${tx.at}::date, ${node.terms.kinds[kind].basis}, 'gone', ${tx.at}, ${signed})
    on conflict (kind, record_id) do update set state = 'gone', gone_at = excluded.gone_at, tombstone = excluded.tombstone,
      reason = '', delete_after = null`.execute(tx.rows);
  tx.note("retention.gone", { id, record: kind, to });
}

/** Records of a case that may have left under their own ids. */
async function recordsOf(tx: Writer, id: Id): Promise<Id[]> {
  const { rows } = await sql<{ id: Id }>`select id from simpul.case_subjects where case_id = ${id}
    union all select id from simpul.selector_occurrences where case_id = ${id}
    union all select id from simpul.case_places where case_id = ${id}
    union all select id from simpul.case_events where case_id = ${id}
    union all select id from simpul.case_links where case_id = ${id}`.execute(tx.rows);
  return rows.map((row) => row.id);
}

export const retentionJobs = (node: RetentionNode) => ({
  "retention.delete": {
    run: async ({ payload }: { payload: unknown }) => {
      const { kind, id } = payload as { kind: string; id: string };
      const known = keptKinds.find((one) => one === kind);
      if (known !== undefined) await deleteKept(node, known, Id.parse(id));
    },
  },
});
