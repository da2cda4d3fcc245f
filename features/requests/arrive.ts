// What arrives from other states: every envelope parsed whole, checked against what it may speak about, kept with its terms.
import { EnvelopeRefused, readBody, type AttachmentRef, type Envelope } from "@simpul/exchange";
import { Evaluation, type Id } from "@simpul/model";
import type { Writer } from "@simpul/store";
import { sql } from "kysely";
import type { AskDraft, Clock, Grant } from "./contract.ts";
import { holds, keepGrants, versionOf } from "./grants.ts";
import { keepRelease, send } from "./leave.ts";
import { afterClosings, wordsClosed } from "./taken-back.ts";
import { addStep, json, moveThread, type RequestsNode, type Shared, type ThreadRow } from "./node.ts";
import { endClock, goesOn, isOpen, openBy, reachOf, resumeClock, startClock } from "./rules.ts";
import { wire, type Wire, type WireItem, type WireType } from "./shapes.ts";
import { keepKeys } from "./thread.ts";
import { keepTravelled } from "./translations-travel.ts";

/** Throws the refusal `BAD_BODY` for anything but exactly this. */
export const read = <T extends WireType>(type: T, body: unknown): Wire<T> =>
  readBody(wire[type], body) as Wire<T>;

/** The thread an envelope names; one of another state is as unknown as one that never was. */
export async function known(
  tx: Writer,
  envelope: Envelope,
  id: Id,
  direction: ThreadRow["direction"],
): Promise<ThreadRow & { case_id: Id | null; agency_id: Id | null; desk_id: Id | null }> {
  const { rows } = await sql<ThreadRow & { case_id: Id | null; agency_id: Id | null; desk_id: Id | null }>`
    select t.*, r.case_id, r.agency_id, r.desk_id
    from simpul.request_threads t join simpul.requests r on r.id = t.request_id
    where t.id = ${id} and t.peer = ${envelope.from} and t.direction = ${direction} for update of t`.execute(
    tx.rows,
  );
  if (rows[0] === undefined) throw new EnvelopeRefused("UNKNOWN_RECORD", "thread");
  return rows[0];
}

export interface From {
  node: RequestsNode;
  tx: Writer;
  envelope: Envelope;
}

/** Copies must be what their version says, and permissions what their originator signed; others' come with one for us. */
async function requireHonest(
  { node, envelope }: From,
  body: { records: Shared["records"]; items: WireItem[] },
) {
  const wrong = (why: string) => new EnvelopeRefused("BAD_BODY", why);
  const ids = [...body.records, ...body.items].map((one) => one.id);
  if (new Set(ids).size !== ids.length) throw wrong("a record twice");
  for (const record of body.records)
    if (versionOf(record) !== record.version) throw wrong("a version that is not its own");
  for (const item of body.items)
    if (!envelope.attachments.some((one) => one.digest === item.digest && one.size === item.size))
      throw wrong("an item without its file");
  const versions = [
    ...body.records.map((one) => [one, one.version] as const),
    ...body.items.map((one) => [one, one.digest] as const),
  ];
  for (const [one, version] of versions) {
    if (one.originator === node.code) throw wrong("ours, from another state");
    for (const grant of one.grants) {
      const same =
        grant.record === one.id && grant.version === version && grant.originator === one.originator;
      // A paper speaks only for the state that took it in, and that hands it over itself.
      const handed = grant.paper === undefined || grant.holder === envelope.from;
      if (!same || !handed || !(await holds(node, grant)))
        throw wrong("a permission that its originator did not sign");
    }
    if (one.originator === envelope.from || !one.handling.codes.includes("H2")) continue;
    // HC-11: what a state passes on of a third under H2 comes with that state's permission to us, or under HC-9 with
    // the passing state's own signature that a life is at risk; or not at all.
    const permitted = one.grants.some(
      (grant) =>
        (grant.action === "onward" || grant.action === "override") &&
        grant.holder === envelope.from &&
        grant.recipients.includes(node.code),
    );
    if (!permitted) throw new EnvelopeRefused("NOT_ALLOWED", "without its originator's permission");
  }
}

/** Copies and items with their terms, where they belong: the case that asked, or the request itself. */
async function keepShared(
  { node, tx, envelope }: From,
  thread: { id: Id; request_id: Id; case_id: Id | null; agency_id: Id | null; desk_id: Id | null },
  body: { records: Shared["records"]; items: WireItem[] },
  answer: Id | null,
): Promise<void> {
  const wide = (one: { handling: { codes: string[] }; grants: Grant[] }): boolean =>
    thread.case_id === null ||
    !one.handling.codes.includes("H2") ||
    one.grants.some((grant) => grant.action === "case" && grant.holder === node.code);
  for (const one of body.records)
    await sql`insert into simpul.received_records (id, thread_id, request_id, answer_id, case_id, agency_id, from_node,
        originator, record_id, kind, version, fields, handling, evaluation, link, case_wide, at)
      values (${tx.newId()}, ${thread.id}, ${thread.request_id}, ${answer}, ${thread.case_id}, ${thread.agency_id},
        ${envelope.from}, ${one.originator}, ${one.id}, ${one.kind}, ${Buffer.from(one.version, "hex")},
        ${json(one.fields)}, ${json(one.handling)}, ${Evaluation.print(one.evaluation)}, ${one.link}, ${wide(one)},
        ${tx.at})`.execute(tx.rows);
  for (const one of body.items) {
    const ref: AttachmentRef = envelope.attachments.find((file) => file.digest === one.digest)!;
    await sql`insert into simpul.received_items (item_id, thread_id, request_id, answer_id, case_id, agency_id, desk_id,
        from_node, originator, file_name, media_type, size, digest, handling, evaluation, link, proof, fetching,
        case_wide, state, at)
      values (${one.id}, ${thread.id}, ${thread.request_id}, ${answer}, ${thread.case_id}, ${thread.agency_id},
        ${thread.desk_id}, ${envelope.from}, ${one.originator}, ${one.fileName}, ${one.mediaType}, ${one.size},
        ${Buffer.from(one.digest, "hex")}, ${json(one.handling)}, ${Evaluation.print(one.evaluation)}, ${one.link},
        ${json(one.proof)}, ${json({ envelope: envelope.id, ref })}, ${wide(one)}, 'fetching', ${tx.at})
      on conflict do nothing`.execute(tx.rows);
    await tx.enqueue({
      kind: "requests.fetch",
      payload: { thread: thread.id, item: one.id },
      key: `${thread.id} ${one.id}`,
    });
  }
  const grants = [...body.records, ...body.items].flatMap((one) => one.grants);
  await keepGrants(tx, grants, { request: thread.request_id, given: false });
}

/** Whose working days count. */
const between = (node: RequestsNode, envelope: Envelope) => ({
  states: [envelope.from, node.code],
  days: node.workDays,
});

const bare = (items: readonly WireItem[]): Shared["items"] => items.map(({ proof: _proof, ...item }) => item);

/** A new request: its clock starts now, and the asking state is told which (RFI-3). */
export async function takeRequest(from: From): Promise<void> {
  const { node, tx, envelope } = from;
  const body = read("request.sent", envelope.body);
  const { agency: _agency, thread, reference, records, items, formal = null, ...said } = body;
  const { translations, ...asked } = said;
  await requireHonest(from, body);
  const taken = await sql<{ id: Id }>`select id from simpul.request_threads where id = ${thread}
    or (direction = 'incoming' and peer = ${envelope.from} and reference = ${reference})`.execute(tx.rows);
  if (taken.rows.length > 0) throw new EnvelopeRefused("BAD_BODY", "a thread that is there already");
  if (asked.urgent && asked.urgencyReason === null)
    throw new EnvelopeRefused("BAD_BODY", "urgent without its reason");
  const draft: AskDraft = {
    ...asked,
    case: "",
    hit: null,
    to: [node.code],
    records: [],
    items: [],
  };
  const shared: Shared = { records, items: bare(items) };
  // What its originator called back meanwhile comes closed, whoever brings it (COR-3).
  const kept = await afterClosings(node, tx, { records, items }, { request: thread, case: null });
  const reach = reachOf(
    asked.questions.map((one) => one.category),
    node.codes.categories,
  );
  const counting = between(node, envelope);
  const clock = startClock(node.codes.clocks, { reach, urgent: asked.urgent }, tx.at, {
    ...counting,
    standing: node.codes.clocksStanding,
  });
  // The request and its one thread carry the same id: the number that both states know it by.
  await sql`insert into simpul.requests (id, direction, state, peer, subject, draft, shared, formal, created_at,
      changed_at)
    values (${thread}, 'incoming', 'sent', ${envelope.from}, ${asked.subject}, ${json(draft)},
      ${json({ records: kept.records, items: bare(kept.items) })}, ${formal}, ${tx.at}, ${tx.at})`.execute(
    tx.rows,
  );
  await sql`insert into simpul.request_threads (id, request_id, direction, peer, reference, state, clock, due_at,
      letter, open_by, created_at, changed_at)
    values (${thread}, ${thread}, 'incoming', ${envelope.from}, ${reference}, 'delivered', ${json(clock)}, ${clock.due}::timestamptz,
      ${envelope.id}, ${openBy(node.codes, asked.urgent, tx.at, counting)}, ${tx.at}, ${tx.at})`.execute(
    tx.rows,
  );
  const row = {
    id: thread,
    request_id: thread,
    peer: envelope.from,
    case_id: null,
    agency_id: null,
    desk_id: null,
  };
  await keepKeys(tx, thread, kept);
  await keepShared(from, row, kept, null);
  await addStep(tx, thread, { kind: "delivered", side: "ours" });
  await keepRelease(node, tx, row, {
    what: "request",
    ours: false,
    by: null,
    author: null,
    reason: null,
    shared,
    narrative: asked.facts,
    said: { agency: body.agency, thread, reference, ...(formal === null ? {} : { formal }), ...said },
  });
  await keepTravelled(tx, { request: thread, about: thread, from: envelope.from }, { draft }, translations);
  await send(tx, envelope.from, "request.status", {
    agency: await contactPoint(tx, body.agency),
    thread,
    state: "delivered",
    clock,
    text: null,
  });
  if (records.some((one) => one.kind === "selector"))
    await tx.enqueue({ kind: "requests.look-out", payload: { request: thread }, key: thread });
  tx.note("request.arrived", { id: thread, peer: envelope.from, urgent: asked.urgent, reach });
}

/** Who signs for this node where nobody acts: the first agency, which is the contact point's. */
export async function contactPoint(tx: Writer, otherwise: Id): Promise<Id> {
  const { rows } = await sql<{ id: Id | null }>`select simpul.contact_agency() as id`.execute(tx.rows);
  return rows[0]?.id ?? otherwise;
}

/** How it stands over there, with the clock that both sides see. */
export async function takeStatus({ tx, envelope }: From): Promise<Id> {
  const body = read("request.status", envelope.body);
  const thread = await known(tx, envelope, body.thread, "outgoing");
  const kind = (
    {
      delivered: "delivered",
      opened: "opened",
      "in-work": "assigned",
      clarification: "asked-back",
      judicial: "suspended",
    } as const
  )[body.state];
  if (isOpen(thread.state) || thread.state === "undelivered") {
    const resumed = body.state === "in-work" && ["clarification", "judicial"].includes(thread.state);
    const asks = body.state === "clarification" || body.state === "judicial";
    const state = asks || resumed || goesOn(thread.state, body.state) ? body.state : thread.state;
    await moveThread(tx, thread, { state, clock: body.clock });
    await addStep(tx, thread.id, {
      kind: resumed ? "resumed" : kind,
      side: "theirs",
      text: body.text,
      code: body.clock.until,
    });
  }
  note(tx, "request.status-arrived", thread, { state: body.state });
  return thread.request_id;
}

function note(
  tx: Writer,
  kind: string,
  thread: ThreadRow & { case_id: Id | null },
  more: Record<string, string | number | boolean | null> = {},
): void {
  tx.note(kind, {
    id: thread.request_id,
    peer: thread.peer,
    ...(thread.case_id && { case: thread.case_id }),
    ...more,
  });
}

/** Their reply to what we asked back: our clock runs on. */
export async function takeClarification({ node, tx, envelope }: From): Promise<Id> {
  const body = read("request.clarified", envelope.body);
  const thread = await known(tx, envelope, body.thread, "incoming");
  if (thread.state === "clarification" && thread.clock !== null) {
    const clock: Clock = resumeClock(thread.clock, tx.at, node.workDays);
    await moveThread(tx, thread, { state: "in-work", clock });
    await send(tx, thread.peer, "request.status", {
      agency: await contactPoint(tx, body.agency),
      thread: thread.id,
      state: "in-work",
      clock,
      text: null,
    });
  }
  await addStep(tx, thread.id, { kind: "clarified", side: "theirs", text: body.text });
  note(tx, "request.clarification-arrived", thread);
  return thread.request_id;
}

export async function takeWithdrawal({ tx, envelope }: From): Promise<Id> {
  const body = read("request.withdrawn", envelope.body);
  const thread = await known(tx, envelope, body.thread, "incoming");
  if (isOpen(thread.state)) await moveThread(tx, thread, { state: "withdrawn", clock: null });
  await addStep(tx, thread.id, { kind: "withdrawn", side: "theirs", text: body.reason });
  note(tx, "request.withdrawal-arrived", thread);
  return thread.request_id;
}

/** Of what this state told unasked the other one says what it was good for; of a request whoever asked. */
async function toldUnasked(tx: Writer, thread: Id): Promise<boolean> {
  const { rows } =
    await sql`select 1 from simpul.request_threads t join simpul.requests r on r.id = t.request_id
    where t.id = ${thread} and t.direction = 'outgoing' and r.draft ->> 'unasked' is not null`.execute(
      tx.rows,
    );
  return rows.length > 0;
}

export async function takeClosing({ tx, envelope }: From): Promise<Id> {
  const body = read("request.closed", envelope.body);
  const told = await toldUnasked(tx, body.thread);
  const thread = await known(tx, envelope, body.thread, told ? "outgoing" : "incoming");
  const clock = told && thread.clock !== null ? { clock: endClock(thread.clock, tx.at) } : {};
  await moveThread(tx, thread, { state: "closed", code: body.usefulness, ...clock });
  await addStep(tx, thread.id, { kind: "closed", side: "theirs", text: body.text, code: body.usefulness });
  note(tx, "request.closing-arrived", thread, { usefulness: body.usefulness });
  return thread.request_id;
}

export async function takeRefusal({ tx, envelope }: From): Promise<Id> {
  const body = read("request.refused", envelope.body);
  const thread = await known(tx, envelope, body.thread, "outgoing");
  if (isOpen(thread.state))
    await moveThread(tx, thread, { state: "refused", clock: body.clock, code: body.ground });
  await addStep(tx, thread.id, { kind: "refused", side: "theirs", text: body.text, code: body.ground });
  note(tx, "request.refusal-arrived", thread, { ground: body.ground });
  return thread.request_id;
}

/** It lies with another authority now, which this node is told by name. */
export async function takeTransfer({ tx, envelope }: From): Promise<Id> {
  const body = read("request.transferred", envelope.body);
  const thread = await known(tx, envelope, body.thread, "outgoing");
  if (isOpen(thread.state)) await moveThread(tx, thread, { state: "transferred", clock: body.clock });
  const text = [body.authority, body.text].filter((one) => one !== "").join("\n");
  await addStep(tx, thread.id, { kind: "transferred", side: "theirs", text });
  note(tx, "request.transfer-arrived", thread);
  return thread.request_id;
}

/** An answer: kept as it came, its records as foreign copies at the case that asked, its items on their way in. */
export async function takeAnswer(from: From): Promise<{ request: Id; case: Id | null }> {
  const { node, tx, envelope } = from;
  const body = read("answer.released", envelope.body);
  const thread = await known(tx, envelope, body.thread, "outgoing");
  if (!["delivered", "opened", "in-work", "clarification", "judicial", "queued"].includes(thread.state))
    throw new EnvelopeRefused("NOT_ALLOWED", `a thread that is ${thread.state}`);
  await requireHonest(from, body);
  if (thread.case_id === null && body.records.length + body.items.length > 0)
    throw new EnvelopeRefused("BAD_BODY", "of a case, to a letter between desks");
  const { agency: _agency, thread: _thread, records, items, clock, answer, translations, ...said } = body;
  const shared: Shared = { records, items: bare(items) };
  const place = { request: thread.request_id, case: thread.case_id };
  const kept = await afterClosings(node, tx, { records, items }, place);
  const words = (await wordsClosed(node, tx, answer, place)) ? { ...said, narrative: [] } : said;
  await sql`insert into simpul.request_answers (id, thread_id, direction, state, content, shared, letter, open_by,
      created_at, changed_at, released_at)
    values (${answer}, ${thread.id}, 'incoming', 'delivered', ${json(words)},
      ${json({ records: kept.records, items: bare(kept.items) })}, ${envelope.id},
      ${openBy(node.codes, clock.urgent, tx.at, between(node, envelope))}, ${tx.at}, ${tx.at}, ${envelope.at}::timestamptz)`.execute(
    tx.rows,
  );
  await keepShared(from, thread, kept, answer);
  const final = body.kind !== "interim";
  await moveThread(
    tx,
    thread,
    final
      ? { state: "answered", outcome: body.kind, clock }
      : { clock, ...(thread.state === "judicial" ? {} : { state: "in-work" as const }) },
  );
  await addStep(tx, thread.id, { kind: final ? "answered" : "interim", side: "theirs", code: body.kind });
  const { kind, narrative, refused, searched } = body;
  const digest = await keepRelease(node, tx, thread, {
    what: "answer",
    ours: false,
    by: null,
    author: null,
    reason: null,
    shared,
    narrative,
    said: {
      ...{ answer, kind, narrative, refused, searched },
      ...(translations === undefined ? {} : { translations }),
    },
  });
  // Words that were called back before they came have no translation either.
  const about = { request: thread.request_id, about: answer, from: envelope.from };
  if (words.narrative.length > 0) await keepTravelled(tx, about, words, translations);
  tx.note("answer.arrived", {
    id: thread.request_id,
    peer: thread.peer,
    answer,
    outcome: kind,
    records: records.length,
    items: items.length,
    digest,
    ...(thread.case_id && { case: thread.case_id }),
  });
  return { request: thread.request_id, case: thread.case_id };
}
