// The same request to whoever has no node: a thread without an envelope, whose letter is written when it is approved.
import { Digest, Evaluation, type Id, type NodeCode } from "@simpul/model";
import type { Writer } from "@simpul/store";
import { sql } from "kysely";
import type { AskAnswered, Correspondent, RequestsForLetters, ToWrite } from "../letters/contract.ts";
import { RequestsError, type AskAnswer, type SharedItem } from "./contract.ts";
import { refuseStops } from "./gather.ts";
import { heldItems, stopsOf } from "./held.ts";
import { along, keepRelease } from "./leave.ts";
import { caseMay, decide } from "./may.ts";
import {
  addStep,
  factsOf,
  hexOf,
  json,
  moveThread,
  requestRow,
  threadsOf,
  type Db,
  type RequestRow,
  type RequestsNode,
  type ThreadRow,
} from "./node.ts";
import { translationsInto } from "./translations.ts";
import { bodyOf, keepKeys, nextReference } from "./thread.ts";
import { endClock, startClock } from "./rules.ts";

function lettersOwn(
  node: RequestsNode,
  request: RequestRow,
  to: Correspondent,
): Pick<ToWrite, "records" | "items" | "basisConfirmed"> {
  const basis = node.codes.legalBases.find((one) => one.code === request.draft.legalBasis);
  return {
    basisConfirmed: basis?.standing === "confirmed",
    records: along(node, request.shared.records, to.state),
    items: along(node, request.shared.items, to.state),
  };
}

/** Its thread, the record of the release, and the letter, in the transaction of the approval. Nothing is sent. */
export async function openLetter(
  node: RequestsNode,
  tx: Writer,
  request: RequestRow,
  to: Correspondent,
  approval: { by: Id; reason: string },
): Promise<void> {
  const thread = {
    id: tx.newId(),
    request_id: request.id,
    peer: to.state,
    reference: await nextReference(node, tx, to.state, "letter"),
  };
  await sql`insert into simpul.request_threads (id, request_id, direction, peer, correspondent, reference, state,
      created_at, changed_at)
    values (${thread.id}, ${request.id}, 'outgoing', ${to.state}, ${to.code}, ${thread.reference}, 'queued', ${tx.at},
      ${tx.at})`.execute(tx.rows);
  const shared = lettersOwn(node, request, to);
  await keepKeys(tx, thread.id, shared);
  await addStep(tx, thread.id, { kind: "approved", side: "ours", text: approval.reason || null });
  const digest = await keepRelease(node, tx, thread, {
    what: "request",
    ours: true,
    by: approval.by,
    author: request.author_id,
    reason: approval.reason,
    shared,
    narrative: request.draft.facts,
    said: bodyOf(request, thread),
  });
  await node.letters.make(tx, {
    request: request.id,
    thread: thread.id,
    reference: thread.reference,
    correspondent: to,
    draft: request.draft,
    formal: request.formal !== null,
    ...shared,
    digest,
    translations: await translationsInto(node, tx, request, to.language, tx.at),
    agency: request.agency_id,
    desk: request.desk_id,
    by: approval.by,
    clock: wished(node, request, to, tx.at),
  });
}

/** By when an answer is wished, had it left today. */
const wished = (node: RequestsNode, request: RequestRow, to: Correspondent, at: Date) =>
  paperClock(node, {
    from: at,
    days: request.draft.urgent ? to.days.urgent : to.days.ordinary,
    state: to.state,
    urgent: request.draft.urgent,
  });

/** Paper is counted in days that both states work, and is a target (RFI-3). */
function paperClock(node: RequestsNode, of: { from: Date; days: number; state: NodeCode; urgent: boolean }) {
  const limit = { amount: of.days, unit: "working-days" as const };
  const row = {
    direct: limit,
    "other-authority": limit,
    "private-party": limit,
    "judicial-order": limit,
    "not-available": limit,
  };
  return startClock(
    { urgent: row, ordinary: row },
    { reach: "other-authority", urgent: of.urgent },
    of.from,
    {
      states: [node.code, of.state],
      days: node.workDays,
      standing: "target",
    },
  );
}

/** Of a letter that was approved: the digest of what it says, and who let it go. */
async function releaseOf(db: Db, thread: ThreadRow | undefined): Promise<Pick<ToWrite, "digest" | "by">> {
  if (thread === undefined) return { digest: null, by: null };
  const { rows } = await sql<{
    digest: Buffer;
    released_by: Id | null;
  }>`select digest, released_by from simpul.releases
    where thread_id = ${thread.id} and what = 'request'`.execute(db.rows);
  const row = rows[0];
  return row === undefined
    ? { digest: null, by: null }
    : { digest: Digest.parse(hexOf(row.digest)), by: row.released_by };
}

async function letterThread(db: Db, id: Id): Promise<ThreadRow> {
  const { rows } = await sql<ThreadRow>`select * from simpul.request_threads
    where id = ${id} and correspondent is not null`.execute(db.rows);
  if (rows[0] === undefined) throw new RequestsError("NOT_FOUND");
  return rows[0];
}

export const requestsForLetters = (node: RequestsNode): RequestsForLetters => ({
  async toWrite(db, id, code) {
    const request = await requestRow(db, id);
    const thread = (await threadsOf(db, id)).find((one) => one.correspondent === code);
    if (request.direction !== "outgoing" || !(request.draft.letters ?? []).includes(code))
      throw new RequestsError("NOT_FOUND");
    const to = node.letters.one(code);
    return {
      request: id,
      thread: thread?.id ?? id,
      reference: thread?.reference ?? "",
      correspondent: to,
      draft: request.draft,
      formal: request.formal !== null,
      ...lettersOwn(node, request, to),
      translations: await translationsInto(
        node,
        db,
        request,
        to.language,
        thread?.created_at ?? node.clock.now(),
      ),
      agency: request.agency_id,
      desk: request.desk_id,
      ...(await releaseOf(db, thread)),
      clock: wished(node, request, to, thread?.created_at ?? node.clock.now()),
    };
  },
  async mayNote(db, id) {
    const request = await requestRow(db, id);
    if (db.standing.actor.kind !== "officer") return false;
    const drafts = await caseMay(node, db, request);
    // The contact point, where letters go out and come in, notes them too; both see the request.
    const facts = await factsOf(node, db, request);
    const notes = { ...facts, author: null };
    if (drafts || decide(node, db.standing, "request.approve", notes).allowed) return true;
    // What the central authority sent it follows too (MLA-4).
    return request.formal !== null && decide(node, db.standing, "assistance.follow", notes).allowed;
  },
  async stillGoes(db, id) {
    const thread = await letterThread(db, id);
    const request = await requestRow(db, thread.request_id);
    refuseStops(await stopsOf(node, db, request.shared, [thread.peer], request.draft.purpose));
  },
  async move(tx, id, to, step) {
    const thread = await letterThread(tx, id);
    await moveThread(tx, thread, to);
    await addStep(tx, id, step);
  },
  clock: (of) => paperClock(node, of),
  end: (clock, at) => (clock === null ? null : endClock(clock, at)),
  keepAnswer: (tx, id, answer) => keepAnswer(node, tx, id, answer),
  async keepScans(tx, { request: id, thread, from }, ids, terms) {
    const request = await requestRow(tx, id);
    const items = await itemsGiven(node, tx, request, ids, from, terms);
    await keepGiven(node, tx, { thread, request, answer: null, from }, items, terms);
    return items.map(({ id: item, fileName, digest }) => ({ id: item, fileName, digest }));
  },
  async scans(db, id) {
    const request = await requestRow(db, id);
    if (request.seen_case === null) return [];
    const joined = new Set((await heldItems(node, db, { case: request.seen_case })).map((one) => one.id));
    return (await node.items.itemsOf(db, { case: request.seen_case }))
      .filter((one) => one.origin === "here" && !joined.has(one.id))
      .map(({ id: item, fileName }) => ({ id: item, fileName }));
  },
  grounds: () => node.codes.grounds.map((one) => one.code),
});

/** What the state said and sent lies at the case as its own, under its terms (HC-11); the scan stays the item it is. */
async function keepAnswer(
  node: RequestsNode,
  tx: Writer,
  id: Id,
  answer: AskAnswered & { id: Id },
): Promise<void> {
  const thread = await letterThread(tx, id);
  const request = await requestRow(tx, thread.request_id);
  const { kind, text, language, handling, evaluation } = answer;
  const narrative = text.trim() === "" ? [] : [{ text, language, handling, evaluation }];
  const items = await itemsGiven(node, tx, request, answer.items, thread.peer, { handling, evaluation });
  const content: AskAnswer = {
    ...{ case: null, kind, narrative },
    ...{ records: [], items: [], refused: [], searched: [] },
  };
  const shared = { records: [], items: items.map((one) => ({ ...one, link: "", grants: [] })) };
  await sql`insert into simpul.request_answers (id, thread_id, direction, state, author_id, content, shared, created_at,
      changed_at, released_at)
    values (${answer.id}, ${id}, 'incoming', 'delivered', null, ${json(content)}, ${json(shared)}, ${tx.at}, ${tx.at},
      ${tx.at})`.execute(tx.rows);
  await keepRelease(node, tx, thread, {
    what: "answer",
    ours: false,
    by: null,
    author: null,
    reason: null,
    shared,
    narrative,
    said: { answer: answer.id, kind, narrative },
  });
  const at = { thread: id, request, answer: answer.id, from: thread.peer };
  await keepGiven(node, tx, at, items, { handling, evaluation });
}

interface GivenAt {
  thread: Id;
  request: Pick<RequestRow, "id" | "case_id" | "agency_id" | "desk_id">;
  answer: Id | null;
  from: NodeCode;
}
type Terms = Pick<SharedItem, "handling" | "evaluation">;
type GivenItem = Omit<SharedItem, "link" | "grants">;

/** Scans of the case as what that state gave. Throws `NOT_OF_THIS_CASE`. */
async function itemsGiven(
  node: RequestsNode,
  tx: Writer,
  request: RequestRow,
  ids: readonly Id[],
  originator: NodeCode,
  terms: Terms,
): Promise<GivenItem[]> {
  if (ids.length === 0) return [];
  const found = await node.items.itemsOf(tx, { case: request.case_id! });
  return ids.map((one) => {
    const item = found.find((each) => each.id === one);
    if (item === undefined || item.origin !== "here")
      throw new RequestsError("NOT_OF_THIS_CASE", { record: one });
    const { fileName, mediaType, size, digest } = item;
    return { id: one, fileName, mediaType, size, digest, ...terms, originator };
  });
}

/** From here on its originator's terms bind, as for anything that came over the wire (HC-11). */
async function keepGiven(
  node: RequestsNode,
  tx: Writer,
  { thread, request, answer, from }: GivenAt,
  items: readonly GivenItem[],
  { handling, evaluation }: Terms,
): Promise<void> {
  for (const one of items) {
    await node.items.givenOnPaper(tx, one.id, { by: from, handling, evaluation });
    await sql`insert into simpul.received_items (item_id, thread_id, request_id, answer_id, case_id, agency_id, desk_id,
        from_node, originator, file_name, media_type, size, digest, handling, evaluation, link, proof, case_wide, state,
        at)
      values (${one.id}, ${thread}, ${request.id}, ${answer}, ${request.case_id}, ${request.agency_id},
        ${request.desk_id}, ${from}, ${from}, ${one.fileName}, ${one.mediaType}, ${one.size},
        ${Buffer.from(Digest.parse(one.digest), "hex")}, ${json(handling)}, ${Evaluation.print(evaluation)}, '',
        '{"paper": true}'::jsonb, true, 'sealed', ${tx.at})`.execute(tx.rows);
  }
}
