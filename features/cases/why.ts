// "Why can I see this? Who else can? Who did?" for a case: from the deciding policies, the team, and the log of reads.
import type { Id } from "@simpul/model";
import type { Standing } from "@simpul/store";
import { sql } from "kysely";
import { caseId } from "./cases.ts";
import { CasesError } from "./contract.ts";
import type { Sight, TeamRole, WhyCase } from "./contract.ts";
import { decide, factsOf } from "./node.ts";
import type { CasesNode } from "./node.ts";
import { iso } from "./records.ts";

/** Throws `NOT_FOUND` for a case she does not see. */
export async function whyCase(node: CasesNode, standing: Standing, ref: string): Promise<WhyCase> {
  return node.store.read(standing, async (db) => {
    const id = await caseId(db, ref).catch((error: unknown) => {
      db.noteRead("case.why-asked", { found: false });
      throw error;
    });
    db.noteRead("case.why-asked", { id, case: id });
    const facts = await factsOf(db, id);
    const decision = decide(node, standing, "case.view", facts);
    if (!decision.allowed) throw new CasesError("NOT_FOUND", ref);
    const team = await sql<{ officer_id: Id; role: TeamRole }>`select officer_id, role from simpul.case_team
      where case_id = ${id} and ended_at is null order by added_at, id`.execute(db.rows);
    const open = await sql<{ officer_id: Id; until: Date }>`select officer_id, until from simpul.case_openings
      where case_id = ${id} and ended_at is null and until > now() order by opened_at`.execute(db.rows);
    const others: Sight[] = [
      ...team.rows.map((one): Sight => ({ by: "team", officer: one.officer_id, role: one.role })),
      facts.covert
        ? { by: "supervisors", desk: facts.desk }
        : { by: "agency", agency: facts.agency, desk: facts.desk },
      ...open.rows.map((one): Sight => ({ by: "emergency", officer: one.officer_id, until: iso(one.until) })),
    ];
    // The last look of each; the first page of the activity tells all of them.
    const looks = await sql<{ officer_id: Id; at: Date; kind: string; purpose: string }>`
      select * from (select distinct on (officer_id) officer_id, at, kind, purpose from simpul.leaves
        where case_id = ${id} and log = 'reads' and officer_id is not null
        order by officer_id, at desc) l order by at desc limit 30`.execute(db.rows);
    return {
      because: decision.because,
      others,
      seen: looks.rows.map(({ officer_id: officer, at, kind, purpose }) => ({
        officer,
        at: iso(at),
        kind,
        purpose,
      })),
    };
  });
}
