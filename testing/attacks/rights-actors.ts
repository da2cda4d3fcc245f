// Who may use each route of main actors and of targets.
import { elsewhere, lists, type Rules } from "./rights-rule.ts";

const actors = elsewhere("features/actors/actors.test.ts", "case.search");
const targets = elsewhere("features/targets/targets.test.ts", "case.search");

export const actorsRules: Rules = {
  "GET /api/actors": lists,
  "GET /api/actors/network": lists,
  "GET /api/actors/{id}": actors,
  "GET /api/targets": lists,
  "GET /api/targets/freezes": lists,
  "POST /api/targets": targets,
  "GET /api/targets/{id}": targets,
  "POST /api/targets/{id}/accept": targets,
  "POST /api/targets/{id}/take": targets,
  "POST /api/targets/{id}/steps": targets,
  "POST /api/targets/{id}/follow-up": targets,
  "POST /api/targets/{id}/withdraw": targets,
  "POST /api/targets/{id}/freezes": targets,
  "POST /api/targets/{id}/freezes/{freeze}/answer": targets,
};
