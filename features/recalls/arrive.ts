// What arrives: another state calls back what we hold, and it is closed in that very transaction; holders report.
import { EnvelopeRefused, type Envelope } from "@simpul/exchange";
import type { Id, NodeCode } from "@simpul/model";
import { Evaluation } from "@simpul/model";
import type { Writer } from "@simpul/store";
import { sql } from "kysely";
import type { Replacement } from "./contract.ts";
import { jsonOrNull, json, unhex, type RecallsNode } from "./node.ts";
import { open, read, Report, SignedCall, signedBy, tombstonesOf } from "./wire.ts";

export interface From {
  node: RecallsNode;
  tx: Writer;
  from: NodeCode;
}

interface Believed {
  call: SignedCall;
  signed: string;
}

/**
 * A call is believed when its originator signed it, whoever brings it; where its key is not known here, only from the
 * state that gave us the record. Throws the refusals `BAD_BODY` and `NOT_ALLOWED`.
 */
async function believe({ node, tx, from }: From, signed: string): Promise<Believed> {
  const call = open("call", SignedCall, signed);
  if (call.originator === node.code) throw new EnvelopeRefused("NOT_ALLOWED", "ours, from another state");
  const signedSo = await signedBy(node, call.originator, signed);
  if (signedSo === false) throw new EnvelopeRefused("BAD_BODY", "a recall that its originator did not sign");
  if (signedSo === null && !(await node.copies.givenBy(tx, call.record, from)))
    throw new EnvelopeRefused("NOT_ALLOWED", "its originator is not known here");
  return { call, signed };
}

/**
 * Puts calls into force: what is held is closed or tightened here and now, and what comes later comes closed. May be
 * given the same calls again. Gives the recalls and the places where copies lie, for telling open pages.
 */
export async function putInForce(
  at: From,
  statements: readonly string[],
): Promise<{ recalls: Id[]; places: { request: Id; case: Id | null }[] }> {
  const { node, tx, from } = at;
  const believed = await Promise.all(statements.map((one) => believe(at, one)));
  const recalls = new Map<Id, Believed[]>();
  for (const one of believed) recalls.set(one.call.recall, [...(recalls.get(one.call.recall) ?? []), one]);
  const everywhere: { request: Id; case: Id | null }[] = [];
  for (const [recall, calls] of recalls) {
    const { call: head } = calls[0]!;
    const alike = calls.every(({ call }) => call.originator === head.originator && call.kind === head.kind);
    if (!alike) throw new EnvelopeRefused("BAD_BODY", "two recalls under one id");
    await keepRecall(tx, recall, head, from);
    for (const { call, signed } of calls) await keepCall(tx, call, signed);
    const places = await node.copies.close(
      tx,
      calls.map(({ call }) => call),
    );
    await node.items.close(
      tx,
      calls.map(({ call }) => call),
    );
    for (const place of places)
      await sql`insert into simpul.recall_places (recall_id, request_id, case_id)
        values (${recall}, ${place.request}, ${place.case}) on conflict do nothing`.execute(tx.rows);
    everywhere.push(...places);
    // What was made of it, whom we gave it, and our answer are work for the queue; closed it is already.
    await tx.enqueue({ kind: "recalls.go-on", payload: { recall }, key: recall });
    tx.note("recall.in-force", {
      id: recall,
      peer: from,
      originator: head.originator,
      recall: head.kind,
      things: calls.length,
      ...(places[0]?.case && { case: places[0].case }),
    });
  }
  return { recalls: [...recalls.keys()], places: everywhere };
}

async function keepRecall(tx: Writer, recall: Id, head: SignedCall, from: NodeCode): Promise<void> {
  await sql`insert into simpul.recalls (id, ours, originator, kind, state, reason_code, safety, handling, evaluation,
      ends_grants, created_at, at, due_at)
    values (${recall}, false, ${head.originator}, ${head.kind}, 'open', ${head.reason}, ${head.safety},
      ${jsonOrNull(head.handling)}, ${head.evaluation === null ? null : Evaluation.print(head.evaluation)},
      ${head.endsGrants}, ${tx.at}, ${head.at}::timestamptz, ${head.due}::timestamptz)
    on conflict do nothing`.execute(tx.rows);
  await sql`insert into simpul.recall_tellers (recall_id, peer) values (${recall}, ${from})
    on conflict do nothing`.execute(tx.rows);
  const { rows } = await sql<{ ours: boolean; originator: string; kind: string }>`
    select ours, originator, kind from simpul.recalls where id = ${recall}`.execute(tx.rows);
  const kept = rows[0];
  if (kept === undefined || kept.ours || kept.originator !== head.originator || kept.kind !== head.kind)
    throw new EnvelopeRefused("NOT_ALLOWED", "another recall's id");
}

async function keepCall(tx: Writer, call: SignedCall, signed: string): Promise<void> {
  await sql`insert into simpul.recall_things (recall_id, record_id, version, what, next_version, signed)
    values (${call.recall}, ${call.record}, ${unhex(call.version)}, ${call.what},
      ${call.next === null ? null : unhex(call.next)}, ${signed}) on conflict do nothing`.execute(tx.rows);
  await sql`insert into simpul.recall_closings (record_id, version, recall_id, originator, kind, handling, evaluation,
      ends_grants, called_at, at)
    values (${call.record}, ${unhex(call.version)}, ${call.recall}, ${call.originator}, ${call.kind},
      ${jsonOrNull(call.handling)}, ${call.evaluation === null ? null : Evaluation.print(call.evaluation)},
      ${call.endsGrants}, ${call.at}::timestamptz, ${tx.at}) on conflict do nothing`.execute(tx.rows);
}

/** The envelope: the same calls, with the reason in words and the versions that take their place. */
export async function takeRecall(
  node: RecallsNode,
  tx: Writer,
  envelope: Envelope,
): Promise<{ recalls: Id[]; places: { request: Id; case: Id | null }[] }> {
  const body = read("recall.sent", envelope.body);
  const taken = await putInForce({ node, tx, from: envelope.from }, body.calls);
  if (taken.recalls.length !== 1 || taken.recalls[0] !== body.recall)
    throw new EnvelopeRefused("BAD_BODY", "calls of another recall");
  await sql`update simpul.recalls set reason = ${body.text} where id = ${body.recall} and reason = ''`.execute(
    tx.rows,
  );
  for (const given of body.replacements) {
    const next: Replacement | null = node.copies.readReplacement(given);
    if (next === null) throw new EnvelopeRefused("BAD_BODY", "a replacement that is none");
    // Only the version that the originator's signed call names takes its place.
    await sql`update simpul.recall_things set next = ${json(next)} where recall_id = ${body.recall}
      and record_id = ${next.id} and next_version = ${unhex(next.version)} and next is null`.execute(tx.rows);
  }
  return taken;
}

/** A holder's signed word, its own or one that it passes on from further down the tree. */
export async function takeReport(
  node: RecallsNode,
  tx: Writer,
  envelope: Envelope,
): Promise<{ recall: Id; request: Id | null }> {
  const body = read("recall.reported", envelope.body);
  const report = open("report", Report, body.report);
  const { rows } = await sql<{ id: Id; ours: boolean; request_id: Id | null }>`
    select id, ours, request_id from simpul.recalls where id = ${body.recall}`.execute(tx.rows);
  const recall = rows[0];
  if (recall === undefined || report.recall !== recall.id)
    throw new EnvelopeRefused("UNKNOWN_RECORD", "recall");
  const signedSo = await signedBy(node, report.holder, body.report);
  if (signedSo === false) throw new EnvelopeRefused("BAD_BODY", "a report that its holder did not sign");
  if (report.holder === node.code || (signedSo === null && report.holder === envelope.from))
    throw new EnvelopeRefused("NOT_ALLOWED", "a holder that cannot be");
  await tombstonesOf(report, await node.keysOf(report.holder));
  await sql`insert into simpul.recall_holders (recall_id, holder, via, told_at)
    values (${recall.id}, ${report.holder}, ${envelope.from}, ${tx.at}) on conflict do nothing`.execute(
    tx.rows,
  );
  await (report.stage === "taken"
    ? keepTaken(tx, report, body.report)
    : keepAnswered(tx, report, body.report));
  // Whoever told us hears what those beneath us say.
  const { rows: tellers } = await sql<{ peer: NodeCode }>`select peer from simpul.recall_tellers
    where recall_id = ${recall.id} and peer <> ${envelope.from} and peer <> ${report.holder}`.execute(
    tx.rows,
  );
  for (const { peer } of tellers) await tx.send({ id: tx.newId(), to: peer, kind: "recall.reported", body });
  tx.note("recall.report-arrived", {
    id: recall.id,
    peer: envelope.from,
    holder: report.holder,
    stage: report.stage,
    outcome: report.outcome,
  });
  return { recall: recall.id, request: recall.request_id };
}

async function keepTaken(tx: Writer, report: Report, signed: string): Promise<void> {
  await sql`update simpul.recall_holders set taken_at = ${report.at}::timestamptz, taken = ${signed},
      onward = ${report.onward}::text[]
    where recall_id = ${report.recall} and holder = ${report.holder}`.execute(tx.rows);
  // Those to whom it went on stand in the tree from now on, answered or not.
  for (const next of report.onward)
    await sql`insert into simpul.recall_holders (recall_id, holder, via, told_at)
      values (${report.recall}, ${next}, ${report.holder}, ${report.at}::timestamptz) on conflict do nothing`.execute(
      tx.rows,
    );
}

async function keepAnswered(tx: Writer, report: Report, signed: string): Promise<void> {
  await sql`update simpul.recall_holders set outcome = ${report.outcome}, code = ${report.code}, text = ${report.text},
      officer = ${report.officer}, destroyed = ${report.tombstones.length}, answered_at = ${report.at}::timestamptz,
      answered = ${signed}, taken_at = coalesce(taken_at, ${report.at}::timestamptz)
    where recall_id = ${report.recall} and holder = ${report.holder}`.execute(tx.rows);
}
