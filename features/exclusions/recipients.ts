// Authorities and desks as a node names them to others: so that one of them can be excluded by the other state.
import type { Id, NodeCode } from "@simpul/model";
import type { OpenStore, Standing } from "@simpul/store";
import { z } from "@simpul/doors/http";
import { sql } from "kysely";
import { ExclusionsError, type Recipients } from "./contract.ts";
import { jobStanding, mayOrder, type ExclusionsNode } from "./node.ts";

const name = z.string().min(1).max(300);
const answer = z.object({
  agencies: z
    .array(
      z.object({
        agency: z.uuid(),
        name,
        desks: z.array(z.object({ desk: z.uuid(), name })).max(500),
      }),
    )
    .max(500),
});

/** Those of this node; no officer is named. */
export async function recipientsHere(store: OpenStore): Promise<Recipients> {
  const rows = await store.read(jobStanding, async (db) => {
    const found = await sql<{ agency: Id; name: string; desk: Id; desk_name: string }>`
      select a.id as agency, coalesce(a.name_latin, a.name) as name, d.id as desk, coalesce(d.name_latin, d.name) as desk_name
      from simpul.agencies a join simpul.desks d on d.agency_id = a.id order by a.id, d.id limit 5000`.execute(
      db.rows,
    );
    db.noteRead("recipients.told", { shown: found.rows.length });
    return found.rows;
  });
  const agencies = new Map<Id, Recipients["agencies"][number]>();
  for (const row of rows) {
    const agency = agencies.get(row.agency) ?? { agency: row.agency, name: row.name, desks: [] };
    agency.desks.push({ desk: row.desk, name: row.desk_name });
    agencies.set(row.agency, agency);
  }
  return { agencies: [...agencies.values()] };
}

/** Our own, or those of another state as its node says now. Throws `STATE_SILENT` where it does not answer or is too old. */
export async function recipientsOf(
  node: ExclusionsNode,
  standing: Standing,
  of: NodeCode,
): Promise<Recipients> {
  mayOrder(node, standing);
  if (of === node.code) return recipientsHere(node.store);
  if (!(await node.peers()).includes(of)) throw new ExclusionsError("NOT_FOUND", of);
  try {
    const said = await node.ask(of, "recipients", Buffer.from('{"v":1}'));
    return answer.parse(JSON.parse(Buffer.from(said).toString())) as Recipients;
  } catch (cause) {
    throw new ExclusionsError("STATE_SILENT", of, cause);
  }
}
