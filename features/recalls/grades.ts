// Another grade, proposed by whoever holds contrary information; its originator accepts, by a recall that lets it go, or declines (EV-4).
import { EnvelopeRefused, type Envelope } from "@simpul/exchange";
import type { Evaluation, Id, NodeCode, Officer } from "@simpul/model";
import { Evaluation as Grade } from "@simpul/model";
import type { Standing, Writer } from "@simpul/store";
import { sql } from "kysely";
import { propose } from "./ask.ts";
import {
  RecallsError,
  type AskGrade,
  type AskGradeAnswer,
  type GradeProposal,
  type GradeState,
  type ThingKind,
} from "./contract.ts";
import { hexOf, officerOf, requireAct, unhex, type Db, type RecallsNode } from "./node.ts";
import { most } from "./rules.ts";
import { tellAnswer } from "./follow.ts";
import { read } from "./wire.ts";

type Row = {
  id: Id;
  ours: boolean;
  peer: NodeCode;
  state: GradeState;
  record_id: Id;
  version: Buffer;
  what: Exclude<ThingKind, "text">;
  title: string;
  given: string;
  proposed: string;
  reason: string;
  request_id: Id;
  case_id: Id | null;
  by_officer: Id | null;
  at: Date;
  due_at: Date;
  recall_id: Id | null;
  answer: string | null;
  answered_by: Id | null;
  answered_at: Date | null;
};

const dueOf = (node: RecallsNode, at: Date): Date =>
  new Date(at.getTime() + node.codes.hours.grade * 3_600_000);
const isOpen = (state: GradeState): boolean => state === "open" || state === "accepting";

async function rowOf(db: Pick<Db, "rows">, id: Id): Promise<Row> {
  const { rows } = await sql<Row>`select * from simpul.grade_proposals where id = ${id} for update`.execute(
    db.rows,
  );
  if (rows[0] === undefined) throw new RecallsError("NOT_FOUND");
  return rows[0];
}

/** Puts it before the originator: it leaves at once, in the officer's name, with her reason. */
export async function proposeGrade(
  node: RecallsNode,
  standing: Standing,
  ask: AskGrade,
): Promise<{ id: Id }> {
  const officer = officerOf(standing);
  const reason = ask.reason.trim();
  if (reason === "") throw new RecallsError("REASON_NEEDED");
  const made = await node.store.write(standing, async (tx) => {
    const facts = await node.copies.facts(tx, ask.request);
    await requireAct(node, tx, "recall.answer", facts);
    const held = await node.copies.heldRecord(tx, ask.request, ask.record);
    if (held === null) throw new RecallsError("NOT_GIVEN", { record: ask.record });
    if ((await node.keysOf(held.originator)).length === 0)
      throw new RecallsError("NOT_REACHED", { originator: held.originator });
    const [now, proposed] = [Grade.print(held.evaluation), Grade.print(ask.evaluation)];
    if (now === proposed) throw new RecallsError("SAME_GRADE");
    const id = tx.newId();
    const done =
      await sql`insert into simpul.grade_proposals (id, ours, peer, state, record_id, version, what, title, given,
        proposed, reason, request_id, case_id, by_officer, at, due_at)
      values (${id}, true, ${held.originator}, 'open', ${held.record}, ${unhex(held.version)}, ${held.what},
        ${held.title.slice(0, 300)}, ${now}, ${proposed}, ${reason}, ${ask.request}, ${facts.case?.id ?? null},
        ${officer.id}, ${tx.at}, ${dueOf(node, tx.at)}) on conflict do nothing`.execute(tx.rows);
    if (done.numAffectedRows !== 1n) throw new RecallsError("WAITS_ALREADY");
    await tx.send({
      id: tx.newId(),
      to: held.originator,
      kind: "grade.proposed",
      body: {
        agency: officer.agency,
        proposal: id,
        record: held.record,
        version: held.version,
        given: held.evaluation,
        evaluation: ask.evaluation,
        text: reason,
      },
    });
    tx.note("grade.proposed", {
      id: ask.request,
      proposal: id,
      peer: held.originator,
      from: now,
      to: proposed,
    });
    return { id };
  });
  node.send();
  node.wake(`recall:${made.id}`);
  node.wake(`request:${ask.request}`);
  return made;
}

/** From a state that was given it; anything else is as unknown as what never was. */
export async function takeGrade(node: RecallsNode, tx: Writer, envelope: Envelope): Promise<Id> {
  const body = read("grade.proposed", envelope.body);
  const { rows } = await sql<{ request_id: Id; what: ThingKind }>`
    select * from simpul.given_to_peer(${body.record}, ${unhex(body.version)})`.execute(tx.rows);
  const given = rows[0];
  if (given === undefined || given.what === "text") throw new EnvelopeRefused("UNKNOWN_RECORD", "record");
  const [now, proposed] = [Grade.print(body.given), Grade.print(body.evaluation)];
  if (now === proposed) throw new EnvelopeRefused("BAD_BODY", "the same grade");
  const done =
    await sql`insert into simpul.grade_proposals (id, ours, peer, state, record_id, version, what, given, proposed,
      reason, request_id, at, due_at)
    values (${body.proposal}, false, ${envelope.from}, 'open', ${body.record}, ${unhex(body.version)}, ${given.what},
      ${now}, ${proposed}, ${body.text}, ${given.request_id}, ${tx.at}, ${dueOf(node, tx.at)})
    on conflict do nothing`.execute(tx.rows);
  if (done.numAffectedRows !== 1n) throw new EnvelopeRefused("BAD_BODY", "a proposal that is there already");
  tx.note("grade.arrived", { id: given.request_id, proposal: body.proposal, peer: envelope.from });
  return given.request_id;
}

/** The originator's word on it; the grade itself comes with the recall. */
export async function takeGradeAnswer(
  tx: Writer,
  envelope: Envelope,
): Promise<{ request: Id; case: Id | null }> {
  const body = read("grade.answered", envelope.body);
  const { rows } = await sql<Row>`select * from simpul.grade_proposals where id = ${body.proposal} and ours
    and peer = ${envelope.from} for update`.execute(tx.rows);
  const row = rows[0];
  if (row === undefined) throw new EnvelopeRefused("UNKNOWN_RECORD", "proposal");
  if (row.state === "open")
    await sql`update simpul.grade_proposals set state = ${body.accepted ? "accepted" : "declined"},
      answer = ${body.text}, answered_at = ${tx.at} where id = ${row.id}`.execute(tx.rows);
  tx.note("grade.answer-arrived", {
    id: row.request_id,
    proposal: row.id,
    peer: envelope.from,
    accepted: body.accepted,
  });
  return { request: row.request_id, case: row.case_id };
}

/**
 * Accepting writes the recall that carries the new grade to every holder; a second person lets that go, and only then is
 * it accepted. Declining is told at once, with its reason.
 */
export async function answerGrade(
  node: RecallsNode,
  standing: Standing,
  id: Id,
  ask: AskGradeAnswer,
): Promise<{ recall: Id | null }> {
  const officer = officerOf(standing);
  const text = ask.text.trim();
  if (!ask.accept && text === "") throw new RecallsError("REASON_NEEDED");
  const row = await node.store.write(standing, async (tx) => {
    const found = await rowOf(tx, id);
    if (found.ours || found.state !== "open") throw new RecallsError("NOT_NOW", { state: found.state });
    await requireAct(node, tx, "recall.draft", await node.copies.facts(tx, found.request_id));
    if (ask.accept) {
      tx.note("grade.considered", { id: found.request_id, proposal: id });
      return found;
    }
    await sql`update simpul.grade_proposals set state = 'declined', answer = ${text}, answered_by = ${officer.id},
      answered_at = ${tx.at} where id = ${id}`.execute(tx.rows);
    await tellAnswer(tx, found, { agency: officer.agency, accepted: false, text });
    tx.note("grade.declined", { id: found.request_id, proposal: id, peer: found.peer });
    return found;
  });
  let recall: Id | null = null;
  if (ask.accept) {
    const { evaluation } = gradesOf(row);
    ({ id: recall } = await propose(
      node,
      standing,
      row.request_id,
      {
        kind: "regrade",
        records: [row.record_id],
        reasonCode: node.codes.gradeReason,
        reason: text === "" ? row.reason : text,
        safety: false,
        evaluation,
      },
      { proposal: id },
    ));
  }
  node.send();
  node.wake(`recall:${id}`);
  node.wake(`request:${row.request_id}`);
  return { recall };
}

const gradesOf = (row: Row): { given: Evaluation; evaluation: Evaluation } => ({
  given: Grade.parse(row.given),
  evaluation: Grade.parse(row.proposed),
});

/** Proposals this officer sees, those that wait longest first. */
export async function listGrades(
  node: RecallsNode,
  standing: Standing,
  ask: { state?: "open" | "closed" | undefined; request?: Id | undefined },
): Promise<GradeProposal[]> {
  return node.store.read(standing, async (db) => {
    db.noteRead("grade.listed", { ...(ask.request !== undefined && { id: ask.request }) });
    const { rows } = await sql<Row>`select * from simpul.grade_proposals p
      where (${ask.request ?? null}::uuid is null or p.request_id = ${ask.request ?? null}::uuid)
        and (${ask.state ?? null}::text is null or (${ask.state ?? null}::text = 'open') = (p.state in ('open', 'accepting')))
      order by (p.state in ('open', 'accepting')) desc, p.due_at, p.id limit ${most.list}`.execute(db.rows);
    const now = node.clock.now();
    const officer = officerOf(standing);
    const list: GradeProposal[] = [];
    for (const row of rows) list.push(await proposalOf(node, db, row, { officer, now }));
    return list;
  });
}

async function proposalOf(
  node: RecallsNode,
  db: Db,
  row: Row,
  { officer, now }: { officer: Officer; now: Date },
): Promise<GradeProposal> {
  const facts = await node.copies.facts(db, row.request_id).catch(() => null);
  const { purpose } = db.standing;
  const decides =
    !row.ours &&
    row.state === "open" &&
    facts !== null &&
    node.policy.decide({ officer, act: "recall.draft", record: facts, purpose, now }).allowed;
  return {
    id: row.id,
    ours: row.ours,
    peer: row.peer,
    state: row.state,
    record: row.record_id,
    version: hexOf(row.version),
    what: row.what,
    title: row.ours ? row.title : await titleOf(node, db, row),
    ...gradesOf(row),
    reason: row.reason,
    request: row.request_id,
    case: row.case_id,
    by: row.by_officer,
    at: row.at.toISOString(),
    due: row.due_at.toISOString(),
    overdue: isOpen(row.state) && row.due_at < now,
    recall: row.recall_id,
    answer: row.answer,
    answeredBy: row.answered_by,
    answeredAt: row.answered_at?.toISOString() ?? null,
    may: decides ? ["answer"] : [],
  };
}

/** How we call what is ours. */
async function titleOf(node: RecallsNode, db: Db, row: Row): Promise<string> {
  const given = await node.copies.given(db, row.request_id).catch(() => []);
  return given.find((one) => one.record === row.record_id)?.title ?? "";
}
