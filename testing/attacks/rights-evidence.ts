// Who may use each route of evidence.
import { act, byCase, elsewhere, lists, own, type Rules } from "./rights-rule.ts";

const read = act("item", "evidence.view");
const bundles = elsewhere("features/evidence/export/export.test.ts", "case.search");

export const evidenceRules: Rules = {
  "GET /api/evidence/trust-policy": lists,
  "GET /api/evidence/exports/preview": act("case", "case.view", { query: byCase }),
  "POST /api/evidence/exports": act("case", "evidence.export", {
    body: (of) => ({
      case: of.case.id,
      recipient: "EXERCISE court",
      recipientState: "id",
      reason: "EXERCISE",
      fields: [],
    }),
  }),
  "GET /api/evidence/exports": lists,
  "GET /api/evidence/exports/{export}": bundles,
  "DELETE /api/evidence/exports/{export}": bundles,
  "POST /api/evidence/exports/{export}/unproven": bundles,
  "GET /api/evidence/exports/{export}/bundle": bundles,
  "GET /api/evidence/intakes/start": own,
  "POST /api/evidence/intakes": elsewhere("features/evidence/evidence.test.ts", "case.search"),
  "GET /api/evidence/intakes": lists,
  "GET /api/evidence/intakes/{intake}": elsewhere("features/evidence/evidence.test.ts", "case.search"),
  "DELETE /api/evidence/intakes/{intake}": elsewhere("features/evidence/evidence.test.ts", "case.search"),
  "POST /api/evidence/intakes/{intake}/seal": elsewhere("features/evidence/evidence.test.ts", "case.search"),
  "POST /api/evidence/upload": elsewhere("features/evidence/evidence.test.ts", "case.search"),
  "OPTIONS /api/evidence/upload": own,
  "PATCH /api/evidence/upload/{intake}": elsewhere("features/evidence/evidence.test.ts", "case.search"),
  "HEAD /api/evidence/upload/{intake}": elsewhere("features/evidence/evidence.test.ts", "case.search"),
  "DELETE /api/evidence/upload/{intake}": elsewhere("features/evidence/evidence.test.ts", "case.search"),
  "GET /api/evidence/items": lists,
  "GET /api/evidence/items/{item}": read,
  "GET /api/evidence/items/{item}/story": read,
  "GET /api/evidence/items/{item}/reading": read,
  "GET /api/evidence/items/{item}/reading/{segment}": read,
  "GET /api/evidence/items/{item}/findings": read,
  "GET /api/evidence/items/{item}/findings/{finding}/places": read,
  "GET /api/evidence/items/{item}/original": read,
  "GET /api/evidence/items/{item}/picture": read,
  "POST /api/evidence/items/{item}/decisions": act("item", "evidence.confirm", {
    body: (of) => ({ findings: [of.ids["finding"]], decision: "reject" }),
  }),
  "DELETE /api/evidence/items/{item}/decisions/{act}": act("item", "evidence.confirm"),
  "PUT /api/evidence/items/{item}/case": act("item", "evidence.confirm", {
    body: (of) => ({ case: of.case.id }),
  }),
};
