// Live changes of a node: what features wake, as a stream of names that an officer may hear of.
import type { Change, Env, Live, Sight } from "@simpul/doors/http";
import type { Id } from "@simpul/model";
import type { About, OpenStore } from "@simpul/store";
import { sql } from "kysely";

/** Topics that carry a record's id after a colon: `case:<id>`; the store's own topics have none and stay inside. */
const told = /^([a-z]+):([0-9a-z-]{1,60})$/;

/** Changes as the store's wakes carry them, from all processes of the node. */
export const liveOf = (store: OpenStore): Live => ({
  listen: (hear) =>
    store.wakes.on("", (topic) => {
      const form = told.exec(topic);
      if (form !== null) hear({ topic: form[1]!, id: form[2]! });
    }),
});

/** How the rows of a topic are asked for under row security; a topic that is not here is told to nobody. */
const visible: Readonly<Record<string, (id: string) => ReturnType<typeof sql<{ sees: boolean }>>>> = {
  case: (id) => sql`select simpul.sees_case(${id}::uuid) as sees`,
  check: (id) => sql`select exists (select from simpul.checks where id = ${id}::uuid) as sees`,
  // Whether a peer asks is told to those who may read how much.
  answered: () => sql`select simpul.has_role('liaison') or simpul.has_role('oversight') as sees`,
  // Who may not watch the lines hears nothing of their rhythm.
  peer: (id) =>
    sql`select simpul.watches_peers() and exists (select from simpul.peers where node = ${id}) as sees`,
  export: (id) => sql`select exists (select from simpul.evidence_exports where id = ${id}::uuid) as sees`,
  item: (id) => sql`select simpul.sees_item(${id}::uuid) as sees`,
  request: (id) => sql`select simpul.sees_request(${id}::uuid) as sees`,
  // The rhythm of emergencies is the emergency desk's alone.
  distress: () => sql`select simpul.opens_distress() as sees`,
  recall: (id) => sql`select exists (select from simpul.recalls where id = ${id}::uuid) as sees`,
  handing: (id) => sql`select simpul.sees_hand_over(${id}::uuid) as sees`,
  // That something changed in the compartment, not in whose record.
  victims: () => sql`select simpul.at_victim_desk() as sees`,
  shares: () => sql`select simpul.helps_victims() as sees`,
  operation: (id) => sql`select simpul.sees_operation(${id}::uuid) as sees`,
  exercise: (id) => sql`select exists (select from simpul.exercise_runs where id = ${id}::uuid) as sees`,
  joint: (id) => sql`select exists (select from simpul.joint_spaces where id = ${id}::uuid) as sees`,
  target: (id) => sql`select exists (select from simpul.targets where id = ${id}::uuid) as sees`,
  // That figures or words came, not of what.
  coordination: () => sql`select simpul.coordinates() or simpul.is_contact_point() as sees`,
  phones: (id) => sql`select exists (select from simpul.field_phones where id = ${id}::uuid) as sees`,
  ads: (id) => sql`select simpul.reads_adverts(${id}::uuid) as sees`,
  permission: (id) => sql`select exists (select 1 from simpul.permissions where id = ${id}::uuid) as sees`,
};

/** A state is named by its code, everything else by its identifier. */
function aboutOf(topic: string, id: string): About {
  if (id.length === 2) return { state: id };
  return topic === "case" ? { case: id as Id } : { id: id as Id };
}

/** How long a "yes" and a "no" are kept, and after how long a question that failed is asked again; milliseconds. */
const kept = { yes: 60_000, no: 2_000, failed: 1_000 } as const;

/**
 * Decides whether an officer hears of a change, by the same row security that shows her the record. The answer is
 * kept for a minute per officer and record, so that a busy case costs one question and one note in the read log. What
 * she does not see may become hers at any moment, e.g. a request given to her desk: within two seconds of a "no" a
 * change is not dropped but asked for once more at their end, and so is one whose question failed.
 */
export function maySee(store: OpenStore): (change: Change, env: Env["Variables"]) => Promise<Sight> {
  const known = new Map<string, { until: number; sees: boolean }>();
  return async ({ topic, id }, { officer, standing }) => {
    // What is addressed to her by name needs no question.
    if (topic === "officer") return id === officer.id;
    if (topic === "desk") return id === officer.desk;
    const ask = visible[topic];
    if (ask === undefined) return false;
    const key = `${officer.id} ${officer.desk} ${topic} ${id}`;
    const before = known.get(key);
    const now = performance.now();
    if (before !== undefined && before.until > now)
      return before.sees || { again: Math.ceil(before.until - now) };
    let sees: boolean;
    try {
      sees = await store.read(standing, async (db) => {
        db.noteRead("live.watched", aboutOf(topic, id));
        return (await ask(id).execute(db.rows)).rows[0]?.sees ?? false;
      });
    } catch {
      return { again: kept.failed };
    }
    if (known.size > 10_000) known.clear();
    known.set(key, { until: now + (sees ? kept.yes : kept.no), sees });
    return sees;
  };
}
