// Who may use each route of the follow-up: what is released or published everybody reads; writing is tried by its own test.
import type { Rule } from "./rights-table.ts";

const lists: Rule = { kind: "lists" };
const tried: Rule = { kind: "elsewhere", file: "features/follow-up/follow-up.test.ts" };

export const followUpRules: Readonly<Record<string, Rule>> = {
  "GET /api/follow-up/board": lists,
  "GET /api/follow-up/gaps": lists,
  "GET /api/follow-up/reports": lists,
  "POST /api/follow-up/reports": tried,
  "GET /api/follow-up/reports/{id}": tried,
  "POST /api/follow-up/reports/{id}/versions": tried,
  "POST /api/follow-up/reports/{id}/leave": tried,
  "GET /api/follow-up/reports/{id}/versions/{version}/paper": tried,
  "GET /api/follow-up/reports/{id}/versions/{version}/table": tried,
  "GET /api/follow-up/sources": lists,
  "GET /api/follow-up/tables": lists,
  "POST /api/follow-up/tables": tried,
  "POST /api/follow-up/tables/read": tried,
  "GET /api/follow-up/tables/{id}": tried,
  "POST /api/follow-up/tables/{id}/withdraw": tried,
};
