// An answer: written at the desk, put before whoever releases, released by a second person with its terms and grants.
import type { Digest, Id } from "@simpul/model";
import { demand } from "@simpul/policy";
import type { ReleaseFacts, Terms } from "@simpul/policy";
import type { Standing, Writer } from "@simpul/store";
import { sql } from "kysely";
import { besideOf, keepBeside, merge, requireSettled } from "./beside.ts";
import { requireListed } from "./codes.ts";
import { requireH0Confirmed } from "./draft.ts";
import {
  RequestsError,
  type AskAnswer,
  type Grant,
  type GrantTicks,
  type Saved,
  type Saving,
} from "./contract.ts";
import { incoming } from "./desk.ts";
import { gather, refuseStops } from "./gather.ts";
import { keepGrants, signGrant } from "./grants.ts";
import { stopsOf } from "./held.ts";
import { along, depart, keepRelease } from "./leave.ts";
import {
  addStep,
  codesOf,
  factsOf,
  isAdministrative,
  json,
  moveThread,
  officerOf,
  refuseUnanswered,
  requireAct,
  type AnswerRow,
  type Db,
  type RequestRow,
  type RequestsNode,
  type Shared,
  type ThreadRow,
} from "./node.ts";
import { endClock, stopsOnward } from "./rules.ts";
import { alongWith } from "./translations-travel.ts";

/** The answer that is being written; null when there is none. */
export async function written(db: Db, thread: Id, how: { lock?: true } = {}): Promise<AnswerRow | null> {
  const { rows } = await sql<AnswerRow>`select * from simpul.request_answers where thread_id = ${thread}
    and direction = 'outgoing' and state in ('draft', 'submitted')
    ${how.lock === true ? sql`for update` : sql``}`.execute(db.rows);
  return rows[0] ?? null;
}

function check(node: RequestsNode, ask: AskAnswer, questions: number): void {
  const { codes } = node;
  for (const part of ask.refused) {
    requireListed(
      "ground",
      codes.grounds.filter((one) => one.partial).map((one) => one.code),
      part.ground,
    );
    if (part.question >= questions) throw new RequestsError("NOT_OF_THIS_CASE", { question: part.question });
  }
  for (const one of ask.searched) requireListed("searched", codes.sources, one.source);
}

/** Saves the answer as it is being written; the first save begins it. */
export async function saveAnswer(
  node: RequestsNode,
  standing: Standing,
  id: Id,
  given: AskAnswer & Partial<Saving>,
): Promise<{ id: Id } & Saved<AskAnswer>> {
  const officer = officerOf(standing);
  const { version: read, changed, ...ask } = given;
  const saved = await node.store.write(standing, async (tx): Promise<{ id: Id } & Saved<AskAnswer>> => {
    const { request, thread } = await incoming(node, tx, id, ["delivered", "opened", "in-work", "judicial"]);
    refuseUnanswered(request);
    await requireAct(node, tx, "request.answer", request);
    check(node, ask, request.draft.questions.length);
    // MSG-2: a letter between desks is answered in words.
    if (isAdministrative(request) && (ask.case !== null || ask.records.length + ask.items.length > 0))
      throw new RequestsError("NOT_OF_THIS_CASE");
    const draft = await written(tx, thread.id, { lock: true });
    if (draft !== null && draft.state !== "draft") throw new RequestsError("NOT_NOW", { state: draft.state });
    const stale = draft !== null && read !== undefined && read !== draft.version;
    if (stale && changed === undefined) throw new RequestsError("NEWER_DRAFT", { version: draft.version });
    const merged =
      draft === null
        ? null
        : merge<AskAnswer>(
            { draft: draft.content, version: draft.version, versions: draft.field_versions },
            ask,
            { read: read ?? draft.version, ...(stale ? { changed: changed! } : {}) },
          );
    const content = merged?.draft ?? ask;
    requireH0Confirmed(content);
    const shared = await gather(node, tx, content);
    const gone = [...content.records, ...content.items].find(
      (one) => ![...shared.records, ...shared.items].some((kept) => kept.id === one.id),
    );
    if (gone !== undefined) throw new RequestsError("NOT_OF_THIS_CASE", { record: gone.id });
    if (draft === null || merged === null) {
      const answer = tx.newId();
      await sql`insert into simpul.request_answers (id, thread_id, direction, state, author_id, content, shared,
          created_at, changed_at)
        values (${answer}, ${thread.id}, 'outgoing', 'draft', ${officer.id}, ${json(content)}, ${json(shared)},
          ${tx.at}, ${tx.at})`.execute(tx.rows);
      tx.note("answer.begun", { id, answer });
      return { id: answer, version: 1 };
    }
    await sql`update simpul.request_answers set content = ${json(content)}, shared = ${json(shared)},
        field_versions = ${json(merged.versions)}, author_id = ${officer.id}, version = version + 1, changed_at = ${tx.at} where id = ${draft.id}`.execute(
      tx.rows,
    );
    await keepBeside(tx, id, draft.id, merged.beside);
    tx.note("answer.saved", { id, answer: draft.id, beside: merged.beside.map((one) => one.field) });
    const now = { id: draft.id, version: draft.version + 1 };
    return stale ? { ...now, draft: content, beside: await besideOf(tx, draft.id) } : now;
  });
  node.wake(`request:${id}`);
  return saved;
}

async function writing(
  node: RequestsNode,
  tx: Writer,
  id: Id,
  state: AnswerRow["state"],
): Promise<{
  request: RequestRow;
  thread: Awaited<ReturnType<typeof incoming>>["thread"];
  answer: AnswerRow;
}> {
  const { request, thread } = await incoming(node, tx, id, ["delivered", "opened", "in-work", "judicial"]);
  const answer = await written(tx, thread.id, { lock: true });
  if (answer?.state !== state) throw new RequestsError("NOT_NOW", { state: answer?.state ?? "none" });
  return { request, thread, answer };
}

export async function dropAnswer(node: RequestsNode, standing: Standing, id: Id): Promise<void> {
  await node.store.write(standing, async (tx) => {
    const { request, answer } = await writing(node, tx, id, "draft");
    await requireAct(node, tx, "request.answer", request);
    await sql`update simpul.request_answers set state = 'dropped', changed_at = ${tx.at} where id = ${answer.id}`.execute(
      tx.rows,
    );
    tx.note("answer.dropped", { id, answer: answer.id });
  });
  node.wake(`request:${id}`);
}

/** Puts it before whoever may release it. Copies are made anew; "none held" says where was searched (RFI-6). */
export async function submitAnswer(node: RequestsNode, standing: Standing, id: Id): Promise<void> {
  await node.store.write(standing, async (tx) => {
    const { request, thread, answer } = await writing(node, tx, id, "draft");
    await requireAct(node, tx, "request.answer", request);
    const { content } = answer;
    requireH0Confirmed(content);
    await requireSettled(tx, answer.id);
    if (content.kind === "none-held" && content.searched.length === 0)
      throw new RequestsError("SOURCES_NEEDED");
    const says = content.narrative.some((one) => one.text.trim() !== "");
    if (content.kind !== "none-held" && !says && content.records.length + content.items.length === 0)
      throw new RequestsError("EMPTY_ANSWER");
    const shared = await gather(node, tx, content);
    if (shared.records.length + shared.items.length !== content.records.length + content.items.length)
      throw new RequestsError("NO_LONGER_HELD");
    refuseStops(await stopsOf(node, tx, shared, [thread.peer], request.draft.purpose));
    await sql`update simpul.request_answers set state = 'submitted', shared = ${json(shared)}, returned = null,
        author_id = ${officerOf(standing).id}, changed_at = ${tx.at} where id = ${answer.id}`.execute(
      tx.rows,
    );
    tx.note("answer.submitted", { id, answer: answer.id });
  });
  node.wake(`request:${id}`);
}

export async function returnAnswer(
  node: RequestsNode,
  standing: Standing,
  id: Id,
  reason: string,
): Promise<void> {
  if (reason.trim() === "") throw new RequestsError("REASON_NEEDED");
  await node.store.write(standing, async (tx) => {
    const { request, answer } = await writing(node, tx, id, "submitted");
    await requireAct(node, tx, "request.answer", request);
    const returned = { reason: reason.trim(), by: officerOf(standing).id, at: tx.at.toISOString() };
    await sql`update simpul.request_answers set state = 'draft', returned = ${json(returned)}, version = version + 1,
        changed_at = ${tx.at} where id = ${answer.id}`.execute(tx.rows);
    tx.note("answer.returned", { id, answer: answer.id });
  });
  node.wake(`request:${id}`);
}

/** What the policy asks about what is about to leave: the union of others' codes, and whether all of them permit it. */
export function termsOf(
  node: RequestsNode,
  shared: Shared,
  thread: Pick<ThreadRow, "peer">,
  purpose: string,
): Terms {
  const foreign = [
    ...shared.records,
    ...shared.items.map((item) => ({ ...item, version: item.digest })),
  ].filter((one) => one.originator !== node.code);
  const here = { code: node.code, now: node.clock.now() };
  const free = foreign.every((one) => stopsOnward(one, [thread.peer], purpose, here) === null);
  return {
    codes: [...new Set(foreign.flatMap((one) => one.handling.codes))],
    foreign: foreign.length > 0,
    permitted: free ? ["onward"] : [],
  };
}

/** One signed permission for each tick (HC-3). What others gave carries what others granted, and nothing of ours. */
async function grantTicks(
  node: RequestsNode,
  tx: Writer,
  thread: ThreadRow,
  about: { record: Id; version: Digest },
  ticks: GrantTicks | undefined,
): Promise<Grant[]> {
  if (ticks === undefined) return [];
  const base = {
    originator: node.code,
    holder: thread.peer,
    ...about,
    recipients: [],
    court: null,
    thread: thread.id,
    conditions: "",
    notAfter: null,
    at: tx.at.toISOString(),
  };
  const grants: Omit<Grant, "signed">[] = [];
  if (ticks.case) grants.push({ ...base, id: tx.newId(), action: "case" });
  if (ticks.court) grants.push({ ...base, id: tx.newId(), action: "court" });
  if (ticks.recipients.length > 0)
    grants.push({ ...base, id: tx.newId(), action: "onward", recipients: ticks.recipients });
  return Promise.all(grants.map((grant) => signGrant(node, grant)));
}

/**
 * Lets the answer go: a supervisor of its desk or the contact point, never its author, with a fresh second factor.
 * Grants are signed, the release is recorded, the clock ends, and the envelope stands in the outbox, all at once.
 */
export async function release(node: RequestsNode, standing: Standing, id: Id, reason: string): Promise<void> {
  const officer = officerOf(standing);
  await node.store.write(standing, async (tx) => {
    const { request, thread, answer } = await writing(node, tx, id, "submitted");
    const { content } = answer;
    const shared = {
      records: along(node, answer.shared.records, thread.peer),
      items: along(node, answer.shared.items, thread.peer),
    };
    const { purpose } = request.draft;
    refuseStops(await stopsOf(node, tx, shared, [thread.peer], purpose));
    const facts: ReleaseFacts = {
      kind: "release",
      id: answer.id,
      request: await factsOf(node, tx, request),
      author: answer.author_id!,
      terms: termsOf(node, shared, thread, purpose),
      codes: codesOf([...content.narrative, ...content.records, ...content.items]),
    };
    tx.allowed(
      demand(node.policy, {
        officer,
        act: "release",
        record: facts,
        purpose: standing.purpose,
        now: node.clock.now(),
        proof: await node.proofs.take(tx, { act: "release", record: answer.id }),
      }),
    );
    const ticksOf = (list: AskAnswer["records"], record: Id) => list.find((one) => one.id === record)?.grants;
    const own = async (
      list: AskAnswer["records"],
      one: { id: Id; version: Digest; originator: string; grants: Grant[] },
    ) =>
      one.originator === node.code
        ? grantTicks(node, tx, thread, { record: one.id, version: one.version }, ticksOf(list, one.id))
        : one.grants;
    const records = await Promise.all(
      shared.records.map(async (one) => ({ ...one, grants: await own(content.records, one) })),
    );
    const items = await Promise.all(
      shared.items.map(async (one) => ({
        ...one,
        grants: await own(content.items, { ...one, version: one.digest }),
      })),
    );
    const given = [...records, ...items].filter((one) => one.originator === node.code);
    await keepGrants(
      tx,
      given.flatMap((one) => one.grants),
      { request: id, given: true },
    );
    // An interim answer ends nothing: the clock runs on to the final one.
    const final = content.kind !== "interim";
    const clock = final ? endClock(thread.clock, tx.at) : thread.clock;
    const searched = summed(content.searched);
    const { kind, narrative, refused } = content;
    const translated = await alongWith(node, tx, answer.id, { narrative });
    const said = { answer: answer.id, kind, narrative, refused, searched, ...translated };
    const left = await keepRelease(node, tx, thread, {
      what: "answer",
      ours: true,
      by: officer.id,
      author: answer.author_id,
      reason,
      shared: { records, items },
      narrative,
      said,
    });
    await sql`update simpul.request_answers set state = 'queued', shared = ${json({ records, items })},
        released_at = ${tx.at}, changed_at = ${tx.at} where id = ${answer.id}`.execute(tx.rows);
    await moveThread(
      tx,
      thread,
      final
        ? { state: "answered", outcome: kind, clock }
        : { state: thread.state === "judicial" ? "judicial" : "in-work" },
    );
    await addStep(tx, thread.id, {
      kind: final ? "answered" : "interim",
      side: "ours",
      code: kind,
      text: reason || null,
    });
    await depart(tx, {
      kind: "answer.released",
      to: thread.peer,
      envelope: tx.newId(),
      thread: thread.id,
      body: { agency: officer.agency, thread: thread.id, ...said, records, clock },
      items,
    });
    tx.note("answer.released", {
      id,
      answer: answer.id,
      peer: thread.peer,
      outcome: kind,
      grants: given.flatMap((one) => one.grants).length,
      over: clock.over,
      digest: left,
    });
  });
  node.send();
  node.wake(`request:${id}`);
}

/** RFI-9: which sources, on which days, how often; who searched stays at home. */
export function summed(searched: AskAnswer["searched"]): { source: string; on: string; count: number }[] {
  const counts = new Map<string, { source: string; on: string; count: number }>();
  for (const { source, on } of searched) {
    const key = `${source} ${on}`;
    const one = counts.get(key) ?? { source, on, count: 0 };
    one.count += 1;
    counts.set(key, one);
  }
  return [...counts.values()];
}
