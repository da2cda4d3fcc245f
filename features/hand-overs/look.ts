// Looking at hand-overs: lists, and one with what goes, who signed, and what its reader may do.
import type { CaseNumber, Id } from "@simpul/model";
import type { Standing } from "@simpul/store";
import { sql } from "kysely";
import type { Content, HandOverHead, HandOverView, Line } from "./contract.ts";
import { factsOf, may, mayInCase, rowOf, type Db, type HandOverRow, type HandOversNode } from "./node.ts";
import { proposalsOf } from "./proposals.ts";
import { most } from "./rules.ts";

type Seen = HandOverRow & { number: CaseNumber | null; case_title: string | null };

function headOf(row: Seen): HandOverHead {
  const of = row.number === null ? null : { id: row.case_id!, number: row.number, title: row.case_title! };
  return {
    id: row.id,
    ours: row.direction === "outgoing",
    peer: row.peer,
    state: row.state,
    reference: row.reference,
    title: row.offer?.title ?? "",
    whole: row.offer?.whole ?? false,
    case: of,
    due: row.state === "pending" ? (row.due_at?.toISOString() ?? null) : null,
    changedAt: row.changed_at.toISOString(),
  };
}

const columns = sql`h.*, c.number, c.title as case_title
  from simpul.hand_overs h left join simpul.cases c on c.id = h.case_id`;

/** Those this officer sees, the last changed first; marks of what never came are no hand-overs. */
export async function list(
  node: HandOversNode,
  standing: Standing,
  ask: { case?: string | undefined; open?: boolean | undefined },
): Promise<HandOverHead[]> {
  return node.store.read(standing, async (db) => {
    db.noteRead("hand-over.listed", {});
    const { rows } = await sql<Seen>`select ${columns} where h.offer is not null
      ${ask.case === undefined ? sql`` : sql`and (c.number = ${ask.case.toUpperCase()} or c.id::text = ${ask.case})`}
      ${ask.open === true ? sql`and h.state in ('submitted', 'pending', 'accepting')` : sql``}
      order by h.changed_at desc, h.id desc limit ${most.list}`.execute(db.rows);
    return rows.map(headOf);
  });
}

export async function view(node: HandOversNode, standing: Standing, id: Id): Promise<HandOverView> {
  return node.store.read(standing, async (db) => {
    db.noteRead("hand-over.viewed", { id });
    const { rows } = await sql<Seen>`select ${columns} where h.id = ${id}`.execute(db.rows);
    const row = rows[0] ?? { ...(await rowOf(db, id)), number: null, case_title: null };
    const facts = await factsOf(node, db, row);
    db.allowed(
      node.policy.decide({
        officer: standing.actor as never,
        act: "request.view",
        record: facts,
        purpose: standing.purpose,
        now: node.clock.now(),
      }).because,
    );
    return {
      ...headOf(row),
      offer: row.offer,
      lines: row.content === null ? null : linesOf(node, row.content),
      items: await itemsOf(db, id),
      answer: row.answer,
      code: row.code,
      author: row.author_id,
      approvedBy: row.approved_by,
      signed: { offered: row.offered !== null, accepted: row.accepted !== null, handed: row.handed !== null },
      proposals: await proposalsOf(db, id),
      may: actsIn(node, standing, row, facts),
    };
  });
}

function linesOf(node: HandOversNode, content: string): Line[] {
  const { records, items } = JSON.parse(content) as Content;
  return [
    ...records.map((one) => ({
      ...{ id: one.id, kind: one.kind, title: node.records.titleOf(one).title, handling: one.handling },
    })),
    ...items.map((one) => ({
      ...{ id: one.id, kind: "item" as const, title: one.fileName, handling: one.handling },
    })),
  ];
}

async function itemsOf(db: Pick<Db, "rows">, id: Id): Promise<HandOverView["items"]> {
  const { rows } = await sql<
    HandOverView["items"][number]
  >`select item_id as id, arriving ->> 'fileName' as title, state,
    code from simpul.hand_over_items where hand_over_id = ${id} order by item_id`.execute(db.rows);
  return rows;
}

function actsIn(
  node: HandOversNode,
  standing: Standing,
  row: HandOverRow,
  facts: Awaited<ReturnType<typeof factsOf>>,
): HandOverView["may"] {
  const ours = row.direction === "outgoing";
  const acts: [HandOverView["may"][number], boolean][] = [
    ["approve", ours && row.state === "submitted" && may(node, standing, "hand-over.approve", facts)],
    ["drop", ours && row.state === "submitted" && may(node, standing, "request.withdraw", facts)],
    ["take-back", ours && row.state === "pending" && may(node, standing, "request.withdraw", facts)],
    ["accept", !ours && row.state === "pending" && may(node, standing, "hand-over.accept", facts)],
    ["decline", !ours && row.state === "pending" && may(node, standing, "request.refuse", facts)],
    ["propose", ours && row.state === "handed" && may(node, standing, "hand-over.propose", facts)],
    ["settle", !ours && row.state === "handed" && mayInCase(node, standing, "case.edit", facts.case)],
  ];
  return acts.filter(([, allowed]) => allowed).map(([act]) => act);
}
