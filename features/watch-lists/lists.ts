// The acts: one writes a list or puts people forward, another agrees and it is signed and given; it is corrected and ends.
import type { Id, NodeCode } from "@simpul/model";
import { inTurn, type Writer } from "@simpul/store";
import { sql } from "kysely";
import { WatchListsError, watchListLimits, type AskList, type WatchEntry } from "./contract.ts";
import { demandSecond, isIssuer, mayKeep, todayOf, type OfOfficer, type WatchListsNode } from "./node.ts";
import { publish } from "./publish.ts";
import { asKept, requireDay } from "./rules.ts";

export interface ListRow {
  id: Id;
  title: string;
  stays: boolean;
  recipients: NodeCode[];
  agency_id: Id;
  legal_basis: string;
  call: string;
  until: Date;
  state: "proposed" | "active" | "recalled" | "dropped";
  version: number;
  made_by: Id;
}

/** The list, held until the act on it is done: of two at once the second sees what the first did. Throws `NOT_FOUND`. */
async function rowOf(tx: Writer, id: Id): Promise<ListRow> {
  await inTurn(tx, `watch list ${id}`);
  const { rows } =
    await sql<ListRow>`select id, title, stays, recipients, agency_id, legal_basis, call, until, state,
      version, made_by from simpul.watch_lists where id = ${id} and ours`.execute(tx.rows);
  if (rows[0] === undefined) throw new WatchListsError("NOT_FOUND", id);
  return rows[0];
}

/**
 * A list is changed by named officers of the authority whose key signs it, and by who speaks for the state; throws
 * `LIST_OF_ANOTHER_AGENCY`.
 */
function requireIssuer(standing: OfOfficer, row: ListRow): void {
  if (!isIssuer(standing, row.agency_id)) throw new WatchListsError("LIST_OF_ANOTHER_AGENCY", row.id);
}

function requireLive(row: ListRow): void {
  if (row.state === "recalled" || row.state === "dropped")
    throw new WatchListsError("WATCH_LIST_ENDED", row.id);
}

/** Throws `TOO_MANY_ENTRIES` when more would stand on the list than fit, counting what waits; a correction adds nobody. */
async function requireRoom(tx: Writer, list: Id, more: number): Promise<void> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from simpul.watch_entries
    where list_id = ${list} and (state = 'active' or (state = 'proposed' and replaces is null))`.execute(
    tx.rows,
  );
  if (rows[0]!.n + more > watchListLimits.entries)
    throw new WatchListsError("TOO_MANY_ENTRIES", String(watchListLimits.entries));
}

async function insertEntries(
  tx: Writer,
  list: Id,
  author: Id,
  entries: readonly WatchEntry[],
  replaces: { id: Id; reason: string } | null = null,
): Promise<void> {
  const ids = entries.map(() => tx.newId());
  await sql`insert into simpul.watch_entries (id, list_id, entry, state, replaces, made_by, made_at, reason)
    select t.id, ${list}, t.entry, 'proposed', ${replaces?.id ?? null}, ${author}, ${tx.at}, ${replaces?.reason ?? null}
    from unnest(${ids}::uuid[], ${entries.map((one) => JSON.stringify(one))}::jsonb[]) as t (id, entry)`.execute(
    tx.rows,
  );
}

/** The first person's half; nobody is given anything yet. Throws `NOT_FOUND` for a state that is no peer. */
export async function proposeList(node: WatchListsNode, standing: OfOfficer, ask: AskList): Promise<Id> {
  const because = mayKeep(node, standing);
  const today = todayOf(node);
  requireDay(ask.until, today);
  const entries = ask.entries.map((one) => asKept(one, today));
  const peers = await node.peers();
  const unknown = ask.recipients.find((one) => !peers.includes(one));
  if (unknown !== undefined) throw new WatchListsError("NOT_FOUND", unknown);
  return node.store.write(standing, async (tx) => {
    tx.allowed(because);
    const id = tx.newId();
    await sql`insert into simpul.watch_lists (id, origin, ours, title, stays, recipients, agency_id, desk_id, legal_basis,
        call, until, state, made_by, made_at)
      values (${id}, ${node.code}, true, ${ask.title}, ${ask.stays}, ${[...new Set(ask.recipients)]}::text[],
        ${standing.actor.agency}, ${standing.actor.desk}, ${ask.legalBasis}, ${ask.call},
        ${new Date(`${ask.until}T23:59:59Z`)}, 'proposed', ${standing.actor.id}, ${tx.at})`.execute(tx.rows);
    await insertEntries(tx, id, standing.actor.id, entries);
    tx.note("watch-list.proposed", { id, entries: entries.length, states: ask.recipients });
    return id;
  });
}

/** More people for a list that stands; they wait for a second person. */
export async function addEntries(
  node: WatchListsNode,
  standing: OfOfficer,
  id: Id,
  asked: readonly WatchEntry[],
): Promise<void> {
  const because = mayKeep(node, standing);
  const entries = asked.map((one) => asKept(one, todayOf(node)));
  await node.store.write(standing, async (tx) => {
    tx.allowed(because);
    const row = await rowOf(tx, id);
    requireIssuer(standing, row);
    requireLive(row);
    await requireRoom(tx, id, entries.length);
    await insertEntries(tx, id, standing.actor.id, entries);
    tx.note("watch-list.entries-proposed", { id, entries: entries.length });
  });
}

/** A corrected entry takes the place of one once a second person agreed; of two corrections the newer one waits. */
export async function correctEntry(
  node: WatchListsNode,
  standing: OfOfficer,
  of: { list: Id; entry: Id },
  ask: { entry: WatchEntry; reason: string },
): Promise<void> {
  const because = mayKeep(node, standing);
  const entry = asKept(ask.entry, todayOf(node));
  await node.store.write(standing, async (tx) => {
    tx.allowed(because);
    const row = await rowOf(tx, of.list);
    requireIssuer(standing, row);
    requireLive(row);
    const found = await sql`select 1 from simpul.watch_entries
      where id = ${of.entry} and list_id = ${of.list} and state = 'active'`.execute(tx.rows);
    if (found.rows.length === 0) throw new WatchListsError("NOT_FOUND", of.entry);
    await sql`update simpul.watch_entries set state = 'dropped', ended_by = ${standing.actor.id}, ended_at = ${tx.at}
      where list_id = ${of.list} and replaces = ${of.entry} and state = 'proposed'`.execute(tx.rows);
    await insertEntries(tx, of.list, standing.actor.id, [entry], { id: of.entry, reason: ask.reason });
    tx.note("watch-list.correction-proposed", { id: of.list, entry: of.entry });
  });
}

/** Takes a person off at once: that needs no second person. Holders get the list without her. */
export async function removeEntry(
  node: WatchListsNode,
  standing: OfOfficer,
  of: { list: Id; entry: Id },
  reason: string,
): Promise<void> {
  const because = mayKeep(node, standing);
  await node.store.write(standing, async (tx) => {
    tx.allowed(because);
    const row = await rowOf(tx, of.list);
    requireIssuer(standing, row);
    requireLive(row);
    const { rows } = await sql<{ state: string }>`select state from simpul.watch_entries
      where id = ${of.entry} and list_id = ${of.list} and state in ('proposed', 'active')`.execute(tx.rows);
    if (rows[0] === undefined) throw new WatchListsError("NOT_FOUND", of.entry);
    await sql`update simpul.watch_entries set state = case state when 'active' then 'removed' else 'dropped' end,
        ended_by = ${standing.actor.id}, ended_at = ${tx.at}, reason = ${reason}
      where list_id = ${of.list} and (id = ${of.entry} or (replaces = ${of.entry} and state = 'proposed'))`.execute(
      tx.rows,
    );
    if (rows[0].state === "active") await publish(node, tx, { ...row, added: false });
    tx.note("watch-list.entry-removed", { id: of.list, entry: of.entry });
  });
  told(node);
}

/** The second person's half: what others put forward counts, is signed by the list's authority, and leaves. */
export async function agreeList(node: WatchListsNode, standing: OfOfficer, id: Id): Promise<void> {
  mayKeep(node, standing);
  await node.store.write(standing, async (tx) => {
    const row = await rowOf(tx, id);
    requireLive(row);
    const { rows: waiting } = await sql<{ id: Id; replaces: Id | null; made_by: Id }>`
      select id, replaces, made_by from simpul.watch_entries where list_id = ${id} and state = 'proposed'
      order by made_at, id for update`.execute(tx.rows);
    const others = waiting.filter((one) => one.made_by !== standing.actor.id);
    const fresh = row.state === "proposed";
    // Her own stay waiting; of a list that waits itself, its author is whom she must not be.
    if (!fresh && waiting.length === 0) throw new WatchListsError("WATCH_LIST_NOT_WAITING", id);
    const author = fresh ? row.made_by : (others[0]?.made_by ?? standing.actor.id);
    await demandSecond(node, standing, tx, { id, author });
    const [agreed, replaced] = [others.map((one) => one.id), others.flatMap((one) => one.replaces ?? [])];
    await sql`update simpul.watch_entries set state = 'removed', ended_by = ${standing.actor.id}, ended_at = ${tx.at}
      where id = any(${replaced}::uuid[]) and state = 'active'`.execute(tx.rows);
    await sql`update simpul.watch_entries set state = 'active', agreed_by = ${standing.actor.id}, agreed_at = ${tx.at}
      where id = any(${agreed}::uuid[])`.execute(tx.rows);
    await publish(node, tx, { ...row, added: true, ...(fresh ? { agreedBy: standing.actor.id } : {}) });
    tx.note("watch-list.agreed", { id, entries: agreed.length, corrected: replaced.length });
  });
  told(node);
}

/** Gives up a list that nobody was given yet. */
export async function dropList(node: WatchListsNode, standing: OfOfficer, id: Id): Promise<void> {
  const because = mayKeep(node, standing);
  await node.store.write(standing, async (tx) => {
    tx.allowed(because);
    const row = await rowOf(tx, id);
    requireIssuer(standing, row);
    if (row.state !== "proposed") throw new WatchListsError("WATCH_LIST_NOT_WAITING", id);
    await sql`update simpul.watch_lists set state = 'dropped', ended_by = ${standing.actor.id}, ended_at = ${tx.at}
      where id = ${id}`.execute(tx.rows);
    tx.note("watch-list.dropped", { id });
  });
}

/** Calls a list back from everybody who holds it; taking away needs no second person. */
export async function recallList(
  node: WatchListsNode,
  standing: OfOfficer,
  id: Id,
  reason: string,
): Promise<void> {
  const because = mayKeep(node, standing);
  await node.store.write(standing, async (tx) => {
    tx.allowed(because);
    const row = await rowOf(tx, id);
    requireIssuer(standing, row);
    if (row.state !== "active") throw new WatchListsError("WATCH_LIST_ENDED", id);
    await sql`update simpul.watch_lists set state = 'recalled', seed = null, ended_by = ${standing.actor.id},
      ended_at = ${tx.at}, end_reason = ${reason} where id = ${id}`.execute(tx.rows);
    for (const to of row.recipients)
      await tx.send({
        id: tx.newId(),
        to,
        kind: "watch-list.recalled",
        body: { agency: row.agency_id, list: id, reason },
        urgent: true,
      });
    tx.note("watch-list.recalled", { id, states: row.recipients });
  });
  told(node);
}

function told(node: WatchListsNode): void {
  node.store.wakes.wake("watch-lists");
  node.send();
}
