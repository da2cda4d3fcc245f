// The acts: one proposes whom to exclude and says why, another agrees; it is looked at again by its day, and ends by two.
import type { Id } from "@simpul/model";
import type { Writer } from "@simpul/store";
import { sql } from "kysely";
import { ExclusionsError, exclusionLimits, type AskExclusion } from "./contract.ts";
import { demandSecond, mayOrder, type ExclusionsNode, type OfOfficer } from "./node.ts";

interface Row {
  id: Id;
  side: "there" | "here" | "told";
  peer: string | null;
  kind: string;
  who: string;
  state: "proposed" | "active" | "lifted" | "dropped";
  ordered_by: Id | null;
  lift_asked_by: Id | null;
}

/** Throws `NOT_FOUND` for what is not there or is about herself. */
async function rowOf(tx: Writer, id: Id): Promise<Row> {
  const { rows } = await sql<Row>`
    select id, side, peer, kind, who, state, ordered_by, lift_asked_by from simpul.exclusions
    where id = ${id} for update`.execute(tx.rows);
  if (rows[0] === undefined) throw new ExclusionsError("NOT_FOUND", id);
  return rows[0];
}

function requireReview(node: ExclusionsNode, review: string): void {
  const days = (Date.parse(review) - node.clock.now().getTime()) / 86_400_000;
  if (days < 0 || days > exclusionLimits.reviewDays) throw new ExclusionsError("REVIEW_OUT_OF_RANGE", review);
}

/** The first person's half; nothing is kept from anybody yet. */
export async function orderExclusion(
  node: ExclusionsNode,
  standing: OfOfficer,
  ask: AskExclusion,
): Promise<Id> {
  const because = mayOrder(node, standing);
  requireReview(node, ask.review);
  if (ask.side === "there" && !(await node.peers()).some((peer) => peer === ask.peer))
    throw new ExclusionsError("NOT_FOUND", ask.peer ?? "");
  return node.store.write(standing, async (tx) => {
    tx.allowed(because);
    const { rows } = await sql<{ n: number; meant: Id | null }>`
      select (select count(*)::int from simpul.exclusions
          where side = ${ask.side} and peer is not distinct from ${ask.peer} and state in ('proposed', 'active')) as n,
        simpul.meant(${ask.kind}, ${ask.who}) as meant`.execute(tx.rows);
    if (ask.side === "here" && rows[0]!.meant === null) throw new ExclusionsError("NOBODY_OF_THAT", ask.who);
    if (rows[0]!.n >= exclusionLimits.atOnce) throw new ExclusionsError("EXCLUDED_ALREADY", "too many");
    const id = tx.newId();
    const { numAffectedRows } = await sql`
      insert into simpul.exclusions (id, side, peer, kind, who, label, reason, state, review_on, ordered_by, ordered_at)
      values (${id}, ${ask.side}, ${ask.peer}, ${ask.kind}, ${ask.who}, ${ask.label}, ${ask.reason}, 'proposed',
        ${ask.review}::date, ${standing.actor.id}, ${tx.at})
      on conflict do nothing`.execute(tx.rows);
    if (numAffectedRows !== 1n) throw new ExclusionsError("EXCLUDED_ALREADY", ask.who);
    tx.note("exclusion.ordered", { id, side: ask.side, peer: ask.peer, of: ask.kind });
    return id;
  });
}

/** The second person's half: from now on it is kept. Throws `EXCLUSION_NOT_WAITING`, `NOBODY_OF_THAT`, `NOBODY_LEFT`, `Denied`. */
export async function agreeExclusion(node: ExclusionsNode, standing: OfOfficer, id: Id): Promise<void> {
  mayOrder(node, standing);
  await node.store.write(standing, async (tx) => {
    const row = await rowOf(tx, id);
    if (row.state !== "proposed" || row.ordered_by === null)
      throw new ExclusionsError("EXCLUSION_NOT_WAITING", id);
    await demandSecond(node, standing, tx, { id, author: row.ordered_by });
    const ours = row.side === "here" ? await oursOf(tx, row) : null;
    await sql`update simpul.exclusions set state = 'active', ours = ${ours}, agreed_by = ${standing.actor.id},
      agreed_at = ${tx.at} where id = ${id}`.execute(tx.rows);
    tx.note("exclusion.agreed", { id, side: row.side, peer: row.peer, of: row.kind });
  });
  node.store.wakes.wake("exclusions");
}

/** Whom of ours it means. The contact point must not be left without anybody. */
async function oursOf(tx: Writer, row: Row): Promise<Id> {
  const { rows } = await sql<{ meant: Id | null; left: boolean }>`
    with m as (select simpul.meant(${row.kind}, ${row.who}) as meant)
    select m.meant, exists (select 1 from simpul.officers o
      join simpul.memberships s on s.officer_id = o.id and s.ended_at is null
      join simpul.desks d on d.id = s.desk_id join simpul.agencies a on a.id = d.agency_id
      where o.left_at is null and a.kind = 'liaison' and s.roles && array['liaison', 'supervisor']
        and not simpul.is_one_of(o.id, m.meant)) as left from m`.execute(tx.rows);
  if (rows[0] === undefined || rows[0].meant === null) throw new ExclusionsError("NOBODY_OF_THAT", row.who);
  if (!rows[0].left) throw new ExclusionsError("NOBODY_LEFT", row.who);
  return rows[0].meant;
}

/** Either person gives a proposal up. */
export async function dropExclusion(node: ExclusionsNode, standing: OfOfficer, id: Id): Promise<void> {
  const because = mayOrder(node, standing);
  await node.store.write(standing, async (tx) => {
    tx.allowed(because);
    const row = await rowOf(tx, id);
    if (row.state !== "proposed") throw new ExclusionsError("EXCLUSION_NOT_WAITING", id);
    await sql`update simpul.exclusions set state = 'dropped', ended_by = ${standing.actor.id}, ended_at = ${tx.at}
      where id = ${id}`.execute(tx.rows);
    tx.note("exclusion.dropped", { id });
  });
}

/** It is still needed, says a named officer, until another day. */
export async function reviewExclusion(
  node: ExclusionsNode,
  standing: OfOfficer,
  id: Id,
  ask: { review: string; text: string },
): Promise<void> {
  const because = mayOrder(node, standing);
  requireReview(node, ask.review);
  await node.store.write(standing, async (tx) => {
    tx.allowed(because);
    const row = await rowOf(tx, id);
    if (row.state !== "active" || row.side === "told") throw new ExclusionsError("EXCLUSION_NOT_WAITING", id);
    await sql`update simpul.exclusions set review_on = ${ask.review}::date, review = ${ask.text},
      reviewed_by = ${standing.actor.id}, reviewed_at = ${tx.at} where id = ${id}`.execute(tx.rows);
    tx.note("exclusion.reviewed", { id, until: ask.review });
  });
}

/** One asks that it ends; it is kept until somebody else agrees. */
export async function askLift(
  node: ExclusionsNode,
  standing: OfOfficer,
  id: Id,
  reason: string,
): Promise<void> {
  const because = mayOrder(node, standing);
  await node.store.write(standing, async (tx) => {
    tx.allowed(because);
    const row = await rowOf(tx, id);
    if (row.state !== "active" || row.side === "told" || row.lift_asked_by !== null)
      throw new ExclusionsError("EXCLUSION_NOT_WAITING", id);
    await sql`update simpul.exclusions set lift_reason = ${reason}, lift_asked_by = ${standing.actor.id},
      lift_asked_at = ${tx.at} where id = ${id}`.execute(tx.rows);
    tx.note("exclusion.lift-asked", { id });
  });
}

/** The second person: from now on they see what comes, and what was kept from them. The other node is told. */
export async function liftExclusion(node: ExclusionsNode, standing: OfOfficer, id: Id): Promise<void> {
  mayOrder(node, standing);
  await node.store.write(standing, async (tx) => {
    const row = await rowOf(tx, id);
    if (row.state !== "active" || row.lift_asked_by === null)
      throw new ExclusionsError("EXCLUSION_NOT_WAITING", id);
    await demandSecond(node, standing, tx, { id, author: row.lift_asked_by });
    await sql`update simpul.exclusions set state = 'lifted', ended_by = ${standing.actor.id}, ended_at = ${tx.at}
      where id = ${id}`.execute(tx.rows);
    await sql`update simpul.request_exclusions set lifted_at = ${tx.at}
      where exclusion_id = ${id} and lifted_at is null`.execute(tx.rows);
    if (row.side === "there")
      await tx.send({
        id: tx.newId(),
        to: row.peer as never,
        kind: "exclusion.lifted",
        body: { agency: standing.actor.agency, exclusion: id },
      });
    tx.note("exclusion.lifted", { id, side: row.side, peer: row.peer });
  });
  node.store.wakes.wake("exclusions");
  node.send();
}
