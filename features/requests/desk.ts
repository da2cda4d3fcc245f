// A request on the answering side: opened, assigned to a desk, asked back about, suspended for a judge, refused.
import type { Id } from "@simpul/model";
import type { Standing, Writer } from "@simpul/store";
import { sql } from "kysely";
import { requireListed } from "./codes.ts";
import { RequestsError, type Clock, type RequestState, type RequestView } from "./contract.ts";
import { openAnswers, requestOpened } from "./evidences.ts";
import { send } from "./leave.ts";
import {
  addStep,
  incomingThread,
  moveThread,
  officerOf,
  refuseFormal,
  refuseUnasked,
  requestRow,
  requireAct,
  type RequestRow,
  type RequestsNode,
  type ThreadRow,
} from "./node.ts";
import { endClock, endOf, resumeClock, stopClock } from "./rules.ts";

interface Incoming {
  request: RequestRow;
  thread: ThreadRow & { clock: Clock };
}

/** An incoming request whose thread is in one of these states, locked; throws `NOT_NOW` in any other. */
export async function incoming(
  node: RequestsNode,
  tx: Writer,
  id: Id,
  states: readonly RequestState[] = ["delivered", "opened", "in-work", "clarification", "judicial"],
): Promise<Incoming> {
  const request = await requestRow(tx, id, { lock: true });
  const thread = await incomingThread(tx, request);
  if (!states.includes(thread.state) || thread.clock === null)
    throw new RequestsError("NOT_NOW", { state: thread.state });
  // Whoever works on it without having looked has opened it too.
  if (thread.state === "delivered") await requestOpened(node, tx, thread);
  return { request, thread: { ...thread, clock: thread.clock } };
}

/** Tells the asking state where its request stands, with the clock that both sides see (RFI-3). */
async function tell(
  tx: Writer,
  thread: ThreadRow,
  status: { state: "opened" | "in-work" | "clarification" | "judicial"; clock: Clock; text?: string },
): Promise<void> {
  await send(tx, thread.peer, "request.status", {
    agency: officerOf(tx.standing).agency,
    thread: thread.id,
    state: status.state,
    clock: status.clock,
    text: status.text ?? null,
  });
}

/** Noted once, when somebody who may work on it first looks; gives whether this was that look. */
async function openFirst(node: RequestsNode, standing: Standing, id: Id): Promise<boolean> {
  const opened = await node.store.write(standing, async (tx) => {
    const request = await requestRow(tx, id, { lock: true });
    const thread = await incomingThread(tx, request);
    if (thread.state !== "delivered" || thread.clock === null) return false;
    await requireAct(node, tx, "request.view", request);
    await moveThread(tx, thread, { state: "opened" });
    await addStep(tx, thread.id, { kind: "opened", side: "ours" });
    await requestOpened(node, tx, thread);
    await tell(tx, thread, { state: "opened", clock: thread.clock });
    tx.note("request.opened", { id, peer: thread.peer });
    return true;
  });
  if (opened) changed(node, id);
  return opened;
}

/** The first look of somebody who may work on a request opens it, that of the desk that asked its answers; gives whether it was. */
export async function openedBy(node: RequestsNode, standing: Standing, view: RequestView): Promise<boolean> {
  if (view.box === "incoming")
    return view.threads[0]?.state === "delivered" && (await openFirst(node, standing, view.id));
  const { id, desk } = officerOf(standing);
  const waits = view.full.some(({ answers }) => answers.some((one) => !one.opened));
  return waits && (view.author === id || view.desk === desk) && openAnswers(node, standing, view.id);
}

function changed(node: RequestsNode, id: Id): void {
  node.send();
  node.wake(`request:${id}`);
}

/** To the desk that works on it from now on; again to another one when it was the wrong one. */
export async function assign(
  node: RequestsNode,
  standing: Standing,
  id: Id,
  ask: { desk: Id; note: string },
): Promise<void> {
  const desk = (await node.directory.desks([ask.desk])).get(ask.desk);
  if (desk === undefined) throw new RequestsError("NOT_FOUND");
  await node.store.write(standing, async (tx) => {
    const { request, thread } = await incoming(node, tx, id);
    await requireAct(node, tx, "request.assign", request);
    await sql`update simpul.requests set desk_id = ${desk.id}, agency_id = ${desk.agency.id}, changed_at = ${tx.at}
      where id = ${id}`.execute(tx.rows);
    await addStep(tx, thread.id, {
      kind: "assigned",
      side: "ours",
      desk: desk.id,
      text: ask.note.trim() || null,
    });
    if (thread.state === "delivered" || thread.state === "opened") {
      await moveThread(tx, thread, { state: "in-work" });
      await tell(tx, thread, { state: "in-work", clock: thread.clock });
    }
    tx.note("request.assigned", { id, desk: desk.id });
  });
  node.wake(`desk:${desk.id}`);
  changed(node, id);
}

/** Asks back: the clock stops until they reply (RFI-4). */
export async function askBack(
  node: RequestsNode,
  standing: Standing,
  id: Id,
  question: string,
): Promise<void> {
  if (question.trim() === "") throw new RequestsError("REASON_NEEDED");
  await node.store.write(standing, async (tx) => {
    const { request, thread } = await incoming(node, tx, id, ["delivered", "opened", "in-work"]);
    refuseFormal(request);
    await requireAct(node, tx, "request.answer", request);
    const clock = stopClock(thread.clock, tx.at, "stopped", null, node.workDays);
    await moveThread(tx, thread, { state: "clarification", clock });
    await addStep(tx, thread.id, { kind: "asked-back", side: "ours", text: question });
    await tell(tx, thread, { state: "clarification", clock, text: question });
    tx.note("request.asked-back", { id, peer: thread.peer });
  });
  changed(node, id);
}

/** A judge must authorise first: the asking state learns why and until when at once (RFI-4). */
export async function suspend(
  node: RequestsNode,
  standing: Standing,
  id: Id,
  ask: { reason: string; until: string | null },
): Promise<void> {
  if (ask.reason.trim() === "") throw new RequestsError("REASON_NEEDED");
  const { until } = ask;
  if (until === null) throw new RequestsError("DATE_NEEDED");
  if (endOf(until) < node.clock.now().getTime()) throw new RequestsError("DATE_PASSED");
  await node.store.write(standing, async (tx) => {
    const { request, thread } = await incoming(node, tx, id, ["delivered", "opened", "in-work", "judicial"]);
    refuseFormal(request);
    refuseUnasked(request);
    await requireAct(node, tx, "request.answer", request);
    const clock = stopClock(thread.clock, tx.at, "suspended", until, node.workDays);
    await moveThread(tx, thread, { state: "judicial", clock });
    await addStep(tx, thread.id, { kind: "suspended", side: "ours", text: ask.reason, code: until });
    await tell(tx, thread, { state: "judicial", clock, text: ask.reason });
    tx.note("request.suspended", { id, peer: thread.peer, until });
  });
  changed(node, id);
}

export async function resume(node: RequestsNode, standing: Standing, id: Id): Promise<void> {
  await node.store.write(standing, async (tx) => {
    const { request, thread } = await incoming(node, tx, id, ["judicial", "clarification"]);
    refuseFormal(request);
    await requireAct(node, tx, "request.answer", request);
    const clock = resumeClock(thread.clock, tx.at, node.workDays);
    await moveThread(tx, thread, { state: "in-work", clock });
    await addStep(tx, thread.id, { kind: "resumed", side: "ours" });
    await tell(tx, thread, { state: "in-work", clock });
    tx.note("request.resumed", { id, peer: thread.peer });
  });
  changed(node, id);
}

/** To an authority that this node does not reach: the asking state learns which, and asks there (RFI-4). */
export async function transfer(
  node: RequestsNode,
  standing: Standing,
  id: Id,
  ask: { authority: string; text: string },
): Promise<void> {
  if (ask.authority.trim() === "") throw new RequestsError("INCOMPLETE", { missing: "authority" });
  await node.store.write(standing, async (tx) => {
    const { request, thread } = await incoming(node, tx, id);
    refuseFormal(request);
    refuseUnasked(request);
    await requireAct(node, tx, "request.assign", request);
    const clock = endClock(thread.clock, tx.at);
    const text = [ask.authority.trim(), ask.text.trim()].filter((one) => one !== "").join("\n");
    await moveThread(tx, thread, { state: "transferred", clock });
    await dropWritten(tx, thread);
    await addStep(tx, thread.id, { kind: "transferred", side: "ours", text });
    await send(tx, thread.peer, "request.transferred", {
      agency: officerOf(standing).agency,
      thread: thread.id,
      authority: ask.authority.trim(),
      text: ask.text.trim(),
      clock,
    });
    tx.note("request.transferred", { id, peer: thread.peer, over: clock.over });
  });
  changed(node, id);
}

/** What was being written for it goes nowhere any more. */
async function dropWritten(tx: Writer, thread: ThreadRow): Promise<void> {
  await sql`update simpul.request_answers set state = 'dropped', changed_at = ${tx.at}
    where thread_id = ${thread.id} and direction = 'outgoing' and state in ('draft', 'submitted')`.execute(
    tx.rows,
  );
}

/** Refuses with a ground from the list; what was being written for it is dropped (RFI-5). */
export async function refuse(
  node: RequestsNode,
  standing: Standing,
  id: Id,
  ask: { ground: string; text: string },
): Promise<void> {
  requireListed(
    "ground",
    node.codes.grounds.map((one) => one.code),
    ask.ground,
  );
  await node.store.write(standing, async (tx) => {
    const { request, thread } = await incoming(node, tx, id);
    refuseFormal(request);
    refuseUnasked(request);
    await requireAct(node, tx, "request.refuse", request);
    const clock = endClock(thread.clock, tx.at);
    await moveThread(tx, thread, { state: "refused", clock, code: ask.ground });
    await dropWritten(tx, thread);
    await addStep(tx, thread.id, {
      kind: "refused",
      side: "ours",
      text: ask.text.trim() || null,
      code: ask.ground,
    });
    await send(tx, thread.peer, "request.refused", {
      agency: officerOf(standing).agency,
      thread: thread.id,
      ground: ask.ground,
      text: ask.text,
      clock,
    });
    tx.note("request.refused", { id, peer: thread.peer, ground: ask.ground, over: clock.over });
  });
  changed(node, id);
}
