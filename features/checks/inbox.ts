// What checks hand to the inbox: a supervisor's agreement, fresh hits nobody has followed yet, and guesses that came out.
import type { InboxEntry, InboxSource } from "@simpul/features/inbox/contract.ts";
import type { Id, NodeCode } from "@simpul/model";
import type { Reader } from "@simpul/store";
import { sql } from "kysely";
import { hitLastsHours, type FollowUps } from "./contract.ts";
import { iso, type ChecksNode } from "./node.ts";

interface Row {
  id: Id;
  kind: "check-agree" | "check-hit" | "check-alarm";
  since: Date;
  case_id: Id | null;
  number: string | null;
  title: string;
  /** Of a hit: the state that has it. */
  peer: NodeCode | null;
}

/** Days for which an alarm stays in the inbox of those who watch. */
const alarmLasts = 7;

/** Without the hits whose state was asked about since; of a check with several left, the one whose day ends first. */
async function unfollowed(db: Reader, followUps: FollowUps, rows: readonly Row[]): Promise<Row[]> {
  const cases = new Set(rows.flatMap((row) => (row.kind === "check-hit" ? [row.case_id!] : [])));
  const asked = await followUps.askedIn(db, [...cases]);
  const left = new Map<string, Row>();
  for (const row of rows) {
    const followed = asked.some(
      (one) => one.case === row.case_id && one.peer === row.peer && one.at >= row.since,
    );
    const key = `${row.kind} ${row.id}`;
    const sooner = left.get(key);
    if (!followed && (sooner === undefined || row.since < sooner.since)) left.set(key, row);
  }
  return [...left.values()];
}

export const checksTasks = (node: ChecksNode, followUps: FollowUps): InboxSource => ({
  name: "check",
  async waiting(standing, db): Promise<InboxEntry[]> {
    const { id, roles } = standing.actor;
    const agrees = roles.includes("supervisor");
    const fresh = new Date(node.clock.now().getTime() - hitLastsHours * 3_600_000);
    const lately = new Date(node.clock.now().getTime() - alarmLasts * 86_400_000);
    const { rows } = await sql<Row>`
        select c.id, 'check-agree' as kind, c.asked_at as since, k.id as case_id, k.number, k.title,
            null as peer
          from simpul.checks c join simpul.cases k on k.id = c.case_id
          where ${agrees} and c.state = 'proposed' and c.officer_id <> ${id}
        union all
        select c.id, 'check-hit', max(r.at), k.id, k.number, k.title, r.peer
          from simpul.checks c join simpul.cases k on k.id = c.case_id
          join simpul.check_results r on r.case_id = c.case_id and r.check_id = c.id and r.reply = 'hit'
          where c.officer_id = ${id} and r.at > ${fresh} group by c.id, k.id, r.peer
        union all
        select a.id, 'check-alarm', a.at, null, null, upper(a.peer) || ' · ' || (a.facts ->> 'reference'), null
          from simpul.check_alarms a where a.kind = 'canary' and a.at > ${lately}
        order by since desc limit 100`.execute(db.rows);
    const waiting = await unfollowed(db, followUps, rows);
    return waiting.map((row) => ({
      id: row.id,
      kind: row.kind,
      title: row.title,
      to: row.kind === "check-alarm" ? "/check/answered" : `/check/${row.id}`,
      // HIT-8: facts go out within a day, or the hit expires.
      due: row.kind === "check-hit" ? iso(new Date(row.since.getTime() + hitLastsHours * 3_600_000)) : null,
      since: iso(row.since),
      for: row.kind === "check-hit" ? "me" : "desk",
      case: row.case_id === null ? null : { id: row.case_id, number: row.number ?? "", title: row.title },
    }));
  },
});
