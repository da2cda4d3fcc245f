// An officer says what an advert is, alone or for its whole campaign; a colleague reads every tenth again. Each can be undone.
import type { HolderRole, Id } from "@simpul/model";
import type { Standing, Writer } from "@simpul/store";
import { sql } from "kysely";
import { AdsError, type Finding } from "./contract.ts";
import { mustWork, tell, type AdsNode } from "./node.ts";
import { readTwice, undoMs } from "./rules.ts";
import { markOf, rankAgain } from "./take-in.ts";

type Row = {
  id: Id;
  campaign_id: Id;
  source_id: Id;
  score: number;
  telling: number;
  found: Finding | null;
  found_at: Date | null;
  purged_at: Date | null;
};

async function locked(tx: Writer, id: Id): Promise<Row> {
  const { rows } =
    await sql<Row>`select id, campaign_id, source_id, score, telling, found, found_at, purged_at
    from simpul.ad_adverts where id = ${id} for update`.execute(tx.rows);
  if (rows[0] === undefined) throw new AdsError("NOT_FOUND");
  if (rows[0].purged_at !== null) throw new AdsError("ADVERT_PURGED");
  return rows[0];
}

/**
 * What was found; of a campaign, for every advert of it that still waits. Gives the decision and how many adverts it
 * covers. Throws `ALREADY_FOUND` for one that was found something else, `OWN_READING` for a second reading of one's own.
 */
export async function decide(
  node: AdsNode,
  standing: Standing,
  id: Id,
  ask: { found: Finding; campaign: boolean },
): Promise<{ decision: Id; covered: number; second: boolean }> {
  const done = await node.store.write(standing, async (tx) => {
    const officer = mustWork(node, tx);
    const row = await locked(tx, id);
    const before = await sql<{
      officer_id: Id;
      second: boolean;
    }>`select officer_id, second from simpul.ad_decisions
      where advert_id = ${id} and undone_at is null`.execute(tx.rows);
    const second = before.rows.length > 0;
    if (before.rows.some((one) => one.officer_id === officer.id)) throw new AdsError("OWN_READING");
    if (before.rows.some((one) => one.second) || (row.found !== null && !second))
      throw new AdsError("ALREADY_FOUND");
    const covered = second ? 1 : await find(tx, row, ask);
    const drawn = await sql<{ drawn: boolean }>`select drawn from simpul.ad_queue
      where advert_id = ${id} order by day desc limit 1`.execute(tx.rows);
    const decision = tx.newId();
    await sql`insert into simpul.ad_decisions (agency_id, id, advert_id, campaign_id, officer_id, found, second, drawn,
        score, telling, source_id, covered, at)
      values (${officer.agency}, ${decision}, ${id}, ${ask.campaign ? row.campaign_id : null}, ${officer.id},
        ${ask.found}, ${second}, ${drawn.rows[0]?.drawn ?? false}, ${row.score}, ${row.telling}, ${row.source_id},
        ${covered}, ${tx.at})`.execute(tx.rows);
    tx.note("advert.found", { id, found: ask.found, covered, second });
    if (!second) await rankAgain(tx, officer.agency, await nearTo(tx, officer.agency, row));
    return { decision, covered, second };
  });
  tell(node, standing);
  return done;
}

async function find(tx: Writer, row: Row, ask: { found: Finding; campaign: boolean }): Promise<number> {
  const { numAffectedRows } = ask.campaign
    ? await sql`update simpul.ad_adverts set found = ${ask.found}, found_at = ${tx.at}
        where campaign_id = ${row.campaign_id} and found is null and purged_at is null`.execute(tx.rows)
    : await sql`update simpul.ad_adverts set found = ${ask.found}, found_at = ${tx.at}
        where id = ${row.id}`.execute(tx.rows);
  // One advert found to be recruitment speaks for its campaign; what else is found of one says nothing of the others.
  if (ask.campaign || ask.found === "recruitment")
    await sql`update simpul.ad_campaigns set found = ${ask.found} where id = ${row.campaign_id}`.execute(
      tx.rows,
    );
  return Number(numAffectedRows ?? 0n);
}

/** What waits in its campaign, or shares a number or link with it, is ranked anew. */
async function nearTo(
  tx: Writer,
  agency: Id,
  { id, campaign_id: campaign }: Pick<Row, "id" | "campaign_id">,
): Promise<Id[]> {
  const { rows } = await sql<{ id: Id }>`select a.id from simpul.ad_adverts a
    where a.agency_id = ${agency} and a.found is null and a.purged_at is null and (a.campaign_id = ${campaign}
      or a.id in (select o.advert_id from simpul.ad_selectors s
        join simpul.ad_selectors o on o.type = s.type and o.canonical = s.canonical and o.valid
        where s.advert_id = ${id} and s.valid and s.canonical is not null))
    order by a.telling desc limit 500`.execute(tx.rows);
  return rows.map((row) => row.id);
}

/** Her own, within ten minutes; everything it covered waits again. Throws `NOT_FOUND`, `UNDO_TOO_LATE`. */
export async function undoDecision(node: AdsNode, standing: Standing, decision: Id): Promise<void> {
  await node.store.write(standing, async (tx) => {
    const officer = mustWork(node, tx);
    const { rows } = await sql<{ advert_id: Id; at: Date; second: boolean }>`update simpul.ad_decisions
      set undone_at = ${tx.at} where id = ${decision} and officer_id = ${officer.id} and undone_at is null
      returning advert_id, at, second`.execute(tx.rows);
    const [row] = rows;
    if (row === undefined) throw new AdsError("NOT_FOUND");
    if (tx.at.getTime() - row.at.getTime() > undoMs) throw new AdsError("UNDO_TOO_LATE");
    const advert = await locked(tx, row.advert_id);
    if (!row.second) {
      await sql`update simpul.ad_adverts set found = null, found_at = null
        where campaign_id = ${advert.campaign_id} and found_at = ${row.at}`.execute(tx.rows);
      await sql`update simpul.ad_campaigns set found = (select d.found from simpul.ad_decisions d
          join simpul.ad_adverts a on a.id = d.advert_id
          where a.campaign_id = ${advert.campaign_id} and d.undone_at is null and not d.second
            and (d.found = 'recruitment' or d.campaign_id is not null) order by d.at desc limit 1)
        where id = ${advert.campaign_id}`.execute(tx.rows);
      await rankAgain(tx, officer.agency, await nearTo(tx, officer.agency, advert));
    }
    tx.note("advert.finding-undone", { id: row.advert_id });
  });
  tell(node, standing);
}

/** Adverts that a colleague found something and a second officer reads: found today or lately, not by her. */
export async function secondReading(tx: Pick<Writer, "rows">, officer: Id): Promise<Id[]> {
  const { rows } = await sql<{ id: Id }>`select d.advert_id as id from simpul.ad_decisions d
    join simpul.ad_adverts a on a.id = d.advert_id and a.purged_at is null
    where d.undone_at is null and not d.second and d.officer_id <> ${officer}
      and not exists (select 1 from simpul.ad_decisions s where s.advert_id = d.advert_id and s.second and s.undone_at is null)
    order by d.at desc limit 2000`.execute(tx.rows);
  return rows.map((row) => row.id).filter(readTwice);
}

/** Whose a number or link in an advert is. A victim's is not kept beside the text, here or wherever else it stands (VIC-1). */
export async function sayWhose(
  node: AdsNode,
  standing: Standing,
  id: Id,
  number: number,
  role: HolderRole,
): Promise<void> {
  await node.store.write(standing, async (tx) => {
    const officer = mustWork(node, tx);
    const row = await locked(tx, id);
    const { rows } = await sql<{ type: string; canonical: string | null }>`select type, canonical
      from simpul.ad_selectors where advert_id = ${id} and number = ${number}`.execute(tx.rows);
    const [held] = rows;
    if (held === undefined) throw new AdsError("NOT_FOUND");
    // What was a victim's stays hers: nobody finds her by setting it back.
    if (held.canonical === null) throw new AdsError("NOT_FOUND");
    const hers = role === "victim" || role === "witness" || role === "family";
    // Asked before her value is gone: they stand lower afterwards.
    const others = await nearTo(tx, officer.agency, row);
    if (hers) {
      await sql`update simpul.ad_selectors s set role = ${role}, canonical = null from simpul.ad_adverts a
        where a.id = s.advert_id and a.agency_id = ${officer.agency}
          and s.type = ${held.type} and s.canonical = ${held.canonical}`.execute(tx.rows);
      const mark = Buffer.from(node.mark(markOf({ type: held.type, canonical: held.canonical })));
      await sql`insert into simpul.ad_protected (agency_id, mark, role)
        values (${officer.agency}, ${mark}, ${role}) on conflict do nothing`.execute(tx.rows);
    } else
      await sql`update simpul.ad_selectors set role = ${role}
        where advert_id = ${id} and number = ${number}`.execute(tx.rows);
    tx.note("advert.holder-said", { id, role });
    await rankAgain(tx, officer.agency, [id, ...others]);
  });
  tell(node, standing);
}
