// What takes two persons at this node, and how that came to be: shown to every officer, kept in the log when it changes.
import { agreeable, loosenable, type Act, type TwoPersons, type TwoPersonsRule } from "@simpul/policy";
import type { OpenStore, Standing } from "@simpul/store";
import { sql } from "kysely";
import type { TwoPersonsView } from "./contract.ts";
import type { AccessNode } from "./node.ts";

// A type, not an interface: rows are read by hand-written SQL.
type Row = { version: string; rules: TwoPersonsRule[]; since: Date };

const newest = (most: number) =>
  sql<Row>`select version, rules, since from simpul.two_person_settings order by since desc, id desc limit ${most}`;

/** At every start: what differs from what was in force last is kept, with its leaf; the setting of a first start may be none. */
export async function keepTwoPersons(store: OpenStore, { version, rules }: TwoPersons): Promise<void> {
  const job = { actor: { kind: "job", name: "settings" }, purpose: "administration" } as const;
  const last = await store.chore("settings", async (db) => (await newest(1).execute(db.rows)).rows[0]);
  const before = last ?? { version: "none", rules: [] };
  const text = (of: Pick<Row, "version" | "rules">): string =>
    JSON.stringify([of.version, of.rules.map((one) => Object.entries(one).sort())]);
  if (text(before) === text({ version, rules: [...rules] })) return;
  await store.write(job, async (tx) => {
    const id = tx.newId();
    await sql`insert into simpul.two_person_settings (id, version, rules, since)
      values (${id}, ${version}, ${JSON.stringify(rules)}::jsonb, ${tx.at})`.execute(tx.rows);
    tx.note("settings.two-persons", { id, version, before: before.version, rules: rules.length });
  });
}

/** Every act that takes two persons, or may be made to: how it comes, and what this state set. */
export async function twoPersons(node: AccessNode, standing: Standing): Promise<TwoPersonsView> {
  const { version, rules } = node.policy.twoPersons;
  const kept = await node.store.read(standing, async (db) => {
    db.noteRead("settings.two-persons-viewed", {});
    return (await newest(20).execute(db.rows)).rows;
  });
  const settable: readonly Act[] = [...loosenable, ...agreeable];
  return {
    version,
    acts: [...node.policy.bySecond, ...agreeable].sort().map((act) => ({
      act,
      usual: node.policy.bySecond.has(act) ? 2 : 1,
      fixed: !settable.includes(act),
      rules: rules.filter((rule) => rule.act === act),
    })),
    history: kept.map((one) => ({ version: one.version, since: one.since.toISOString() })),
  };
}
