// What passed under a stolen key: the list of requests it touches, their marks, and the word of the officer who looked.
import type { Id, NodeCode } from "@simpul/model";
import { demand } from "@simpul/policy";
import type { Reader, Standing } from "@simpul/store";
import { sql } from "kysely";
import { PeersError } from "./contract.ts";
import type { Doubt, DoubtFinding, DoubtListed, DoubtsOf } from "./contract.ts";
import { mayRead, type PeersNode } from "./node.ts";

interface Row {
  request_id: Id;
  peer: NodeCode;
  whose: NodeCode | null;
  since: Date;
  until: Date;
  received: number;
  sent: number;
  finding: DoubtFinding | null;
  text: string | null;
  name: string | null;
  at: Date | null;
}

/** The newest word about each. */
async function among(db: Pick<Reader, "rows">, own: NodeCode, requests: readonly Id[]): Promise<Row[]> {
  if (requests.length === 0) return [];
  const { rows } = await sql<Row>`
    select d.*, v.finding, v.text, o.name, v.at from simpul.doubts_among(${[...requests]}::uuid[]) d
      left join lateral (select * from simpul.doubt_reviews r where r.request_id = d.request_id
        and r.whose = coalesce(d.whose, ${own}) and r.until = d.until order by r.at desc limit 1) v on true
      left join simpul.officers o on o.id = v.reviewed_by
    order by d.until desc, d.request_id`.execute(db.rows);
  return rows;
}

const doubtOf = (own: NodeCode, row: Row): Doubt => ({
  peer: row.peer,
  whose: row.whose ?? own,
  since: row.since.toISOString(),
  until: row.until.toISOString(),
  received: row.received,
  sent: row.sent,
  review:
    row.finding === null
      ? null
      : { finding: row.finding, text: row.text ?? "", by: row.name ?? "", at: row.at!.toISOString() },
});

/** For the rooms whose records they are, under the reader's own rights. */
export const doubtsOf = (own: NodeCode): DoubtsOf => ({
  async among(db, requests) {
    const found = new Map<Id, Doubt[]>();
    for (const row of await among(db, own, requests))
      found.set(row.request_id, [...(found.get(row.request_id) ?? []), doubtOf(own, row)]);
    return found;
  },
});

/** All that she sees of one key's theft, this node's own among them; 1,000 at most. */
export async function listDoubts(
  node: PeersNode,
  standing: Standing,
  whose: NodeCode,
): Promise<DoubtListed[]> {
  mayRead(node, standing);
  const reviews = mayReview(node, standing);
  return node.store.read(standing, async (db) => {
    const { rows: touched } = await sql<{ id: Id; subject: string; reference: string }>`
      select q.id, q.subject, string_agg(distinct t.reference, ', ') as reference
      from simpul.requests q join simpul.request_threads t on t.request_id = q.id
      where exists (select 1 from simpul.thefts() w where (w.whose is null or w.whose = t.peer)
        and t.created_at <= w.until and t.changed_at >= w.since)
      group by q.id order by max(t.changed_at) desc limit 1000`.execute(db.rows);
    const named = new Map(touched.map((row) => [row.id, row]));
    const rows = await among(db, node.code, [...named.keys()]);
    const listed = rows.filter((row) => (row.whose ?? node.code) === whose);
    db.noteRead("doubts.listed", { peer: whose, shown: listed.length });
    return listed.map((row) => ({
      ...doubtOf(node.code, row),
      request: row.request_id,
      subject: named.get(row.request_id)!.subject,
      reference: named.get(row.request_id)!.reference,
      reviews,
    }));
  });
}

const asking = (node: PeersNode, standing: Standing) => ({
  officer: standing.actor as never,
  act: "doubt.review" as const,
  record: { kind: "node", id: node.code } as const,
  purpose: standing.purpose,
  now: node.clock.now(),
});
const mayReview = (node: PeersNode, standing: Standing): boolean =>
  node.policy.decide(asking(node, standing)).allowed;

/** A named officer says what she found; the word before it stays. Throws `NOT_FOUND` for what nothing passed with. */
export async function reviewDoubt(
  node: PeersNode,
  standing: Standing,
  ask: { whose: NodeCode; request: Id; until: string; finding: DoubtFinding; text: string },
): Promise<void> {
  mayRead(node, standing);
  const because = demand(node.policy, asking(node, standing));
  await node.store.write(standing, async (tx) => {
    tx.allowed(because);
    const { rows } = await sql<{
      until: Date;
    }>`select until from simpul.doubts_among(${[ask.request]}::uuid[])
      where coalesce(whose, ${node.code}) = ${ask.whose} and date_trunc('milliseconds', until) = ${ask.until}::timestamptz`.execute(
      tx.rows,
    );
    if (rows[0] === undefined) throw new PeersError("NOT_FOUND");
    await sql`insert into simpul.doubt_reviews (request_id, whose, until, finding, text, reviewed_by, at)
      select ${ask.request}, ${ask.whose}, d.until, ${ask.finding}, ${ask.text}, simpul.officer(), ${tx.at}
      from (select distinct until from simpul.doubts_among(${[ask.request]}::uuid[])
        where coalesce(whose, ${node.code}) = ${ask.whose}
          and date_trunc('milliseconds', until) = ${ask.until}::timestamptz) d`.execute(tx.rows);
    tx.note("doubt.reviewed", { id: ask.request, peer: ask.whose, finding: ask.finding });
  });
}
