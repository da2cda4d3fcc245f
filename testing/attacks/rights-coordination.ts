// The routes of coordination: figures for a unit's desk and for who speaks for the state, to everybody else not there.
import type { Rule } from "./rights-table.ts";

const coordination: Rule = { kind: "elsewhere", file: "features/coordination/coordination.test.ts" };

export const coordinationRights: Readonly<Record<string, Rule>> = {
  "GET /api/coordination": coordination,
  "GET /api/coordination/{about}/{id}": coordination,
  "GET /api/coordination/told/{about}/{id}": coordination,
  "POST /api/coordination/space/{id}/words": coordination,
  "POST /api/coordination/words/{unit}/{id}/answer": coordination,
};
