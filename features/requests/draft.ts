// A request on the asking side: drafted in a case, put before the liaison desk, approved by a second person, withdrawn.
import type { Id, NodeCode } from "@simpul/model";
import type { Standing, Writer } from "@simpul/store";
import { sql } from "kysely";
import type { CaseHead } from "../cases/contract.ts";
import { besideOf, keepBeside, merge, requireSettled } from "./beside.ts";
import { requireListed } from "./codes.ts";
import { RequestsError, type AskDraft, type Follows, type Saved, type Saving } from "./contract.ts";
import { gather, refuseStops } from "./gather.ts";
import { stopsOf } from "./held.ts";
import { along, depart, keepRelease, send } from "./leave.ts";
import {
  addStep,
  factsOf,
  isAdministrative,
  json,
  moveThread,
  namedThread,
  ofCase,
  officerOf,
  refuseFormal,
  requestRow,
  requireAct,
  requireAdministers,
  requireInCase,
  threadsOf,
  type RequestRow,
  type RequestsNode,
  type Shared,
} from "./node.ts";
import { recipientsOf } from "./addressees.ts";
import { openLetter } from "./on-paper.ts";
import { isOpen, missingIn } from "./rules.ts";
import { bodyOf, keepKeys, nextReference } from "./thread.ts";
import { alongWith } from "./translations-travel.ts";
import { carryOut, dropOverrides, waitingOverrides } from "./set-aside.ts";

/** Codes must be in force, and peers known, whatever else a draft still lacks. */
async function checkDraft(node: RequestsNode, ask: AskDraft): Promise<void> {
  const { codes } = node;
  const peers = await node.peers();
  for (const to of ask.to) if (!peers.includes(to)) throw new RequestsError("NOT_A_STATE", { node: to });
  for (const code of ask.letters ?? []) node.letters.one(code);
  const list = (field: string, of: readonly string[], value: string) =>
    value === "" ? "" : requireListed(field, of, value);
  for (const one of ask.questions)
    list(
      "questions",
      codes.categories.map((entry) => entry.code),
      one.category,
    );
  list("offence", node.offences, ask.offence);
  list("purpose", codes.purposes, ask.purpose);
  list(
    "legalBasis",
    codes.legalBases.filter((entry) => entry.formal !== true).map((entry) => entry.code),
    ask.legalBasis,
  );
  list(
    "urgencyReason",
    codes.urgency.map((entry) => entry.code),
    ask.urgencyReason ?? "",
  );
}

/** HC-3: what is given without any terms takes a tick of its own. */
export function requireH0Confirmed(of: {
  handling?: AskDraft["handling"];
  narrative?: AskDraft["facts"];
  facts?: AskDraft["facts"];
  records: AskDraft["records"];
  items: AskDraft["items"];
  confirmH0?: boolean;
}): void {
  const parts = [...(of.narrative ?? of.facts ?? []), ...of.records, ...of.items].map((one) => one.handling);
  const open = [...parts, ...(of.handling === undefined ? [] : [of.handling])];
  if (open.some((one) => one.codes.includes("H0")) && of.confirmH0 !== true)
    throw new RequestsError("CONFIRM_H0");
}

const once = <T>(list: readonly T[]): T[] => [...new Set(list)];
const tidy = (ask: AskDraft): AskDraft => ({
  ...ask,
  to: once(ask.to),
  ...(ask.letters === undefined ? {} : { letters: once(ask.letters) }),
  // RFI-2: free text alone makes nothing urgent, and a reason without urgency is none.
  urgencyReason: ask.urgent ? ask.urgencyReason : null,
});

/** What a transaction can then insert; throws what is refused whatever else it lacks. */
export async function preparedDraft(node: RequestsNode, given: AskDraft): Promise<AskDraft> {
  const ask = tidy(given);
  if (isAdministrative({ draft: ask }) !== (ask.case === ""))
    throw new RequestsError("INCOMPLETE", { missing: "case" });
  await checkDraft(node, ask);
  requireH0Confirmed(ask);
  return ask;
}

/** The case in which she writes; null for an administrative letter. Throws `Denied` where she may not. */
async function headFor(node: RequestsNode, tx: Writer, ask: AskDraft): Promise<CaseHead | null> {
  if (isAdministrative({ draft: ask })) {
    requireAdministers(node, tx);
    return null;
  }
  const { head } = await node.cases.recordsOf(tx, ask.case, []);
  await requireInCase(node, tx, "request.draft", head.id);
  return head;
}

/** Gives the ids of the request and of its case. */
export async function insertDraft(
  node: RequestsNode,
  tx: Writer,
  ask: AskDraft,
): Promise<{ id: Id; case: Id | null }> {
  const officer = officerOf(tx.standing);
  const head = await headFor(node, tx, ask);
  const shared = await gather(node, tx, { ...ask, case: head?.number ?? null });
  const id = tx.newId();
  await sql`insert into simpul.requests (id, direction, state, case_id, case_number, case_title, agency_id, desk_id,
      author_id, subject, draft, shared, created_at, changed_at)
    values (${id}, 'outgoing', 'draft', ${head?.id ?? null}, ${head?.number ?? null}, ${head?.title ?? null}, ${officer.agency},
      ${officer.desk}, ${officer.id}, ${ask.subject}, ${json({ ...ask, case: head?.number ?? "" })}, ${json(shared)}, ${tx.at}, ${tx.at})`.execute(
    tx.rows,
  );
  tx.note("request.drafted", { id, ...ofCase({ case_id: head?.id ?? null }) });
  return { id, case: head?.id ?? null };
}

export async function newDraft(node: RequestsNode, standing: Standing, given: AskDraft): Promise<{ id: Id }> {
  const ask = await preparedDraft(node, given);
  const made = await node.store.write(standing, (tx) => insertDraft(node, tx, ask));
  node.wake(`request:${made.id}`);
  if (made.case !== null) node.wake(`case:${made.case}`);
  return { id: made.id };
}

/** An outgoing request in this state, locked; throws `NOT_NOW` in any other. */
export async function own(tx: Writer, id: Id, ...states: RequestRow["state"][]): Promise<RequestRow> {
  const request = await requestRow(tx, id, { lock: true });
  if (request.direction !== "outgoing" || !states.includes(request.state))
    throw new RequestsError("NOT_NOW", { state: request.state });
  refuseFormal(request);
  return request;
}

export async function mayDraft(node: RequestsNode, tx: Writer, request: RequestRow): Promise<void> {
  if (request.case_id === null) requireAdministers(node, tx);
  else await requireInCase(node, tx, "request.draft", request.case_id);
}

/**
 * Saves what the officer wrote. What a colleague saved meanwhile is kept beside it; throws `NEWER_DRAFT` where the
 * caller does not say which fields she changed.
 */
export async function saveDraft(
  node: RequestsNode,
  standing: Standing,
  id: Id,
  given: AskDraft & Saving,
): Promise<Saved<AskDraft>> {
  const { version: read, changed, ...rest } = given;
  const ask = tidy(rest);
  await checkDraft(node, ask);
  const saved = await node.store.write(standing, async (tx): Promise<Saved<AskDraft>> => {
    const request = await own(tx, id, "draft");
    const stale = request.version !== read;
    if (stale && changed === undefined) throw new RequestsError("NEWER_DRAFT", { version: request.version });
    await mayDraft(node, tx, request);
    // What has a case stays in it, and what has none gets none.
    if (isAdministrative({ draft: ask }) !== (request.case_id === null))
      throw new RequestsError("NOT_NOW", { state: "draft" });
    const { draft, versions, beside } = merge(
      { draft: request.draft, version: request.version, versions: request.field_versions },
      { ...ask, case: request.case_number ?? "" },
      { read, ...(stale ? { changed: changed! } : {}) },
    );
    requireH0Confirmed(draft);
    const shared = await gather(node, tx, { ...draft, case: request.case_number });
    await sql`update simpul.requests set subject = ${draft.subject}, draft = ${json(draft)}, shared = ${json(shared)},
        field_versions = ${json(versions)}, version = version + 1, changed_at = ${tx.at} where id = ${id}`.execute(
      tx.rows,
    );
    await keepBeside(tx, id, id, beside);
    tx.note("request.saved", { id, ...ofCase(request), beside: beside.map((one) => one.field) });
    const now = request.version + 1;
    return stale ? { version: now, draft, beside: await besideOf(tx, id) } : { version: now };
  });
  node.wake(`request:${id}`);
  return saved;
}

/** What a draft holds now, once it says all that it must; throws what it lacks. */
export async function readyDraft(node: RequestsNode, tx: Writer, request: RequestRow): Promise<Shared> {
  const shared = await gather(node, tx, { ...request.draft, case: request.case_number });
  const missing = missingIn(request.draft, { records: shared.records.length, items: shared.items.length });
  if (request.draft.urgent && request.draft.urgencyReason === null)
    throw new RequestsError("URGENCY_NEEDS_REASON");
  if (missing.length > 0) throw new RequestsError("INCOMPLETE", { missing: missing.join(",") });
  requireH0Confirmed(request.draft);
  await requireSettled(tx, request.id);
  return shared;
}

/** To the liaison desk. Copies are made anew, so that what is approved is what the case holds now. */
export async function submitDraft(node: RequestsNode, standing: Standing, id: Id): Promise<void> {
  await node.store.write(standing, async (tx) => {
    const request = await own(tx, id, "draft");
    await mayDraft(node, tx, request);
    const shared = await readyDraft(node, tx, request);
    refuseStops(await stopsOf(node, tx, shared, recipientsOf(request.draft), request.draft.purpose));
    await sql`update simpul.requests set state = 'submitted', shared = ${json(shared)}, returned = null,
        changed_at = ${tx.at} where id = ${id}`.execute(tx.rows);
    tx.note("request.submitted", { id, ...ofCase(request), to: recipientsOf(request.draft) });
  });
  node.wake(`request:${id}`);
}

/** Back to its author, with the reason; whoever may approve may send back, and the author may take it back. */
export async function returnDraft(
  node: RequestsNode,
  standing: Standing,
  id: Id,
  reason: string,
): Promise<void> {
  if (reason.trim() === "") throw new RequestsError("REASON_NEEDED");
  await node.store.write(standing, async (tx) => {
    const request = await own(tx, id, "submitted");
    const officer = officerOf(standing);
    if (request.author_id === officer.id) await mayDraft(node, tx, request);
    // Seen as the contact point or its desk: sending back needs no second factor, nothing leaves.
    else await requireAct(node, tx, "request.view", request);
    await dropOverrides(tx, request);
    const returned = { reason: reason.trim(), by: officer.id, at: tx.at.toISOString() };
    await sql`update simpul.requests set state = 'draft', returned = ${json(returned)}, version = version + 1,
        changed_at = ${tx.at} where id = ${id}`.execute(tx.rows);
    tx.note("request.returned", { id, ...ofCase(request) });
  });
  node.wake(`request:${id}`);
}

/**
 * The liaison desk lets it go: a second person, with a fresh second factor. One thread for each state, its envelope in
 * this transaction (RFI-8).
 */
export async function approve(node: RequestsNode, standing: Standing, id: Id, reason: string): Promise<void> {
  await node.store.write(standing, async (tx) => {
    const request = await own(tx, id, "submitted");
    await requireAct(node, tx, "request.approve", request);
    const officer = officerOf(standing);
    const { draft } = request;
    const overrides = await waitingOverrides(tx, id);
    let { shared } = request;
    if (overrides.length > 0) {
      // HC-9: her approval is the second officer's word; never of the one who asked for it.
      const facts = { ...(await factsOf(node, tx, request)), author: overrides[0]!.asked_by };
      await requireAct(node, tx, "override.agree", request, facts);
      shared = await carryOut(node, tx, request, overrides, officer.id);
    }
    const states = recipientsOf(draft);
    refuseStops(await stopsOf(node, tx, shared, states, draft.purpose));
    const approval = { by: officer.id, reason };
    for (const to of draft.to) await openThread(node, tx, { ...request, shared }, to, approval);
    for (const code of draft.letters ?? [])
      await openLetter(node, tx, { ...request, shared }, node.letters.one(code), approval);
    await sql`update simpul.requests set state = 'sent', approved_by = ${officer.id}, changed_at = ${tx.at}
      where id = ${id}`.execute(tx.rows);
    tx.note("request.approved", { id, ...ofCase(request), to: states });
  });
  node.send();
  node.wake(`request:${id}`);
}

export async function openThread(
  node: RequestsNode,
  tx: Writer,
  request: RequestRow,
  to: NodeCode,
  approval: { by: Id; reason: string },
  follows: Follows | null = null,
): Promise<void> {
  const thread = {
    // A formal request goes to one state, which then knows it by the same id.
    id: request.formal === null ? tx.newId() : request.id,
    request_id: request.id,
    peer: to,
    reference: await nextReference(node, tx, to, "request"),
  };
  await sql`insert into simpul.request_threads (id, request_id, direction, peer, reference, state, created_at, changed_at)
    values (${thread.id}, ${request.id}, 'outgoing', ${to}, ${thread.reference}, 'queued', ${tx.at}, ${tx.at})`.execute(
    tx.rows,
  );
  const shared: Shared = {
    records: along(node, request.shared.records, to),
    items: along(node, request.shared.items, to),
  };
  await keepKeys(tx, thread.id, shared);
  await addStep(tx, thread.id, { kind: "approved", side: "ours", text: approval.reason || null });
  const said = {
    ...bodyOf(request, thread),
    ...(await alongWith(node, tx, request.id, { draft: request.draft })),
  };
  await keepRelease(node, tx, thread, {
    what: "request",
    ours: true,
    by: approval.by,
    author: request.author_id,
    reason: approval.reason,
    shared,
    narrative: request.draft.facts,
    said,
  });
  await depart(tx, {
    kind: "request.sent",
    to,
    envelope: tx.newId(),
    thread: thread.id,
    body: { ...said, records: shared.records },
    items: shared.items,
    follows,
  });
}

/** Takes a request back: a draft simply, a sent one from the states named; what has not left never leaves. */
export async function withdraw(
  node: RequestsNode,
  standing: Standing,
  id: Id,
  ask: { thread?: Id | undefined; reason: string },
): Promise<void> {
  await node.store.write(standing, async (tx) => {
    const request = await own(tx, id, "draft", "submitted", "sent");
    await requireAct(node, tx, "request.withdraw", request);
    if (request.state !== "sent") {
      await dropOverrides(tx, request);
      await sql`update simpul.requests set state = 'withdrawn', changed_at = ${tx.at} where id = ${id}`.execute(
        tx.rows,
      );
    } else {
      if (ask.reason.trim() === "") throw new RequestsError("REASON_NEEDED");
      const threads =
        ask.thread === undefined ? await threadsOf(tx, id) : [await namedThread(tx, request, ask.thread)];
      const open = threads.filter((one) => isOpen(one.state));
      if (open.length === 0) throw new RequestsError("NOT_NOW", { state: threads[0]?.state ?? "sent" });
      for (const thread of open) {
        await moveThread(tx, thread, { state: "withdrawn", clock: null });
        await addStep(tx, thread.id, { kind: "withdrawn", side: "ours", text: ask.reason });
        // Whoever has it on paper is told on paper.
        if (thread.correspondent !== null) continue;
        await send(tx, thread.peer, "request.withdrawn", {
          agency: request.agency_id!,
          thread: thread.id,
          reason: ask.reason,
        });
      }
    }
    tx.note("request.withdrawn", { id, ...ofCase(request) });
  });
  node.send();
  node.wake(`request:${id}`);
}

/** Our reply to what they asked back; their clock runs on when it arrives. */
export async function clarify(
  node: RequestsNode,
  standing: Standing,
  id: Id,
  ask: { thread: Id; text: string },
): Promise<void> {
  if (ask.text.trim() === "") throw new RequestsError("REASON_NEEDED");
  await node.store.write(standing, async (tx) => {
    const request = await own(tx, id, "sent");
    await mayDraft(node, tx, request);
    const thread = await namedThread(tx, request, ask.thread);
    if (thread.state !== "clarification") throw new RequestsError("NOT_NOW", { state: thread.state });
    await moveThread(tx, thread, { state: "in-work" });
    await addStep(tx, thread.id, { kind: "clarified", side: "ours", text: ask.text });
    await send(tx, thread.peer, "request.clarified", {
      agency: request.agency_id!,
      thread: thread.id,
      text: ask.text,
    });
    tx.note("request.clarified", { id, ...ofCase(request), peer: thread.peer });
  });
  node.send();
  node.wake(`request:${id}`);
}

/** What it was good for; the answering state counts it (RFI-4, RFI-11). */
export async function close(
  node: RequestsNode,
  standing: Standing,
  id: Id,
  ask: { thread: Id; usefulness: string; text: string },
): Promise<void> {
  requireListed("usefulness", node.codes.usefulness, ask.usefulness);
  await node.store.write(standing, async (tx) => {
    const request = await own(tx, id, "sent");
    await mayDraft(node, tx, request);
    const thread = await namedThread(tx, request, ask.thread);
    if (!["answered", "refused", "transferred"].includes(thread.state))
      throw new RequestsError("NOT_NOW", { state: thread.state });
    await moveThread(tx, thread, { state: "closed", code: ask.usefulness });
    await addStep(tx, thread.id, { kind: "closed", side: "ours", text: ask.text, code: ask.usefulness });
    if (thread.correspondent === null)
      await send(tx, thread.peer, "request.closed", {
        agency: request.agency_id!,
        thread: thread.id,
        usefulness: ask.usefulness,
        text: ask.text,
      });
    tx.note("request.closed", { id, ...ofCase(request), peer: thread.peer, usefulness: ask.usefulness });
  });
  node.send();
  node.wake(`request:${id}`);
}
