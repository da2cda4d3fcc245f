// Who may use each route of cases, checks, and of the question why somebody sees a record.
import { act, byCase, elsewhere, lists, type Rules } from "./rights-rule.ts";

const viewCase = act("case", "case.view");

/** Row security shows an opening to who made it and to who reviews it. */
const opened = elsewhere("features/cases/emergency.test.ts", "case.search", "oversight.read");

export const casesRules: Rules = {
  "GET /api/cases/codes": lists,
  "GET /api/cases": lists,
  "GET /api/cases/search": { kind: "lists", query: (world) => `q=${encodeURIComponent(world.secret)}` },
  "POST /api/cases": elsewhere("features/cases/emergency.test.ts", "case.search"),
  "GET /api/cases/emergencies": lists,
  "POST /api/cases/emergencies": opened,
  "POST /api/cases/emergencies/{opening}/end": opened,
  "POST /api/cases/emergencies/{opening}/review": opened,
  "GET /api/cases/{ref}": viewCase,
  "GET /api/cases/{ref}/records": viewCase,
  "GET /api/cases/{ref}/activity": viewCase,
  "POST /api/cases/{ref}/records/{kind}": act("case", "case.note", {
    body: () => ({ fields: { body: "EXERCISE", language: "id" } }),
  }),
  "PATCH /api/cases/{ref}/records/{kind}/{id}": act("case", "case.note", {
    body: () => ({ field: "body", value: "EXERCISE changed", read: 1 }),
  }),
  "DELETE /api/cases/{ref}/records/{kind}/{id}": act("case", "case.note"),
  "POST /api/cases/{ref}/records/{kind}/{id}/settle": act("case", "case.note", {
    body: () => ({ field: "body", version: 1 }),
  }),
  "GET /api/cases/{ref}/records/{kind}/{id}/history": viewCase,
  "POST /api/cases/{ref}/records/{kind}/{id}/restore": act("case", "case.note"),
  "POST /api/cases/{ref}/state": act("case", "case.close", { body: () => ({ state: "open" }) }),
  "POST /api/cases/{ref}/team": act("case", "case.assign", {
    body: (_, world) => ({ officer: world.spare, role: "observer" }),
  }),
  "DELETE /api/cases/{ref}/team/{officer}": act("case", "case.assign"),
  "GET /api/checks": lists,
  "GET /api/checks/start": act("case", "case.view", { query: byCase }),
  "GET /api/checks/answered": act("node", "check.watch"),
  "POST /api/checks/answered/{node}/switch": act("node", "check.switch", {
    body: () => ({ stopped: true, reason: "EXERCISE" }),
  }),
  "POST /api/checks": act("case", "check.ask", {
    body: (of, world) => ({
      case: of.case.id,
      selectors: [world.selectorOf(of.case.id)],
      states: ["kh"],
      offence: "trafficking-forced-criminality",
      legalBasis: "untoc-27",
    }),
  }),
  "GET /api/checks/{id}": act("check", "case.view", { or: "oversight.read" }),
  "POST /api/checks/{id}/agree": act("check", "check.agree"),
  "POST /api/checks/{id}/decline": act("check", "check.agree"),
  "POST /api/checks/{id}/again": act("check", "check.ask"),
  "GET /api/why/{ref}": viewCase,
};
