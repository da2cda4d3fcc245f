// What was given and what is held, for calling it back: who has it, what stands now, closing, replacing and destroying copies.
import { Handling } from "@simpul/model";
import type { Digest, Evaluation, Id, NodeCode } from "@simpul/model";
import type { Writer } from "@simpul/store";
import { sql } from "kysely";
import { closingKinds } from "../recalls/contract.ts";
import type {
  Call,
  Closing,
  CopiesForRecalls,
  Flag,
  Given,
  Replacement,
  Thing,
} from "../recalls/contract.ts";
import type { AskAnswer, Paragraph } from "./contract.ts";
import { gather } from "./gather.ts";
import { digestOf, versionOf } from "./grants.ts";
import { heldItems, heldRecords } from "./held.ts";
import {
  factsOf,
  hexOf,
  json,
  requestRow,
  type AnswerRow,
  type Db,
  type RequestRow,
  type RequestsNode,
  type Shared,
} from "./node.ts";
import { tellOnPaper } from "./paper-recalls.ts";
import { unionOf } from "./rules.ts";
import { sharedRecord } from "./shapes.ts";
import { titleOf } from "./titles.ts";

const unhex = (digest: string): Buffer => Buffer.from(digest, "hex");

/** What left now stands with its holder from now on, for a recall that may come (COR-1). */
export async function keepShares(
  tx: Writer,
  thread: { id: Id; peer: NodeCode },
  left: { request: Id; answer: Id | null; own: NodeCode; shared: Shared; narrative: readonly Paragraph[] },
): Promise<void> {
  const { answer, narrative } = left;
  const all = [
    ...left.shared.records.map(({ id, version, kind, originator }, at) => ({
      ...{ id, version, what: kind, originator, place: at + 1 },
    })),
    ...left.shared.items.map(({ id, digest, originator }, at) => ({
      ...{ id, version: digest, what: "item", originator, place: at + 1 },
    })),
    ...(answer !== null && narrative.length > 0
      ? [{ id: answer, version: digestOf(narrative), what: "text", originator: left.own, place: null }]
      : []),
  ];
  for (const one of all)
    await sql`insert into simpul.shares (thread_id, record_id, version, what, originator, to_node, request_id, answer_id, at, place)
      values (${thread.id}, ${one.id}, ${unhex(one.version)}, ${one.what}, ${one.originator}, ${thread.peer},
        ${left.request}, ${answer}, ${tx.at}, ${one.place}) on conflict do nothing`.execute(tx.rows);
}

/** What comes is kept as its originator wants it by now: closed versions not at all, others with the codes now in force. */
export async function afterClosings<R extends Shared["records"][number], I extends Shared["items"][number]>(
  node: Pick<RequestsNode, "recalls">,
  tx: Writer,
  body: { records: readonly R[]; items: readonly I[] },
  at: { request: Id; case: Id | null },
): Promise<{ records: R[]; items: I[] }> {
  const closings = await node.recalls.among(
    tx,
    [...body.records, ...body.items].map((one) => one.id),
  );
  const of = (one: R | I): Closing[] => {
    const version = "digest" in one ? one.digest : one.version;
    return closings.filter((each) => each.record === one.id && each.version === version);
  };
  const late = [...body.records, ...body.items].flatMap((one) =>
    of(one).filter((each) => closingKinds.includes(each.kind)),
  );
  await node.recalls.cameLate(tx, late, at);
  const open = (one: R | I) => !of(one).some((each) => closingKinds.includes(each.kind));
  const asNow = <T extends R | I>(one: T): T =>
    of(one).reduce(
      (now, { handling, evaluation, endsGrants, calledAt }) => ({
        ...now,
        handling: handling ?? now.handling,
        evaluation: evaluation ?? now.evaluation,
        grants: endsGrants ? now.grants.filter((grant) => grant.at > calledAt) : now.grants,
      }),
      one,
    );
  return { records: body.records.filter(open).map(asNow), items: body.items.filter(open).map(asNow) };
}

/** Whether the words of this answer were called back before they came. */
export async function wordsClosed(
  node: Pick<RequestsNode, "recalls">,
  tx: Writer,
  answer: Id,
  at: { request: Id; case: Id | null },
): Promise<boolean> {
  const late = (await node.recalls.among(tx, [answer])).filter((one) => one.what === "text");
  await node.recalls.cameLate(tx, late, at);
  return late.length > 0;
}

/** Answers of ours that left, oldest first. */
async function left(db: Pick<Db, "rows">, request: Id): Promise<AnswerRow[]> {
  const { rows } = await sql<AnswerRow>`select a.* from simpul.request_answers a
    join simpul.request_threads t on t.id = a.thread_id where t.request_id = ${request} and a.direction = 'outgoing'
    and a.state in ('queued', 'delivered', 'undelivered') order by a.released_at, a.id`.execute(db.rows);
  return rows;
}

function givenOf(node: RequestsNode, shared: Shared, answer: Id | null): Omit<Given, "kinds" | "to">[] {
  const own = <T extends { originator: NodeCode }>(one: T) => one.originator === node.code;
  return [
    ...shared.records.filter(own).map((one) => ({
      record: one.id,
      version: one.version,
      what: one.kind,
      title: titleOf(one),
      handling: one.handling,
      evaluation: one.evaluation,
      answer,
    })),
    ...shared.items.filter(own).map((one) => ({
      record: one.id,
      version: one.digest,
      what: "item" as const,
      title: one.fileName,
      handling: one.handling,
      evaluation: one.evaluation,
      answer,
    })),
  ];
}

async function given(node: RequestsNode, db: Db, id: Id): Promise<Omit<Given, "kinds" | "to">[]> {
  const request = await requestRow(db, id);
  const sent = request.direction === "outgoing" && request.state === "sent";
  const answers = request.direction === "incoming" ? await left(db, id) : [];
  const all = [
    ...(sent ? givenOf(node, request.shared, null) : []),
    ...answers.flatMap((answer) => [
      ...givenOf(node, answer.shared, answer.id),
      ...(answer.content.narrative.length === 0
        ? []
        : [
            {
              record: answer.id,
              version: digestOf(answer.content.narrative),
              what: "text" as const,
              title: answer.content.narrative[0]!.text.slice(0, 120),
              handling: unionOf(answer.content.narrative),
              evaluation: null,
              answer: answer.id,
            },
          ]),
    ]),
  ];
  // Given twice, it is one thing: the last time says how it stands.
  return [...new Map(all.map((one) => [one.record, one])).values()];
}

/** Records as they stand in their case now, with the terms in which they were given. */
async function current(node: RequestsNode, db: Db, id: Id, records: readonly Id[]): Promise<Replacement[]> {
  const request = await requestRow(db, id);
  const lists: { case: string | null; records: AskAnswer["records"]; was: Shared["records"] }[] =
    request.direction === "outgoing"
      ? [{ case: request.case_number, records: request.draft.records, was: request.shared.records }]
      : (await left(db, id)).map(({ content, shared }) => ({
          case: content.case,
          records: content.records,
          was: shared.records,
        }));
  const found = new Map<Id, Replacement>();
  for (const { case: of, records: chosen, was } of lists) {
    // Whoever may not see the case, or a record that may not leave any more, has no new version to give.
    const now = await gather(node, db, { case: of, records: chosen, items: [] }).catch(() => null);
    for (const one of now?.records ?? [])
      if (records.includes(one.id) && was.some((old) => old.id === one.id && old.version !== one.version))
        found.set(one.id, { ...one, grants: [] });
  }
  return [...found.values()];
}

const callsOf = (calls: readonly Call[]) =>
  json(
    calls.map((call) => ({
      ...call,
      grade: call.evaluation,
      evaluation: call.evaluation === null ? null : gradeText(call.evaluation),
    })),
  );
const gradeText = ({ source, information }: Evaluation): string => source + information;

/** In a job: the new version beside the closed one, under the terms and the link of the old. Done once. */
async function replace(tx: Writer, of: Thing, next: Replacement): Promise<void> {
  const { rows } = await sql<{
    thread_id: Id;
    request_id: Id;
    answer_id: Id | null;
    originator: NodeCode;
    handling: Handling;
    evaluation: string;
    link: string;
  }>`insert into simpul.received_records (id, thread_id, request_id, answer_id, case_id, agency_id, from_node, originator,
      record_id, kind, version, fields, handling, evaluation, link, case_wide, at)
    select gen_random_uuid(), o.thread_id, o.request_id, o.answer_id, o.case_id, o.agency_id, o.from_node, o.originator,
      o.record_id, o.kind, ${unhex(next.version)}, ${json(next["fields"])}, o.handling, o.evaluation, o.link, o.case_wide, ${tx.at}
    from simpul.received_records o where o.record_id = ${of.record} and o.version = ${unhex(of.version)}
      and not exists (select 1 from simpul.received_records n where n.thread_id = o.thread_id
        and n.record_id = o.record_id and n.version = ${unhex(next.version)})
    returning thread_id, request_id, answer_id, originator, handling, evaluation, link`.execute(tx.rows);
  for (const row of rows) {
    const [source, information] = [row.evaluation[0], row.evaluation[1]];
    const { id, kind, version, fields } = next as Replacement & { fields: unknown };
    const record = json([
      {
        ...{ id, kind, version, fields, originator: row.originator, handling: row.handling },
        ...{ evaluation: { source, information }, link: row.link, grants: [] },
      },
    ]);
    const table = row.answer_id === null ? sql`simpul.requests` : sql`simpul.request_answers`;
    await sql`update ${table} set shared = jsonb_set(shared, '{records}', (shared -> 'records') || ${record})
      where id = ${row.answer_id ?? row.request_id}`.execute(tx.rows);
  }
}

async function destroy(tx: Writer, things: readonly Thing[]): Promise<void> {
  if (things.length === 0) return;
  for (const { record, version, what } of things)
    if (what === "item")
      await sql`update simpul.received_items set file_name = '-', proof = '{}', link = ''
        where item_id = ${record} and digest = ${unhex(version)}`.execute(tx.rows);
    else
      await sql`update simpul.received_records set fields = '{}', link = ''
        where record_id = ${record} and version = ${unhex(version)}`.execute(tx.rows);
  await sql`select simpul.forget_sent(${things.map((one) => one.record)}::uuid[])`.execute(tx.rows);
}

/** What was made of copies here: requests and answers with which they went on, drafts that name them. */
async function flags(db: Pick<Db, "rows">, things: readonly Thing[]): Promise<Omit<Flag, "recall" | "at">[]> {
  const ids = things.map((one) => one.record);
  const { rows } = await sql<{
    what: "request" | "answer";
    about: Id;
    record: Id;
    case: Id | null;
    request: Id;
    label: string;
  }>`select distinct case when s.answer_id is null then 'request' else 'answer' end as what,
      coalesce(s.answer_id, s.request_id) as about, s.record_id as record, r.case_id as case, s.request_id as request,
      t.reference as label
    from simpul.shares s join simpul.requests r on r.id = s.request_id join simpul.request_threads t on t.id = s.thread_id
    where s.record_id = any(${ids}::uuid[])
    union
    select 'request', r.id, d.id, r.case_id, r.id, coalesce(r.case_number, '') from simpul.requests r,
      (select unnest(${ids}::uuid[]) as id) d
    where r.direction = 'outgoing' and r.state in ('draft', 'submitted')
      and (r.draft -> 'records' @> jsonb_build_array(jsonb_build_object('id', d.id))
        or r.draft -> 'items' @> jsonb_build_array(jsonb_build_object('id', d.id)))`.execute(db.rows);
  return rows;
}

/** Made by the server for the room that calls back. */
export const copiesForRecalls = (node: RequestsNode): CopiesForRecalls => ({
  async facts(db, request) {
    const row: RequestRow = await requestRow(db, request);
    return factsOf(node, db, row);
  },
  given: (db, request) => given(node, db, request),
  async holders(db, records) {
    if (records.length === 0) return [];
    const { rows } = await sql<{
      record_id: Id;
      version: Buffer;
      what: Thing["what"];
      to_node: NodeCode;
      request_id: Id;
    }>`select * from simpul.shared_with(${[...records]}::uuid[]) order by to_node, record_id`.execute(
      db.rows,
    );
    return rows.map((row) => ({
      record: row.record_id,
      version: hexOf(row.version) as Digest,
      what: row.what,
      to: row.to_node,
      request: row.request_id,
    }));
  },
  current: (db, request, records) => current(node, db, request, records),
  tellOnPaper: (tx, recall, things, to) => tellOnPaper(node, tx, recall, things, to),
  lettersOf: (db, recall) => node.letters.lettersOf(db, recall),
  readReplacement(value) {
    const read = sharedRecord.safeParse(value);
    if (!read.success || versionOf(read.data) !== read.data.version) return null;
    return { ...read.data };
  },
  async heldRecord(db, request, record) {
    const one = (await heldRecords(node, db, { request })).find((each) => each.id === record);
    if (one !== undefined)
      return {
        record,
        version: one.version,
        what: one.kind,
        title: one.title,
        evaluation: one.evaluation,
        originator: one.originator,
      };
    const item = (await heldItems(node, db, { request })).find((each) => each.id === record);
    if (item === undefined) return null;
    return {
      record,
      version: item.digest,
      what: "item",
      title: item.fileName,
      evaluation: item.evaluation,
      originator: item.originator,
    };
  },
  calledBack: () => Promise.resolve(),
  async stopOffering(tx, to, digests) {
    await sql`select simpul.stop_offering(${[...to]}::text[], ${[...digests]}::text[])`.execute(tx.rows);
  },
  async close(tx, calls) {
    await sql`select simpul.take_back_copies(${callsOf(calls)})`.execute(tx.rows);
    const { rows } = await sql<{ request_id: Id; case_id: Id | null }>`select distinct request_id, case_id
      from simpul.copies_of(${calls.map((one) => one.record)}::uuid[])`.execute(tx.rows);
    return rows.map((row) => ({ request: row.request_id, case: row.case_id }));
  },
  async givenBy(tx, record, peer) {
    const { rows } = await sql<{ so: boolean }>`select simpul.given_by(${record}, ${peer}) as so`.execute(
      tx.rows,
    );
    return rows[0]!.so;
  },
  replace,
  destroy,
  flags,
});
