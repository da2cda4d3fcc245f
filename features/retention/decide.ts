// The owner's word: kept until another day with a reason, deleted, held for a court, let go again (RET-1).
import { demand } from "@simpul/policy";
import type { Id } from "@simpul/model";
import type { Standing, Writer } from "@simpul/store";
import { sql } from "kysely";
import { RetentionError, type AskKept, type KeptKind } from "./contract.ts";
import { factsOf, keptRow, type RetentionAct } from "./look.ts";
import { officerOf, type KeptRow, type RetentionNode } from "./node.ts";

const day = 86_400_000;

export async function decideKept(
  node: RetentionNode,
  standing: Standing,
  which: { kind: KeptKind; id: Id },
  ask: AskKept,
): Promise<void> {
  const officer = officerOf(standing);
  const reason = ask.reason.trim();
  if (reason.length < 3 && ask.decision !== "release") throw new RetentionError("REASON_NEEDED");
  await node.store.write(standing, async (tx) => {
    const row = await keptRow(node, tx, which.kind, which.id);
    await require(node, tx, ask.decision === "delete" ? "retention.delete" : "retention.decide", row);
    switch (ask.decision) {
      case "keep": {
        const until = requireDay(node, ask.until);
        await upsert(node, tx, row, { review: until, state: "kept", reason, by: officer.id, after: null });
        break;
      }
      case "delete":
        if (row.hold_reason !== null || row.frozen) throw new RetentionError("HELD");
        if (row.state === "going") throw new RetentionError("NOT_NOW", { state: row.state });
        await upsert(node, tx, row, {
          review: row.due,
          state: "going",
          reason,
          by: officer.id,
          after: tx.at,
        });
        await tx.enqueue({ kind: "retention.delete", payload: which, key: `${which.kind} ${which.id}` });
        break;
      case "hold":
        if (row.hold_reason !== null) throw new RetentionError("NOT_NOW", { state: "held" });
        await sql`insert into simpul.retention_holds (id, kind, record_id, case_id, reason, placed_by, placed_at)
          values (${tx.newId()}, ${row.kind}, ${row.id}, ${row.case_id}, ${reason}, ${officer.id}, ${tx.at})`.execute(
          tx.rows,
        );
        break;
      case "release": {
        const done = await sql`update simpul.retention_holds set ended_by = ${officer.id}, ended_at = ${tx.at}
          where kind = ${row.kind} and record_id = ${row.id} and ended_at is null`.execute(tx.rows);
        if (done.numAffectedRows !== 1n) throw new RetentionError("NOT_NOW", { state: "not held" });
        break;
      }
    }
    tx.note(`retention.${ask.decision}`, {
      id: row.id,
      record: row.kind,
      ...(row.case_id !== null && { case: row.case_id }),
    });
  });
  node.wake(`kept:${which.id}`);
}

function requireDay(node: RetentionNode, until: string | undefined): string {
  if (until === undefined) throw new RetentionError("DATE_NEEDED");
  const now = node.clock.now().getTime();
  const at = Date.parse(until);
  if (at <= now) throw new RetentionError("DATE_PASSED");
  const { longestDays } = node.terms;
  if (at > now + (longestDays + 1) * day) throw new RetentionError("TOO_FAR", { days: longestDays });
  return until;
}

async function require(node: RetentionNode, tx: Writer, act: RetentionAct, row: KeptRow): Promise<void> {
  const record = await factsOf(node, tx, row);
  tx.allowed(
    demand(node.policy, {
      officer: officerOf(tx.standing),
      act: act as "retention.delete",
      record,
      purpose: tx.standing.purpose,
      now: node.clock.now(),
      proof:
        act === "retention.delete"
          ? await node.proofs.take(tx, { act: "retention.delete", record: record.id })
          : null,
    }),
  );
}

/** Sets how it stands; a row is made when something is decided or asked for the first time. */
export async function upsert(
  node: RetentionNode,
  tx: Writer,
  row: Pick<KeptRow, "kind" | "id" | "case_id" | "basis">,
  to: {
    review: string;
    state: "kept" | "asked" | "going";
    reason: string;
    by: Id | null;
    after: Date | null;
  },
): Promise<void> {
  await sql`insert into simpul.retentions as t (kind, record_id, case_id, review_on, basis, state, asked_at, delete_after,
      reason, decided_by, decided_at)
    values (${row.kind}, ${row.id}, ${row.case_id}, ${to.review}::date, ${row.basis ?? node.terms.kinds[row.kind].basis},
      ${to.state}, ${to.state === "asked" ? tx.at : null}, ${to.after}, ${to.reason}, ${to.by},
      ${to.by === null ? null : tx.at})
    on conflict (kind, record_id) do update set review_on = excluded.review_on, state = excluded.state,
      asked_at = coalesce(excluded.asked_at, t.asked_at), delete_after = excluded.delete_after, reason = excluded.reason,
      decided_by = excluded.decided_by, decided_at = excluded.decided_at`.execute(tx.rows);
}
