// Two officers at one draft: what only one of them changed is taken, what both changed is kept side by side.
import type { Id } from "@simpul/model";
import type { Writer } from "@simpul/store";
import { sql } from "kysely";
import { RequestsError, type Beside } from "./contract.ts";
import { digestOf } from "./grants.ts";
import { iso, json, officerOf, type Db, type Versions } from "./node.ts";

const most = 50;

export interface Merged<T> {
  draft: T;
  versions: Versions;
  /** Fields that a colleague changed as well since this officer read them, with this officer's value. */
  beside: { field: string; value: unknown }[];
}

const same = (a: unknown, b: unknown): boolean => digestOf(a ?? null) === digestOf(b ?? null);

/**
 * Takes the fields that an officer changed into the draft that stands. A field that somebody else changed after the
 * version she had read stays as it stands, and hers is given back to be kept beside it.
 */
export function merge<T extends object>(
  standing: { draft: T; version: number; versions: Versions },
  mine: T,
  from: { read: number; changed?: readonly string[] },
): Merged<T> {
  const draft = { ...standing.draft } as Record<string, unknown>;
  const versions = { ...standing.versions };
  const beside: Merged<T>["beside"] = [];
  for (const [field, value] of Object.entries(mine)) {
    if (same(draft[field], value)) continue;
    if (from.changed !== undefined && !from.changed.includes(field)) continue;
    if ((versions[field] ?? 1) > from.read) {
      beside.push({ field, value });
      continue;
    }
    draft[field] = value;
    versions[field] = standing.version + 1;
  }
  return { draft: draft as T, versions, beside };
}

export async function keepBeside(
  tx: Writer,
  request: Id,
  about: Id,
  beside: Merged<object>["beside"],
): Promise<void> {
  const { id: officer } = officerOf(tx.standing);
  const open = await besideOf(tx, about);
  for (const one of beside) {
    // Saved again by itself while it stands beside: the same words are kept once.
    if (open.some((kept) => kept.field === one.field && same(kept.value, one.value))) continue;
    const before = open.find((kept) => kept.field === one.field && kept.by === officer);
    if (before !== undefined) {
      await sql`update simpul.request_beside set value = ${json(one.value)} where request_id = ${request}
        and id = ${before.id}`.execute(tx.rows);
      continue;
    }
    if (open.length >= most) throw new RequestsError("TOO_MUCH", { most });
    await sql`insert into simpul.request_beside (request_id, id, about, field, value, officer_id, at)
      values (${request}, ${tx.newId()}, ${about}, ${one.field}, ${json(one.value)}, ${officer}, ${tx.at})`.execute(
      tx.rows,
    );
  }
}

/** What stands side by side in a draft or an answer that is being written, the first first. */
export async function besideOf(db: Pick<Db, "rows">, about: Id): Promise<Beside[]> {
  const { rows } = await sql<{ id: Id; field: string; value: unknown; officer_id: Id; at: Date }>`
    select id, field, value, officer_id, at from simpul.request_beside
    where about = ${about} and settled_at is null order by at, id`.execute(db.rows);
  return rows.map(({ id, field, value, officer_id, at }) => ({
    id,
    field,
    value,
    by: officer_id,
    at: iso(at),
  }));
}

/** Nothing leaves while two values wait for a choice. */
export async function requireSettled(db: Pick<Db, "rows">, about: Id): Promise<void> {
  if ((await besideOf(db, about)).length > 0) throw new RequestsError("INCOMPLETE", { missing: "beside" });
}
