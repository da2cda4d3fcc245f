// Keeping a letter about something given, in the transaction of what caused it; and how such letters stand.
import { createHash } from "node:crypto";
import { Digest, type Id } from "@simpul/model";
import type { Reader, Writer } from "@simpul/store";
import { sql } from "kysely";
import type { FollowUp, LetterOf, LettersForRequests } from "./contract.ts";
import { writeFollowUp } from "./follow-up.ts";
import { senderOf, type Making } from "./sender.ts";

/** Of exactly what is said, in one order of its keys; stands in the letter's code and in the ledger. */
export const digestOfSaid = (write: FollowUp): Digest =>
  Digest.parse(createHash("sha256").update(JSON.stringify(write)).digest("hex"));

async function followUp(node: Making, tx: Writer, write: FollowUp): Promise<{ id: Id }> {
  const id = tx.newId();
  const said = digestOfSaid(write);
  const letter = writeFollowUp(write, id, said, await senderOf(node, write), tx.at);
  const paper = createHash("sha256").update(letter.pdf).digest();
  const { correspondent, reference, request } = write;
  await sql`insert into simpul.letters (id, request_id, reference, correspondent, list_version, paper, digest, pages,
      filled, fields, made_at, made_by, about, about_id, thread_id, said, standing, changed_at)
    values (${id}, ${request}, ${reference}, ${JSON.stringify(correspondent)}::jsonb, ${node.correspondents.version},
      ${Buffer.from(letter.pdf)}, ${paper}, ${letter.sheets.length}, ${letter.fields - letter.lacks.length},
      ${letter.fields}, ${tx.at}, ${write.by}, ${write.kind}, ${write.about}, ${write.thread},
      ${JSON.stringify(write)}::json, 'queued', ${tx.at})`.execute(tx.rows);
  tx.note("letter.made", {
    ...{ id: request, letter: id, reference, to: correspondent.code, about: write.about },
    ...{ said, paper: paper.toString("hex") },
  });
  return { id };
}

export const followUps = (
  node: Making,
): Pick<LettersForRequests, "followUp" | "lettersOf" | "withdrawn"> => ({
  followUp: (tx, write) => followUp(node, tx, write),
  async lettersOf(db: Pick<Reader | Writer, "rows">, about) {
    const { rows } = await sql<LetterOf>`select l.id, l.reference, l.correspondent ->> 'state' as state,
        l.correspondent ->> 'code' as correspondent, l.standing, l.posted_on::text as "postedOn",
        (l.standing in ('posted', 'delivered') and coalesce(l.due_at < ${node.clock.now()}, false)) as overdue
      from simpul.letters l where l.about_id = ${about} order by l.made_at, l.id`.execute(db.rows);
    return rows;
  },
  async withdrawn(tx, about) {
    await sql`update simpul.letters set standing = 'withdrawn', clock = null, due_at = null, changed_at = ${tx.at}
      where about_id = ${about} and standing in ('queued', 'posted', 'delivered')`.execute(tx.rows);
  },
});
