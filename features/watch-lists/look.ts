// Reading the room: which lists stand, ours and theirs, whether they may be used, and who holds which version.
import type { StolenKey } from "@simpul/exchange";
import type { Id, NodeCode } from "@simpul/model";
import type { Standing } from "@simpul/store";
import { sql } from "kysely";
import { isWeak, WatchListsError, watchListLimits } from "./contract.ts";
import type { EntryState, EntryView, ListHead, ListsView, ListView, WatchEntry } from "./contract.ts";
import { isIssuer, mayAgree, mayKeep, type OfOfficer, type WatchListsNode } from "./node.ts";
import { underStolenKey, unusedBecause } from "./rules.ts";
import { readList, type Statement } from "./statement.ts";

interface Row {
  id: Id;
  origin: NodeCode;
  ours: boolean;
  title: string;
  stays: boolean;
  agency_id: Id;
  state: ListHead["state"];
  until: Date;
  version: number;
  statement: string | null;
  signed_by: Buffer | null;
  taken_at: Date;
  recipients: NodeCode[];
  legal_basis: string;
  call: string;
  agency: string | null;
  made_by: Id | null;
  agreed_by: Id | null;
  end_reason: string | null;
  active: number;
  waiting: number;
}

const columns = sql`l.id, l.agency_id, l.origin, l.ours, l.title, l.stays, l.state, l.until, l.version, l.statement, l.signed_by, l.taken_at,
  l.recipients, l.legal_basis, l.call, l.made_by, l.agreed_by, l.end_reason, a.name as agency,
  (select count(*)::int from simpul.watch_entries e where e.list_id = l.id and e.state = 'active') as active,
  (select count(*)::int from simpul.watch_entries e where e.list_id = l.id and e.state = 'proposed') as waiting`;

const believed = async (row: Row): Promise<Statement | null> =>
  row.statement === null || row.signed_by === null
    ? null
    : readList(row.statement, { from: row.origin, key: row.signed_by });

function headOf(
  node: WatchListsNode,
  row: Row,
  statement: Statement | null,
  keys: readonly StolenKey[],
): ListHead {
  const stolen =
    statement !== null &&
    row.signed_by !== null &&
    underStolenKey({ origin: row.origin, key: row.signed_by, at: statement.at, takenAt: row.taken_at }, keys);
  const { id, origin, ours, title, stays, state, until, version } = row;
  return {
    ...{ id, origin, ours, title, stays, state, version },
    until: until.toISOString(),
    unused: unusedBecause({ state, until, signed: statement !== null, stolen }, node.clock.now()),
    entries: ours ? row.active : (statement?.entries.length ?? 0),
    waiting: row.waiting,
  };
}

export async function lookAtLists(node: WatchListsNode, standing: Standing): Promise<ListsView> {
  mayKeep(node, standing);
  const rows = await node.store.read(standing, async (db) => {
    const found = await sql<Row>`select ${columns} from simpul.watch_lists l
      left join simpul.agencies a on a.id = l.agency_id
      order by l.state not in ('proposed', 'active'), l.until desc, l.id limit ${watchListLimits.lists}`.execute(
      db.rows,
    );
    db.noteRead("watch-lists.listed", { shown: found.rows.length });
    return found.rows;
  });
  const keys = await node.stolen();
  const lists = await Promise.all(rows.map(async (row) => headOf(node, row, await believed(row), keys)));
  return { lists, own: node.code, states: await node.peers(), maxEntries: watchListLimits.entries };
}

/** Throws `NOT_FOUND`. */
export async function lookAtList(node: WatchListsNode, standing: Standing, id: Id): Promise<ListView> {
  mayKeep(node, standing);
  const found = await node.store.read(standing, async (db) => {
    const lists = await sql<Row>`select ${columns} from simpul.watch_lists l
      left join simpul.agencies a on a.id = l.agency_id where l.id = ${id}`.execute(db.rows);
    const entries = await sql<{
      id: Id;
      entry: WatchEntry;
      state: EntryState;
      replaces: Id | null;
      made_by: Id;
      reason: string | null;
    }>`select id, entry, state, replaces, made_by, reason from simpul.watch_entries where list_id = ${id}
      order by state not in ('proposed', 'active'), made_at, id limit 2000`.execute(db.rows);
    const holders = await sql<{
      peer: NodeCode;
      version: number;
      taken_version: number | null;
      taken_at: Date | null;
      refused: string | null;
      recall_taken_at: Date | null;
    }>`select peer, version, taken_version, taken_at, refused, recall_taken_at from simpul.watch_list_holders
      where list_id = ${id} order by peer`.execute(db.rows);
    db.noteRead("watch-list.viewed", { id });
    return { row: lists.rows[0], entries: entries.rows, holders: holders.rows };
  });
  const { row } = found;
  if (row === undefined) throw new WatchListsError("NOT_FOUND", id);
  const statement = await believed(row);
  const ids = [row.made_by, row.agreed_by, ...found.entries.map((one) => one.made_by)].filter(
    (one) => one !== null,
  );
  const people = await node.directory.officers([...new Set(ids)]);
  const name = (who: Id | null): string => (who === null ? "" : (people.get(who)?.name ?? who));
  const list: EntryView[] = row.ours
    ? found.entries.map(({ id: entry, entry: of, state, replaces, made_by, reason }) => ({
        ...{ id: entry, ...of, state, replaces, reason },
        ...{ weak: isWeak(of.evaluation), by: name(made_by) },
      }))
    : (statement?.entries ?? []).map((of) => ({
        ...{ ...of, state: "active" as const, replaces: null, reason: null, by: "" },
        weak: isWeak(of.evaluation),
      }));
  return {
    ...headOf(node, row, statement, await node.stolen()),
    ...{ legalBasis: row.legal_basis, call: row.call, endReason: row.end_reason, recipients: row.recipients },
    agency: row.ours ? (row.agency ?? "") : (statement?.agencyName ?? ""),
    by: name(row.made_by),
    agreedBy: row.agreed_by === null ? null : name(row.agreed_by),
    list,
    holders: found.holders.map((one) => ({
      ...{ peer: one.peer, version: one.version, takenVersion: one.taken_version, refused: one.refused },
      takenAt: one.taken_at?.toISOString() ?? null,
      recallTakenAt: one.recall_taken_at?.toISOString() ?? null,
    })),
    may: mayOf(node, standing as OfOfficer, row, found.entries),
  };
}

function mayOf(
  node: WatchListsNode,
  standing: OfOfficer,
  row: Row,
  entries: readonly { state: EntryState; made_by: Id }[],
): ListView["may"] {
  if (!row.ours || row.state === "recalled" || row.state === "dropped" || standing.purpose === "oversight")
    return [];
  const author =
    row.state === "proposed"
      ? row.made_by
      : entries.find(({ state, made_by }) => state === "proposed" && made_by !== standing.actor.id)?.made_by;
  const issues = isIssuer(standing, row.agency_id);
  const agrees = author !== null && author !== undefined && mayAgree(node, standing, { id: row.id, author });
  return [
    ...(agrees ? (["agree"] as const) : []),
    ...(issues ? ([row.state === "proposed" ? "drop" : "change", "add"] as const) : []),
    ...(issues && row.state === "active" ? (["recall"] as const) : []),
  ];
}
