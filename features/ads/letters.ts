// A request to a platform or a labour inspectorate: written by one officer, let go by another as a numbered letter, sent,
// and taken back where the advert was purged.
import { createHash } from "node:crypto";
import { Digest, type Id } from "@simpul/model";
import type { Reader, Standing, Writer } from "@simpul/store";
import { sql } from "kysely";
import type { AboutAdvert, AdvertLetter, Channel, LetterLanguage } from "../letters/contract.ts";
import { AdsError, type AskLetter } from "./contract.ts";
import { mustReleaseLetter, mustWork, officerOf, tell, type AdsNode } from "./node.ts";
import { heldAdvert, noteLanguage } from "./outcomes.ts";
import { shownText } from "./reading.ts";

/** Of an advert, and of the places where others of its campaign were seen. */
const most = { text: 6000, places: 50 } as const;

/** Fixes what the letter will say. Nobody outside is told a victim's number that stands in an advert (VIC-1). */
export async function writeAdvertLetter(
  node: AdsNode,
  standing: Standing,
  advert: Id,
  ask: AskLetter,
): Promise<Id> {
  const made = await node.store.write(standing, async (tx) => {
    const officer = mustWork(node, tx);
    const said = await whatIsSaid(node, tx, advert, ask.campaign);
    const id = tx.newId();
    await sql`insert into simpul.ad_outcomes (agency_id, id, advert_id, kind, recipient, address, language, asked, basis,
        written_in, desk_id, days, said, by_id, at)
      values (${officer.agency}, ${id}, ${advert}, ${ask.kind}, ${ask.recipient}, ${ask.address}, ${ask.language},
        ${ask.asked}, ${ask.basis}, ${ask.writtenIn}, ${officer.desk}, ${ask.days}, ${JSON.stringify(said)}::jsonb, ${officer.id},
        ${tx.at})`.execute(tx.rows);
    tx.note("advert.outcome-noted", { id: advert, outcome: ask.kind });
    return id;
  });
  tell(node, standing);
  return made;
}

async function whatIsSaid(
  node: AdsNode,
  tx: Writer,
  advert: Id,
  campaign: boolean,
): Promise<AboutAdvert["advert"]> {
  const { body, zawgyi, language, digest, campaign_id } = await heldAdvert(tx, advert);
  const hidden = await sql<{ start: number; end: number }>`select start_at as start, end_at as "end"
    from simpul.ad_selectors where advert_id = ${advert} and role in ('victim', 'witness', 'family')
    order by start_at desc`.execute(tx.rows);
  let text = shownText(body, zawgyi);
  for (const { start, end } of hidden.rows) text = `${text.slice(0, start)}[…]${text.slice(end)}`;
  const { rows } = await sql<{ origin: string; on: string | null }>`
    select origin, max(posted_at)::date::text as "on" from simpul.ad_adverts
    where purged_at is null and origin <> '' and (id = ${advert} or (${campaign} and campaign_id = ${campaign_id}))
    group by origin order by bool_or(id = ${advert}) desc, origin limit ${most.places}`.execute(tx.rows);
  const size = await sql<{ count: number }>`select count(*)::int as count from simpul.ad_adverts
    where campaign_id = ${campaign_id} and purged_at is null`.execute(tx.rows);
  return {
    text: text.length > most.text ? `${text.slice(0, most.text)} […]` : text,
    language: noteLanguage(language),
    digest: Digest.parse(digest.toString("hex")),
    seen: rows,
    adverts: campaign ? size.rows[0]!.count : 1,
  };
}

// A type, not an interface: rows are read by hand-written SQL.
type LetterRow = {
  id: Id;
  advert_id: Id;
  recipient: string;
  address: string;
  language: LetterLanguage;
  written_in: string;
  asked: string;
  basis: string;
  days: number;
  said: AboutAdvert["advert"];
  corrects: Id | null;
  earlier: string | null;
  desk_id: Id;
  by_id: Id;
  withdrawn_at: Date | null;
  reference: string | null;
  digest: Buffer | null;
  made_by: Id | null;
  made_at: Date | null;
  posted_on: string | null;
};

/** Throws `NOT_FOUND`. */
async function letterRow(db: Reader | Writer, id: Id, how: { lock?: true } = {}): Promise<LetterRow> {
  const { rows } =
    await sql<LetterRow>`select o.id, o.advert_id, o.recipient, o.address, o.language, o.written_in, o.asked,
      o.basis, o.days, o.said, o.corrects, e.reference as earlier, o.desk_id,
      o.by_id, o.withdrawn_at, l.reference, l.digest,
      l.made_by, l.made_at, l.posted_on::text
    from simpul.ad_outcomes o left join simpul.ad_letters l on l.id = o.id left join simpul.ad_letters e on e.id = o.corrects
    where o.id = ${id} and o.language is not null ${how.lock === true ? sql`for update of o` : sql``}`.execute(
      db.rows,
    );
  if (rows[0] === undefined) throw new AdsError("NOT_FOUND");
  return rows[0];
}

/** As it is written now, or as it was let go. */
async function onPaper(
  node: AdsNode,
  row: LetterRow,
  go: { reference: string; by: Id | null; at: Date },
): Promise<AdvertLetter> {
  const { id, days, asked, basis, said: advert, earlier, desk_id: desk } = row;
  const address = row.address.split("\n").filter((line) => line.trim() !== "");
  return node.letters.write(
    {
      ...{ id, days, asked, basis, advert, earlier, desk, reference: go.reference, by: go.by },
      language: row.written_in,
      to: {
        name: row.recipient,
        language: row.language,
        address: address.length === 0 ? null : address,
      },
    },
    go.at,
  );
}

/** One page of it as a picture, and how many there are: a draft until it is let go. Throws `NOT_FOUND`, `ADVERT_PURGED`. */
export async function letterPage(
  node: AdsNode,
  standing: Standing,
  id: Id,
  page: number,
): Promise<{ svg: string; pages: number }> {
  const row = await node.store.read(standing, async (db) => {
    mustWork(node, db);
    const found = await letterRow(db, id);
    db.noteRead("advert.letter-viewed", { id: found.advert_id, letter: id });
    return found;
  });
  if (row.said === null && row.corrects === null) throw new AdsError("ADVERT_PURGED");
  const letter = await onPaper(node, row, {
    ...{ reference: row.reference ?? "", by: row.made_by, at: row.made_at ?? node.clock.now() },
  });
  const svg = letter.page(page);
  if (svg === null) throw new AdsError("NOT_FOUND");
  return { svg, pages: letter.pages };
}

/** The bytes exactly as they were let go; taking them out is noted as printing (AUD-1). */
export async function letterPaper(
  node: AdsNode,
  standing: Standing,
  id: Id,
): Promise<{ name: string; bytes: Uint8Array<ArrayBuffer> }> {
  return node.store.read(standing, async (db) => {
    mustWork(node, db);
    const { rows } = await sql<{ advert: Id; reference: string; paper: Buffer | null }>`
      select advert_id as advert, reference, paper from simpul.ad_letters where id = ${id}`.execute(db.rows);
    const [row] = rows;
    if (row === undefined) throw new AdsError("NOT_FOUND");
    if (row.paper === null) throw new AdsError("ADVERT_PURGED");
    db.noteRead("advert.letter-printed", { id: row.advert, letter: id });
    return { name: `${row.reference}.pdf`, bytes: Uint8Array.from(row.paper) };
  });
}

/**
 * A colleague lets it go, with a fresh proof: numbered, and kept byte for byte. Throws `NOT_FOUND`, `LETTER_NOT_NOW`,
 * `Denied` (`SECOND_PERSON`, `STEP_UP`), and what paper refuses.
 */
export async function releaseLetter(node: AdsNode, standing: Standing, id: Id): Promise<void> {
  await node.store.write(standing, async (tx) => {
    const officer = mustWork(node, tx);
    const row = await letterRow(tx, id, { lock: true });
    if (row.reference !== null || row.withdrawn_at !== null) throw new AdsError("LETTER_NOT_NOW");
    await mustReleaseLetter(node, tx, id, row.by_id);
    const reference = await nextNumber(node, tx);
    const letter = await onPaper(node, row, { reference, by: officer.id, at: tx.at });
    const paper = createHash("sha256").update(letter.pdf).digest();
    await sql`insert into simpul.ad_letters (agency_id, id, advert_id, reference, paper, digest, said_digest, pages, made_by,
        made_at)
      values (${officer.agency}, ${id}, ${row.advert_id}, ${reference}, ${Buffer.from(letter.pdf)}, ${paper},
        ${Buffer.from(letter.said, "hex")}, ${letter.pages}, ${officer.id}, ${tx.at})`.execute(tx.rows);
    tx.note("advert.letter-released", {
      ...{ id: row.advert_id, letter: id, reference, said: letter.said, paper: paper.toString("hex") },
    });
  });
  tell(node, standing);
}

async function nextNumber(node: AdsNode, tx: Writer): Promise<string> {
  const year = tx.at.getUTCFullYear();
  const { rows } = await sql<{
    last: number;
  }>`insert into simpul.ad_serials as s (year, last) values (${year}, 1)
    on conflict (year) do update set last = s.last + 1 returning last`.execute(tx.rows);
  return `${node.code.toUpperCase()}-A${year}-${String(rows[0]!.last).padStart(6, "0")}`;
}

/** It left the house: with this the clock of its answer begins. Throws `NOT_FOUND`, `LETTER_NOT_NOW`, `DAY_AHEAD`. */
export async function sentLetter(
  node: AdsNode,
  standing: Standing,
  id: Id,
  ask: { on: string; channel: Channel; note: string },
): Promise<void> {
  await node.store.write(standing, async (tx) => {
    mustWork(node, tx);
    const row = await letterRow(tx, id, { lock: true });
    if (row.reference === null || row.posted_on !== null || row.withdrawn_at !== null)
      throw new AdsError("LETTER_NOT_NOW");
    const sent = new Date(`${ask.on}T12:00:00Z`);
    if (sent.getTime() - tx.at.getTime() > 86_400_000) throw new AdsError("DAY_AHEAD");
    await sql`update simpul.ad_letters set posted_on = ${ask.on}::date, channel = ${ask.channel}, sent_note = ${ask.note}
      where id = ${id}`.execute(tx.rows);
    await sql`update simpul.ad_outcomes set due_at = ${new Date(sent.getTime() + row.days * 86_400_000)}
      where id = ${id}`.execute(tx.rows);
    tx.note("advert.letter-sent", { id: row.advert_id, letter: id, on: ask.on, channel: ask.channel });
  });
  tell(node, standing);
}

/** Given up before it left. Throws `NOT_FOUND`, `LETTER_NOT_NOW` once it was sent. */
export async function withdrawLetter(node: AdsNode, standing: Standing, id: Id): Promise<void> {
  await node.store.write(standing, async (tx) => {
    mustWork(node, tx);
    const row = await letterRow(tx, id, { lock: true });
    if (row.posted_on !== null || row.withdrawn_at !== null) throw new AdsError("LETTER_NOT_NOW");
    await sql`update simpul.ad_outcomes set withdrawn_at = ${tx.at} where id = ${id}`.execute(tx.rows);
    tx.note("advert.letter-withdrawn", { id: row.advert_id, letter: id });
  });
  tell(node, standing);
}

/**
 * The advert named somebody wrongly and is purged: what was not sent stays here, what was sent is taken back by a letter that
 * waits for a colleague, and of both only the digest remains (COR-1).
 */
export async function takeBackLetters(tx: Writer, advert: Id): Promise<void> {
  const officer = officerOf(tx.standing);
  await sql`update simpul.ad_outcomes o set withdrawn_at = ${tx.at} where o.advert_id = ${advert} and o.language is not null
    and o.withdrawn_at is null and o.due_at is null`.execute(tx.rows);
  const { rows } = await sql<{
    id: Id;
  }>`select o.id from simpul.ad_outcomes o join simpul.ad_letters l on l.id = o.id
    where o.advert_id = ${advert} and o.corrects is null and l.posted_on is not null`.execute(tx.rows);
  for (const { id } of rows)
    await sql`insert into simpul.ad_outcomes (agency_id, id, advert_id, kind, recipient, address, language,
        written_in, desk_id, days, corrects, by_id, at)
      select agency_id, ${tx.newId()}, advert_id, kind, recipient, address, language, written_in, ${officer.desk}, days, id,
        ${officer.id}, ${tx.at} from simpul.ad_outcomes where id = ${id}`.execute(tx.rows);
  await sql`update simpul.ad_outcomes set said = null, asked = '', answered = ''
    where advert_id = ${advert} and corrects is null and kind <> 'case'`.execute(tx.rows);
  await sql`update simpul.ad_letters l set paper = null from simpul.ad_outcomes o
    where l.advert_id = ${advert} and o.id = l.id and o.corrects is null`.execute(tx.rows);
}
