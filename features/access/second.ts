// A colleague's word on one act on one record, where this state asks for it: asked of her by name, given with her factor
// at hand, spent by the act. Whether she could do it herself the policy asks when the word is used.
import type { AgencyKind, Id, NodeCode, Purpose, Role } from "@simpul/model";
import { agreeable, type AgreeableAct, type Word } from "@simpul/policy";
import type { Reader, Standing, Writer } from "@simpul/store";
import { sql } from "kysely";
import { AccessError, type SecondAsked } from "./contract.ts";
import { requireFreshFactor } from "./fresh.ts";
import type { AccessNode } from "./node.ts";
import { serving } from "./records.ts";
import type { Acting } from "./sessions.ts";

/** A day: whoever is asked may be on the next shift. */
const wordLasts = 86_400_000;

export interface AskSecond {
  act: string;
  record: string;
  /** The page of this node on which she can look at it, under her own rights. */
  page: string;
  reason: string;
  of: Id;
}

const standingOf = ({ officer, purpose }: Pick<Acting, "officer" | "purpose">): Standing => ({
  actor: officer,
  purpose,
});

/** Throws `NOT_FOUND` for an act on which no word is asked, or a colleague who does not serve; `ASKED_ALREADY` when asked already. */
export async function askSecond(node: AccessNode, acting: Acting, ask: AskSecond): Promise<Id> {
  if (!(agreeable as readonly string[]).includes(ask.act)) throw new AccessError("NOT_FOUND", ask.act);
  const me = acting.officer.id;
  return node.store.write(standingOf(acting), async (tx) => {
    if (ask.of === me || (await serving(tx, ask.of)) === null) throw new AccessError("NOT_FOUND", ask.of);
    await sql`update simpul.second_asks set ended = 'dropped', ended_at = ${tx.at}
      where officer_id = ${me} and act = ${ask.act} and record = ${ask.record} and ended is null
        and expires_at <= ${tx.at}`.execute(tx.rows);
    const id = tx.newId();
    const { numAffectedRows } = await sql`
      insert into simpul.second_asks (id, officer_id, act, record, page, reason, asked_of, asked_at, expires_at)
      values (${id}, ${me}, ${ask.act}, ${ask.record}, ${ask.page}, ${ask.reason}, ${ask.of}, ${tx.at},
        ${new Date(tx.at.getTime() + wordLasts)}) on conflict do nothing`.execute(tx.rows);
    if (numAffectedRows !== 1n) throw new AccessError("ASKED_ALREADY", ask.record);
    tx.note("access.second-asked", { id, act: ask.act, record: ask.record, of: ask.of });
    return id;
  });
}

/** Her word. Throws `NOT_FOUND` for what was not asked of her or is over, `ASKED_ALREADY` when given, `Denied` without her factor. */
export async function giveWord(node: AccessNode, acting: Acting, id: Id): Promise<void> {
  await requireFreshFactor(node, acting);
  const { officer, purpose } = acting;
  await node.store.write(standingOf(acting), async (tx) => {
    const { rows } = await sql<{ act: string; record: string; officer_id: Id }>`
      select act, record, officer_id from simpul.second_asks
      where id = ${id} and asked_of = ${officer.id} and ended is null and expires_at > ${tx.at}`.execute(
      tx.rows,
    );
    const asked = rows[0];
    if (asked === undefined) throw new AccessError("NOT_FOUND", id);
    const { numAffectedRows } = await sql`
      insert into simpul.second_words (ask_id, officer_id, agency_id, agency_kind, desk_id, roles, purpose, at)
      values (${id}, ${officer.id}, ${officer.agency}, ${officer.agencyKind}, ${officer.desk},
        ${[...officer.roles]}::text[], ${purpose}, ${tx.at}) on conflict do nothing`.execute(tx.rows);
    if (numAffectedRows !== 1n) throw new AccessError("ASKED_ALREADY", id);
    tx.note("access.second-agreed", { id, act: asked.act, record: asked.record, for: asked.officer_id });
  });
}

/** Either of the two says that it shall not be. Throws `NOT_FOUND`. */
export async function dropSecond(node: AccessNode, acting: Acting, id: Id): Promise<void> {
  await node.store.write(standingOf(acting), async (tx) => {
    const { numAffectedRows } = await sql`update simpul.second_asks set ended = 'dropped', ended_at = ${tx.at}
      where id = ${id} and ended is null`.execute(tx.rows);
    if (numAffectedRows !== 1n) throw new AccessError("NOT_FOUND", id);
    tx.note("access.second-dropped", { id });
  });
}

// A type, not an interface: rows are read by hand-written SQL.
type AskedRow = {
  id: Id;
  act: AgreeableAct;
  page: string;
  reason: string;
  officer_id: Id;
  asker: string;
  asked: string;
  asked_at: Date;
  expires_at: Date;
  agreed_at: Date | null;
};

/** What she asked and what is asked of her, while it stands. */
export async function secondsIn(
  node: AccessNode,
  acting: Pick<Acting, "officer">,
  db: Pick<Reader, "rows">,
): Promise<SecondAsked[]> {
  const me = acting.officer.id;
  const { rows } = await sql<AskedRow>`select a.*, f.name as asker, s.name as asked, w.at as agreed_at
      from simpul.second_asks a join simpul.officers f on f.id = a.officer_id
        join simpul.officers s on s.id = a.asked_of left join simpul.second_words w on w.ask_id = a.id
      where a.ended is null and a.expires_at > ${node.clock.now()} and ${me} in (a.officer_id, a.asked_of)
      order by a.asked_at desc limit 100`.execute(db.rows);
  return rows.map((row) => ({
    id: row.id,
    act: row.act,
    page: row.page,
    reason: row.reason,
    by: row.asker,
    of: row.asked,
    at: row.asked_at.toISOString(),
    until: row.expires_at.toISOString(),
    agreed: row.agreed_at?.toISOString() ?? null,
    mine: row.officer_id === me,
  }));
}

export const seconds = (node: AccessNode, acting: Acting): Promise<SecondAsked[]> =>
  node.store.read(standingOf(acting), (db) => {
    db.noteRead("access.seconds-listed", {});
    return secondsIn(node, acting, db);
  });

// A type, not an interface: rows are read by hand-written SQL.
type WordRow = {
  id: Id;
  officer_id: Id;
  agency_id: Id;
  agency_kind: AgencyKind;
  desk_id: Id;
  roles: Role[];
  purpose: Purpose;
};

/** The word that stands for this officer's act on a record, spent with it; null where none was given. */
export async function takeWord(tx: Writer, ask: { act: string; record: string }): Promise<Word | null> {
  const { actor } = tx.standing;
  if (actor.kind !== "officer" || !(agreeable as readonly string[]).includes(ask.act)) return null;
  const { rows } = await sql<WordRow>`select a.id, w.* from simpul.second_asks a
      join simpul.second_words w on w.ask_id = a.id join simpul.officers o on o.id = w.officer_id
      where a.officer_id = ${actor.id} and a.act = ${ask.act} and a.record = ${ask.record} and a.ended is null
        and a.expires_at > ${tx.at} and o.left_at is null`.execute(tx.rows);
  const row = rows[0];
  if (row === undefined) return null;
  await sql`update simpul.second_asks set ended = 'spent', ended_at = ${tx.at} where id = ${row.id}`.execute(
    tx.rows,
  );
  return {
    purpose: row.purpose,
    officer: {
      ...{ kind: "officer", id: row.officer_id, node: actor.node satisfies NodeCode, roles: row.roles },
      ...{ agency: row.agency_id, agencyKind: row.agency_kind, desk: row.desk_id, provenAt: null },
    },
  };
}
