// Labelled sets: adverts or messages that somebody else found false or honest, taken in by an officer with origin and licence.
import type { Digest, Id } from "@simpul/model";
import type { JobHandler, RunningJob, Standing } from "@simpul/store";
import { sql } from "kysely";
import { adLimits, AdsError, wordingLimits, type AskSet, type SetMapping } from "../contract.ts";
import { readRecords } from "../formats/records.ts";
import { jobStanding, mustWork, tell, type AdsNode } from "../node.ts";
import { partsOf } from "../parts.ts";
import { textDigest, wholeDigest } from "../seal.ts";
import { cleaned, openSource, type AdRecord } from "../take-in.ts";

type Db = { rows: Parameters<ReturnType<typeof sql>["execute"]>[0] };
type Row = {
  agency_id: Id;
  id: Id;
  file_name: string;
  size: number;
  state: string;
  mapping: SetMapping;
};

/** Throws `NOT_FOUND`. */
async function setOf(db: Db, id: Id): Promise<Row> {
  const { rows } =
    await sql<Row>`select agency_id, id, file_name, size, state, mapping from simpul.ad_label_sets
    where id = ${id}`.execute(db.rows);
  if (rows[0] === undefined) throw new AdsError("NOT_FOUND");
  return rows[0];
}

/** Begins one; its parts may come in any order. Throws `NOT_FOUND`, `SOURCE_CLOSED`, `LIMIT_REACHED`. */
export async function beginSet(node: AdsNode, standing: Standing, ask: AskSet): Promise<Id> {
  return node.store.write(standing, async (tx) => {
    const officer = mustWork(node, tx);
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from simpul.ad_label_sets
      where agency_id = ${officer.agency} and state <> 'withdrawn'`.execute(tx.rows);
    if (rows[0]!.n >= wordingLimits.sets) throw new AdsError("LIMIT_REACHED");
    if (ask.source !== null) await openSource(tx, ask.source);
    const id = tx.newId();
    await sql`insert into simpul.ad_label_sets (agency_id, id, name, origin, licence, source_id, file_name, size, mapping,
        state, made_by, made_at)
      values (${officer.agency}, ${id}, ${ask.name}, ${ask.origin}, ${ask.licence}, ${ask.source}, ${ask.fileName},
        ${ask.size}, ${JSON.stringify(ask.mapping)}::jsonb, 'open', ${officer.id}, ${tx.at})`.execute(
      tx.rows,
    );
    tx.note("advert.set-begun", { id, size: ask.size });
    return id;
  });
}

const parts = partsOf({
  table: "ad_label_parts",
  file: "set_id",
  most: adLimits.file,
  act: "advert.set-part",
  rowOf: setOf,
});
export const takeSetPart = parts.take;

/** All parts are here: a job reads them. Throws `IMPORT_NOT_WHOLE`, `NOT_AS_SENT`, `IMPORT_OVER`. */
export async function readSet(node: AdsNode, standing: Standing, id: Id, digest: Digest): Promise<void> {
  await node.store.write(standing, async (tx) => {
    mustWork(node, tx);
    const row = await setOf(tx, id);
    if (row.state !== "open") throw new AdsError("IMPORT_OVER");
    const bytes = await parts.bytes(tx, id);
    const own = wholeDigest(bytes, row.size, digest);
    await sql`update simpul.ad_label_sets set state = 'reading', digest = ${own} where id = ${id}`.execute(
      tx.rows,
    );
    tx.note("advert.set-read", { id, digest });
    await tx.enqueue({ kind: "ads.label-set", payload: { set: id }, key: id });
  });
  node.wake("jobs");
}

/** No model learns from it any more, and its texts go; models that did keep their figures. Throws `NOT_FOUND`. */
export async function withdrawSet(node: AdsNode, standing: Standing, id: Id): Promise<void> {
  await node.store.write(standing, async (tx) => {
    const officer = mustWork(node, tx);
    const { state } = await setOf(tx, id);
    if (state === "withdrawn") throw new AdsError("NOT_FOUND");
    await sql`update simpul.ad_label_sets set state = 'withdrawn', withdrawn_by = ${officer.id}, withdrawn_at = ${tx.at}
      where id = ${id}`.execute(tx.rows);
    await sql`delete from simpul.ad_label_texts where set_id = ${id}`.execute(tx.rows);
    await sql`delete from simpul.ad_label_parts where set_id = ${id}`.execute(tx.rows);
    tx.note("advert.set-withdrawn", { id });
  });
  tell(node, standing);
}

export const setJobs = (node: AdsNode): Record<string, JobHandler> => ({
  "ads.label-set": { run: (job) => run(node, job), tries: 5 },
});

/** In one act: it happened or it did not, and a second run finds nothing left to do. */
async function run(node: AdsNode, job: RunningJob): Promise<void> {
  const { set: id } = job.payload as { set: Id };
  const agency = await node.store.write(jobStanding, async (tx) => {
    const row = await setOf(tx, id);
    if (row.state !== "reading") return row.agency_id;
    let refusal: string | null = null;
    let took = { yes: 0, no: 0, left: 0 };
    try {
      const { text, said } = row.mapping;
      took = await keepTexts(
        tx,
        id,
        readRecords(row.file_name, await parts.bytes(tx, id), { text, said }),
        row.mapping,
      );
    } catch (fault) {
      if (!(fault instanceof AdsError)) throw fault;
      refusal = fault.code;
    }
    await sql`update simpul.ad_label_sets set state = ${refusal === null ? "ready" : "refused"}, refusal = ${refusal},
      yes = ${took.yes}, no = ${took.no}, left_out = ${took.left} where id = ${id}`.execute(tx.rows);
    await sql`delete from simpul.ad_label_parts where set_id = ${id}`.execute(tx.rows);
    tx.note("advert.set-ended", { id, yes: took.yes, no: took.no });
    return row.agency_id;
  });
  node.wake(`ads:${agency}`);
}

/** The same text twice counts once. Throws `NO_RECORDS` when no record has one of the labels that the officer named. */
async function keepTexts(
  tx: Db,
  id: Id,
  records: readonly AdRecord[],
  mapping: SetMapping,
): Promise<{ yes: number; no: number; left: number }> {
  const plain = (label: string): string => label.trim().toLowerCase();
  const [yes, no] = [new Set(mapping.yes.map(plain)), new Set(mapping.no.map(plain))];
  const rows = new Map<string, { number: number; body: string; digest: string; yes: boolean }>();
  for (const { text, said } of records) {
    const label = plain(said ?? "");
    const body = cleaned(text.slice(0, wordingLimits.text));
    if (body === "" || yes.has(label) === no.has(label) || rows.size >= wordingLimits.texts) continue;
    const digest = textDigest(body).toString("hex");
    if (!rows.has(digest)) rows.set(digest, { number: rows.size, body, digest, yes: yes.has(label) });
  }
  if (rows.size === 0) throw new AdsError("NO_RECORDS", "labels");
  const all = [...rows.values()];
  for (let at = 0; at < all.length; at += 500)
    await sql`insert into simpul.ad_label_texts (set_id, number, body, digest, yes)
      select ${id}, number, body, decode(digest, 'hex'), yes
      from jsonb_to_recordset(${JSON.stringify(all.slice(at, at + 500))}::jsonb)
        as r(number int, body text, digest text, yes boolean)`.execute(tx.rows);
  const positive = all.filter((one) => one.yes).length;
  return { yes: positive, no: all.length - positive, left: records.length - all.length };
}
