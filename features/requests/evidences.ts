// That a letter was opened where it came, or by nobody in the agreed time: signed there, kept by both (MSG-4).
import { EnvelopeRefused, textDigest, type Carried, type Outgoing, type Receipt } from "@simpul/exchange";
import type { Id, NodeCode } from "@simpul/model";
import type { OpenStore, Standing, Writer } from "@simpul/store";
import { sql } from "kysely";
import { contactPoint, known, read, type From } from "./arrive.ts";
import type { Evidence, EvidenceEvent } from "./contract.ts";
import { send } from "./leave.ts";
import { addStep, iso, jobStanding, officerOf, type Db, type RequestsNode, type ThreadRow } from "./node.ts";
import { isSigned, signSaid } from "./signed-words.ts";

const evidenceType = "application/vnd.simpul.evidence+json";

/** The letter is the envelope in which it came; `answer` null: the request itself. */
interface Said {
  letter: Id;
  thread: Id;
  answer: Id | null;
  event: EvidenceEvent;
  by: NodeCode;
  to: NodeCode;
  at: string;
}

/** What came and was opened by nobody yet, or only after its time. */
interface Unopened {
  thread: Pick<ThreadRow, "id" | "request_id" | "peer">;
  answer: Id | null;
  letter: Id;
  /** In whose name it is told. */
  agency: Id;
}

const stepOf = { retrieved: "answer-opened", "not-retrieved": "unopened" } as const;

/** To whoever sent it, in the transaction of the look, or of the job that waited in vain; once for each event. */
async function give(
  node: RequestsNode,
  tx: Writer,
  { thread, answer, letter, agency }: Unopened,
  event: EvidenceEvent,
): Promise<void> {
  const about = { letter, thread: thread.id, answer, event };
  const said: Said = { ...about, by: node.code, to: thread.peer, at: tx.at.toISOString() };
  const signed = await signSaid(node, evidenceType, said);
  const carrier = tx.newId();
  await (answer === null
    ? sql`update simpul.request_threads set open_by = null where id = ${thread.id}`.execute(tx.rows)
    : sql`update simpul.request_answers set open_by = null where id = ${answer}`.execute(tx.rows));
  if (!(await keep(tx, said, signed, carrier))) return;
  // That a request was opened its status says already.
  if (answer !== null || event === "not-retrieved")
    await addStep(tx, thread.id, { kind: stepOf[event], side: "ours" });
  await send(tx, thread.peer, "evidence.given", { agency, ...about, at: said.at, signed }, { id: carrier });
  tx.note("request.evidence-given", { id: thread.request_id, peer: thread.peer, letter, event });
}

/** Somebody of ours works on a request that came. */
export async function requestOpened(
  node: RequestsNode,
  tx: Writer,
  thread: Pick<ThreadRow, "id" | "request_id" | "peer" | "letter">,
): Promise<void> {
  const { agency } = officerOf(tx.standing);
  if (thread.letter !== null)
    await give(node, tx, { thread, answer: null, letter: thread.letter, agency }, "retrieved");
}

/** The desk that asked looks at answers that nobody had opened; gives whether there was one. */
export async function openAnswers(node: RequestsNode, standing: Standing, request: Id): Promise<boolean> {
  const { id, desk, agency } = officerOf(standing);
  const opened = await node.store.write(standing, async (tx) => {
    const { rows } = await sql<ThreadRow & { answer: Id; letter: Id }>`
      select t.*, a.id as answer, a.letter from simpul.requests r
        join simpul.request_threads t on t.request_id = r.id
        join simpul.request_answers a on a.thread_id = t.id and a.direction = 'incoming'
      where r.id = ${request} and r.direction = 'outgoing' and (r.author_id = ${id} or r.desk_id = ${desk})
        and a.letter is not null and not exists (select 1 from simpul.request_evidences e
          where e.thread_id = t.id and e.letter = a.letter and e.event = 'retrieved')
      order by a.created_at for update of a`.execute(tx.rows);
    for (const { answer, letter, ...thread } of rows)
      await give(node, tx, { thread, answer, letter, agency }, "retrieved");
    return rows.length > 0;
  });
  if (opened) {
    node.send();
    node.wake(`request:${request}`);
  }
  return opened;
}

/** The chore: of what nobody opened in the agreed time its sender learns. Gives how many. */
export async function tellUnopened(node: RequestsNode): Promise<number> {
  const standing = jobStanding("requests-unopened");
  const now = node.clock.now();
  type Row = Unopened["thread"] & { answer: Id | null; letter: Id; agency: Id | null };
  const overdue = (db: Pick<Db, "rows">, of: Id | null) =>
    sql<Row>`
    select t.id, t.request_id, t.peer, null::uuid as answer, t.letter, r.agency_id as agency
    from simpul.request_threads t join simpul.requests r on r.id = t.request_id
    where t.open_by <= ${now} and t.state = 'delivered' and (${of}::uuid is null or t.letter = ${of})
    union all
    select t.id, t.request_id, t.peer, a.id, a.letter, r.agency_id
    from simpul.request_answers a join simpul.request_threads t on t.id = a.thread_id
      join simpul.requests r on r.id = t.request_id
    where a.open_by <= ${now} and (${of}::uuid is null or a.letter = ${of})
    limit 200`.execute(db.rows);
  const { rows: due } = await node.store.read(standing, (db) => overdue(db, null));
  for (const { letter, request_id: request } of due) {
    await node.store.write(standing, async (tx) => {
      // Opened meanwhile, it is told otherwise.
      const [still] = (await overdue(tx, letter)).rows;
      if (still === undefined) return;
      const { answer, agency, letter: of, ...thread } = still;
      const by = agency ?? (await contactPoint(tx, request));
      await give(node, tx, { thread, answer, letter: of, agency: by }, "not-retrieved");
    });
    node.wake(`request:${request}`);
  }
  if (due.length > 0) node.send();
  return due.length;
}

/** What the other state signed about a letter of ours; throws unless it went there and they signed exactly this. */
export async function takeEvidence({ node, tx, envelope }: From): Promise<Id> {
  const body = read("evidence.given", envelope.body);
  const { agency: _agency, signed, ...about } = body;
  const direction = about.answer === null ? "outgoing" : "incoming";
  const thread = await known(tx, envelope, about.thread, direction);
  const { rows } = await sql<{ gave: boolean }>`select simpul.gave_letter(${about.thread}, ${about.answer},
    ${about.letter}) as gave`.execute(tx.rows);
  if (rows[0]?.gave !== true) throw new EnvelopeRefused("UNKNOWN_RECORD", "no letter of ours");
  const said: Said = { ...about, by: envelope.from, to: node.code };
  if (!(await isSigned(await node.keysOf(envelope.from), evidenceType, signed, said)))
    throw new EnvelopeRefused("BAD_BODY", "evidence that its sender did not sign");
  const { letter, event } = said;
  if ((await keep(tx, said, signed, envelope.id)) && (about.answer !== null || event === "not-retrieved"))
    await addStep(tx, thread.id, { kind: stepOf[event], side: "theirs" });
  tx.note("request.evidence-arrived", { id: thread.request_id, peer: envelope.from, letter, event });
  return thread.request_id;
}

/** The first word counts; false where one stands already. */
async function keep(tx: Writer, said: Said, signed: string, carrier: Id): Promise<boolean> {
  const kept =
    await sql`insert into simpul.request_evidences (thread_id, letter, event, answer_id, signed_by, at,
      signed, carried_by, kept_at)
    values (${said.thread}, ${said.letter}, ${said.event}, ${said.answer}, ${said.by}, ${said.at}::timestamptz,
      ${signed}, ${carrier}, ${tx.at})
    on conflict do nothing`.execute(tx.rows);
  return kept.numAffectedRows === 1n;
}

/** Whether the sender's node took our word; one of an older version does not know such letters. May be told twice. */
export async function evidenceReceipted(node: RequestsNode, out: Outgoing, receipt: Receipt): Promise<void> {
  const { thread, letter, event } = out.body as Pick<Said, "thread" | "letter" | "event">;
  const untold = receipt.outcome === "refused" ? (receipt.code ?? "REFUSED") : null;
  const request = await node.store.write(jobStanding("requests-receipts"), async (tx) => {
    const { rows } = await sql<{ request_id: Id }>`update simpul.request_evidences e set untold = ${untold}
      from simpul.request_threads t where t.id = e.thread_id and e.thread_id = ${thread} and e.letter = ${letter}
        and e.event = ${event} and e.signed_by = ${node.code} and e.untold is distinct from ${untold}
      returning t.request_id`.execute(tx.rows);
    if (rows[0] === undefined) return null;
    tx.note("request.evidence-receipted", { id: rows[0].request_id, peer: out.to, letter, untold });
    return rows[0].request_id;
  });
  if (request !== null) node.wake(`request:${request}`);
}

/** For comparing with the other state: what those letters between us carried of evidences, as digests of the signed words. */
export const evidencesCarried =
  (store: OpenStore): Carried =>
  async (peer, envelopes) => {
    const { rows } = await store.read(jobStanding("requests-evidences"), (db) =>
      sql<{ carried_by: Id; signed: string }>`select e.carried_by, e.signed from simpul.request_evidences e
        join simpul.request_threads t on t.id = e.thread_id
        where e.carried_by = any(${[...envelopes]}::uuid[]) and t.peer = ${peer}`.execute(db.rows),
    );
    return new Map(rows.map((row) => [row.carried_by, textDigest(row.signed)]));
  };

/** Evidence of these threads, the first first, by thread and, of answers, by answer. */
export async function evidencesOf(
  db: Pick<Db, "rows">,
  threads: readonly Id[],
): Promise<Map<Id, Evidence[]>> {
  const { rows } = await sql<{
    thread_id: Id;
    answer_id: Id | null;
    event: EvidenceEvent;
    signed_by: NodeCode;
    at: Date;
    untold: string | null;
  }>`select thread_id, answer_id, event, signed_by, at, untold from simpul.request_evidences
    where thread_id = any(${[...threads]}::uuid[]) order by at, event limit 5000`.execute(db.rows);
  const found = new Map<Id, Evidence[]>();
  for (const { thread_id: thread, answer_id: answer, event, signed_by: by, at, untold } of rows) {
    const of = answer ?? thread;
    found.set(of, [...(found.get(of) ?? []), { event, by, at: iso(at), untold }]);
  }
  return found;
}
