// What was found and what officers decide about it: confirm, correct, reject, whose it is; and taking that back.
import { Id, type HolderRole, type SelectorType } from "@simpul/model";
import { longest, normalise } from "@simpul/match/profiles";
import type { Reader, Writer } from "@simpul/store";
import { sql } from "kysely";
import type { ConfirmedFinding, FindingsOfItems } from "../cases/contract.ts";
import {
  EvidenceRoomError,
  type AskDecide,
  type Finding,
  type FindingPlace,
  type FindingStage,
  type FindingState,
  type FoundValues,
} from "./contract.ts";
import { itemFacts, officerOf, requireItem, tables, type EvidenceNode } from "./node.ts";
import { roleFits } from "./rules.ts";

const mostAtOnce = 20_000;

interface Row {
  item_id: Id;
  id: Id;
  part: number;
  start_at: number;
  end_at: number;
  type: string;
  written: string;
  canonical: string;
  profile: string;
  valid: boolean;
  doubt: string | null;
  state: FindingState;
  role: string | null;
  decided_by: Id | null;
  decided_at: Date | null;
}

const view = (row: Row): Finding => ({
  id: row.id,
  item: row.item_id,
  part: row.part,
  start: row.start_at,
  end: row.end_at,
  type: row.type as SelectorType,
  written: row.written,
  canonical: row.canonical,
  profile: row.profile,
  valid: row.valid,
  doubt: row.doubt,
  state: row.state,
  role: row.role as HolderRole | null,
  decidedBy: row.decided_by,
  decidedAt: row.decided_at?.toISOString() ?? null,
});

/** The findings that stand in these parts, for marking them in the text. */
export async function findingsIn(
  node: EvidenceNode,
  db: Reader,
  item: Id,
  from: number,
  to: number,
): Promise<Finding[]> {
  await requireItem(node, db, "evidence.view", item);
  db.noteRead("evidence.findings", { id: item });
  const rows = await tables(db)
    .selectFrom("simpul.evidence_findings")
    .selectAll()
    .where("item_id", "=", item)
    .where("part", ">=", from)
    .where("part", "<", to)
    .orderBy("part")
    .orderBy("start_at")
    .limit(20_000)
    .execute();
  return rows.map(view);
}

export interface AskValues {
  stage?: FindingStage;
  type?: SelectorType;
  from?: number;
  limit?: number;
}

/** Each value once, with how often and where first: sound ones before doubtful ones, then in the order of the text. */
export async function groupsOf(
  node: EvidenceNode,
  db: Reader,
  item: Id,
  ask: AskValues = {},
): Promise<FoundValues> {
  await requireItem(node, db, "evidence.view", item);
  db.noteRead("evidence.findings", { id: item });
  // A value is open as long as one of its places is.
  const { rows } = await sql<
    Row & { times: string; states: FindingState[]; roles: HolderRole[] } & Record<
        "total" | "open" | "decided",
        string
      >
  >`
    with g as materialized (
      select type, canonical, valid, count(*) as times, array_agg(distinct state) as states,
        coalesce(array_agg(distinct role) filter (where role is not null), '{}') as roles, bool_or(state = 'candidate') as open,
        (array_agg(id order by part, start_at))[1] as first, min(part) as first_part
      from simpul.evidence_findings where item_id = ${item} group by type, canonical, valid),
    w as (select * from g where (${ask.stage ?? null}::text is null or open = (${ask.stage ?? null}::text = 'open'))
      and (${ask.type ?? null}::text is null or type = ${ask.type ?? null}))
    select w.times, w.states, w.roles, f.*, (select count(*) from w) as total,
      (select count(*) from g where open) as open, (select count(*) from g where not open) as decided
    from w join simpul.evidence_findings f on f.item_id = ${item} and f.id = w.first
    order by f.valid desc, w.first_part, f.start_at limit ${ask.limit ?? 5000} offset ${ask.from ?? 0}`.execute(
    db.rows,
  );
  const counts = rows[0] ?? (await countsOf(db, item));
  return {
    findings: rows.map((row) => ({
      ...view(row),
      times: Number(row.times),
      states: row.states,
      roles: row.roles,
    })),
    total: Number(counts.total),
    open: Number(counts.open),
    decided: Number(counts.decided),
  };
}

/** The counts alone, for a page that holds no value. */
async function countsOf(db: Reader, item: Id): Promise<Record<"total" | "open" | "decided", string>> {
  const { rows } = await sql<Record<"total" | "open" | "decided", string>>`
    select 0 as total, count(*) filter (where open) as open, count(*) filter (where not open) as decided
    from (select bool_or(state = 'candidate') as open from simpul.evidence_findings where item_id = ${item}
      group by type, canonical, valid) g`.execute(db.rows);
  return rows[0]!;
}

const mostPlaces = 1_000;

/** Where the value of one finding stands, in the order of the text; at most a thousand places. Throws `NOT_FOUND`. */
export async function placesOfValue(
  node: EvidenceNode,
  db: Reader,
  item: Id,
  finding: Id,
): Promise<FindingPlace[]> {
  await requireItem(node, db, "evidence.view", item);
  db.noteRead("evidence.findings", { id: item });
  const { rows } = await sql<Row>`select f.* from simpul.evidence_findings f
    join simpul.evidence_findings n on n.item_id = ${item} and n.id = ${finding}
    where f.item_id = ${item} and f.type = n.type and md5(f.canonical) = md5(n.canonical)
      and f.canonical = n.canonical and f.valid = n.valid
    order by f.part, f.start_at limit ${mostPlaces}`.execute(db.rows);
  if (rows.length === 0) throw new EvidenceRoomError("NOT_FOUND");
  return rows.map(({ id, part, start_at, end_at, state }) => ({
    id,
    part,
    start: start_at,
    end: end_at,
    state,
  }));
}

/** Decides; gives the act, by which it can be undone. Throws `ROLE_NEEDED`, `NOT_A_SELECTOR`, `LIMIT_REACHED`, `NOT_FOUND`. */
export async function decide(
  node: EvidenceNode,
  tx: Writer,
  item: Id,
  ask: AskDecide,
): Promise<{ act: Id; changed: number }> {
  const about = await requireItem(node, tx, "evidence.confirm", item);
  const officer = officerOf(tx.standing);
  if (!roleFits(ask.decision, ask.role)) throw new EvidenceRoomError("ROLE_NEEDED");
  const rows = tables(tx);
  const named = await rows
    .selectFrom("simpul.evidence_findings")
    .selectAll()
    .where("item_id", "=", item)
    .where("id", "in", ask.findings)
    .execute();
  if (named.length !== new Set(ask.findings).size) throw new EvidenceRoomError("NOT_FOUND");
  const { rows: alike } =
    ask.alike === true
      ? await sql<
          (typeof named)[number]
        >`select * from simpul.evidence_findings f where item_id = ${item} and exists (
        select 1 from simpul.evidence_findings n where n.item_id = ${item} and n.id = any(${ask.findings}::uuid[])
          and n.type = f.type and md5(n.canonical) = md5(f.canonical) and n.canonical = f.canonical and n.valid = f.valid)
        limit ${mostAtOnce + 1}`.execute(tx.rows)
      : { rows: named };
  if (alike.length > mostAtOnce)
    throw new EvidenceRoomError("LIMIT_REACHED", { findings: alike.length, limit: mostAtOnce });
  const becomes = correctionOf(ask, node.code.toUpperCase());
  if (ask.decision === "confirm" && alike.some((one) => !one.valid))
    throw new EvidenceRoomError("NOT_A_SELECTOR");
  const act = tx.newId();
  const before = alike.map(
    ({ id, type, canonical, profile, valid, doubt, state, role, found, act_id, decided_by, decided_at }) => ({
      id,
      type,
      canonical,
      profile,
      valid,
      doubt,
      state,
      role,
      found,
      act_id,
      decided_by,
      decided_at,
    }),
  );
  await rows
    .insertInto("simpul.evidence_decisions")
    .values({
      item_id: item,
      id: act,
      officer_id: officer.id,
      at: tx.at,
      decision: ask.decision,
      before: JSON.stringify(before),
      undone_at: null,
    })
    .execute();
  const state = (
    { confirm: "confirmed", correct: "corrected", reject: "rejected", reopen: "candidate" } as const
  )[ask.decision];
  await sql`update simpul.evidence_findings set state = ${state}, role = ${ask.role ?? null}, act_id = ${act},
      decided_by = ${officer.id}, decided_at = ${tx.at},
      found = case when ${becomes !== null} then coalesce(found, jsonb_build_object('type', type, 'canonical', canonical,
        'profile', profile, 'valid', valid, 'doubt', doubt)) else found end,
      type = coalesce(${becomes?.type ?? null}, type), canonical = coalesce(${becomes?.canonical ?? null}, canonical),
      profile = coalesce(${becomes?.profile ?? null}, profile), valid = coalesce(${becomes?.valid ?? null}::boolean, valid),
      doubt = case when ${becomes !== null} then ${becomes?.reason ?? null} else doubt end
    where item_id = ${item} and id = any(${alike.map((one) => one.id)}::uuid[])`.execute(tx.rows);
  // HIT-1: the leaf says that somebody decided, never the value.
  tx.note("evidence.findings-decided", {
    id: item,
    decision: ask.decision,
    count: alike.length,
    ...(ask.role && { role: ask.role }),
    ...(about.case_id && { case: about.case_id }),
  });
  return { act, changed: alike.length };
}

function correctionOf(ask: AskDecide, region: string) {
  if (ask.decision !== "correct") return null;
  const { correction } = ask;
  if (correction === undefined || correction.value.trim() === "" || correction.value.length > longest)
    throw new EvidenceRoomError("NOT_A_SELECTOR");
  const made = normalise(correction.type, correction.value, { region });
  if (!made.valid) throw new EvidenceRoomError("NOT_A_SELECTOR", { reason: made.reason ?? "" });
  return { ...made, type: correction.type };
}

/** Takes one act back, as far as nobody decided anew since. Throws `NOTHING_TO_UNDO`, `CHANGED_MEANWHILE`. */
export async function undo(node: EvidenceNode, tx: Writer, item: Id, act: Id): Promise<{ changed: number }> {
  await requireItem(node, tx, "evidence.confirm", item);
  const rows = tables(tx);
  const done = await rows
    .selectFrom("simpul.evidence_decisions")
    .selectAll()
    .where("item_id", "=", item)
    .where("id", "=", act)
    .executeTakeFirst();
  if (done === undefined || done.undone_at !== null) throw new EvidenceRoomError("NOTHING_TO_UNDO");
  const { rows: back } = await sql<{ id: Id }>`
    update simpul.evidence_findings f set type = b.type, canonical = b.canonical, profile = b.profile, valid = b.valid,
      doubt = b.doubt, state = b.state, role = b.role, found = b.found, act_id = b.act_id, decided_by = b.decided_by,
      decided_at = b.decided_at
    from jsonb_to_recordset(${JSON.stringify(done.before)}::jsonb) as b(id uuid, type text, canonical text, profile text,
      valid boolean, doubt text, state text, role text, found jsonb, act_id uuid, decided_by uuid, decided_at timestamptz)
    where f.item_id = ${item} and f.id = b.id and f.act_id = ${act} returning f.id`.execute(tx.rows);
  if (back.length === 0) throw new EvidenceRoomError("CHANGED_MEANWHILE");
  await rows
    .updateTable("simpul.evidence_decisions")
    .set({ undone_at: tx.at })
    .where("item_id", "=", item)
    .where("id", "=", act)
    .execute();
  tx.note("evidence.decision-undone", { id: item, count: back.length });
  return { changed: back.length };
}

/** What cases take over: each confirmed value of each item once per holder, with where it stands first. */
export function findingsForCases(node: EvidenceNode): FindingsOfItems {
  return {
    async confirmed(tx, items) {
      for (const item of items) await requireItem(node, tx, "evidence.view", item);
      const { rows } = await sql<Row>`
        select distinct on (item_id, type, canonical, role) * from simpul.evidence_findings
        where item_id = any(${items}::uuid[]) and state in ('confirmed', 'corrected') and valid
        order by item_id, type, canonical, role, part, start_at`.execute(tx.rows);
      return rows.map((row): ConfirmedFinding => ({
        item: row.item_id,
        place: { part: String(row.part), start: row.start_at, end: row.end_at },
        type: row.type as SelectorType,
        written: row.written,
        canonical: row.canonical,
        profile: row.profile,
        valid: row.valid,
        role: row.role as HolderRole,
      }));
    },
    async attach(tx, items, into) {
      for (const id of items) await attachItem(node, tx as Writer, id, into);
    },
  };
}

/** Puts an item into a case; it stays in the first one it came into. Throws `ALREADY_DIFFERENT`, `FORBIDDEN`. */
export async function attachItem(node: EvidenceNode, tx: Writer, id: Id, into: Id): Promise<void> {
  const item = await requireItem(node, tx, "evidence.view", id);
  if (item.case_id === into) return;
  if (item.case_id !== null) throw new EvidenceRoomError("ALREADY_DIFFERENT");
  if (tx.standing.actor.kind === "officer") {
    const facts = await itemFacts(node, tx, item);
    const { allowed, because } = node.policy.decide({
      officer: tx.standing.actor,
      act: "evidence.confirm",
      record: facts,
      purpose: tx.standing.purpose,
      now: node.clock.now(),
    });
    if (!allowed) throw new EvidenceRoomError("FORBIDDEN");
    tx.allowed(because);
  }
  await tables(tx).updateTable("simpul.evidence_items").set({ case_id: into }).where("id", "=", id).execute();
  tx.note("evidence.attached", { id, case: into });
}

/**
 * Puts an item into a case that stands, and its confirmed findings with it; again later, what was confirmed since.
 * Gives how many came anew. Throws `ALREADY_DIFFERENT`, `FORBIDDEN`, `NOT_FOUND`, and what cases refuse.
 */
export async function putIntoCase(
  node: EvidenceNode,
  tx: Writer,
  id: Id,
  into: Id,
): Promise<{ added: number }> {
  await attachItem(node, tx, id, into);
  if (node.cases === undefined) return { added: 0 };
  const found = await findingsForCases(node).confirmed(tx, [id]);
  const before = new Set((await node.cases.selectorsOf(tx, into)).map((one) => one.record));
  const standing = await node.cases.addFindings(tx, into, found);
  return { added: standing.filter((one) => !before.has(one)).length };
}
