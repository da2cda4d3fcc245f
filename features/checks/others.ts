// What checks do for other features: a follow-up that names a canary comes from a guess, and is told to those who watch.
import type { NodeCode } from "@simpul/model";
import { sql } from "kysely";
import type { HitsForAssistance } from "../assistance/contract.ts";
import { ChecksError, type ChecksForOthers, type NamedValue } from "./contract.ts";
import { viewCheck } from "./look.ts";
import { isCanary } from "./holding/canaries.ts";
import { jobStanding, type ChecksNode } from "./node.ts";

export const checksForOthers = (node: ChecksNode): ChecksForOthers => ({
  async lookOut(from, about, named) {
    for (const one of named)
      if (await isCanary(node, one)) {
        await raise(node, from, about, one);
        return true;
      }
    return false;
  },
  async alarm({ kind, officer, count }) {
    await node.store.write(jobStanding, async (tx) => {
      const id = tx.newId();
      await sql`insert into simpul.check_alarms (id, at, side, kind, officer_id, facts)
        values (${id}, ${tx.at}, 'asking', ${kind}, ${officer}, ${JSON.stringify({ count })}::jsonb)`.execute(
        tx.rows,
      );
      tx.note("check.alarm", { id, alarm: kind });
    });
  },
});

/** MLA-8: from a hit a formal request is begun; who sees the check but not its case learns nothing more here. */
export const hitsForAssistance = (node: ChecksNode): HitsForAssistance => ({
  async hit(standing, check, of) {
    const view = await viewCheck(node, standing, check).catch((error: unknown) => {
      if (error instanceof ChecksError && error.code === "NOT_FOUND") return null;
      throw error;
    });
    const records = (view?.list ?? [])
      .filter(({ results }) => results.some((one) => one.node === of && one.result === "hit"))
      .map(({ record }) => record);
    if (view === null || view.case.number.length === 0 || records.length === 0) return null;
    return { case: view.case.number, offence: view.offence, records };
  },
});

/** Once for each request; the value itself is not written down, so that an alarm gives no canary away. */
async function raise(
  node: ChecksNode,
  peer: NodeCode,
  about: { request: string; reference: string },
  named: NamedValue,
): Promise<void> {
  const facts = { request: about.request, reference: about.reference, type: named.type };
  const raised = await node.store.write(jobStanding, async (tx) => {
    const before = await sql`select 1 from simpul.check_alarms where kind = 'canary' and peer = ${peer}
      and facts ->> 'request' = ${about.request}`.execute(tx.rows);
    const id = tx.newId();
    if (before.rows.length === 0)
      await sql`insert into simpul.check_alarms (id, at, side, kind, peer, facts)
        values (${id}, ${tx.at}, 'holding', 'canary', ${peer}, ${JSON.stringify(facts)}::jsonb)`.execute(
        tx.rows,
      );
    tx.note("check.alarm", { id, peer, alarm: "canary", reference: about.reference });
    return before.rows.length === 0;
  });
  if (raised) node.wake(`answered:${peer}`);
}
