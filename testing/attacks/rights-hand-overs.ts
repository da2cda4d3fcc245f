// What each route of the room of hand-overs asks of the policy.
import { act, elsewhere, gated, lists, type Rules } from "./rights-rule.ts";

// It takes an offer of two nodes, which chance does not make.
const tried = elsewhere("features/hand-overs/hand-overs.test.ts", "case.search");

export const handOverRules: Rules = {
  "GET /api/hand-overs": lists,
  "GET /api/hand-overs/codes": lists,
  "POST /api/hand-overs/preview": act("case", "hand-over.offer", {
    body: (of) => ({ case: of.case.number, to: "kh" }),
  }),
  "POST /api/hand-overs": tried,
  "GET /api/hand-overs/{id}": tried,
  "POST /api/hand-overs/{id}/approve": tried,
  "POST /api/hand-overs/{id}/drop": gated("case.search"),
  "POST /api/hand-overs/{id}/take-back": tried,
  "POST /api/hand-overs/{id}/accept": tried,
  "POST /api/hand-overs/{id}/decline": tried,
  "POST /api/hand-overs/{id}/proposals": tried,
  "POST /api/hand-overs/{id}/settle": tried,
};
