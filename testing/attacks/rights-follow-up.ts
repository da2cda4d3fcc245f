// Who may use each route of the follow-up: what is released or published everybody reads; writing is tried by its own test.
import { elsewhere, lists, type Rules } from "./rights-rule.ts";

const tried = elsewhere("features/follow-up/follow-up.test.ts");
const taken = elsewhere("features/follow-up/follow-up.test.ts", "follow-up.table");

export const followUpRules: Rules = {
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
  "POST /api/follow-up/tables": taken,
  "POST /api/follow-up/tables/read": taken,
  "GET /api/follow-up/tables/{id}": tried,
  "POST /api/follow-up/tables/{id}/withdraw": taken,
};
