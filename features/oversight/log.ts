// Who did and read what (AUD-1, AUD-2): pages of the two logs, newest first, with names for the ids in them.
import { Id, type Purpose } from "@simpul/model";
import type { Standing } from "@simpul/store";
import { sql } from "kysely";
import type { RawBuilder } from "kysely";
import type { LogEntry, LogPage } from "./contract.ts";
import { iso, mayOversee, OversightError } from "./node.ts";
import type { OversightNode } from "./node.ts";

export interface LogFilter {
  log?: "main" | "reads" | undefined;
  officer?: Id | undefined;
  /** A case by its number, as people write it. */
  case?: string | undefined;
  /** A record by its id: an item, a request, a record of a case. */
  record?: Id | undefined;
  purpose?: Purpose | undefined;
  /** Begins with, as in `case.` or `session.started`. */
  kind?: string | undefined;
  from?: Date | undefined;
  /** Before, not at. */
  to?: Date | undefined;
  before?: string | undefined;
  limit: number;
}

export interface LeafRow {
  id: Id;
  log: "main" | "reads";
  index: string | null;
  at: Date;
  kind: string;
  actor: string;
  officer_id: Id | null;
  purpose: string;
  case_id: Id | null;
  record: string | null;
}

export const leafColumns = sql`id, log, index, at, kind, actor, officer_id, purpose, case_id, record`;

/** Newest first; a cursor is `<time>/<id>`. Throws `NOT_A_FILTER` for one that is not ours, `NOT_FOUND`. */
export async function readLog(node: OversightNode, standing: Standing, filter: LogFilter): Promise<LogPage> {
  const because = mayOversee(node, standing);
  // An unknown number matches no entry: to oversight too it reads as "nothing there".
  const theCase = filter.case === undefined ? undefined : await node.names.cases.find(filter.case);
  const where = conditions(filter, theCase);
  const rows = await node.store.read(standing, async (db) => {
    db.allowed(because);
    const found =
      theCase === null
        ? { rows: [] }
        : await sql<LeafRow>`select ${leafColumns} from simpul.leaves where ${sql.join(where, sql` and `)}
            order by at desc, id desc limit ${filter.limit + 1}`.execute(db.rows);
    db.noteRead("log.read", {
      shown: Math.min(found.rows.length, filter.limit),
      ...(filter.kind === undefined ? {} : { kind: filter.kind }),
      ...(filter.officer === undefined ? {} : { officer: filter.officer }),
      ...(filter.case === undefined ? {} : { number: filter.case }),
      ...(filter.record === undefined ? {} : { record: filter.record }),
    });
    return found.rows;
  });
  const shown = rows.slice(0, filter.limit);
  const last = shown.at(-1);
  return {
    entries: await named(node, shown),
    next: rows.length > filter.limit && last !== undefined ? `${iso(last.at)}/${last.id}` : null,
  };
}

/** What stands before a cursor. Throws `NOT_A_FILTER` for one that is not ours. */
export function cursorOf(before: string | undefined): RawBuilder<unknown> {
  if (before === undefined) return sql`true`;
  const cursor = /^(\d{4}-\d\d-\d\dT[\d:.]+Z)\/([0-9a-f-]{36})$/.exec(before);
  const at = new Date(cursor?.[1] ?? "");
  if (cursor === null || Number.isNaN(at.getTime())) throw new OversightError("NOT_A_FILTER", "before");
  return sql`(at, id) < (${at}, ${cursor[2]!}::uuid)`;
}

export function conditions(filter: LogFilter, theCase: Id | null | undefined): RawBuilder<unknown>[] {
  const where: RawBuilder<unknown>[] = [sql`true`];
  if (filter.log !== undefined) where.push(sql`log = ${filter.log}`);
  if (filter.officer !== undefined) where.push(sql`officer_id = ${filter.officer}`);
  if (theCase !== undefined && theCase !== null) where.push(sql`case_id = ${theCase}`);
  if (filter.kind !== undefined) where.push(sql`starts_with(kind, ${filter.kind})`);
  if (filter.record !== undefined) where.push(sql`about_id = ${filter.record}`);
  if (filter.purpose !== undefined) where.push(sql`purpose = ${filter.purpose}`);
  if (filter.from !== undefined) where.push(sql`at >= ${filter.from}`);
  if (filter.to !== undefined) where.push(sql`at < ${filter.to}`);
  where.push(cursorOf(filter.before));
  return where;
}

interface Record {
  desk?: string;
  about?: { [fact: string]: unknown; because?: unknown };
}

/** Entries with the names of officers and desks and the numbers of cases; whoever is not known stays an id. */
export async function named(node: OversightNode, rows: readonly LeafRow[]): Promise<LogEntry[]> {
  const { directory, cases } = node.names;
  const records = rows.map((row) => (row.record === null ? {} : (JSON.parse(row.record) as Record)));
  const distinct = (ids: readonly (Id | string | null | undefined)[]): Id[] => [
    ...new Set(ids.filter((one): one is Id => typeof one === "string")),
  ];
  const [officers, desks, numbers] = await Promise.all([
    directory.officers(distinct(rows.map((row) => row.officer_id))),
    directory.desks(distinct(records.map((one) => one.desk))),
    cases.of(distinct(rows.map((row) => row.case_id))),
  ]);
  return rows.map((row, nth) => {
    const { desk, about = {} } = records[nth]!;
    const { case: _case, because, ...facts } = about;
    const officer = row.officer_id === null ? undefined : officers.get(row.officer_id);
    const place = desk === undefined ? undefined : desks.get(desk as Id);
    return {
      id: row.id,
      log: row.log,
      index: row.index === null ? null : Number(row.index),
      at: iso(row.at),
      kind: row.kind,
      actor: row.actor,
      officer: officer === undefined ? null : nameOf(officer, { id: officer.id }),
      desk: place === undefined ? null : nameOf(place, {}),
      purpose: row.purpose,
      case: row.case_id === null ? null : { id: row.case_id, number: numbers.get(row.case_id) ?? null },
      because: Array.isArray(because) ? because.filter((one) => typeof one === "string") : [],
      about: facts,
      forgotten: row.record === null,
    };
  });
}

const nameOf = <More extends object>(
  of: { name: string; nameLatin: string | null },
  more: More,
): { name: string; nameLatin: string | null } & More => ({ ...more, name: of.name, nameLatin: of.nameLatin });
