// Who may use each route of the law by state.
import type { Rule } from "./rights-table.ts";

const lists: Rule = { kind: "lists" };

export const justiceRules: Readonly<Record<string, Rule>> = {
  "GET /api/offences": lists,
};
