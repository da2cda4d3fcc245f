// What another desk of this state was told by the emergency desk: exactly that, and a way to write back.
import type { AtDesk } from "@simpul/features/victims/contract.ts";
import type { Id } from "@simpul/model";
import { sql } from "kysely";
import { DistressError, type Told } from "./contract.ts";
import { standingOf, type EmergencyNode } from "./node.ts";

interface Row {
  id: Id;
  text: string;
  given_by: Id;
  at: Date;
  answer: string | null;
  answered_by: Id | null;
  answered_at: Date | null;
}

/** For the desk at which she sits; row security keeps out everybody else, and takes away what was withdrawn. */
export async function listTold(node: EmergencyNode, who: AtDesk): Promise<Told[]> {
  const rows = await node.store.write(standingOf(who), async (tx) => {
    const { rows: found } = await sql<Row>`select id, text, given_by, at, answer, answered_by, answered_at
      from simpul.distress_told where desk_id = ${who.officer.desk} and withdrawn_at is null
      order by answered_at is not null, at desc limit 200`.execute(tx.rows);
    await sql`update simpul.distress_told set seen_by = ${who.officer.id}, seen_at = ${tx.at}
      where desk_id = ${who.officer.desk} and withdrawn_at is null and seen_at is null`.execute(tx.rows);
    tx.note("distress.told-read", { shown: found.length });
    return found;
  });
  const people = await node.directory.officers(
    rows.flatMap((row) => [row.given_by, row.answered_by ?? row.given_by]),
  );
  return rows.map((row) => ({
    ...{ id: row.id, text: row.text, at: row.at.toISOString() },
    from: people.get(row.given_by)?.name ?? "",
    answer:
      row.answered_at === null
        ? null
        : {
            ...{ text: row.answer ?? "", at: row.answered_at.toISOString() },
            by: people.get(row.answered_by!)?.name ?? "",
          },
  }));
}

export async function answerTold(node: EmergencyNode, who: AtDesk, id: Id, text: string): Promise<void> {
  await node.store.write(standingOf(who), async (tx) => {
    const kept = await sql`update simpul.distress_told set answer = ${text}, answered_by = ${who.officer.id},
      answered_at = ${tx.at} where id = ${id} and desk_id = ${who.officer.desk} and withdrawn_at is null`.execute(
      tx.rows,
    );
    if (kept.numAffectedRows !== 1n) throw new DistressError("NOT_FOUND", id);
    tx.note("distress.told-answered", { id });
  });
  node.wake(`distress:${node.code}`);
}
