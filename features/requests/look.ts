// Looking at one request: what was asked, its story with each state, its answers and releases. Every look is noted (AUD-1).
import type { Id, NodeCode } from "@simpul/model";
import type { Reader, Standing } from "@simpul/store";
import { sql } from "kysely";
import { summed, written } from "./answer.ts";
import { noticesOf } from "./awake.ts";
import { besideOf } from "./beside.ts";
import { RequestsError } from "./contract.ts";
import type {
  AnswerDraft,
  AnswerView,
  Arrival,
  Evidence,
  ItemReport,
  Release,
  RequestAct,
  RequestView,
  SharedItem,
  Thread,
  ThreadStep,
  TravelledItem,
} from "./contract.ts";
import { evidencesOf } from "./evidences.ts";
import { arrivals, stopsOf } from "./held.ts";
import { reportsOf } from "./item-reports.ts";
import { headOf } from "./list.ts";
import { caseMay, decide, mayDo } from "./may.ts";
import {
  factsOf,
  hexOf,
  iso,
  requestRow,
  threadsOf,
  type AnswerRow,
  type RequestsNode,
  type ThreadRow,
} from "./node.ts";
import { recipientsOf } from "./addressees.ts";
import { repeatsOf } from "./repeats.ts";
import { missingIn, originatorsOf, readClock, unionOf } from "./rules.ts";

/** One request whole: what was asked, its story with each state, its answers, what this officer may do now and why. */
export async function viewRequest(node: RequestsNode, standing: Standing, id: Id): Promise<RequestView> {
  return node.store.read(standing, async (db) => {
    db.noteRead("request.viewed", { id });
    const row = await requestRow(db, id);
    const facts = await factsOf(node, db, row);
    const seen = decide(node, standing, "request.view", facts);
    if (!seen.allowed) throw new RequestsError("NOT_FOUND");
    db.allowed(seen.because);
    const threads = await threadsOf(db, id);
    const reports = await reportsOf(db, { threads: threads.map((thread) => thread.id) });
    const evidences = await evidencesOf(
      db,
      threads.map((thread) => thread.id),
    );
    const full = await Promise.all(
      threads.map((thread) => threadOf(node, db, thread, { reports, evidences })),
    );
    const draft = row.direction === "incoming" && threads[0] ? await written(db, threads[0].id) : null;
    const come = threads[0] ? await arrivals(db, threads[0].id) : new Map<Id, Arrival>();
    const { shared } = row;
    return {
      ...headOf(node, row, threads, draft?.state === "submitted"),
      draft:
        row.seen_case === null && row.direction === "outgoing"
          ? { ...row.draft, case: "", hit: null }
          : row.draft,
      version: row.version,
      agency: row.agency_id,
      from: row.peer ?? node.code,
      records: shared.records,
      items: travelled(shared.items, come, reports),
      full,
      repeats: await repeatsOf(node, db, {
        request: id,
        direction: row.direction,
        records: shared.records,
        to: recipientsOf(row.draft),
      }),
      answer: draft === null ? null : await draftOf(node, db, draft, threads[0]!, row.draft.purpose),
      beside: row.state === "draft" ? await besideOf(db, id) : [],
      rests: (await node.rests?.of(db, "request", id)) ?? null,
      doubts: (await node.doubts?.among(db, [id]))?.get(id) ?? [],
      returned: row.returned,
      formal: row.formal,
      releases: await releasesOf(db, threads),
      notices: await noticesOf(db, id),
      missing:
        row.state === "draft"
          ? missingIn(row.draft, { records: shared.records.length, items: shared.items.length })
          : [],
      may: mayDo(node, standing, row, facts, threads, draft, await caseMay(node, db, row)),
      because: seen.because,
    };
  });
}

const sent: Arrival = { state: "sent", code: null, progress: 1, fetched: 0, size: 0 };

const travelled = (
  items: readonly SharedItem[],
  come: ReadonlyMap<Id, Arrival>,
  reports: ReadonlyMap<Id, ItemReport[]>,
): TravelledItem[] =>
  items.map((item) => ({
    ...item,
    arrival: come.get(item.id) ?? sent,
    reports: reports.get(item.id) ?? [],
  }));

interface StepRow {
  at: Date;
  kind: ThreadStep["kind"];
  side: ThreadStep["side"];
  officer_id: Id | null;
  desk_id: Id | null;
  text: string | null;
  code: string | null;
}

/** What the other state, or this one, signed: by item; by thread or answer. */
interface Signed {
  reports: ReadonlyMap<Id, ItemReport[]>;
  evidences: ReadonlyMap<Id, Evidence[]>;
}

async function threadOf(
  node: RequestsNode,
  db: Reader,
  row: ThreadRow,
  { reports, evidences }: Signed,
): Promise<Thread> {
  const { rows: steps } = await sql<StepRow>`select * from simpul.request_steps where thread_id = ${row.id}
    order by at, id`.execute(db.rows);
  const { rows: answers } =
    await sql<AnswerRow>`select * from simpul.request_answers where thread_id = ${row.id}
    and state in ('queued', 'delivered', 'undelivered') order by released_at, id`.execute(db.rows);
  const come = await arrivals(db, row.id);
  const itemsOf = (items: readonly SharedItem[]) => travelled(items, come, reports);
  return {
    id: row.id,
    peer: row.peer,
    correspondent: row.correspondent,
    reference: row.reference,
    state: row.state,
    outcome: row.outcome,
    code: row.code,
    clock: readClock(row.clock, node.clock.now()),
    steps: steps.map((one) => ({
      at: iso(one.at),
      kind: one.kind,
      side: one.side,
      by: one.officer_id,
      desk: one.desk_id,
      text: one.text,
      code: one.code,
    })),
    evidences: evidences.get(row.id) ?? [],
    answers: answers.map((one) =>
      answerOf(node, one, row, { itemsOf, evidences: evidences.get(one.id) ?? [] }),
    ),
  };
}

function answerOf(
  node: RequestsNode,
  row: AnswerRow,
  thread: ThreadRow,
  { itemsOf, evidences }: { itemsOf(items: readonly SharedItem[]): TravelledItem[]; evidences: Evidence[] },
): AnswerView {
  const { kind, narrative, refused } = row.content;
  const { records, items } = row.shared;
  return {
    id: row.id,
    kind,
    at: iso(row.released_at!),
    narrative,
    records,
    items: itemsOf(items),
    refused,
    // Ours names who searched; what arrived is summed already.
    searched:
      row.direction === "outgoing"
        ? summed(row.content.searched)
        : (row.content.searched as unknown as AnswerView["searched"]),
    handling: unionOf([...records, ...items, ...narrative]),
    originators: originatorsOf(row.direction === "outgoing" ? node.code : thread.peer, [
      ...records,
      ...items,
    ]),
    state: row.state as AnswerView["state"],
    evidences,
    opened:
      (row.direction === "incoming" && row.letter === null) ||
      evidences.some((one) => one.event === "retrieved"),
  };
}

async function draftOf(
  node: RequestsNode,
  db: Reader,
  row: AnswerRow,
  thread: ThreadRow,
  purpose: string,
): Promise<AnswerDraft> {
  const { confirmH0: _confirm, case_id: _case, ...content } = row.content;
  return {
    ...content,
    id: row.id,
    version: row.version,
    state: row.state as "draft" | "submitted",
    author: row.author_id!,
    savedAt: iso(row.changed_at),
    returned: row.returned,
    stops: await stopsOf(node, db, row.shared, [thread.peer], purpose),
    beside: await besideOf(db, row.id),
  };
}

interface ReleaseRow {
  id: Id;
  thread_id: Id;
  what: "request" | "answer";
  at: Date;
  released_by: Id | null;
  author_id: Id | null;
  to_node: NodeCode;
  reason: string | null;
  records: number;
  items: number;
  handling: Release["handling"];
  originators: NodeCode[];
  digest: Buffer;
}

async function releasesOf(db: Reader, threads: readonly ThreadRow[]): Promise<Release[]> {
  const { rows } = await sql<ReleaseRow>`select * from simpul.releases
    where thread_id = any(${threads.map((one) => one.id)}::uuid[]) order by at, id`.execute(db.rows);
  return rows.map((row) => ({
    id: row.id,
    thread: row.thread_id,
    what: row.what,
    at: iso(row.at),
    by: row.released_by,
    author: row.author_id,
    to: row.to_node,
    reason: row.reason,
    records: row.records,
    items: row.items,
    handling: row.handling,
    originators: row.originators,
    digest: hexOf(row.digest) as Release["digest"],
  }));
}

interface LeafRow {
  log: "main" | "reads";
  at: Date;
  actor: string;
  purpose: string;
  kind: string;
  record: string | null;
}

/** Acts and reads of one request, newest first, as the two logs hold them. */
export async function activityOf(node: RequestsNode, standing: Standing, id: Id): Promise<RequestAct[]> {
  return node.store.read(standing, async (db) => {
    db.noteRead("request.activity-viewed", { id });
    await requestRow(db, id);
    const { rows } = await sql<LeafRow>`select log, at, actor, purpose, kind, record from simpul.leaves
      where about_id = ${id} order by at desc, id desc limit 300`.execute(db.rows);
    return rows.map((row) => {
      const { about } = (row.record === null ? {} : JSON.parse(row.record)) as {
        about?: Record<string, unknown>;
      };
      const { id: _id, ...facts } = about ?? {};
      const { at, kind, actor: by, purpose } = row;
      return { at: iso(at), kind, by, read: row.log === "reads", purpose, facts };
    });
  });
}
