// What follows from an advert: a case with its numbers and text, a warning, a request with the clock of its answer.
import type { HolderRole, Id, SelectorType } from "@simpul/model";
import type { Reader, Standing } from "@simpul/store";
import { sql } from "kysely";
import { AdsError, type Answer, type Outcome } from "./contract.ts";
import { mustWork, officerOf, tell, type AdsNode } from "./node.ts";
import { shownText } from "./reading.ts";

export async function outcomesOf(db: Pick<Reader, "rows">, advert: Id): Promise<Outcome[]> {
  const { rows } = await sql<
    Omit<Outcome, "at" | "dueAt" | "answeredAt"> & { at: Date; due: Date | null; came: Date | null }
  >`
    select id, kind, case_number as "caseNumber", recipient, asked, basis, by_id as by, at, due_at as due, answer, answered,
      answered_at as came from simpul.ad_outcomes where advert_id = ${advert} order by at`.execute(db.rows);
  return rows.map(({ at, due, came, ...row }) => ({
    ...row,
    ...{ at: at.toISOString(), dueAt: due?.toISOString() ?? null, answeredAt: came?.toISOString() ?? null },
  }));
}

/** Of whom something is asked or who is warned. Throws `NOT_FOUND`, `ADVERT_PURGED`. */
export async function noteOutcome(
  node: AdsNode,
  standing: Standing,
  id: Id,
  ask: {
    kind: "warning" | "platform" | "labour";
    recipient: string;
    asked: string;
    basis: string;
    days: number | null;
  },
): Promise<Id> {
  const made = await node.store.write(standing, async (tx) => {
    const officer = mustWork(node, tx);
    await here(tx, id);
    const outcome = tx.newId();
    const due = ask.kind === "warning" ? null : new Date(tx.at.getTime() + (ask.days ?? 7) * 86_400_000);
    await sql`insert into simpul.ad_outcomes (agency_id, id, advert_id, kind, recipient, asked, basis, by_id, at, due_at)
      values (${officer.agency}, ${outcome}, ${id}, ${ask.kind}, ${ask.recipient}, ${ask.asked}, ${ask.basis},
        ${officer.id}, ${tx.at}, ${due})`.execute(tx.rows);
    tx.note("advert.outcome-noted", { id, outcome: ask.kind });
    return outcome;
  });
  tell(node, standing);
  return made;
}

async function here(
  db: Pick<Reader, "rows">,
  id: Id,
): Promise<{ body: string; zawgyi: boolean; language: string }> {
  const { rows } = await sql<{ body: string; zawgyi: boolean; language: string; purged: boolean }>`
    select body, zawgyi, language, purged_at is not null as purged from simpul.ad_adverts where id = ${id}`.execute(
    db.rows,
  );
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
    const held = await here(db, id);
    const found = await sql<{
      type: SelectorType;
      canonical: string;
      start: number;
      end: number;
      role: HolderRole;
    }>`select type, canonical, start_at as start, end_at as "end", role from simpul.ad_selectors
      where advert_id = ${id} and valid and canonical is not null order by number limit 100`.execute(db.rows);
    const seal = await sql<{ digest: Buffer }>`select digest from simpul.ad_adverts where id = ${id}`.execute(
      db.rows,
    );
    return { row: held, digest: seal.rows[0]!.digest.toString("hex"), selectors: found.rows };
  });
  const text = shownText(row.body, row.zawgyi, node.zawgyi);
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
    language: /^[a-z]{2,3}$/.test(row.language) && row.language !== "und" ? row.language : "en",
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
