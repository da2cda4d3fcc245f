// Pictures of adverts: taken in by parts, sealed by their digest, and, once read, made an advert by the officer who corrected it.
import type { Digest, Id } from "@simpul/model";
import type { Standing, Writer } from "@simpul/store";
import { fileTypeFromBuffer } from "file-type";
import { sql } from "kysely";
import { AdsError } from "../contract.ts";
import { pictureLimits, type AskPicture } from "../contract/pictures.ts";
import { mustWork, tell, type AdsNode } from "../node.ts";
import { partsOf } from "../parts.ts";
import { wholeDigest } from "../seal.ts";
import { pasteIn, pasting } from "../sources.ts";
import { openSource } from "../take-in.ts";
import { rowOf } from "./look.ts";
import { readsKhmer } from "./packs.ts";

const kinds: ReadonlySet<string> = new Set(["png", "jpg", "webp"]);

/** Begins one; its parts may then come in any order. Throws `NOT_FOUND`, `SOURCE_CLOSED`, `LIMIT_REACHED`, `PICTURE_TOO_LARGE`, `NO_KHMER`. */
export async function beginPicture(node: AdsNode, standing: Standing, ask: AskPicture): Promise<Id> {
  if (ask.size > pictureLimits.bytes) throw new AdsError("PICTURE_TOO_LARGE");
  if (ask.languages.includes("km") && !(await readsKhmer())) throw new AdsError("NO_KHMER");
  return node.store.write(standing, async (tx) => {
    const officer = mustWork(node, tx);
    const source = await openSource(tx, ask.source);
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from simpul.ad_pictures
      where agency_id = ${officer.agency} and state in ('open', 'waiting', 'read')`.execute(tx.rows);
    if (rows[0]!.n >= pictureLimits.waiting) throw new AdsError("LIMIT_REACHED");
    const id = tx.newId();
    await sql`insert into simpul.ad_pictures (agency_id, id, source_id, file_name, size, languages, origin, state, made_by, made_at)
      values (${officer.agency}, ${id}, ${source.id}, ${ask.fileName}, ${ask.size}, ${[...new Set(ask.languages)]}::text[],
        ${ask.origin ?? ""}, 'open', ${officer.id}, ${tx.at})`.execute(tx.rows);
    tx.note("advert.picture-begun", { id, source: source.id, size: ask.size });
    return id;
  });
}

const parts = partsOf({
  table: "ad_picture_parts",
  file: "picture_id",
  most: pictureLimits.bytes,
  act: "advert.picture-part",
  rowOf,
});
export const takePicturePart = parts.take;
export const pictureBytes = parts.bytes;

/**
 * All parts are here: its digest is bound into the ledger, and a job reads it. Throws `IMPORT_NOT_WHOLE`, `NOT_AS_SENT`,
 * `IMPORT_OVER`, and `NOT_A_PICTURE` for what is no PNG, JPEG or WebP by its own bytes, whatever its name says.
 */
export async function readPictureSoon(
  node: AdsNode,
  standing: Standing,
  id: Id,
  digest: Digest,
): Promise<void> {
  await node.store.write(standing, async (tx) => {
    mustWork(node, tx);
    const row = await rowOf(tx, id);
    if (row.state !== "open") throw new AdsError("IMPORT_OVER");
    const bytes = await pictureBytes(tx, id);
    const own = wholeDigest(bytes, row.size, digest);
    if (!kinds.has((await fileTypeFromBuffer(bytes))?.ext ?? "")) throw new AdsError("NOT_A_PICTURE");
    await sql`update simpul.ad_pictures set state = 'waiting', digest = ${own} where id = ${id}`.execute(
      tx.rows,
    );
    tx.note("advert.picture-taken", { id, digest });
    await tx.enqueue({ kind: "ads.pictures", payload: {}, key: "all" });
  });
  node.wake("jobs");
  tell(node, standing);
}

/**
 * The text as the officer lets it stand becomes an advert of the source, like one that was pasted; what was read stays beside
 * it. Throws `NOT_FOUND`, `PICTURE_NOT_READY`, and what pasting throws.
 */
export async function judgePicture(
  node: AdsNode,
  standing: Standing,
  id: Id,
  text: string,
): Promise<{ id: Id; again: boolean }> {
  return pasting(node, standing, async (tx, officer) => {
    const row = await rowOf(tx, id);
    // What could not be read is shown all the same, and written down by hand.
    if (row.state !== "read" && row.state !== "refused") throw new AdsError("PICTURE_NOT_READY");
    const picture = { id, digest: row.digest!.toString("hex") };
    const done = await pasteIn(node, tx, officer, row.source_id, { text, origin: row.origin, picture });
    await sql`update simpul.ad_pictures set state = 'judged', text = ${text}, advert_id = ${done.id},
      judged_by = ${officer.id}, judged_at = ${tx.at} where id = ${id}`.execute(tx.rows);
    tx.note("advert.picture-judged", { id, advert: done.id });
    return done;
  });
}

/** One that became no advert goes, with its bytes. Throws `NOT_FOUND`, `PICTURE_NOT_READY` for one that became an advert. */
export async function dropPicture(node: AdsNode, standing: Standing, id: Id): Promise<void> {
  await node.store.write(standing, async (tx) => {
    mustWork(node, tx);
    if ((await rowOf(tx, id)).state === "judged") throw new AdsError("PICTURE_NOT_READY");
    await clearPictures(tx, [id]);
    tx.note("advert.picture-dropped", { id });
  });
  tell(node, standing);
}

/** The pictures of an advert that is purged go with it: only that there was one stays. */
export async function purgePicturesOf(tx: Writer, advert: Id): Promise<void> {
  const { rows } = await sql<{
    id: Id;
  }>`select id from simpul.ad_pictures where advert_id = ${advert}`.execute(tx.rows);
  await clearPictures(tx, rows.map((row) => row.id)); // prettier-ignore
}

async function clearPictures(tx: Writer, ids: readonly Id[]): Promise<void> {
  await sql`update simpul.ad_pictures set state = 'gone', preview = null, read = null, text = null, advert_id = null,
    judged_by = null, judged_at = null where id = any(${[...ids]}::uuid[])`.execute(tx.rows);
  await sql`delete from simpul.ad_picture_parts where picture_id = any(${[...ids]}::uuid[])`.execute(tx.rows);
}
