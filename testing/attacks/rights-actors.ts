// Who may use each route of main actors and of targets.
import type { Rule } from "./rights-table.ts";

const lists: Rule = { kind: "lists" };
const actors: Rule = { kind: "elsewhere", file: "features/actors/actors.test.ts" };

export const actorsRules: Readonly<Record<string, Rule>> = {
  "GET /api/actors": lists,
  "GET /api/actors/{id}": actors,
};
