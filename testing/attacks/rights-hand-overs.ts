// What each route of the room of hand-overs asks of the policy.
import type { Rule } from "./rights-table.ts";

const lists: Rule = { kind: "lists" };
// It takes an offer of two nodes, which chance does not make.
const tried: Rule = { kind: "elsewhere", file: "features/hand-overs/hand-overs.test.ts" };

export const handOverRules: Readonly<Record<string, Rule>> = {
  "GET /api/hand-overs": lists,
  "GET /api/hand-overs/codes": lists,
  "POST /api/hand-overs/preview": {
    ...{ kind: "act", about: "case", act: "hand-over.offer" },
    body: (of) => ({ case: of.case.number, to: "kh" }),
  },
  "POST /api/hand-overs": tried,
  "GET /api/hand-overs/{id}": tried,
  "POST /api/hand-overs/{id}/approve": tried,
  "POST /api/hand-overs/{id}/drop": tried,
  "POST /api/hand-overs/{id}/take-back": tried,
  "POST /api/hand-overs/{id}/accept": tried,
  "POST /api/hand-overs/{id}/decline": tried,
  "POST /api/hand-overs/{id}/proposals": tried,
  "POST /api/hand-overs/{id}/settle": tried,
};
