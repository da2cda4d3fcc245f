// Who may use each route of the law by state and of charges.
import { elsewhere, lists, type Rules } from "./rights-rule.ts";

const charges = elsewhere("features/charges/charges.test.ts", "case.search");

export const justiceRules: Rules = {
  "GET /api/offences": lists,
  "GET /api/charges": lists,
  "POST /api/charges": charges,
  "GET /api/charges/outcomes": lists,
  "POST /api/charges/outcomes/{id}/seen": charges,
  "GET /api/charges/gaps": lists,
  "POST /api/charges/gaps": charges,
  "GET /api/charges/{id}": charges,
  "POST /api/charges/{id}/exhibits": charges,
  "PUT /api/charges/{id}/exhibits/{part}": charges,
  "POST /api/charges/{id}/proofs": charges,
  "DELETE /api/charges/{id}/proofs/{part}": charges,
  "POST /api/charges/{id}/gaps": charges,
  "POST /api/charges/{id}/admissions": charges,
  "GET /api/charges/{id}/exhibits/{part}/notice": charges,
  "POST /api/charges/{id}/exhibits/{part}/notice": charges,
  "POST /api/charges/{id}/witnesses": charges,
  "POST /api/charges/{id}/file": charges,
  "POST /api/charges/{id}/events": charges,
  "POST /api/charges/{id}/withdraw": charges,
  "GET /api/charges/{id}/paper": charges,
  "POST /api/charges/{id}/bundle": charges,
};
