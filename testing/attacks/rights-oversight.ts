// Who may use each route of oversight, freezes, what a person asks about herself, and the inbox.
import { act, elsewhere, lists, own, type Rules } from "./rights-rule.ts";

const overseen = elsewhere("features/oversight/work.test.ts", "oversight.read");
const frozen = elsewhere("features/oversight/work.test.ts", "freeze.order", "freeze.lift");
const subjectAccess = elsewhere(
  "features/subject-access/subject-access.test.ts",
  "subject.enter",
  "subject.agree",
);

export const oversightRules: Rules = {
  "GET /api/oversight/ledger": act("node", "oversight.read"),
  "GET /api/oversight/policies": act("node", "oversight.read"),
  "GET /api/oversight/events": act("node", "oversight.read"),
  "GET /api/oversight/log": act("node", "oversight.read"),
  "GET /api/oversight/log/{log}/{id}": act("node", "oversight.read"),
  "GET /api/oversight/samples": act("node", "oversight.read"),
  "GET /api/oversight/samples/{log}/{week}": overseen,
  "POST /api/oversight/samples/{log}/{week}/{nth}": overseen,
  "GET /api/oversight/notices": act("node", "oversight.read"),
  "POST /api/oversight/notices/{id}": act("node", "oversight.mark", {
    body: () => ({ decision: "explained", note: "EXERCISE" }),
  }),
  "GET /api/freezes": lists,
  "POST /api/freezes": act("node", "freeze.order", {
    body: (_, world) => ({ what: "officer", ref: world.spare, reason: "EXERCISE" }),
  }),
  "POST /api/freezes/{id}/ask": frozen,
  "POST /api/freezes/{id}/lift": frozen,
  "GET /api/subject-access": lists,
  "POST /api/subject-access": act("node", "subject.enter", {
    body: () => ({
      ...{ names: ["EXERCISE"], birth: null, identifiers: [], language: "en", contact: "EXERCISE" },
      ...{ askedOn: "2031-03-01", checkedHow: "EXERCISE passport", checkedBy: "EXERCISE" },
    }),
  }),
  "GET /api/subject-access/protected": lists,
  "GET /api/subject-access/fonts/{script}": own,
  "GET /api/subject-access/{id}": subjectAccess,
  "POST /api/subject-access/{id}/agree": subjectAccess,
  "POST /api/subject-access/{id}/hits/{nth}": subjectAccess,
  "POST /api/subject-access/{id}/answer": subjectAccess,
  "GET /api/subject-access/{id}/letter": subjectAccess,
  "GET /api/inbox": lists,
  "GET /api/inbox/views": own,
  "POST /api/inbox/views": own,
  "DELETE /api/inbox/views/{id}": own,
  "POST /api/inbox/later": own,
  "POST /api/inbox/deeds": elsewhere("features/inbox/command.test.ts"),
  "POST /api/inbox/later/end": own,
};
