// Case numbers for those who see no case: oversight names a case by its number and learns nothing else of it.
import type { Id } from "@simpul/model";
import type { Standing, Store } from "@simpul/store";
import { sql } from "kysely";

const job: Standing = { actor: { kind: "job", name: "case-numbers" }, purpose: "administration" };

/** The numbers of cases by id, and the id behind a number; whoever hands this on answers for who may ask. */
export const caseNumbers = (
  store: Store,
): {
  of(ids: readonly Id[]): Promise<ReadonlyMap<Id, string>>;
  find(number: string): Promise<Id | null>;
} => ({
  of: (ids) =>
    store.read(job, async (db) => {
      const { rows } = await sql<{ id: Id; number: string }>`
        select id, number from simpul.cases where id = any(${[...ids]}::uuid[])`.execute(db.rows);
      return new Map(rows.map(({ id, number }) => [id, number]));
    }),
  find: (number) =>
    store.read(job, async (db) => {
      const { rows } = await sql<{ id: Id }>`
        select id from simpul.cases where number = ${number}`.execute(db.rows);
      return rows[0]?.id ?? null;
    }),
});
