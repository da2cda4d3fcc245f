// Who may use each route of keeping, deleting and calling back.
import { elsewhere, lists, type Rules } from "./rights-rule.ts";

const kept = elsewhere("features/retention/retention.test.ts", "case.search");

export const keepingRules: Rules = {
  "GET /api/retention": lists,
  "GET /api/retention/terms": lists,
  "GET /api/retention/gone": lists,
  "POST /api/retention/{kind}/{id}": kept,
  "GET /api/recalls": lists,
  "GET /api/recalls/codes": lists,
  "GET /api/recalls/grades": lists,
};
