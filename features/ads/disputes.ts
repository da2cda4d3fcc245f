// An employer says that an advert names it wrongly: written down by one officer, decided by another; what is wrong is purged.
import type { Id } from "@simpul/model";
import type { Reader, Standing } from "@simpul/store";
import { sql } from "kysely";
import { AdsError, type Dispute } from "./contract.ts";
import { takeBackLetters } from "./letters.ts";
import { mayPurge, mustPurge, mustWork, tell, type AdsNode } from "./node.ts";
import { purgePicturesOf } from "./pictures/pictures.ts";
import { rankAgain } from "./take-in.ts";

/** Somebody's name stands in a record of the police: it is decided within two weeks. */
const days = 14;

export async function disputesOf(node: AdsNode, db: Reader, advert: Id): Promise<Dispute[]> {
  const { rows } = await sql<
    Omit<Dispute, "at" | "dueAt" | "decidedAt" | "mayDecide"> & { at: Date; due: Date; decided: Date | null }
  >`
    select id, employer, reason, by_id as by, at, due_at as due, state, decision, decided_by as "decidedBy",
      decided_at as decided from simpul.ad_disputes where advert_id = ${advert} order by at`.execute(db.rows);
  return rows.map(({ at, due, decided, ...row }) => ({
    ...row,
    ...{ at: at.toISOString(), dueAt: due.toISOString(), decidedAt: decided?.toISOString() ?? null },
    mayDecide: row.state === "open" && mayPurge(node, db.standing, row.id, row.by),
  }));
}

/** Throws `NOT_FOUND`, `ADVERT_PURGED`, `DISPUTE_OPEN`. */
export async function dispute(
  node: AdsNode,
  standing: Standing,
  advert: Id,
  ask: { employer: string; reason: string },
): Promise<Id> {
  const id = await node.store.write(standing, async (tx) => {
    const officer = mustWork(node, tx);
    const { rows } = await sql<{ purged: boolean; open: boolean }>`select purged_at is not null as purged,
        exists (select 1 from simpul.ad_disputes d where d.advert_id = a.id and d.state = 'open') as open
      from simpul.ad_adverts a where a.id = ${advert} for update`.execute(tx.rows);
    if (rows[0] === undefined) throw new AdsError("NOT_FOUND");
    if (rows[0].purged) throw new AdsError("ADVERT_PURGED");
    if (rows[0].open) throw new AdsError("DISPUTE_OPEN");
    const made = tx.newId();
    await sql`insert into simpul.ad_disputes (agency_id, id, advert_id, employer, reason, by_id, at, due_at)
      values (${officer.agency}, ${made}, ${advert}, ${ask.employer}, ${ask.reason}, ${officer.id}, ${tx.at},
        ${new Date(tx.at.getTime() + days * 86_400_000)})`.execute(tx.rows);
    tx.note("advert.disputed", { id: advert });
    return made;
  });
  tell(node, standing);
  return id;
}

/**
 * `copied`: somebody copied a true employer's name or numbers, which from now on point at nobody; `selectors` are those that
 * are the employer's. `purged`: the text goes, with what was read in it; that there was something stays provable by its leaf.
 * Throws `NOT_FOUND`, `DISPUTE_DECIDED`, `Denied` (`SECOND_PERSON` for whoever wrote it down).
 */
export async function decideDispute(
  node: AdsNode,
  standing: Standing,
  id: Id,
  ask: { state: "copied" | "purged" | "refused"; decision: string; selectors: readonly number[] },
): Promise<void> {
  await node.store.write(standing, async (tx) => {
    const officer = mustWork(node, tx);
    const { rows } = await sql<{ advert_id: Id; by_id: Id; state: string }>`select advert_id, by_id, state
      from simpul.ad_disputes where id = ${id} for update`.execute(tx.rows);
    const [row] = rows;
    if (row === undefined) throw new AdsError("NOT_FOUND");
    mustPurge(node, tx, id, row.by_id);
    if (row.state !== "open") throw new AdsError("DISPUTE_DECIDED");
    await sql`update simpul.ad_disputes set state = ${ask.state}, decided_by = ${officer.id}, decided_at = ${tx.at},
      decision = ${ask.decision} where id = ${id}`.execute(tx.rows);
    // Who was ranked high by a number that is not the recruiter's stands lower now.
    const near = await sql<{ id: Id }>`select distinct o.advert_id as id from simpul.ad_selectors s
      join simpul.ad_selectors o on o.type = s.type and o.canonical = s.canonical
      join simpul.ad_adverts a on a.id = o.advert_id and a.agency_id = ${officer.agency} and a.found is null
      where s.advert_id = ${row.advert_id} and s.canonical is not null limit 1000`.execute(tx.rows);
    if (ask.state === "copied")
      await sql`update simpul.ad_selectors set role = 'business'
        where advert_id = ${row.advert_id} and number = any(${[...ask.selectors]}::int[]) and canonical is not null`.execute(
        tx.rows,
      );
    if (ask.state === "purged") {
      await sql`update simpul.ad_adverts set body = '', seal = '', origin = '', flags = '[]', purged_at = ${tx.at},
        panels = '{"flags":{"sum":0,"reasons":[]},"selectors":{"sum":0,"reasons":[]},"campaign":{"sum":0,"reasons":[]},"wording":{"sum":0,"reasons":[]}}',
        score = 0, telling = 0, turn = 'archive' where id = ${row.advert_id}`.execute(tx.rows);
      await sql`delete from simpul.ad_selectors where advert_id = ${row.advert_id}`.execute(tx.rows);
      await takeBackLetters(tx, row.advert_id);
      await purgePicturesOf(tx, row.advert_id);
    }
    await rankAgain(tx, officer.agency, near.rows.map((one) => one.id)); // prettier-ignore
    tx.note("advert.dispute-decided", { id: row.advert_id, state: ask.state });
  });
  tell(node, standing);
}
