// What follows from an advert: a case with its numbers and text, a warning, and the answer to a letter (letters.ts).
import type { HolderRole, Id, SelectorType } from "@simpul/model";
import type { Reader, Standing } from "@simpul/store";
import { sql, type RawBuilder } from "kysely";
import { AdsError, type Answer, type Outcome, type OutcomeLetter, type OutcomeState } from "./contract.ts";
import { mayReleaseLetter, mustWork, officerOf, tell, type AdsNode } from "./node.ts";
import { shownText } from "./reading.ts";

// A type, not an interface: rows are read by hand-written SQL.
type OutcomeRow = Pick<
  Outcome,
  | "id"
  | "advert"
  | "kind"
  | "caseNumber"
  | "recipient"
  | "asked"
  | "basis"
  | "by"
  | "answer"
  | "answered"
  | "corrects"
> &
  Pick<OutcomeLetter, "reference" | "pages" | "postedOn" | "channel" | "sentNote" | "kept"> & {
    at: Date;
    due: Date | null;
    came: Date | null;
    withdrawn: Date | null;
    madeBy: Id;
    madeAt: Date | null;
  };

/** Of one advert, or of all adverts of a campaign; the first written first. */
export const outcomesOf = (
  node: AdsNode,
  db: Reader,
  of: { advert: Id } | { campaign: Id },
): Promise<Outcome[]> =>
  outcomesWhere(
    node,
    db,
    "advert" in of
      ? sql`o.advert_id = ${of.advert} order by o.at`
      : sql`o.advert_id in (select a.id from simpul.ad_adverts a where a.campaign_id = ${of.campaign}) order by o.at`,
  );

/** The letters of her agency, 200 at most: those that wait, the longest overdue first; or those that are over, newest first. */
export async function listLetters(
  node: AdsNode,
  standing: Standing,
  which: "open" | "over",
): Promise<Outcome[]> {
  return node.store.read(standing, async (db) => {
    mustWork(node, db);
    db.noteRead("advert.letters-listed", { which });
    const over = sql`(o.answered_at is not null or o.withdrawn_at is not null)`;
    return outcomesWhere(
      node,
      db,
      which === "open"
        ? sql`o.language is not null and not ${over} order by o.due_at nulls last, o.at`
        : sql`o.language is not null and ${over} order by coalesce(o.answered_at, o.withdrawn_at) desc`,
    );
  });
}

async function outcomesWhere(node: AdsNode, db: Reader, which: RawBuilder<unknown>): Promise<Outcome[]> {
  const { rows } = await sql<OutcomeRow>`
    select o.id, o.advert_id as advert, o.kind, o.case_number as "caseNumber", o.recipient, o.asked, o.basis, o.by_id as by,
      o.at, o.due_at as due, o.answer, o.answered, o.answered_at as came, o.withdrawn_at as withdrawn,
      e.reference as corrects, l.reference, l.pages, l.made_by as "madeBy", l.made_at as "madeAt",
      l.posted_on::text as "postedOn", l.channel, l.sent_note as "sentNote", l.paper is not null as kept
    from simpul.ad_outcomes o left join simpul.ad_letters l on l.id = o.id left join simpul.ad_letters e on e.id = o.corrects
    where ${which} limit 200`.execute(db.rows);
  return rows.map((row) => {
    const { at, due, came, madeAt } = row;
    const state = stateOf(row);
    return {
      ...{ id: row.id, advert: row.advert, kind: row.kind, state, caseNumber: row.caseNumber },
      ...{ recipient: row.recipient, asked: row.asked, basis: row.basis, by: row.by, at: at.toISOString() },
      ...{ dueAt: due?.toISOString() ?? null, answer: row.answer, answered: row.answered },
      ...{ answeredAt: came?.toISOString() ?? null, corrects: row.corrects },
      letter:
        madeAt === null
          ? null
          : {
              ...{ reference: row.reference, pages: row.pages, by: row.madeBy, at: madeAt.toISOString() },
              ...{ postedOn: row.postedOn, channel: row.channel, sentNote: row.sentNote, kept: row.kept },
            },
      mayRelease: state === "written" && mayReleaseLetter(node, db.standing, row.id, row.by),
    };
  });
}

function stateOf({ kind, due, came, withdrawn, madeAt }: OutcomeRow): OutcomeState {
  if (kind === "case" || kind === "warning") return "kept";
  if (withdrawn !== null) return "withdrawn";
  if (came !== null) return "answered";
  if (due !== null) return "sent";
  return madeAt === null ? "written" : "released";
}

/** Who is warned, and of what. Throws `NOT_FOUND`, `ADVERT_PURGED`. */
export async function noteWarning(
  node: AdsNode,
  standing: Standing,
  id: Id,
  ask: { recipient: string; asked: string },
): Promise<Id> {
  const made = await node.store.write(standing, async (tx) => {
    const officer = mustWork(node, tx);
    await heldAdvert(tx, id);
    const outcome = tx.newId();
    await sql`insert into simpul.ad_outcomes (agency_id, id, advert_id, kind, recipient, asked, by_id, at)
      values (${officer.agency}, ${outcome}, ${id}, 'warning', ${ask.recipient}, ${ask.asked}, ${officer.id},
        ${tx.at})`.execute(tx.rows);
    tx.note("advert.outcome-noted", { id, outcome: "warning" });
    return outcome;
  });
  tell(node, standing);
  return made;
}

/** Throws `NOT_FOUND`, `ADVERT_PURGED`. */
export async function heldAdvert(
  db: Pick<Reader, "rows">,
  id: Id,
): Promise<{ body: string; zawgyi: boolean; language: string; digest: Buffer; campaign_id: Id }> {
  const { rows } = await sql<{
    body: string;
    zawgyi: boolean;
    language: string;
    digest: Buffer;
    campaign_id: Id;
    purged: boolean;
  }>`select body, zawgyi, language, digest, campaign_id, purged_at is not null as purged
    from simpul.ad_adverts where id = ${id}`.execute(db.rows);
  const [row] = rows;
  if (row === undefined) throw new AdsError("NOT_FOUND");
  if (row.purged) throw new AdsError("ADVERT_PURGED");
  return row;
}

/** What came back. Throws `NOT_FOUND`, `OUTCOME_ANSWERED`. */
export async function answerOutcome(
  node: AdsNode,
  standing: Standing,
  outcome: Id,
  answer: { answer: Answer; text: string },
): Promise<void> {
  await node.store.write(standing, async (tx) => {
    mustWork(node, tx);
    const { rows } = await sql<{ advert_id: Id; answered: boolean; waits: boolean }>`select advert_id,
        answered_at is not null as answered, due_at is not null as waits
      from simpul.ad_outcomes where id = ${outcome} for update`.execute(tx.rows);
    const [row] = rows;
    if (row === undefined || !row.waits) throw new AdsError("NOT_FOUND");
    if (row.answered) throw new AdsError("OUTCOME_ANSWERED");
    await sql`update simpul.ad_outcomes set answer = ${answer.answer}, answered = ${answer.text}, answered_at = ${tx.at}
      where id = ${outcome}`.execute(tx.rows);
    tx.note("advert.outcome-answered", { id: row.advert_id, answer: answer.answer });
  });
  tell(node, standing);
}

/** As a language of its own; English where reading did not settle on one. */
export const noteLanguage = (language: string): string =>
  /^[a-z]{2,3}$/.test(language) && language !== "und" ? language : "en";

/** Whose numbers go along: those of victims never do. */
const carried: readonly HolderRole[] = ["suspect", "facilitator", "business", "place", "unknown"];
const longestNote = 8000;

/**
 * Carries the advert into a case, an open one or a new one: its text as a note with the digest of its seal, and what
 * stands in it as selectors whose source is that note. From there its numbers can be checked privately (HIT-2: a check has
 * a case). Throws `NOT_FOUND`, `ADVERT_PURGED`, `NOTHING_TO_CARRY`, what cases refuse.
 */
export async function carryIntoCase(
  node: AdsNode,
  standing: Standing,
  id: Id,
  ask: { case: string | null; title: string; role: HolderRole },
): Promise<{ number: string; selectors: number }> {
  const officer = officerOf(standing);
  const { row, digest, selectors } = await node.store.read(standing, async (db) => {
    mustWork(node, db);
    db.noteRead("advert.viewed", { id });
    const held = await heldAdvert(db, id);
    const found = await sql<{
      type: SelectorType;
      canonical: string;
      start: number;
      end: number;
      role: HolderRole;
    }>`select type, canonical, start_at as start, end_at as "end", role from simpul.ad_selectors
      where advert_id = ${id} and valid and canonical is not null order by number limit 100`.execute(db.rows);
    return { row: held, digest: held.digest.toString("hex"), selectors: found.rows };
  });
  const text = shownText(row.body, row.zawgyi);
  const own = new Map(
    selectors
      .filter((one) => carried.includes(one.role))
      .map((one) => {
        // A number without its country would be read as another country's there.
        const written = one.type === "phone" ? one.canonical : text.slice(one.start, one.end);
        return [
          `${one.type} ${written}`,
          { type: one.type, written, role: one.role === "unknown" ? ask.role : one.role },
        ];
      }),
  );
  if (own.size === 0 && text.trim() === "") throw new AdsError("NOTHING_TO_CARRY");
  const made = await node.cases.carry({ actor: officer, purpose: standing.purpose }, ask.case, {
    title: ask.title,
    text: `/ads/adverts/${id}\nSHA-256 ${digest}\n\n${text.slice(0, longestNote)}`,
    language: noteLanguage(row.language),
    selectors: [...own.values()],
  });
  await node.store.write(standing, async (tx) => {
    mustWork(node, tx);
    await sql`insert into simpul.ad_outcomes (agency_id, id, advert_id, kind, case_number, by_id, at)
      values (${officer.agency}, ${tx.newId()}, ${id}, 'case', ${made.number}, ${officer.id}, ${tx.at})`.execute(
      tx.rows,
    );
    tx.note("advert.outcome-noted", { id, outcome: "case" });
  });
  tell(node, standing);
  return made;
}
