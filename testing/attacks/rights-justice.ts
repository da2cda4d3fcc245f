// Who may use each route of the law by state and of charges.
import type { Rule } from "./rights-table.ts";

const lists: Rule = { kind: "lists" };
const charges: Rule = { kind: "elsewhere", file: "features/charges/charges.test.ts" };

export const justiceRules: Readonly<Record<string, Rule>> = {
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
