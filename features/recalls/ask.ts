// Calling back what was given: chosen by an officer, let go by a second person with a fresh second factor, told to every holder.
import type { Evaluation, Id, NodeCode } from "@simpul/model";
import { Evaluation as Grade } from "@simpul/model";
import type { Standing, Writer } from "@simpul/store";
import { sql } from "kysely";
import { requireListed } from "./codes.ts";
import { closingKinds, RecallsError } from "./contract.ts";
import type { AskRecall, Given, Replacement, Thing } from "./contract.ts";
import {
  callOf,
  factsOf,
  gradeOf,
  hexOf,
  json,
  jsonOrNull,
  officerOf,
  recallRow,
  requireAct,
  thingsOf,
  unhex,
  type Db,
  type RecallRow,
  type RecallsNode,
} from "./node.ts";
import { followRecall } from "./follow.ts";
import { dueOf, isLower, isTighter, kindsFor } from "./rules.ts";
import { tell } from "./tell.ts";
import { sign } from "./wire.ts";

/** What of ours left with this request and can be called back, with the states that have it. Throws `NOT_FOUND`. */
export async function given(node: RecallsNode, db: Db, request: Id): Promise<Given[]> {
  const list = await node.copies.given(db, request);
  const holders = await node.copies.holders(
    db,
    list.map((one) => one.record),
  );
  const changed = new Set(
    (
      await node.copies.current(
        db,
        request,
        list.map((one) => one.record),
      )
    ).map((one) => one.id),
  );
  const gone = await called(db, node.code, list);
  return list
    .filter((one) => !gone.has(`${one.record} ${one.version}`))
    .map((one) => ({
      ...one,
      to: [
        ...new Set(holders.filter((held) => held.record === one.record).map((held) => held.to)),
      ].toSorted(),
      kinds: kindsFor(one.what).filter((kind) => kind !== "correct" || changed.has(one.record)),
    }));
}

/** Versions that are closed already: they are not called back twice, only destroyed after they were withdrawn. */
async function called(db: Db, own: NodeCode, list: readonly Thing[]): Promise<Set<string>> {
  const { rows } = await sql<{ record_id: Id; version: Buffer }>`
    select record_id, version from simpul.closings_among(${list.map((one) => one.record)}::uuid[])
    where originator = ${own} and kind = 'destroy'`.execute(db.rows);
  return new Set(rows.map((row) => `${row.record_id} ${hexOf(row.version)}`));
}

function checkTerms(ask: AskRecall, chosen: readonly Given[], anyGrade: boolean): void {
  for (const one of chosen) {
    if (!kindsFor(one.what).includes(ask.kind))
      throw new RecallsError("KIND_DOES_NOT_FIT", { what: one.what, kind: ask.kind });
    if (ask.kind === "restrict" && !(ask.handling !== undefined && isTighter(one.handling, ask.handling)))
      throw new RecallsError("NOT_TIGHTER", { record: one.record, title: one.title });
    if (ask.kind === "regrade") {
      const lower = (from: Evaluation) => ask.evaluation !== undefined && isLower(from, ask.evaluation);
      if (one.evaluation === null || !(anyGrade || lower(one.evaluation)))
        throw new RecallsError("NOT_LOWER", { record: one.record, title: one.title });
    }
  }
}

/** Puts it before whoever lets it go; nothing leaves yet. */
export async function propose(
  node: RecallsNode,
  standing: Standing,
  request: Id,
  ask: AskRecall,
  /** The proposal that it accepts; then the grade may also rise (EV-4). */
  of: { proposal: Id } | null = null,
): Promise<{ id: Id }> {
  const officer = officerOf(standing);
  const reason = node.codes.reasons.find(
    (one) =>
      one.code ===
      requireListed(
        "reasonCode",
        node.codes.reasons.map((each) => each.code),
        ask.reasonCode,
      ),
  )!;
  requireListed("reasonCode", reason.kinds.includes(ask.kind) ? [reason.code] : [], ask.reasonCode);
  if (ask.reason.trim() === "") throw new RecallsError("REASON_NEEDED");
  const made = await node.store.write(standing, async (tx) => {
    const facts = await node.copies.facts(tx, request);
    await requireAct(node, tx, "recall.draft", facts);
    const list = await given(node, tx, request);
    const chosen = [...new Set(ask.records)].map((record) => {
      const found = list.find((one) => one.record === record);
      if (found === undefined) throw new RecallsError("NOT_GIVEN", { record });
      return found;
    });
    if (chosen.length === 0) throw new RecallsError("NOT_GIVEN");
    checkTerms(ask, chosen, of !== null);
    const records = chosen.map((one) => one.record);
    const next = ask.kind === "correct" ? await node.copies.current(tx, request, records) : [];
    const same = ask.kind === "correct" && chosen.find((one) => !next.some((each) => each.id === one.record));
    if (same) throw new RecallsError("NOTHING_CHANGED", { record: same.record, title: same.title });
    await refuseWaiting(tx, records);
    const id = tx.newId();
    await sql`insert into simpul.recalls (id, ours, originator, kind, state, reason_code, reason, safety, handling,
        evaluation, ends_grants, request_id, case_id, desk_id, agency_id, author_id, created_at)
      values (${id}, true, ${node.code}, ${ask.kind}, 'submitted', ${ask.reasonCode}, ${ask.reason.trim()},
        ${ask.safety || reason.safety}, ${jsonOrNull(ask.kind === "restrict" ? ask.handling : null)},
        ${ask.kind === "regrade" ? Grade.print(ask.evaluation!) : null}, ${ask.kind === "restrict" && ask.endsGrants !== false},
        ${request}, ${facts.case?.id ?? null}, ${officer.desk}, ${officer.agency}, ${officer.id}, ${tx.at})`.execute(
      tx.rows,
    );
    await sql`insert into simpul.recall_places (recall_id, request_id, case_id)
      values (${id}, ${request}, ${facts.case?.id ?? null})`.execute(tx.rows);
    for (const one of chosen) await addThing(tx, id, one, one.title, next);
    // Other versions of the same record that somebody has are called back with it (COR-1).
    for (const held of await node.copies.holders(tx, records))
      await addThing(tx, id, held, chosen.find((one) => one.record === held.record)!.title, next);
    if (of !== null) await followRecall(tx, id, { kind: "written", proposal: of.proposal });
    tx.note("recall.submitted", { id, request, recall: ask.kind, things: chosen.length });
    return { id };
  });
  node.wake(`recall:${made.id}`);
  node.wake(`request:${request}`);
  return made;
}

async function addThing(
  tx: Writer,
  recall: Id,
  thing: Thing,
  title: string,
  next: readonly Replacement[],
): Promise<void> {
  const replacement = next.find((one) => one.id === thing.record) ?? null;
  // Somebody may have the new version already; it is not called back.
  if (replacement?.version === thing.version) return;
  await sql`insert into simpul.recall_things (recall_id, record_id, version, what, title, next, next_version)
    values (${recall}, ${thing.record}, ${unhex(thing.version)}, ${thing.what}, ${title.slice(0, 300)},
      ${jsonOrNull(replacement)}, ${replacement === null ? null : unhex(replacement.version)})
    on conflict do nothing`.execute(tx.rows);
}

async function refuseWaiting(tx: Writer, records: readonly Id[]): Promise<void> {
  const { rows } = await sql<{
    id: Id;
  }>`select r.id from simpul.recalls r join simpul.recall_things t on t.recall_id = r.id
    where r.ours and r.state = 'submitted' and t.record_id = any(${[...records]}::uuid[]) limit 1`.execute(
    tx.rows,
  );
  if (rows[0] !== undefined) throw new RecallsError("WAITS_ALREADY", { recall: rows[0].id });
}

async function ownWaiting(node: RecallsNode, tx: Writer, id: Id): Promise<RecallRow> {
  const row = await recallRow(tx, id, { lock: true });
  if (!row.ours || row.state !== "submitted") throw new RecallsError("NOT_NOW", { state: row.state });
  return row;
}

/** Sends it back to its author with a reason. */
export async function returnRecall(
  node: RecallsNode,
  standing: Standing,
  id: Id,
  reason: string,
): Promise<void> {
  if (reason.trim() === "") throw new RecallsError("REASON_NEEDED");
  await node.store.write(standing, async (tx) => {
    const row = await ownWaiting(node, tx, id);
    await requireAct(node, tx, "recall.draft", await factsOf(node, tx, row));
    const returned = { reason: reason.trim(), by: officerOf(standing).id, at: tx.at.toISOString() };
    await sql`update simpul.recalls set state = 'returned', returned = ${json(returned)} where id = ${id}`.execute(
      tx.rows,
    );
    tx.note("recall.returned", { id });
  });
  node.wake(`recall:${id}`);
}

/** Given up before it left. */
export async function dropRecall(node: RecallsNode, standing: Standing, id: Id): Promise<void> {
  await node.store.write(standing, async (tx) => {
    const row = await recallRow(tx, id, { lock: true });
    if (!row.ours || !["submitted", "returned"].includes(row.state))
      throw new RecallsError("NOT_NOW", { state: row.state });
    await requireAct(node, tx, "recall.draft", await factsOf(node, tx, row));
    await sql`update simpul.recalls set state = 'dropped' where id = ${id}`.execute(tx.rows);
    await followRecall(tx, id, { kind: "dropped" });
    tx.note("recall.dropped", { id });
  });
  node.wake(`recall:${id}`);
}

/**
 * Lets it go, as an answer is let go: a second person of the contact point or a supervisor of its desk, with a fresh
 * second factor. Every call is signed, and every state that was given it, or may have it by our permission, is told.
 */
export async function approve(node: RecallsNode, standing: Standing, id: Id, reason: string): Promise<void> {
  const officer = officerOf(standing);
  const request = await node.store.write(standing, async (tx) => {
    const row = await ownWaiting(node, tx, id);
    await requireAct(node, tx, "recall.approve", await factsOf(node, tx, row));
    const due = dueOf(node.codes.hours, row.safety, tx.at);
    await sql`update simpul.recalls set state = 'sent', approved_by = ${officer.id}, at = ${tx.at}, due_at = ${due}
      where id = ${id}`.execute(tx.rows);
    const to = await putOut(node, tx, row, due, officer.agency);
    await followRecall(tx, id, { kind: "left" });
    tx.note("recall.approved", {
      id,
      request: row.request_id,
      ...(row.case_id && { case: row.case_id }),
      recall: row.kind,
      to,
      things: (await thingsOf(tx, id)).length,
      ...(reason.trim() !== "" && { said: true }),
    });
    return row.request_id!;
  });
  node.send();
  node.wake(`recall:${id}`);
  node.wake(`request:${request}`);
}

/** Signs every call, closes our own versions, and tells each state that was given one. Gives the states. */
export async function putOut(
  node: RecallsNode,
  tx: Writer,
  row: RecallRow,
  due: Date,
  agency: Id,
): Promise<NodeCode[]> {
  const { id } = row;
  for (const thing of await thingsOf(tx, id)) {
    const signed = await sign(node, "call", {
      v: 1,
      recall: id,
      originator: node.code,
      kind: row.kind,
      record: thing.record_id,
      version: hexOf(thing.version),
      what: thing.what,
      reason: row.reason_code,
      safety: row.safety,
      at: tx.at.toISOString(),
      due: due.toISOString(),
      handling: row.handling,
      evaluation: gradeOf(row.evaluation),
      endsGrants: row.ends_grants,
      next: thing.next_version === null ? null : hexOf(thing.next_version),
    });
    await sql`update simpul.recall_things set signed = ${signed} where recall_id = ${id}
      and record_id = ${thing.record_id} and version = ${thing.version}`.execute(tx.rows);
    await sql`insert into simpul.recall_closings (record_id, version, recall_id, originator, kind, handling, evaluation,
        ends_grants, called_at, at)
      values (${thing.record_id}, ${thing.version}, ${id}, ${node.code}, ${row.kind}, ${jsonOrNull(row.handling)},
        ${row.evaluation}, ${row.ends_grants}, ${tx.at}, ${tx.at})`.execute(tx.rows);
  }
  const things = await thingsOf(tx, id);
  const holders = await node.copies.holders(tx, [...new Set(things.map((one) => one.record_id))]);
  const to = [...new Set(holders.map((one) => one.to))].toSorted();
  if (to.length === 0) throw new RecallsError("NOT_GIVEN");
  for (const state of to) {
    const theirs = new Set(
      holders.filter((one) => one.to === state).map((one) => `${one.record} ${one.version}`),
    );
    const told = things.filter((one) => theirs.has(`${one.record_id} ${hexOf(one.version)}`));
    if (told.length > 0) await tell(node, tx, { ...row, due_at: due }, told, state, agency);
  }
  await node.copies.calledBack(
    tx,
    things.map((one) => callOf(row, one)),
  );
  for (const other of new Set(holders.flatMap((one) => one.request ?? [])))
    await sql`insert into simpul.recall_places (recall_id, request_id) values (${id}, ${other})
      on conflict do nothing`.execute(tx.rows);
  if (closingKinds.includes(row.kind))
    await node.copies.stopOffering(
      tx,
      to,
      things.filter((one) => one.what === "item").map((one) => hexOf(one.version)),
    );
  return to;
}
