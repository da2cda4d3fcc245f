// Cedar and row security give one answer: what policy allows to see, the database shows, and the reverse.
import { actorName } from "@simpul/model";
import type { Officer } from "@simpul/model";
import { loadPolicy } from "@simpul/policy";
import { cedar } from "@simpul/policy/cedar";
import { arbitraryCase, arbitraryOfficer } from "@simpul/policy/testing";
import type { CaseFacts } from "@simpul/policy";
import fc from "fast-check";
import { sql } from "kysely";
import { beforeAll, expect, test } from "vitest";
import { testStore } from "../../testing/database.ts";
import { caseEntry, foundBy, keepWords, questionOf } from "./words-index.ts";
import { as, job, newId } from "./testing.ts";
import type { OpenStore } from "@simpul/store";

let store: OpenStore;
beforeAll(async () => {
  ({ store } = await testStore());
});
const policy = loadPolicy(cedar);

/** Puts the cases there as they are, by a job; each holds one number that is only its own. */
async function keep(cases: readonly CaseFacts[]): Promise<void> {
  await store.write(job, async (tx) => {
    const at = tx.at;
    for (const [i, one] of cases.entries()) {
      const number = `ID-2031-${String(i + 1).padStart(6, "0")}`;
      await sql`insert into simpul.cases (id, number, title, crime_type, crime_types_version, agency_id, desk_id, covert,
          state, state_reason, opened_at, changed_at)
        values (${one.id}, ${number}, ${`Perkara ${number}`}, 'online-fraud', 'test', ${one.agency}, ${one.desk},
          ${one.covert}, ${one.closed === true ? "closed" : "open"}, ${one.closed === true ? "charged" : null}, ${at}, ${at})`.execute(
        tx.rows,
      );
      for (const officer of one.team)
        await sql`insert into simpul.case_team (case_id, id, officer_id, role, added_at)
          values (${one.id}, ${newId()}, ${officer}, 'observer', ${at})`.execute(tx.rows);
      for (const officer of one.opened ?? [])
        await sql`insert into simpul.case_openings (case_id, id, officer_id, agency_id, desk_id, reason, opened_at, until)
          values (${one.id}, ${newId()}, ${officer}, ${one.agency}, ${one.desk}, 'EXERCISE: danger to life tonight', ${at},
            ${new Date(at.getTime() + 3_600_000)})`.execute(tx.rows);
      const value = newId();
      await sql`select simpul.selector_value(${value}, 'phone', ${number}, 'phone/1')`.execute(tx.rows);
      await sql`insert into simpul.selector_occurrences (case_id, id, value_id, written, valid, role, handling, evaluation,
          source, created_at, changed_at)
        select ${one.id}, ${newId()}, v.id, 'x', true, 'suspect', '{}', '{}', '{}', ${at}, ${at}
        from simpul.selector_values v where v.canonical = ${number}`.execute(tx.rows);
      await keepWords(tx, one.id, one.id, caseEntry(number, "Perkara"));
    }
    tx.note("case.test-kept", {});
  });
}

/** What this officer is shown, by four ways of looking. */
async function shown(officer: Officer): Promise<Record<"list" | "asked" | "values" | "found", string[]>> {
  return store.read(as(officer), async (db) => {
    db.noteRead("case.listed", { by: actorName(officer) });
    const ids = async (query: ReturnType<typeof sql<{ id: string }>>): Promise<string[]> =>
      (await query.execute(db.rows)).rows.map((row) => row.id).sort();
    return {
      list: await ids(sql`select id from simpul.cases`),
      asked: await ids(
        sql`select case_id as id from simpul.selector_occurrences where simpul.sees_case(case_id)`,
      ),
      values: await ids(sql`select o.case_id as id from simpul.selector_values v
        join simpul.selector_occurrences o on o.value_id = v.id`),
      found: await ids(sql`select distinct case_id as id from ${foundBy(questionOf("perkara")!, 500)}`),
    };
  });
}

test("lists, counts, values and searches show exactly the cases that policy lets this officer view", async () => {
  const cases = fc.sample(arbitraryCase, { numRuns: 110, seed: 31 });
  const distinct = [...new Map(cases.map((one) => [one.id, one])).values()];
  await keep(distinct);
  await fc.assert(
    fc.asyncProperty(arbitraryOfficer, async (officer) => {
      const allowed = distinct
        .filter(
          (record) =>
            policy.decide({
              officer,
              act: "case.view",
              record,
              purpose: "crime-investigation",
              now: new Date(),
            }).allowed,
        )
        .map((record): string => record.id)
        .sort();
      expect(await shown(officer)).toEqual({
        list: allowed,
        asked: allowed,
        values: allowed,
        found: allowed,
      });
    }),
    { numRuns: 100 },
  );
}, 180_000);

test("a peer is shown nothing, and a job everything", async () => {
  const count = (standing: typeof job): Promise<number> =>
    store.read(standing, async (db) => {
      db.noteRead("case.listed", {});
      const { rows } = await sql<{ n: number }>`select count(*)::int as n from simpul.cases`.execute(db.rows);
      return rows[0]!.n;
    });
  expect(await count({ actor: { kind: "peer", node: "kh" as never }, purpose: "crime-investigation" })).toBe(
    0,
  );
  expect(await count(job)).toBeGreaterThan(80);
});
