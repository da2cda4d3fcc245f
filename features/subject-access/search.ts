// Searching the whole node for what is held about one person, by a job: also in cases that nobody of oversight sees.
import { normalise } from "@simpul/match/profiles";
import type { Id, NodeCode } from "@simpul/model";
import type { Reader } from "@simpul/store";
import { sql } from "kysely";
import type { AskAccess } from "./contract.ts";
import { birthFits, needle, sameName } from "./rules.ts";

/** What a search looks at and brings at most; a person's records are few. */
const most = { candidates: 5000, hits: 500 };
/** VIC-1: whose records the victim desk alone answers. */
const sheltered: readonly string[] = ["victim", "witness", "family"];

export interface FoundRecord {
  kind: "subject" | "selector" | "received";
  record: Id;
  case: Id | null;
  foundBy: string;
  birthFits: boolean | null;
  role: string | null;
  since: Date;
  recipients: string[];
  originator: string | null;
  protected: boolean;
}

export async function searchNode(
  db: Reader,
  code: NodeCode,
  ask: Pick<AskAccess, "names" | "birth" | "identifiers">,
): Promise<FoundRecord[]> {
  const found = [
    ...(await byName(db, ask)),
    ...(await byIdentifier(db, code, ask)),
    ...(await byNameElsewhere(db, ask)),
  ].slice(0, most.hits);
  const recipients = await recipientsOf(
    db,
    found.map((one) => one.record),
  );
  return found.map((one) => ({ ...one, recipients: recipients.get(one.record) ?? [] }));
}

interface NamedRow {
  record: Id;
  case_id: Id | null;
  names: { text: string; romanised?: string }[] | null;
  birth: string | null;
  role: string | null;
  since: Date;
  originator: string | null;
}

const likes = (names: readonly string[]): string[] =>
  names.map((name) => `%${needle(name).replaceAll(/[\\%_]/g, "\\$&")}%`);

const hers =
  (ask: Pick<AskAccess, "names" | "birth">, kind: "subject" | "received") =>
  (row: NamedRow): FoundRecord[] => {
    const written = (row.names ?? []).flatMap((one) => [one.text, one.romanised ?? ""]);
    if (!written.some((one) => ask.names.some((name) => sameName(one, name)))) return [];
    return [
      {
        kind,
        record: row.record,
        case: row.case_id,
        foundBy: "name",
        birthFits: birthFits(ask.birth, row.birth),
        role: row.role,
        since: row.since,
        recipients: [],
        originator: row.originator,
        protected: sheltered.includes(row.role ?? ""),
      },
    ];
  };

async function byName(db: Reader, ask: Pick<AskAccess, "names" | "birth">): Promise<FoundRecord[]> {
  const { rows } = await sql<NamedRow>`select id as record, case_id, names, birth, role, created_at as since,
      null as originator
    from simpul.case_subjects where kind = 'person' and removed_at is null
      and names::text ilike any(${likes(ask.names)}::text[]) order by created_at, id limit ${most.candidates}`.execute(
    db.rows,
  );
  return rows.flatMap(hers(ask, "subject"));
}

/** Copies of other states' records about a person. */
async function byNameElsewhere(db: Reader, ask: Pick<AskAccess, "names" | "birth">): Promise<FoundRecord[]> {
  const { rows } = await sql<NamedRow>`select record_id as record, case_id, fields -> 'names' as names,
      fields ->> 'birth' as birth, fields ->> 'role' as role, at as since, originator
    from simpul.received_records where kind = 'subject'
      and (fields -> 'names')::text ilike any(${likes(ask.names)}::text[]) order by at, id limit ${most.candidates}`.execute(
    db.rows,
  );
  return rows.flatMap(hers(ask, "received"));
}

async function byIdentifier(
  db: Reader,
  code: NodeCode,
  ask: Pick<AskAccess, "identifiers">,
): Promise<FoundRecord[]> {
  const found: FoundRecord[] = [];
  for (const { type, written } of ask.identifiers) {
    const { canonical } = normalise(type, written, { region: code });
    const { rows } = await sql<{ record: Id; case_id: Id; role: string; since: Date }>`
      select o.id as record, o.case_id, o.role, o.created_at as since
      from simpul.selector_occurrences o join simpul.selector_values v on v.id = o.value_id
      where v.type = ${type} and v.canonical = ${canonical} and o.removed_at is null
      order by o.created_at, o.id limit ${most.hits}`.execute(db.rows);
    for (const row of rows)
      found.push({
        kind: "selector",
        record: row.record,
        case: row.case_id,
        foundBy: type,
        birthFits: null,
        role: row.role,
        since: row.since,
        recipients: [],
        originator: null,
        protected: sheltered.includes(row.role),
      });
  }
  return found;
}

async function recipientsOf(db: Reader, records: readonly Id[]): Promise<Map<Id, string[]>> {
  const { rows } = await sql<{ record_id: Id; to: string[] }>`
    select record_id, array_agg(distinct to_node order by to_node) as to from simpul.shares
    where record_id = any(${[...records]}::uuid[]) group by record_id`.execute(db.rows);
  return new Map(rows.map((row) => [row.record_id, row.to]));
}
