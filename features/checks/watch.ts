// The holder's eye on what others ask: who, how much, within which limits, and the switch that ends it (HIT-5, HIT-11).
import type { Id, NodeCode, SelectorType } from "@simpul/model";
import { demand } from "@simpul/policy";
import type { Standing } from "@simpul/store";
import { sql } from "kysely";
import {
  ChecksError,
  type Alarm,
  type AnsweredEntry,
  type AnsweredView,
  type PeerUsage,
} from "./contract.ts";
import { iso, isoOrNull, officerOf, type ChecksNode, type Rows } from "./node.ts";

const may = (node: ChecksNode, standing: Standing, act: "check.watch" | "check.switch") =>
  node.policy.decide({
    officer: officerOf(standing),
    act,
    record: { kind: "node", id: node.code },
    purpose: standing.purpose,
    now: node.clock.now(),
  });

interface PeerRow {
  peer: NodeCode;
  stopped: boolean | null;
  reason: string | null;
  switched_by: Id | null;
  switched_at: Date | null;
  today: number;
  month: number;
  cases: number;
  compared: PeerUsage["compared"];
}

/** All of it for the contact point and oversight; to everybody else the page is not there. */
export async function viewAnswered(node: ChecksNode, standing: Standing): Promise<AnsweredView> {
  if (!may(node, standing, "check.watch").allowed) throw new ChecksError("NOT_FOUND");
  const known = await node.asking.peers();
  const switching = may(node, standing, "check.switch");
  return node.store.read(standing, async (db) => {
    db.noteRead("check.watched", {});
    return {
      peers: await usages(node, db, known),
      entries: await entriesOf(db),
      alarms: await alarmsOf(db),
      index: await indexOf(db),
      maySwitch: switching.allowed || switching.needs === "step-up",
    };
  });
}

async function usages(node: ChecksNode, db: Rows, known: readonly NodeCode[]): Promise<PeerUsage[]> {
  const now = node.clock.now();
  const month = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1));
  const { rows } = await sql<PeerRow>`select n.peer, p.stopped, p.reason, p.switched_by, p.switched_at,
      coalesce((select u.asked from simpul.check_usage u where u.peer = n.peer and u.day = ${iso(now).slice(0, 10)}), 0) as today,
      coalesce((select sum(a.count) from simpul.check_answered a
        where a.peer = n.peer and a.outcome = 'evaluated' and a.at >= ${month}), 0)::int as month,
      (select count(distinct a.case_commitment)::int from simpul.check_answered a
        where a.peer = n.peer and a.at >= ${month}) as cases,
      (select jsonb_build_object('month', c.month, 'ours', c.ours, 'theirs', c.theirs, 'alike', c.alike)
        from simpul.check_comparisons c where c.peer = n.peer order by c.month desc limit 1) as compared
    from (select unnest(${[...known]}::text[]) as peer
      union select peer from simpul.check_peers union select distinct peer from simpul.check_usage) n
    left join simpul.check_peers p on p.peer = n.peer order by n.peer`.execute(db.rows);
  return rows.map((row) => {
    const { perQuery, perDay, perCase } = node.terms.limits.peers[row.peer] ?? node.terms.limits.usual;
    return {
      node: row.peer,
      stopped: row.stopped ?? false,
      reason: row.reason,
      switchedBy: row.switched_by,
      switchedAt: isoOrNull(row.switched_at),
      today: row.today,
      month: row.month,
      cases: row.cases,
      limits: { perQuery, perDay, perCase },
      compared: row.compared,
    };
  });
}

interface EntryRow extends Omit<AnsweredEntry, "node" | "at" | "legalBasis" | "commitment" | "supervised"> {
  peer: NodeCode;
  at: Date;
  legal_basis: string;
  case_commitment: string;
  supervisor: string | null;
}

async function entriesOf(db: Rows): Promise<AnsweredEntry[]> {
  const { rows } = await sql<EntryRow>`select id, peer, at, count, types, purpose, offence, legal_basis,
      case_commitment, operator, supervisor, outcome, because
    from simpul.check_answered order by at desc, id desc limit 200`.execute(db.rows);
  return rows.map(({ peer, at, legal_basis, case_commitment, supervisor, ...row }) => ({
    ...row,
    node: peer,
    at: iso(at),
    legalBasis: legal_basis,
    commitment: case_commitment,
    supervised: supervisor !== null,
  }));
}

async function alarmsOf(db: Rows): Promise<Alarm[]> {
  const { rows } = await sql<{
    id: Id;
    at: Date;
    side: Alarm["side"];
    kind: string;
    peer: NodeCode | null;
    check_id: Id | null;
    officer_id: Id | null;
    facts: Alarm["facts"];
  }>`select id, at, side, kind, peer, check_id, officer_id, facts from simpul.check_alarms
    order by at desc, id desc limit 100`.execute(db.rows);
  return rows.map(({ at, peer, check_id, officer_id, ...row }) => ({
    ...row,
    at: iso(at),
    node: peer,
    check: check_id,
    officer: officer_id,
  }));
}

async function indexOf(db: Rows): Promise<AnsweredView["index"]> {
  const { rows } = await sql<{ type: SelectorType; records: number; made_at: Date }>`
    select type, records, made_at from simpul.check_indexes
    where epoch = (select max(epoch) from simpul.check_indexes) order by records desc, type`.execute(db.rows);
  return rows.map(({ made_at, ...row }) => ({ ...row, madeAt: iso(made_at) }));
}

/** Stops answering a state, or begins again; with a reason and a fresh second factor. */
export async function switchPeer(
  node: ChecksNode,
  standing: Standing,
  peer: NodeCode,
  to: { stopped: boolean; reason: string },
): Promise<void> {
  const officer = officerOf(standing);
  if (!may(node, standing, "check.watch").allowed) throw new ChecksError("NOT_FOUND");
  if (!(await node.asking.peers()).includes(peer)) throw new ChecksError("NO_STATE");
  await node.store.write(standing, async (tx) => {
    // The proof is for this state and no other.
    tx.allowed(
      demand(node.policy, {
        officer,
        act: "check.switch",
        record: { kind: "node", id: peer },
        purpose: standing.purpose,
        now: tx.at,
        proof: await node.proofs.take(tx, { act: "check.switch", record: peer }),
      }),
    );
    await sql`insert into simpul.check_peers (peer, stopped, reason, switched_by, switched_at)
      values (${peer}, ${to.stopped}, ${to.reason}, ${officer.id}, ${tx.at})
      on conflict (peer) do update set stopped = excluded.stopped, reason = excluded.reason,
        switched_by = excluded.switched_by, switched_at = excluded.switched_at`.execute(tx.rows);
    tx.note(to.stopped ? "check.peer-stopped" : "check.peer-answered-again", { peer });
  });
  node.wake(`answered:${peer}`);
}
