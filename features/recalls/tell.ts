// Telling a holder: its line in the tree, its number in the line that it can ask for, and the envelope, in one transaction.
import type { Id, NodeCode } from "@simpul/model";
import type { Writer } from "@simpul/store";
import { sql } from "kysely";
import type { RecallOnPaper, ThingToTell } from "./contract.ts";
import { gradeOf, hexOf, type RecallRow, type RecallsNode, type ThingRow } from "./node.ts";
import type { Wire } from "./wire.ts";

/** Once for each holder; a second telling adds nothing. */
export async function tell(
  node: Pick<RecallsNode, "code" | "isPeer" | "copies">,
  tx: Writer,
  recall: RecallRow,
  things: readonly ThingRow[],
  to: NodeCode,
  agency: Id,
): Promise<void> {
  const { rows: there } = await sql`select 1 from simpul.recall_holders where recall_id = ${recall.id}
    and holder = ${to} and line is not null`.execute(tx.rows);
  if (there.length > 0) return;
  const { rows } = await sql<{
    told: string;
  }>`insert into simpul.recall_lines as l (peer, told) values (${to}, 1)
    on conflict (peer) do update set told = l.told + 1 returning told`.execute(tx.rows);
  await sql`insert into simpul.recall_holders (recall_id, holder, via, line, told_at)
    values (${recall.id}, ${to}, ${node.code}, ${rows[0]!.told}, ${tx.at})
    on conflict (recall_id, holder) do update set line = excluded.line`.execute(tx.rows);
  for (const thing of things)
    await sql`insert into simpul.recall_told (recall_id, holder, record_id, version)
      values (${recall.id}, ${to}, ${thing.record_id}, ${thing.version})`.execute(tx.rows);
  // Whoever has it on paper is told on paper, also an authority beside its state's node.
  await node.copies.tellOnPaper(tx, onPaper(recall, tx), things.map(toTell), to);
  if (!(await node.isPeer(to))) return;
  const body: Wire<"recall.sent"> = {
    agency,
    recall: recall.id,
    calls: things.map((one) => one.signed!),
    text: recall.reason,
    replacements: things.flatMap((one) => (one.next === null ? [] : [one.next])),
  };
  // Before everything else that waits for it.
  await tx.send({ id: tx.newId(), to, kind: "recall.sent", body, urgent: true });
}

const toTell = (one: ThingRow): ThingToTell => ({
  ...{ record: one.record_id, version: hexOf(one.version), what: one.what, next: one.next },
});

const onPaper = (row: RecallRow, tx: Writer): RecallOnPaper => ({
  ...{ id: row.id, request: row.ours ? row.request_id : null, reason: row.reason, safety: row.safety },
  due: row.due_at ?? tx.at,
  by: row.ours && tx.standing.actor.kind === "officer" ? tx.standing.actor.id : null,
  call: {
    ...{ kind: row.kind, reasonCode: row.reason_code, handling: row.handling },
    ...{ evaluation: gradeOf(row.evaluation), endsGrants: row.ends_grants },
  },
});

/** In whose name the node speaks where no officer acts: the contact point's authority. */
export async function contactAgency(tx: Pick<Writer, "rows">): Promise<Id> {
  const { rows } = await sql<{ id: Id | null }>`select simpul.contact_agency() as id`.execute(tx.rows);
  return rows[0]?.id ?? ("00000000-0000-7000-8000-000000000000" as Id);
}
