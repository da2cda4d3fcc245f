// Pictures as whoever works on adverts of her agency sees them: those on their way, and one with what was read in it.
import type { Id } from "@simpul/model";
import type { Reader, Standing } from "@simpul/store";
import { sql } from "kysely";
import { AdsError } from "../contract.ts";
import type { PictureHead, PictureRead, PictureState, PictureView } from "../contract/pictures.ts";
import { mustWork, type AdsNode } from "../node.ts";

interface Row {
  agency_id: Id;
  id: Id;
  source_id: Id;
  source_name: string;
  file_name: string;
  size: number;
  origin: string;
  parts: number[] | null;
  state: PictureState;
  refusal: string | null;
  digest: Buffer | null;
  read: PictureRead | null;
  text: string | null;
  judged_by: Id | null;
  judged_at: Date | null;
  advert_id: Id | null;
  made_at: Date;
}
const from = sql`select p.agency_id, p.id, p.source_id, s.name as source_name, p.file_name, p.size, p.origin, p.state,
    p.refusal, p.digest, p.read, p.text, p.judged_by, p.judged_at, p.advert_id, p.made_at,
    case when p.state = 'open' then (select array_agg(x.part order by x.part) from simpul.ad_picture_parts x
      where x.picture_id = p.id) end as parts
  from simpul.ad_pictures p join simpul.ad_sources s on s.id = p.source_id`;

/** Throws `NOT_FOUND`, also for one that is gone. */
export async function rowOf(db: Pick<Reader, "rows">, id: Id): Promise<Row> {
  const { rows } = await sql<Row>`${from} where p.id = ${id} and p.state <> 'gone'`.execute(db.rows);
  if (rows[0] === undefined) throw new AdsError("NOT_FOUND");
  return rows[0];
}

const headOf = (row: Row): PictureHead => ({
  ...{
    id: row.id,
    source: row.source_id,
    sourceName: row.source_name,
    fileName: row.file_name,
    size: row.size,
  },
  ...{ parts: row.parts ?? [], state: row.state, refusal: row.refusal, madeAt: row.made_at.toISOString() },
});
const viewOf = (node: AdsNode, row: Row): PictureView => ({
  ...headOf(row),
  ...{ digest: row.digest?.toString("hex") ?? null, read: row.read, text: row.text, by: row.judged_by },
  ...{ at: row.judged_at?.toISOString() ?? null, advert: row.advert_id },
  done: row.state === "waiting" ? (node.reading.get(row.id) ?? null) : null,
});

/** Those that are no advert yet, newest first; 200 at most. */
export async function listPictures(node: AdsNode, standing: Standing): Promise<PictureHead[]> {
  return node.store.read(standing, async (db) => {
    mustWork(node, db);
    db.noteRead("advert.pictures-listed", {});
    const { rows } = await sql<Row>`${from} where p.state not in ('judged', 'gone')
      order by p.made_at desc limit 200`.execute(db.rows);
    return rows.map(headOf);
  });
}

/** Throws `NOT_FOUND`. */
export async function viewPicture(node: AdsNode, standing: Standing, id: Id): Promise<PictureView> {
  return node.store.read(standing, async (db) => {
    mustWork(node, db);
    db.noteRead("advert.picture-viewed", { id });
    return viewOf(node, await rowOf(db, id));
  });
}

/** WebP, drawn anew from the picture: what a camera wrote into the file is not in it. Throws `NOT_FOUND`. */
export async function previewOf(node: AdsNode, standing: Standing, id: Id): Promise<Buffer> {
  return node.store.read(standing, async (db) => {
    mustWork(node, db);
    db.noteRead("advert.picture-viewed", { id });
    const { rows } = await sql<{ preview: Buffer | null }>`select preview from simpul.ad_pictures
      where id = ${id}`.execute(db.rows);
    const preview = rows[0]?.preview ?? null;
    if (preview === null) throw new AdsError("NOT_FOUND");
    return preview;
  });
}

/** The pictures that an advert was made from, oldest first. */
export async function picturesOf(
  node: AdsNode,
  db: Pick<Reader, "rows">,
  advert: Id,
): Promise<PictureView[]> {
  const { rows } = await sql<Row>`${from} where p.advert_id = ${advert} order by p.made_at limit 20`.execute(
    db.rows,
  );
  return rows.map((row) => viewOf(node, row));
}
