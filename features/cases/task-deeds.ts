// What may be done with tasks without opening their case: taken, given to somebody, finished, and each of it taken back.
import type { Id, Officer } from "@simpul/model";
import type { EntryDeed, EntryDeeds } from "@simpul/features/inbox/contract.ts";
import type { Writer } from "@simpul/store";
import { sql } from "kysely";
import { editIn } from "./change.ts";
import { CasesError } from "./contract.ts";
import { decide, factsOf, type CasesNode } from "./node.ts";

const fieldOf = (deed: EntryDeed): { field: string; value: string | null } =>
  deed.act === "give"
    ? { field: "owner", value: deed.to }
    : { field: "state", value: deed.act === "done" ? "done" : "open" };

/** Each deed is the edit of one field, as on the page of the case; where two values wait to be chosen from, none is done. */
export const taskDeeds = (node: CasesNode): EntryDeeds => ({
  kinds: ["task"],
  async do(standing, task, deed) {
    const { field, value } = fieldOf(deed);
    const of = await node.store.write(standing, async (tx) => {
      const { rows } = await sql<{ case_id: Id; version: number }>`
        select case_id, coalesce((versions ->> ${field})::int, 1) as version from simpul.case_tasks
        where id = ${task} and removed_at is null`.execute(tx.rows);
      if (rows[0] === undefined) throw new CasesError("NOT_FOUND", task);
      const { case_id: id, version } = rows[0];
      if (deed.act === "give" && deed.to !== null) await requireWorksOn(node, tx, id, deed.to);
      const { edited } = await editIn(node, tx, id, "task", task, { field, value, read: version });
      if (edited.kind === "conflict") throw new CasesError("UNSETTLED", field);
      return id;
    });
    node.wake(`case:${of}`);
  },
});

type PlaceRow = Pick<Officer, "node" | "agency" | "agencyKind" | "desk" | "roles">;

/** A task given to somebody who may do nothing in its case would lie there unseen. */
async function requireWorksOn(node: CasesNode, tx: Writer, of: Id, to: Id): Promise<void> {
  const facts = await factsOf(tx, of);
  const { rows } = await sql<PlaceRow>`
    select ${node.code} as node, d.agency_id as agency, a.kind as "agencyKind", d.id as desk, m.roles
    from simpul.memberships m join simpul.officers o on o.id = m.officer_id and o.left_at is null
      join simpul.desks d on d.id = m.desk_id join simpul.agencies a on a.id = d.agency_id
    where m.officer_id = ${to} and m.ended_at is null`.execute(tx.rows);
  const works = rows.some((place) => {
    const actor: Officer = { kind: "officer", id: to, provenAt: null, ...place };
    return decide(node, { ...tx.standing, actor }, "case.task", facts).allowed;
  });
  if (!works) throw new CasesError("NOT_FOR_HER", to);
}
