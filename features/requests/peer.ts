// The requests room's side of the exchange: what it takes, the law's last word before it sends, what receipts change.
import type { OnEnvelope, Outgoing, PeerPart, Receipt } from "@simpul/exchange";
import { Id } from "@simpul/model";
import { sql } from "kysely";
import {
  takeAnswer,
  takeClarification,
  takeClosing,
  takeRefusal,
  takeRequest,
  takeStatus,
  takeTransfer,
  takeWithdrawal,
  type From,
} from "./arrive.ts";
import { evidenceReceipted, takeEvidence } from "./evidences.ts";
import { stopsOf } from "./held.ts";
import { reportReceipted, takeReport } from "./item-reports.ts";
import { jobStanding, moveThread, type RequestsNode, type Shared, type ThreadRow } from "./node.ts";
import { takeNotified } from "./override-arrive.ts";
import { takeAsked, takeDecided, takeWithdrawn } from "./permissions-arrive.ts";
import { goesOn } from "./rules.ts";
import { wire, type WireType } from "./shapes.ts";
import { takeLater } from "./translations-later.ts";

/** Told after the commit: a page that asks now finds what arrived. A short wait is enough, and a reload mends the rest. */
const soon = (wake: () => void): void => void setTimeout(wake, 50).unref();

export function requestsPart(node: RequestsNode): PeerPart {
  const take =
    (act: (from: From) => Promise<{ topics: string[] }>): OnEnvelope =>
    async (tx, envelope) => {
      const { topics } = await act({ node, tx, envelope });
      soon(() => {
        for (const topic of topics) node.wake(topic);
        node.send();
      });
    };
  const about =
    (act: (from: From) => Promise<Id>) =>
    async (from: From): Promise<{ topics: string[] }> => ({ topics: [`request:${await act(from)}`] });
  return {
    takes: {
      "request.sent": take(async (from) => {
        await takeRequest(from);
        const { thread } = from.envelope.body as { thread: string };
        return { topics: [`request:${thread}`] };
      }),
      "request.status": take(about(takeStatus)),
      "request.clarified": take(about(takeClarification)),
      "request.withdrawn": take(about(takeWithdrawal)),
      "request.closed": take(about(takeClosing)),
      "request.refused": take(about(takeRefusal)),
      "request.transferred": take(about(takeTransfer)),
      "answer.released": take(async (from) => {
        const { request, case: of } = await takeAnswer(from);
        return { topics: [`request:${request}`, ...(of === null ? [] : [`case:${of}`])] };
      }),
      "translation.sent": take(about(takeLater)),
      "permission.asked": take(async (from) => {
        const { id, request } = await takeAsked(from);
        return { topics: [`permission:${id}`, `request:${request}`] };
      }),
      "permission.decided": take(async (from) => {
        const row = await takeDecided(from);
        const topics = [`permission:${row.id}`, `request:${row.request_id}`];
        return { topics: row.case_id === null ? topics : [...topics, `case:${row.case_id}`] };
      }),
      "override.notified": take(about(takeNotified)),
      "item.reported": take(about(takeReport)),
      "evidence.given": take(about(takeEvidence)),
      "permission.withdrawn": take(async (from) => ({
        topics: [`permission:${await takeWithdrawn(from)}`],
      })),
    },
    leaves: Object.fromEntries(
      (Object.keys(wire) as WireType[]).map((kind) => [kind, (out: Outgoing) => mayLeave(node, kind, out)]),
    ),
    receipted: {
      ...Object.fromEntries(
        (["request.sent", "answer.released", "permission.asked"] as const).map((kind) => [
          kind,
          (out: Outgoing, receipt: Receipt) => receipted(node, kind, out, receipt),
        ]),
      ),
      "item.reported": (out, receipt) => reportReceipted(node, out, receipt),
      "evidence.given": (out, receipt) => evidenceReceipted(node, out, receipt),
    },
    attachments: { open: (digest) => node.items.openForPeers(digest) },
  };
}

interface Leaving {
  unasked?: string;
  thread?: Id;
  answer?: Id;
  permission?: Id;
  purpose?: string;
  records?: Shared["records"];
  items?: Shared["items"];
}

type May = { kind: "may" } | { kind: "may-not"; because: string };

/**
 * Asked right before each sending (architecture: policy and handling are asked once more). What was withdrawn, or what
 * others' terms stop by now, stays; its thread says so.
 */
async function mayLeave(node: RequestsNode, kind: WireType, out: Outgoing): Promise<May> {
  const body = out.body as Leaving;
  const standing = jobStanding("requests-leave");
  const verdict = await node.store.read(standing, async (db): Promise<May> => {
    if (kind === "permission.asked") {
      const { rows } = await sql<{
        state: string;
      }>`select state from simpul.permissions where id = ${body.permission}`.execute(db.rows);
      return rows[0]?.state === "withdrawn" ? { kind: "may-not", because: "withdrawn" } : { kind: "may" };
    }
    if (kind !== "request.sent" && kind !== "answer.released") return { kind: "may" };
    const { rows } = await sql<ThreadRow & { purpose: string; case_id: Id | null }>`select t.*, r.case_id,
      r.draft ->> 'purpose' as purpose
      from simpul.request_threads t join simpul.requests r on r.id = t.request_id where t.id = ${body.thread}`.execute(
      db.rows,
    );
    const thread = rows[0];
    if (thread?.peer !== out.to) return { kind: "may-not", because: "no such thread" };
    if (thread.state === "withdrawn") return { kind: "may-not", because: "withdrawn" };
    // AUD-2: what oversight let rest since it was approved stays.
    const { request_id: request, case_id: ofCase } = thread;
    const parts = [["request", request] as const, ...(ofCase === null ? [] : [["case", ofCase] as const])];
    for (const [what, id] of parts)
      if (await node.rests?.of(db, what, id)) return { kind: "may-not", because: "frozen" };
    const shared = { records: body.records ?? [], items: body.items ?? [] };
    const stop = (await stopsOf(node, db, shared, [out.to], thread.purpose))[0];
    return stop === undefined
      ? { kind: "may" }
      : { kind: "may-not", because: `${stop.because} of ${stop.originator}` };
  });
  if (verdict.kind === "may-not" && verdict.because !== "withdrawn")
    await undelivered(
      node,
      kind,
      body,
      verdict.because.startsWith("called-back") ? "CALLED_BACK" : "MAY_NOT_LEAVE",
    );
  return verdict;
}

/** The thread, answer or permission says that it did not get there, and why. */
async function undelivered(node: RequestsNode, kind: WireType, body: Leaving, code: string): Promise<void> {
  const request = await node.store.write(jobStanding("requests-leave"), async (tx) => {
    if (body.permission !== undefined) {
      const { rows } = await sql<{ request_id: Id }>`update simpul.permissions set state = 'undelivered'
        where id = ${body.permission} and state = 'sent' returning request_id`.execute(tx.rows);
      if (rows[0]) tx.note("permission.undelivered", { id: rows[0].request_id, code });
      return rows[0]?.request_id ?? null;
    }
    const { rows } =
      await sql<ThreadRow>`select * from simpul.request_threads where id = ${body.thread}`.execute(tx.rows);
    const thread = rows[0];
    if (thread === undefined || (kind !== "answer.released" && thread.state === "undelivered")) return null;
    if (kind === "answer.released") {
      const told = await sql`update simpul.request_answers set state = 'undelivered'
        where id = ${body.answer} and state <> 'undelivered'`.execute(tx.rows);
      if (told.numAffectedRows === 0n) return null;
    } else await moveThread(tx, thread, { state: "undelivered", code, clock: null });
    await sql`insert into simpul.request_steps (thread_id, id, at, kind, side, code)
      values (${thread.id}, ${tx.newId()}, ${tx.at}, 'undelivered', 'ours', ${code})`.execute(tx.rows);
    tx.note("request.undelivered", { id: thread.request_id, peer: thread.peer, code });
    return thread.request_id;
  });
  if (request !== null) node.wake(`request:${request}`);
}

/** What nobody asked for a node of before refuses as a request that is none; it is tried again once that node is updated. */
const refusalOf = (body: Leaving, { code = "BAD_BODY" }: Receipt): string =>
  body.unasked !== undefined && code === "BAD_BODY" ? "NOT_KNOWN_THERE" : code;

/** MSG-4: their signed receipt moves it on, or says that it was refused and by which code. May be told twice. */
async function receipted(
  node: RequestsNode,
  kind: "request.sent" | "answer.released" | "permission.asked",
  out: Outgoing,
  receipt: Receipt,
): Promise<void> {
  const body = out.body as Leaving;
  if (receipt.outcome === "refused") return undelivered(node, kind, body, refusalOf(body, receipt));
  const request = await node.store.write(jobStanding("requests-receipts"), async (tx) => {
    if (kind === "permission.asked") {
      const { rows } = await sql<{ request_id: Id }>`update simpul.permissions set state = 'delivered'
        where id = ${body.permission} and direction = 'outgoing' and state = 'sent' returning request_id`.execute(
        tx.rows,
      );
      if (rows[0]) tx.note("permission.delivered", { id: rows[0].request_id, peer: out.to });
      return rows[0]?.request_id ?? null;
    }
    if (kind === "answer.released") {
      const { rows } = await sql<{ thread_id: Id }>`update simpul.request_answers set state = 'delivered'
        where id = ${body.answer} and state in ('queued', 'undelivered') returning thread_id`.execute(
        tx.rows,
      );
      if (rows[0] === undefined) return null;
      const { rows: of } = await sql<{ request_id: Id }>`select request_id from simpul.request_threads
        where id = ${rows[0].thread_id}`.execute(tx.rows);
      tx.note("answer.delivered", { id: of[0]!.request_id, peer: out.to, answer: Id.parse(body.answer!) });
      return of[0]!.request_id;
    }
    const { rows } =
      await sql<ThreadRow>`select * from simpul.request_threads where id = ${body.thread}`.execute(tx.rows);
    const thread = rows[0];
    if (thread === undefined || !goesOn(thread.state, "delivered")) return null;
    await moveThread(tx, thread, { state: "delivered", code: null });
    tx.note("request.delivered", { id: thread.request_id, peer: out.to });
    return thread.request_id;
  });
  if (request !== null) node.wake(`request:${request}`);
}
