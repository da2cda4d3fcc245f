// Looking at recalls: lists for a request, a case or a desk; one with its tree, its flags and what this officer may do.
import type { Id, NodeCode } from "@simpul/model";
import type { Reader, Standing } from "@simpul/store";
import { sql } from "kysely";
import type { Closing, Flag, Holder, MadeOfIt, RecallHead, RecallView } from "./contract.ts";
import { RecallsError } from "./contract.ts";
import { closings } from "./closings.ts";
import {
  factsOf,
  gradeOf,
  hexOf,
  officerOf,
  recallRow,
  thingsOf,
  type RecallRow,
  type RecallsNode,
} from "./node.ts";
import { isOverdue, most } from "./rules.ts";

export interface WhichRecalls {
  box?: "ours" | "theirs" | undefined;
  state?: "open" | "closed" | undefined;
  request?: Id | undefined;
  case?: Id | undefined;
  /** Only recalls of which this was made here, e.g. a bundle. */
  made?: MadeOfIt | undefined;
}

interface HeadRow extends RecallRow {
  things: string;
  all_holders: string;
  answered_holders: string;
}

/** Recalls this officer sees, the last first, with what is closed and flagged where she asked about one place. */
export async function listRecalls(
  node: RecallsNode,
  standing: Standing,
  ask: WhichRecalls,
): Promise<{ recalls: RecallHead[]; closings: Closing[]; flags: Flag[] }> {
  return node.store.read(standing, async (db) => {
    db.noteRead("recall.listed", {
      ...(ask.case && { case: ask.case }),
      ...(ask.request && { id: ask.request }),
    });
    const { rows } = await sql<HeadRow>`select r.*,
        (select count(distinct t.record_id) from simpul.recall_things t where t.recall_id = r.id) as things,
        (select count(*) from simpul.recall_holders h where h.recall_id = r.id) as all_holders,
        (select count(*) from simpul.recall_holders h where h.recall_id = r.id and h.answered_at is not null) as answered_holders
      from simpul.recalls r
      where (${ask.box ?? null}::text is null or r.ours = (${ask.box ?? null}::text = 'ours'))
        and (${ask.state ?? null}::text is null or (${ask.state ?? null}::text = 'open') = (r.state in ('submitted', 'returned', 'open')
          or (r.state = 'sent' and exists (select 1 from simpul.recall_holders h where h.recall_id = r.id and h.answered_at is null))))
        and (${ask.request ?? null}::uuid is null or exists (select 1 from simpul.recall_places p
          where p.recall_id = r.id and p.request_id = ${ask.request ?? null}::uuid))
        and (${ask.case ?? null}::uuid is null
          or exists (select 1 from simpul.recall_places p where p.recall_id = r.id and p.case_id = ${ask.case ?? null}::uuid)
          or exists (select 1 from simpul.recall_flags f where f.recall_id = r.id and f.case_id = ${ask.case ?? null}::uuid))
        and (${ask.made ?? null}::text is null or exists (select 1 from simpul.recall_flags f
          where f.recall_id = r.id and f.what = ${ask.made ?? null}::text))
        and (r.state <> 'dropped' or r.author_id = ${officerOf(standing).id})
      order by r.created_at desc, r.id desc limit ${most.list}`.execute(db.rows);
    const apart = ask.request !== undefined || ask.case !== undefined || ask.made !== undefined;
    const ids = rows.map((row) => row.id);
    return {
      recalls: rows.map((row) => headOf(row, node.clock.now())),
      closings: apart ? await closedHere(node, db, ids) : [],
      flags: apart ? await flagsOf(db, ids) : [],
    };
  });
}

const headOf = (row: HeadRow, now: Date): RecallHead => {
  const [all, answered] = [Number(row.all_holders), Number(row.answered_holders)];
  const late = isOverdue(row.due_at, false, now);
  return {
    id: row.id,
    ours: row.ours,
    originator: row.originator,
    kind: row.kind,
    state: row.state,
    reasonCode: row.reason_code,
    safety: row.safety,
    at: row.at?.toISOString() ?? null,
    due: row.due_at?.toISOString() ?? null,
    overdue: late && (row.state === "open" || answered < all),
    things: Number(row.things),
    holders: { all, answered, overdue: late ? all - answered : 0 },
    outcome: row.outcome,
    createdAt: row.created_at.toISOString(),
  };
};

async function closedHere(node: RecallsNode, db: Reader, recalls: readonly Id[]): Promise<Closing[]> {
  const { rows } = await sql<{ record_id: Id }>`select distinct record_id from simpul.recall_closings
    where recall_id = any(${[...recalls]}::uuid[])`.execute(db.rows);
  const records = rows.map((row) => row.record_id);
  const found = [
    ...(await closings(db, records, node.code, false)),
    ...(await closings(db, records, node.code, true)),
  ];
  return found.filter((one) => recalls.includes(one.recall));
}

async function flagsOf(db: Pick<Reader, "rows">, recalls: readonly Id[]): Promise<Flag[]> {
  const { rows } = await sql<{
    recall_id: Id;
    what: Flag["what"];
    about_id: Id;
    record_id: Id;
    case_id: Id | null;
    request_id: Id | null;
    label: string;
    at: Date;
  }>`select * from simpul.recall_flags where recall_id = any(${[...recalls]}::uuid[]) order by what, label, about_id
    limit 1000`.execute(db.rows);
  return rows.map((row) => ({
    recall: row.recall_id,
    what: row.what,
    about: row.about_id,
    record: row.record_id,
    case: row.case_id,
    request: row.request_id,
    label: row.label,
    at: row.at.toISOString(),
  }));
}

interface HolderRow {
  holder: NodeCode;
  via: NodeCode;
  told_at: Date;
  taken_at: Date | null;
  onward: NodeCode[];
  outcome: Holder["outcome"];
  code: string | null;
  text: string | null;
  officer: string | null;
  destroyed: number;
  answered_at: Date | null;
}

async function treeOf(node: RecallsNode, db: Reader, row: RecallRow, now: Date): Promise<Holder[]> {
  const { rows } = await sql<HolderRow>`select * from simpul.recall_holders where recall_id = ${row.id}
    order by told_at, holder`.execute(db.rows);
  const nodes = await Promise.all(
    rows.map(async (one) => one.via !== node.code || (await node.isPeer(one.holder))),
  );
  const letters = await node.copies.lettersOf(db, row.id);
  return rows.map((one, at) => ({
    onPaper: nodes[at] === false,
    letters: letters.filter((each) => each.state === one.holder),
    holder: one.holder,
    via: one.via,
    toldAt: one.told_at.toISOString(),
    takenAt: one.taken_at?.toISOString() ?? null,
    onward: one.onward,
    outcome: one.outcome,
    code: one.code,
    text: one.text,
    officer: one.officer,
    destroyed: one.destroyed,
    answeredAt: one.answered_at?.toISOString() ?? null,
    overdue: isOverdue(row.due_at, one.answered_at !== null, now),
  }));
}

/** What the new version says; whoever lets it go reads it before it leaves. */
function nextOf(next: unknown): RecallView["list"][number]["next"] {
  const { fields, handling } = (next ?? {}) as Partial<NonNullable<RecallView["list"][number]["next"]>>;
  return fields === undefined || handling === undefined ? null : { fields, handling };
}

/** One recall whole. Throws `NOT_FOUND`. */
export async function viewRecall(node: RecallsNode, standing: Standing, id: Id): Promise<RecallView> {
  return node.store.read(standing, async (db) => {
    db.noteRead("recall.viewed", { id });
    const row = await recallRow(db, id);
    const facts = await factsOf(node, db, row);
    const officer = officerOf(standing);
    if (row.state === "dropped" && row.author_id !== officer.id) throw new RecallsError("NOT_FOUND");
    const now = node.clock.now();
    const tree = await treeOf(node, db, row, now);
    const things = await thingsOf(db, id);
    const { rows: places } = await sql<{ request_id: Id; case_id: Id | null }>`
      select request_id, case_id from simpul.recall_places where recall_id = ${id} order by request_id`.execute(
      db.rows,
    );
    const decide = (act: "recall.draft" | "recall.approve" | "recall.answer") =>
      node.policy.decide({ officer, act, record: facts, purpose: standing.purpose, now });
    const allowed = (act: Parameters<typeof decide>[0]): boolean => {
      const said = decide(act);
      return said.allowed || said.needs === "step-up";
    };
    const waits = row.ours && row.state === "submitted";
    const may: RecallView["may"] = [];
    if (waits && allowed("recall.approve")) may.push("recall.approve", "recall.return");
    if (row.ours && ["submitted", "returned"].includes(row.state) && row.author_id === officer.id)
      may.push("recall.drop");
    if (!row.ours && row.state === "open" && allowed("recall.answer")) may.push("recall.answer");
    // What has a letter is answered at the letter.
    const byHand = tree.some((one) => one.onPaper && one.answeredAt === null && one.letters.length === 0);
    if (row.ours && row.state === "sent" && byHand && allowed("recall.draft")) may.push("recall.note");
    const counts = { all: tree.length, answered: tree.filter((one) => one.answeredAt !== null).length };
    return {
      ...headOf(
        {
          ...row,
          things: String(new Set(things.map((one) => one.record_id)).size),
          all_holders: String(counts.all),
          answered_holders: String(counts.answered),
        },
        now,
      ),
      reason: row.reason,
      request: row.request_id,
      handling: row.handling,
      evaluation: gradeOf(row.evaluation),
      endsGrants: row.ends_grants,
      author: row.author_id,
      approvedBy: row.approved_by,
      returned: row.returned,
      list: things.map((one) => ({
        record: one.record_id,
        version: hexOf(one.version),
        what: one.what,
        title: one.title,
        destroyed: one.tombstone !== null,
        replaced: one.next_version !== null,
        next: row.ours ? nextOf(one.next) : null,
      })),
      tree,
      flags: await flagsOf(db, [id]),
      places: places.map((one) => ({ request: one.request_id, case: one.case_id })),
      answer:
        row.outcome === null
          ? null
          : {
              outcome: row.outcome,
              code: row.answer_code,
              text: row.answer_text ?? "",
              by: row.answered_by,
              at: (row.answered_at ?? row.created_at).toISOString(),
            },
      may,
      because: decide(row.ours ? "recall.draft" : "recall.answer").because,
    };
  });
}
