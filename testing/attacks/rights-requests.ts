// Who may use each route of requests, letters and formal requests.
import { act, byCase, elsewhere, lists, own, reason, type Rules } from "./rights-rule.ts";

const text = () => ({ text: "EXERCISE" });
const nothing = () => ({});
const assisted = elsewhere("features/assistance/assistance.test.ts", "case.search");
const translated = elsewhere("features/requests/translations.test.ts", "case.search");
/** Oversight reviews what was passed on where a life was at risk. */
const overridden = elsewhere("features/requests/override.test.ts", "case.search", "oversight.read");

export const requestsRules: Rules = {
  "GET /api/requests/codes": lists,
  "GET /api/requests/duty": lists,
  "GET /api/requests/duty/roster": lists,
  "GET /api/requests/statistics": act("node", "check.watch", {
    query: () => "from=2031-01-01&to=2031-01-31",
  }),
  "GET /api/requests": lists,
  "GET /api/requests/permissions": lists,
  "GET /api/requests/choices": act("case", "case.view", { query: byCase }),
  "GET /api/requests/received": act("case", "case.view", { query: byCase }),
  "GET /api/requests/overrides": lists,
  "POST /api/requests/overrides/{id}/review": overridden,
  "POST /api/requests/{id}/override": overridden,
  "POST /api/requests": act("case", "request.draft", { body: (of, world) => world.draft(of.case.number) }),
  "GET /api/requests/{id}": act("outgoing", "request.view"),
  "GET /api/requests/{id}/preview": act("outgoing", "request.view"),
  "GET /api/requests/{id}/activity": act("outgoing", "request.view"),
  "PUT /api/requests/{id}": act("outgoing", "request.draft", {
    body: (of, world) => ({ ...(world.draft(of.case.number) as object), version: 1 }),
  }),
  "POST /api/requests/{id}/submit": act("outgoing", "request.draft"),
  "POST /api/requests/{id}/return": act("outgoing", "request.view", { body: reason }),
  "POST /api/requests/{id}/approve": act("outgoing", "request.approve", { body: reason }),
  "POST /api/requests/{id}/withdraw": act("outgoing", "request.withdraw", { body: reason }),
  "POST /api/requests/{id}/clarification": act("outgoing", "request.draft", {
    body: (of) => ({ thread: of.ids["id"], text: "EXERCISE" }),
  }),
  "POST /api/requests/{id}/close": act("outgoing", "request.draft", {
    body: (of) => ({ thread: of.ids["id"], usefulness: "useful" }),
  }),
  "GET /api/requests/{id}/answer/preview": act("incoming", "request.view"),
  "POST /api/requests/{id}/assign": act("incoming", "request.assign", {
    body: (_, world) => ({ desk: world.desk }),
  }),
  "POST /api/requests/{id}/beside": act("outgoing", "request.draft", {
    body: (of) => ({ beside: of.ids["id"], take: true }),
  }),
  "POST /api/requests/{id}/transfer": act("incoming", "request.assign", {
    body: () => ({ authority: "EXERCISE: port police", text: "" }),
  }),
  "POST /api/requests/{id}/clarify": act("incoming", "request.answer", { body: text }),
  "POST /api/requests/{id}/suspend": act("incoming", "request.answer", {
    body: () => ({ reason: "EXERCISE", until: "2099-01-01" }),
  }),
  "POST /api/requests/{id}/resume": act("incoming", "request.answer"),
  "POST /api/requests/{id}/refuse": act("incoming", "request.refuse", {
    body: () => ({ ground: "not-held" }),
  }),
  "PUT /api/requests/{id}/answer": act("incoming", "request.answer", {
    body: (_, world) => ({ ...(world.answer() as object), version: 1 }),
  }),
  "DELETE /api/requests/{id}/answer": act("incoming", "request.answer"),
  "POST /api/requests/{id}/answer/submit": act("incoming", "request.answer"),
  "POST /api/requests/{id}/answer/return": act("incoming", "request.answer", { body: reason }),
  "POST /api/requests/{id}/answer/release": act("answer", "release", { body: nothing }),
  "POST /api/requests/language": own,
  "GET /api/requests/{id}/translations": translated,
  "POST /api/requests/{id}/translations": translated,
  "POST /api/requests/{id}/translations/{translation}/send": translated,
  "POST /api/requests/{id}/translations/machine": translated,
  "GET /api/letters": lists,
  "GET /api/letters/correspondents": lists,
  "GET /api/assistance": lists,
  "GET /api/assistance/codes": lists,
  "GET /api/assistance/choices": act("case", "case.view", { query: (of) => `case=${of.case.id}&to=kh` }),
  "POST /api/assistance": act("case", "assistance.draft", {
    body: (of) => ({ kind: "formal", type: "business-records", to: "kh", case: of.case.id }),
  }),
  "GET /api/assistance/{id}": assisted,
  "GET /api/assistance/{id}/certificate": assisted,
  "GET /api/assistance/{id}/manifest": assisted,
  "PUT /api/assistance/{id}": assisted,
  "POST /api/assistance/{id}/steps": assisted,
};
