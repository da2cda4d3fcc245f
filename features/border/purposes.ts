// HIT-2: the standing purpose of a border control: one proposes it with lists, desks and an end, another agrees.
import type { Id } from "@simpul/model";
import type { Writer } from "@simpul/store";
import { sql } from "kysely";
import { BorderError, purposeDays, type AskPurpose, type PurposeState } from "./contract.ts";
import { demandSecond, may, type BorderNode, type OfOfficer } from "./node.ts";

/** Throws `NOT_FOUND` for a list or a desk that is not there, `PURPOSE_OUT_OF_RANGE` for its end. */
export async function proposePurpose(node: BorderNode, standing: OfOfficer, ask: AskPurpose): Promise<Id> {
  const because = may(node, standing, "border.propose");
  const days = (Date.parse(ask.until) - node.clock.now().getTime()) / 86_400_000;
  if (!(days > -1 && days <= purposeDays)) throw new BorderError("PURPOSE_OUT_OF_RANGE", ask.until);
  const lists = new Set((await node.lists.names()).map(({ id }) => id));
  const missing = ask.lists.find((one) => !lists.has(one));
  if (missing !== undefined) throw new BorderError("NOT_FOUND", missing);
  return node.store.write(standing, async (tx) => {
    tx.allowed(because);
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from simpul.desks d
      join simpul.agencies a on a.id = d.agency_id
      where a.kind = 'immigration' and d.id = any(${ask.desks}::uuid[])`.execute(tx.rows);
    if (rows[0]!.n !== new Set(ask.desks).size) throw new BorderError("NOT_FOUND", "a desk");
    const id = tx.newId();
    await sql`insert into simpul.border_purposes (id, title, legal_basis, lists, desks, until, state, made_by, made_at)
      values (${id}, ${ask.title}, ${ask.legalBasis}, ${ask.lists}::uuid[], ${ask.desks}::uuid[],
        ${new Date(`${ask.until}T23:59:59Z`)}, 'proposed', ${standing.actor.id}, ${tx.at})`.execute(tx.rows);
    tx.note("border.purpose-proposed", { id, lists: ask.lists.length, desks: ask.desks.length });
    return id;
  });
}

async function rowOf(tx: Writer, id: Id): Promise<{ state: PurposeState; made_by: Id }> {
  const { rows } = await sql<{
    state: PurposeState;
    made_by: Id;
  }>`select state, made_by from simpul.border_purposes
    where id = ${id} for update`.execute(tx.rows);
  if (rows[0] === undefined) throw new BorderError("NOT_FOUND", id);
  return rows[0];
}

/** From now on its desks check under it. Throws `PURPOSE_NOT_WAITING`, `Denied`. */
export async function agreePurpose(node: BorderNode, standing: OfOfficer, id: Id): Promise<void> {
  may(node, standing, "border.propose");
  await node.store.write(standing, async (tx) => {
    const row = await rowOf(tx, id);
    if (row.state !== "proposed") throw new BorderError("PURPOSE_NOT_WAITING", id);
    await demandSecond(node, standing, tx, { id, author: row.made_by });
    await sql`update simpul.border_purposes set state = 'active', agreed_by = ${standing.actor.id}, agreed_at = ${tx.at}
      where id = ${id}`.execute(tx.rows);
    tx.note("border.purpose-agreed", { id });
  });
}

/** Given up before it counted, or ended early; either needs one person. */
export async function endPurpose(node: BorderNode, standing: OfOfficer, id: Id): Promise<void> {
  const because = may(node, standing, "border.propose");
  await node.store.write(standing, async (tx) => {
    tx.allowed(because);
    const { state } = await rowOf(tx, id);
    if (state !== "proposed" && state !== "active") throw new BorderError("PURPOSE_NOT_WAITING", id);
    await sql`update simpul.border_purposes set state = ${state === "active" ? "ended" : "dropped"},
      ended_by = ${standing.actor.id}, ended_at = ${tx.at} where id = ${id}`.execute(tx.rows);
    tx.note("border.purpose-ended", { id });
  });
}
