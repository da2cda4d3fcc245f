// Who may use each route of main actors and of targets.
import type { Rule } from "./rights-table.ts";

const lists: Rule = { kind: "lists" };
const actors: Rule = { kind: "elsewhere", file: "features/actors/actors.test.ts" };
const targets: Rule = { kind: "elsewhere", file: "features/targets/targets.test.ts" };

export const actorsRules: Readonly<Record<string, Rule>> = {
  "GET /api/actors": lists,
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
