// Making the paper: when a request is approved, kept byte for byte; before that, as a preview that says it is a draft.
import { createHash } from "node:crypto";
import type { Id } from "@simpul/model";
import type { Standing, Writer } from "@simpul/store";
import { sql } from "kysely";
import { correspondentOf } from "./correspondents.ts";
import { LettersError, type LetterPreview, type LettersForRequests, type ToWrite } from "./contract.ts";
import { letterRow, type LettersNode } from "./node.ts";
import { svgOf } from "./paper/marks.ts";
import type { Letter } from "./frame.ts";
import { writeFollowUp } from "./follow-up.ts";
import { digestOfSaid, followUps } from "./keep.ts";
import { senderOf, type Making } from "./sender.ts";
import { writeLetter } from "./write.ts";

export const lettersForRequests = (node: Making): LettersForRequests => ({
  all: () => ({
    ...node.correspondents,
    list: node.correspondents.list.filter((one) => one.state !== node.code),
  }),
  one: (code) => correspondentOf(node.correspondents, code),
  make: (tx, write) => make(node, tx, write),
  ...followUps(node),
});

async function make(node: Making, tx: Writer, write: ToWrite): Promise<void> {
  if (write.by === null) throw new LettersError("LETTER_NOT_NOW");
  const letter = writeLetter(write, await senderOf(node, write), tx.at);
  const digest = createHash("sha256").update(letter.pdf).digest();
  await sql`insert into simpul.letters (id, request_id, reference, correspondent, list_version, paper, digest, pages,
      filled, fields, made_at, made_by)
    values (${write.thread}, ${write.request}, ${write.reference}, ${JSON.stringify(write.correspondent)}::jsonb,
      ${node.correspondents.version}, ${Buffer.from(letter.pdf)}, ${digest}, ${letter.sheets.length},
      ${letter.fields - letter.lacks.length}, ${letter.fields}, ${tx.at}, ${write.by})`.execute(tx.rows);
  tx.note("letter.made", {
    id: write.request,
    letter: write.thread,
    reference: write.reference,
    to: write.correspondent.code,
    paper: digest.toString("hex"),
  });
}

/** As it would be written now, under the reader's own sight. Throws `NOT_FOUND`, `CHARACTER_MISSING`. */
async function drafted(
  node: LettersNode,
  standing: Standing,
  ask: { request: Id; to: string },
): Promise<Letter> {
  const write = await node.store.read(standing, async (db) => {
    db.noteRead("letter.previewed", { id: ask.request });
    return node.requests.toWrite(db, ask.request, ask.to);
  });
  return writeLetter(write, await senderOf(node, write), node.clock.now());
}

export async function previewLetter(
  node: LettersNode,
  standing: Standing,
  ask: { request: Id; to: string },
): Promise<LetterPreview> {
  const { sheets, lacks, fields } = await drafted(node, standing, ask);
  return { pages: sheets.length, filled: fields - lacks.length, fields, lacks };
}

/** One page of the draft as a picture. */
export async function previewPage(
  node: LettersNode,
  standing: Standing,
  ask: { request: Id; to: string; page: number },
): Promise<string> {
  const { sheets } = await drafted(node, standing, ask);
  const sheet = sheets[ask.page - 1];
  if (sheet === undefined) throw new LettersError("NOT_FOUND");
  return svgOf(sheet);
}

/** The bytes exactly as they were approved; taking them out is noted as printing (AUD-1). */
export async function paperOf(
  node: LettersNode,
  standing: Standing,
  id: Id,
): Promise<{ name: string; bytes: Uint8Array<ArrayBuffer> }> {
  return node.store.read(standing, async (db) => {
    const row = await letterRow(db, id);
    db.noteRead("letter.printed", { id: row.request_id, letter: id });
    const { rows } = await sql<{ paper: Buffer }>`select paper from simpul.letters where id = ${id}`.execute(
      db.rows,
    );
    return { name: `${row.reference}.pdf`, bytes: Uint8Array.from(rows[0]!.paper) };
  });
}

/** A page of the kept letter as a picture, only while it is written to exactly the bytes that were approved. */
export async function keptPage(node: LettersNode, standing: Standing, id: Id, page: number): Promise<string> {
  const { row, write } = await node.store.read(standing, async (db) => {
    const row = await letterRow(db, id);
    db.noteRead("letter.viewed", { id: row.request_id, letter: id });
    const write =
      row.said === null ? await node.requests.toWrite(db, row.request_id, row.correspondent.code) : null;
    return { row, write };
  });
  const letter =
    write === null
      ? writeFollowUp(
          row.said!,
          row.id,
          digestOfSaid(row.said!),
          await senderOf(node, row.said!),
          row.made_at,
        )
      : writeLetter({ ...write, correspondent: row.correspondent }, await senderOf(node, write), row.made_at);
  const same = createHash("sha256").update(letter.pdf).digest().equals(row.digest);
  const sheet = same ? letter.sheets[page - 1] : undefined;
  if (sheet === undefined) throw new LettersError("NOT_FOUND");
  return svgOf(sheet);
}
