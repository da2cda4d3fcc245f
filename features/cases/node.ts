// What the cases room asks of its node, and the question every act begins with: does she see it, and may she.
import type { Clock, Id, NodeCode, Officer } from "@simpul/model";
import type { Act, CaseFacts, Decision, Policy } from "@simpul/policy";
import type { Directory } from "@simpul/features/access/contract.ts";
import type { Reader, Standing, Store, Writer } from "@simpul/store";
import { sql } from "kysely";
import type { Codes } from "./codes.ts";
import { CasesError } from "./contract.ts";
import type { RestsOf } from "@simpul/features/oversight/contract.ts";
import type { FindingsOfItems } from "./contract.ts";

export interface CasesNode {
  code: NodeCode;
  store: Store;
  policy: Policy;
  clock: Clock;
  codes: Codes;
  /** Tells open pages that something changed (`case:<id>`), after it was kept; never what. */
  wake(topic: string): void;
  /** Who the ids are, where the node keeps officers. */
  directory?: Directory;
  /** Whether oversight has ordered that a case rests. */
  rests?: RestsOf;
  /** Evidence, where the node has it. */
  findings?: FindingsOfItems;
}

export type Act4Case = Extract<
  Act,
  | "case.emergency"
  | "case.review-emergency"
  | "case.view"
  | "case.edit"
  | "case.note"
  | "case.task"
  | "case.assign"
  | "case.close"
  | "check.ask"
  | "hand-over.offer"
>;

interface FactsRow {
  id: Id;
  agency_id: Id;
  desk_id: Id;
  covert: boolean;
  state: string;
  handed: boolean;
  team: { officer: Id; role: string }[];
  opened: Id[];
}

/** What the policy asks about a case; throws `NOT_FOUND` where row security shows none. */
export async function factsOf(db: Pick<Reader | Writer, "rows">, id: Id): Promise<CaseFacts> {
  const facts = (await factsOfEach(db, [id])).get(id);
  if (facts === undefined) throw new CasesError("NOT_FOUND", id);
  return facts;
}

/** The same for several; those that row security hides are missing. */
export async function factsOfEach(
  db: Pick<Reader | Writer, "rows">,
  ids: readonly Id[],
): Promise<Map<Id, CaseFacts>> {
  const { rows } = await sql<FactsRow>`
    select c.id, c.agency_id, c.desk_id, c.covert, c.state,
      coalesce((select jsonb_agg(jsonb_build_object('officer', t.officer_id, 'role', t.role))
                from simpul.case_team t where t.case_id = c.id and t.ended_at is null), '[]') as team,
      array(select o.officer_id from simpul.case_openings o
            where o.case_id = c.id and o.ended_at is null and o.until > now()) as opened,
      exists (select 1 from simpul.case_handed h
              where h.case_id = c.id and h.record_id = c.id and h.back_at is null) as handed
    from simpul.cases c where c.id = any(${[...ids]}::uuid[])`.execute(db.rows);
  return new Map(rows.map((row) => [row.id, factsIn(row)]));
}

const factsIn = (row: FactsRow): CaseFacts => ({
  kind: "case",
  id: row.id,
  agency: row.agency_id,
  desk: row.desk_id,
  covert: row.covert,
  // Another state's from the moment in which it accepted, before a list says closed.
  closed: row.state === "closed" || row.handed,
  opened: row.opened,
  team: row.team.map((member) => member.officer),
  leads: row.team.filter((member) => member.role === "lead").map((member) => member.officer),
});

/** The officer behind a standing; cases are worked on by persons. */
export function officerOf(standing: Standing): Officer {
  if (standing.actor.kind !== "officer") throw new CasesError("NOT_ALLOWED", standing.actor.kind);
  return standing.actor;
}

export function decide(node: CasesNode, standing: Standing, act: Act4Case, record: CaseFacts): Decision {
  return node.policy.decide({
    officer: officerOf(standing),
    act,
    record,
    purpose: standing.purpose,
    now: node.clock.now(),
  });
}

/** Throws `NOT_FOUND` for a case she does not see, `CASE_CLOSED` or `NOT_ALLOWED` for an act she may not do in it. */
export async function requireAct(
  node: CasesNode,
  tx: Pick<Reader | Writer, "rows" | "standing" | "allowed">,
  act: Act4Case,
  id: Id,
): Promise<CaseFacts> {
  const facts = await factsOf(tx, id);
  const decision = decide(node, tx.standing, act, facts);
  if (decision.allowed) {
    tx.allowed(decision.because);
    return facts;
  }
  const closed = decision.because.includes("policy.case.is-closed");
  throw new CasesError(closed ? "CASE_CLOSED" : "NOT_ALLOWED", decision.because.join(" "));
}
