// This room's side of the exchange: what it takes and sends, and what goes ahead of every other envelope.
import {
  EnvelopeRefused,
  ExchangeError,
  type Ahead,
  type Outgoing,
  type PeerPart,
  type Receipt,
} from "@simpul/exchange";
import type { Id, NodeCode } from "@simpul/model";
import type { Writer } from "@simpul/store";
import { sql } from "kysely";
import { z } from "zod";
import { putInForce, takeRecall, takeReport } from "./arrive.ts";
import { takeGrade, takeGradeAnswer } from "./grades.ts";
import { jobStanding, soon, type RecallsNode } from "./node.ts";
import { most } from "./rules.ts";
import { wire } from "./wire.ts";

const Asked = z.strictObject({ after: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER) });
const Said = z.strictObject({
  recalls: z
    .array(
      z.strictObject({
        line: z.number().int().min(1).max(Number.MAX_SAFE_INTEGER),
        calls: z.array(z.string().min(1).max(65_536)).max(most.things),
      }),
    )
    .max(500),
});

const as = (peer: NodeCode) =>
  ({ actor: { kind: "peer", node: peer }, purpose: "mutual-assistance" }) as const;

export function recallsPart(node: RecallsNode): PeerPart {
  const wake = (places: readonly { request: Id; case: Id | null }[], recalls: readonly Id[]) =>
    soon(() => {
      for (const recall of recalls) node.wake(`recall:${recall}`);
      for (const place of places) {
        node.wake(`request:${place.request}`);
        if (place.case !== null) node.wake(`case:${place.case}`);
      }
      node.send();
    });
  return {
    takes: {
      "recall.sent": async (tx, envelope) => {
        const { recalls, places } = await takeRecall(node, tx, envelope);
        wake(places, recalls);
      },
      "grade.proposed": async (tx, envelope) => {
        wake([{ request: await takeGrade(node, tx, envelope), case: null }], []);
      },
      "grade.answered": async (tx, envelope) => wake([await takeGradeAnswer(tx, envelope)], []),
      "recall.reported": async (tx, envelope) => {
        const { recall, request } = await takeReport(node, tx, envelope);
        wake(request === null ? [] : [{ request, case: null }], [recall]);
      },
    },
    receipted: { "grade.proposed": (out, receipt) => ungiven(node, out, receipt) },
    // Calling back is never held back: it takes away, and shows nothing.
    leaves: Object.fromEntries(
      Object.keys(wire).map((kind) => [kind, () => Promise.resolve({ kind: "may" })]),
    ),
    questions: { recalls: (peer, body) => answerLines(node, peer, body) },
    ahead: ahead(node),
  };
}

/** All that this node told the peer after a number, a page of it: only what it was told already (RFI-8). */
async function answerLines(node: RecallsNode, peer: NodeCode, body: Uint8Array): Promise<Uint8Array> {
  const asked = Asked.safeParse(readJson(body));
  if (!asked.success) throw new ExchangeError("BAD_REQUEST", "recalls");
  const recalls = await node.store.read(as(peer), async (db) => {
    db.noteRead("recall.lines-asked", { peer, after: asked.data.after });
    const { rows } = await sql<{ line: string; calls: string[] }>`
      select h.line, array_agg(t.signed order by t.record_id, t.version) as calls
      from simpul.recall_holders h
      join simpul.recall_told d on d.recall_id = h.recall_id and d.holder = h.holder
      join simpul.recall_things t on t.recall_id = d.recall_id and t.record_id = d.record_id and t.version = d.version
      where h.holder = ${peer} and h.line > ${asked.data.after} and t.signed is not null
      group by h.line order by h.line limit 500`.execute(db.rows);
    return rows.map((row) => ({ line: Number(row.line), calls: row.calls }));
  });
  // One answer holds a megabyte; who gets less than there is asks again from there.
  const page: typeof recalls = [];
  let size = 0;
  for (const one of recalls) {
    size += one.calls.reduce((sum, call) => sum + call.length * 2, 100);
    if (page.length > 0 && size > 900_000) break;
    page.push(one);
  }
  return Buffer.from(JSON.stringify({ recalls: page }));
}

function readJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString("utf8"));
  } catch {
    return null;
  }
}

/** What was called back goes ahead of everything: who knows of fewer than there are asks, before it takes an envelope. */
export function ahead(node: RecallsNode): Ahead {
  const line = (peer: NodeCode) =>
    node.store.read(jobStanding("recalls-ahead"), async (db) => {
      const { rows } = await sql<{ told: string; known: string }>`select told, known from simpul.recall_lines
        where peer = ${peer}`.execute(db.rows);
      return { told: Number(rows[0]?.told ?? 0), known: Number(rows[0]?.known ?? 0) };
    });
  return {
    told: async (peer) => (await line(peer)).told,
    known: async (peer) => (await line(peer)).known,
    async learn(peer, ask) {
      for (;;) {
        const { known: after } = await line(peer);
        const said = Said.parse(readJson(await ask("recalls", Buffer.from(JSON.stringify({ after })))));
        const last = said.recalls.at(-1)?.line ?? after;
        if (last <= after) return;
        for (const one of said.recalls) await learnOne(node, peer, one);
      }
    },
  };
}

/** In force, or refused and counted all the same: a statement that does not hold must not hold up the line. */
async function learnOne(
  node: RecallsNode,
  peer: NodeCode,
  { line, calls }: { line: number; calls: string[] },
): Promise<void> {
  const counted = (tx: Writer) =>
    sql`insert into simpul.recall_lines as l (peer, known) values (${peer}, ${line})
      on conflict (peer) do update set known = greatest(l.known, excluded.known)`.execute(tx.rows);
  try {
    const { places, recalls } = await node.store.write(as(peer), async (tx) => {
      await counted(tx);
      return putInForce({ node, tx, from: peer }, calls);
    });
    soon(() => {
      for (const recall of recalls) node.wake(`recall:${recall}`);
      for (const place of places) node.wake(`request:${place.request}`);
    });
  } catch (fault) {
    if (!(fault instanceof EnvelopeRefused)) throw fault;
    await node.store.write(as(peer), async (tx) => {
      await counted(tx);
      tx.note("recall.refused", { peer, line, code: fault.code });
    });
  }
}

/** A proposal that its originator refused says so: it does not know the version, or calls it back already. */
async function ungiven(node: RecallsNode, out: Outgoing, receipt: Receipt): Promise<void> {
  if (receipt.outcome === "accepted") return;
  const { proposal } = out.body as { proposal: Id };
  await node.store.write(jobStanding("grades"), async (tx) => {
    await sql`update simpul.grade_proposals set state = 'undelivered' where id = ${proposal} and state = 'open'`.execute(
      tx.rows,
    );
    tx.note("grade.undelivered", { proposal, peer: out.to });
  });
  node.wake(`recall:${proposal}`);
}
