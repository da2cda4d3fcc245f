// The routes of coordination: figures for a unit's desk and for who speaks for the state, to everybody else not there.
import { elsewhere, type Rules } from "./rights-rule.ts";

const coordination = elsewhere("features/coordination/coordination.test.ts", "coordination.read");

export const coordinationRights: Rules = {
  "GET /api/coordination": coordination,
  "GET /api/coordination/{about}/{id}": coordination,
  "GET /api/coordination/told/{about}/{id}": coordination,
  "POST /api/coordination/space/{id}/words": coordination,
  "POST /api/coordination/words/{unit}/{id}/answer": coordination,
};
