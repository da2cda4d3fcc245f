// A life at risk: passing on what another state wants to be asked about, with a reason, a second officer where one is on
// duty, and a review by somebody else (HC-9).
import type { Id } from "@simpul/model";
import type { RequestFacts } from "@simpul/policy";
import type { Reader, Standing, Writer } from "@simpul/store";
import { sql } from "kysely";
import { requireListed } from "./codes.ts";
import { RequestsError } from "./contract.ts";
import type { AskOverride, OverriddenRecord, OverrideFinding, OverrideView, Stop } from "./contract.ts";
import { mayDraft, openThread, own, readyDraft } from "./draft.ts";
import { refuseStops } from "./gather.ts";
import { heldItems, heldRecords, stopsOf } from "./held.ts";
import {
  factsOf,
  iso,
  json,
  officerOf,
  requestRow,
  requireAct,
  type Db,
  type RequestRow,
  type RequestsNode,
  type Shared,
} from "./node.ts";
import { stopsOnward } from "./rules.ts";
import { carryOut, unsignedOverride, waitingOverrides, type OverrideRow } from "./set-aside.ts";

/**
 * Passes a draft on although its originator was not asked. Where a second officer is on duty it waits for her approval;
 * otherwise it leaves at once. Throws `TERMS_FORBID` or `NEEDS_PERMISSION` for any stop but H2, `NOT_NOW` where nothing
 * is stopped, `TOO_MUCH` for more than one state.
 */
export async function makeOverride(
  node: RequestsNode,
  standing: Standing,
  id: Id,
  ask: AskOverride,
): Promise<{ state: "waiting" | "done" }> {
  const officer = officerOf(standing);
  requireListed("reason", node.codes.override.reasons, ask.reason);
  const alone = await node.store.write(standing, async (tx) => {
    const draft = await own(tx, id, "draft");
    await mayDraft(node, tx, draft);
    const shared = await readyDraft(node, tx, draft);
    const to = draft.draft.to[0];
    if (to === undefined || draft.draft.to.length > 1) throw new RequestsError("TOO_MUCH", { states: 1 });
    const found = await overridable(node, tx, draft, shared, ask.reason);
    const facts = { ...(await factsOf(node, tx, draft)), author: officer.id };
    await requireAct(node, tx, "override.make", draft, facts);
    const { rows } = await sql<{
      second: boolean;
    }>`select simpul.second_on_duty(${node.clock.now()}) as second`.execute(tx.rows);
    const withOne = rows[0]?.second !== true;
    // RFI-2: what cannot wait for an answer is urgent, and says why.
    const urgent = { urgent: true, urgencyReason: node.codes.override.urgency };
    const request: RequestRow = { ...draft, shared, draft: { ...draft.draft, ...urgent } };
    await sql`update simpul.requests set state = 'submitted', draft = ${json(request.draft)}, shared = ${json(shared)},
      returned = null, changed_at = ${tx.at} where id = ${id}`.execute(tx.rows);
    for (const one of found)
      await sql`insert into simpul.overrides (id, direction, state, request_id, thread_id, peer, to_node, authority,
          reason, facts, records, desk_id, asked_by, asked_at)
        values (${tx.newId()}, 'ours', 'waiting', ${id}, ${one.thread}, ${one.originator}, ${to},
          ${ask.authority.trim()}, ${ask.reason}, ${ask.facts.trim()}, ${json(one.records)}, ${officer.desk},
          ${officer.id}, ${tx.at})`.execute(tx.rows);
    tx.note("override.made", { id, case: draft.case_id!, to, reason: ask.reason, alone: withOne });
    if (!withOne) return false;
    await requireAct(node, tx, "override.alone", draft, facts);
    const marked = await carryOut(node, tx, request, await waitingOverrides(tx, id), null);
    refuseStops(await stopsOf(node, tx, marked, [to], request.draft.purpose));
    await openThread(node, tx, { ...request, shared: marked }, to, { by: officer.id, reason: ask.facts });
    await sql`update simpul.requests set state = 'sent', approved_by = ${officer.id} where id = ${id}`.execute(
      tx.rows,
    );
    return true;
  });
  node.send();
  node.wake(`request:${id}`);
  return { state: alone ? "done" : "waiting" };
}

interface Found {
  originator: Stop["originator"];
  thread: Id;
  records: OverriddenRecord[];
}

/** What H2 stops and nothing else does, by the state whose it is; every other stop stays (HC-6, COR-2). */
async function overridable(
  node: RequestsNode,
  tx: Writer,
  request: RequestRow,
  shared: Shared,
  reason: string,
): Promise<Found[]> {
  const { to, purpose } = request.draft;
  const stops = await stopsOf(node, tx, shared, to, purpose);
  if (stops.length === 0) throw new RequestsError("NOT_NOW", { state: "not-stopped" });
  refuseStops(stops.filter((stop) => stop.because !== "H2"));
  const here = { code: node.code, now: node.clock.now() };
  const all = [...shared.records, ...shared.items.map((item) => ({ ...item, version: item.digest }))];
  const ids = stops.map((stop) => stop.record);
  const held = [
    ...(await heldRecords(node, tx, { records: ids })),
    ...(await heldItems(node, tx, { records: ids })),
  ];
  const found = new Map<string, Found>();
  for (const stop of stops) {
    const { originator, record, kind, title } = stop;
    const one = all.find((each) => each.id === record)!;
    const of = { originator, to: to[0]!, reason };
    const lifted = { ...unsignedOverride(node, tx, of, { record, version: one.version }), signed: "" };
    const behind = stopsOnward({ ...one, grants: [...one.grants, lifted] }, to, purpose, here);
    // What came through a third state is not ours to pass on: its owner and we have no thread to tell it in.
    const from = held.find((each) => each.id === record && each.from === originator);
    if (behind !== null || from === undefined)
      throw new RequestsError("TERMS_FORBID", {
        originator,
        record,
        title,
        because: behind?.because ?? "H2",
      });
    const at = `${originator} ${from.thread}`;
    const list = found.get(at) ?? { originator, thread: from.thread, records: [] };
    list.records.push({ record, version: one.version, kind, title });
    found.set(at, list);
  }
  return [...found.values()];
}

/** Overrides that concern this officer, those without a review first; of one request where it is named. */
export async function listOverrides(
  node: RequestsNode,
  standing: Standing,
  ask: { request?: Id | undefined } = {},
): Promise<OverrideView[]> {
  return node.store.read(standing, async (db) => {
    const list = await overridesIn(node, db, ask);
    db.noteRead("override.listed", { shown: list.length });
    return list;
  });
}

/** The same within a look that notes it. */
export async function overridesIn(
  node: RequestsNode,
  db: Reader,
  ask: { request?: Id | undefined } = {},
): Promise<OverrideView[]> {
  const { rows } = await sql<OverrideRow & { seen: boolean }>`select v.*,
      exists (select 1 from simpul.requests r where r.id = v.request_id) as seen
    from simpul.overrides v where v.state <> 'dropped'
      ${ask.request === undefined ? sql`` : sql`and v.request_id = ${ask.request}`}
    order by (v.finding is not null), v.asked_at desc, v.id limit 200`.execute(db.rows);
  const list: OverrideView[] = [];
  for (const row of rows) list.push(await viewOf(node, db, row));
  return list;
}

async function viewOf(
  node: RequestsNode,
  db: Reader,
  row: OverrideRow & { seen: boolean },
): Promise<OverrideView> {
  const reviews = row.state === "done" && row.finding === null && (await mayReview(node, db, row)) !== null;
  return {
    id: row.id,
    direction: row.direction,
    state: row.state,
    request: row.seen ? row.request_id : null,
    peer: row.peer,
    to: row.to_node,
    authority: row.authority,
    reason: row.reason,
    facts: row.facts,
    // Oversight judges the act; whom it is about stays with those who see the request.
    records: row.seen ? row.records : row.records.map((one) => ({ ...one, title: "" })),
    askedBy: row.asked_by,
    secondBy: row.second_by,
    alone: row.alone,
    askedAt: iso(row.asked_at),
    at: row.at === null ? null : iso(row.at),
    review:
      row.finding === null
        ? null
        : { finding: row.finding, text: row.review ?? "", by: row.reviewed_by!, at: iso(row.reviewed_at!) },
    may: reviews ? ["review"] : [],
  };
}

/** Why she may review it; null when she may not: neither of those who let it go, and nobody without the task. */
async function mayReview(node: RequestsNode, db: Db, row: OverrideRow): Promise<readonly string[] | null> {
  const officer = officerOf(db.standing);
  if (row.second_by === officer.id) return null;
  // Oversight reviews what it does not see: of the request it needs nothing but that there is one.
  const facts: RequestFacts = await requestRow(db, row.request_id)
    .then((request) => factsOf(node, db, request))
    .catch(() => ({
      kind: "request",
      id: row.request_id,
      direction: "outgoing",
      desk: null,
      agency: null,
      author: null,
      case: null,
    }));
  const decision = node.policy.decide({
    officer,
    act: row.direction === "ours" ? "override.review" : "override.review-told",
    record: { ...facts, author: row.asked_by },
    purpose: db.standing.purpose,
    now: node.clock.now(),
  });
  return decision.allowed ? decision.because : null;
}

/** Says whether it was right. Throws `NOT_FOUND` also where it is not hers to say, `NOT_NOW` once it was said. */
export async function reviewOverride(
  node: RequestsNode,
  standing: Standing,
  id: Id,
  ask: { finding: OverrideFinding; text: string },
): Promise<void> {
  const row = await node.store.write(standing, async (tx) => {
    const { rows } =
      await sql<OverrideRow>`select * from simpul.overrides where id = ${id} for update`.execute(tx.rows);
    const found = rows[0];
    const because = found === undefined ? null : await mayReview(node, tx, found);
    if (found === undefined || because === null) throw new RequestsError("NOT_FOUND");
    if (found.state !== "done" || found.finding !== null)
      throw new RequestsError("NOT_NOW", { state: found.finding ?? found.state });
    tx.allowed(because);
    await sql`update simpul.overrides set finding = ${ask.finding}, review = ${ask.text.trim()},
      reviewed_by = ${officerOf(standing).id}, reviewed_at = ${tx.at} where id = ${id}`.execute(tx.rows);
    tx.note("override.reviewed", { id: found.request_id, override: id, finding: ask.finding });
    return found;
  });
  node.wake(`request:${row.request_id}`);
  if (row.asked_by !== null) node.wake(`officer:${row.asked_by}`);
}
