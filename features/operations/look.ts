// Reading operations: the list, one as a whole, and what stands in the way of this state's go.
import type { Id } from "@simpul/model";
import { sql } from "kysely";
import type {
  Hindrance,
  OperationAct,
  OperationHead,
  OperationStart,
  OperationView,
  RefKind,
} from "./contract.ts";
import { mayOn, officerOf, type OfOfficer, type OperationsNode } from "./node.ts";
import type { Standing } from "@simpul/store";
import {
  headOf,
  identifiersOf,
  operation,
  operations,
  receptionOf,
  refsOf,
  reportsOf,
  sitesOf,
  subjectOf,
  votesOf,
  type OperationRow,
  type Rows,
} from "./records.ts";
import { hindrancesOf } from "./rules.ts";

export async function listOperations(node: OperationsNode, standing: Standing): Promise<OperationHead[]> {
  return node.store.read(standing, async (db) => {
    const rows = await operations(db);
    db.noteRead("operations.listed", { shown: rows.length });
    const heads: OperationHead[] = [];
    for (const row of rows) heads.push(await headOf(db, row, node.clock.now()));
    return heads;
  });
}

export const startOf = async (node: OperationsNode, standing: Standing): Promise<OperationStart> => ({
  own: node.code,
  states: await node.peers(),
  spaces: (await node.things.space(standing))
    .filter((one) => one.ready)
    .map(({ id, title, parties }) => ({ id, title, parties })),
});

/** What she could name in a plan: what she sees in the other room, and only what may be named. */
export const choicesOf = async (
  node: OperationsNode,
  standing: Standing,
  kind: RefKind,
): Promise<{ id: Id; title: string }[]> =>
  (await node.things[kind](standing)).filter((one) => one.ready).map(({ id, title }) => ({ id, title }));

/** What the other rooms call what the plan names, for a reader who sees it there. */
async function withTitles(
  node: OperationsNode,
  standing: Standing,
  { refs, space }: { refs: readonly { kind: RefKind; id: Id }[]; space: Id | null },
): Promise<Pick<OperationView, "refs" | "spaceTitle">> {
  const kinds = [...new Set([...refs.map((one) => one.kind), ...(space === null ? [] : ["space" as const])])];
  const seen = new Map<string, string>();
  for (const kind of kinds)
    for (const one of await node.things[kind](standing)) seen.set(`${kind} ${one.id}`, one.title);
  return {
    refs: refs.map((one) => ({ ...one, title: seen.get(`${one.kind} ${one.id}`) ?? null })),
    spaceTitle: seen.get(`space ${space ?? ""}`) ?? null,
  };
}

interface Compared {
  at: Date | null;
  asked: number;
  unreached: number;
}

/** What was compared for exactly what the plan says now. Done when every other state was asked since. */
async function comparedOf(db: Rows, id: Id, subject: string): Promise<Compared> {
  const { rows } = await sql<Compared>`select min(at) as at, count(*)::int as asked,
      count(*) filter (where outcome <> 'answered')::int as unreached
    from simpul.operation_compared where operation_id = ${id} and subject = ${subject}`.execute(db.rows);
  return rows[0]!;
}

interface Cleared {
  by_officer: Id;
  at: Date;
  note: string;
}
async function clearedOf(db: Rows, id: Id, subject: string): Promise<Cleared | null> {
  const { rows } = await sql<Cleared>`select by_officer, at, note from simpul.operation_clearings
    where operation_id = ${id} and subject = ${subject} and simpul.operation_cleared(${id}, ${subject})`.execute(
    db.rows,
  );
  return rows[0] ?? null;
}

async function targetsStand(db: Rows, id: Id): Promise<boolean> {
  const { rows } = await sql<{ all: boolean }>`select simpul.operation_targets_stand(${id}) as all`.execute(
    db.rows,
  );
  return rows[0]!.all;
}

/** OP-1, OP-2 as they stand here now. */
export async function hindrancesHere(
  node: Pick<OperationsNode, "code" | "clock">,
  db: Rows,
  row: OperationRow,
): Promise<Hindrance[]> {
  const now = node.clock.now();
  const head = await headOf(db, row, now);
  const subject = await subjectOf(db, node.code, row);
  return hindrancesOf(
    {
      ...{ own: node.code, lead: row.lead, state: head.state, window: head.window, fallback: row.fallback },
      sites: await sitesOf(db, row.id),
      reception: await receptionOf(db, row.id),
      targetsStand: await targetsStand(db, row.id),
      compared: (await comparedOf(db, row.id, subject)).at !== null,
      cleared: (await clearedOf(db, row.id, subject)) !== null,
    },
    now,
  );
}

/** What she may do with it now, whatever is still missing. */
export function actsOf(
  node: OperationsNode,
  standing: OfOfficer,
  row: OperationRow,
  state: OperationHead["state"],
): OperationAct[] {
  const of = { id: row.id, author: row.made_by };
  const to = (act: Parameters<typeof mayOn>[2]): boolean => mayOn(node, standing, act, of);
  const open = ["draft", "ready", "approved", "running"].includes(state);
  const before = node.clock.now() < row.starts_at;
  const may: [OperationAct, boolean][] = [
    ["change", open && to("operation.act")],
    ["send", row.ours && state === "draft" && to("operation.send")],
    ["reopen", row.ours && (state === "ready" || state === "approved") && to("operation.act")],
    ["clear", open && to("operation.clear")],
    ["vote", (state === "ready" || (state === "approved" && before)) && to("operation.vote")],
    ["recall", open && to("operation.recall")],
    ["enter", (state === "running" || state === "ended") && to("operation.act")],
    ["report", (state === "ended" || state === "reported") && to("operation.act")],
  ];
  return may.filter(([, is]) => is).map(([act]) => act);
}

export async function lookAt(node: OperationsNode, standing: Standing, id: Id): Promise<OperationView> {
  const who = officerOf(standing);
  const now = node.clock.now();
  const view = await node.store.read(standing, async (db) => {
    const row = await operation(db, id);
    db.noteRead("operation.viewed", { id });
    const head = await headOf(db, row, now);
    const subject = await subjectOf(db, node.code, row);
    const compared = await comparedOf(db, id, subject);
    const cleared = await clearedOf(db, id, subject);
    const members = await sql<{ officer_id: Id }>`select officer_id from simpul.operation_members
      where operation_id = ${id} and ended_at is null order by added_at`.execute(db.rows);
    const risks = await sql<{ id: Id; risk: string; answer: string; at: Date; closed_at: Date | null }>`
      select id, risk, answer, at, closed_at from simpul.operation_risks where operation_id = ${id}
      order by closed_at is not null, at limit 200`.execute(db.rows);
    const may = actsOf(node, who, row, head.state);
    const collisions = await sql<{
      peer: OperationHead["lead"];
      kind: string;
      what: string;
      heard: "asked" | "told";
      at: Date;
    }>`select peer, kind, what, heard, at from simpul.operation_collisions where operation_id = ${id}
      order by at limit 200`.execute(db.rows);
    const people = await node.directory.officers([
      ...members.rows.map((one) => one.officer_id),
      ...(cleared === null ? [] : [cleared.by_officer]),
    ]);
    const name = (of: Id): string => people.get(of)?.name ?? of;
    return {
      ...head,
      ...{ own: node.code, now: now.toISOString(), sentAt: row.sent_at?.toISOString() ?? null, may },
      recalled:
        row.recalled_at === null
          ? null
          : { by: row.recalled_by!, reason: row.recall_reason!, at: row.recalled_at.toISOString() },
      votes: (await votesOf(db, id))
        .filter((vote) => vote.version === row.version)
        .map(({ node: of, go, reason, at }) => ({ node: of, go, reason, at: at.toISOString() })),
      sites: await sitesOf(db, id),
      reception: await receptionOf(db, id),
      risks: risks.rows.map(({ closed_at, at, ...one }) => ({
        ...one,
        at: at.toISOString(),
        closed: closed_at !== null,
      })),
      identifiers: await identifiersOf(db, id),
      refs: await refsOf(db, id),
      members: members.rows.map(({ officer_id: of }) => ({ id: of, name: name(of) })),
      hindrances: await hindrancesHere(node, db, row),
      compared:
        compared.at === null
          ? null
          : { at: compared.at.toISOString(), asked: compared.asked, unreached: compared.unreached },
      cleared:
        cleared === null
          ? null
          : { by: name(cleared.by_officer), at: cleared.at.toISOString(), note: cleared.note },
      collisions: mayOn(node, who, "operation.clear", { id, author: row.made_by })
        ? collisions.rows.map((one) => ({ ...one, at: one.at.toISOString() }))
        : null,
      reports: await reportsOf(db, id),
    };
  });
  return { ...view, ...(await withTitles(node, standing, view)) };
}
