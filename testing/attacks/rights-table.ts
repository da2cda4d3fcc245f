// What each route asks of the policy: the expectation of every route of the interface. A route without a line here fails
// the test, so whoever adds a route says who may use it.
import type { Act } from "../../packages/policy/index.ts";
import { actorsRules } from "./rights-actors.ts";
import { exerciseRules } from "./rights-exercises.ts";
import { adsRules } from "./rights-ads.ts";
import { operationRules } from "./rights-operations.ts";
import { coordinationRights } from "./rights-coordination.ts";
import { followUpRules } from "./rights-follow-up.ts";
import { jointRights } from "./rights-joint.ts";
import { borderRules } from "./rights-border.ts";
import { justiceRules } from "./rights-justice.ts";
import { handOverRules } from "./rights-hand-overs.ts";
import { letterRules } from "./rights-letters.ts";
import { victimRules } from "./rights-victims.ts";
import { pictureRules } from "./rights-picture.ts";
import type { World } from "./world.ts";

/** What a route is about; the world holds one of each for every case. */
export type About = "case" | "item" | "check" | "outgoing" | "incoming" | "answer" | "node";

export type Rule =
  /** Answers before anybody signed in. */
  | { kind: "open" }
  /** Only about the officer herself, whoever she is. */
  | { kind: "own" }
  /** Lists what she sees: everybody may ask, and nothing that she does not see may stand in the answer. */
  | { kind: "lists"; query?: (world: World) => string }
  /** Decided by this act on this record. */
  | {
      kind: "act";
      about: About;
      act: Act;
      /** Who may do this at the node at all sees it too: oversight sees that a check was asked. */
      or?: Act;
      query?: (of: Of) => string;
      body?: (of: Of, world: World) => unknown;
    }
  /** Its rights are tried by this test file, for what it takes cannot be made by chance. */
  | { kind: "elsewhere"; file: string };

/** The ids by which a route names what it is about. */
export interface Of {
  ids: Readonly<Record<string, string>>;
  case: { id: string; number: string };
}

const open: Rule = { kind: "open" };
const own: Rule = { kind: "own" };
const lists: Rule = { kind: "lists" };
const act = (
  about: About,
  name: Act,
  more: Omit<Extract<Rule, { kind: "act" }>, "kind" | "about" | "act"> = {},
): Rule => ({ kind: "act", about, act: name, ...more });
const elsewhere = (file: string): Rule => ({ kind: "elsewhere", file });

const manage = (body?: (of: Of, world: World) => unknown): Rule =>
  act("node", "access.manage", body === undefined ? {} : { body });
const read = act("item", "evidence.view");
const viewCase = act("case", "case.view");
const byCase = (of: Of): string => `case=${of.case.id}`;
const reason = () => ({ reason: "EXERCISE reason" });
const text = () => ({ text: "EXERCISE" });
const nothing = () => ({});
const kept = elsewhere("features/retention/retention.test.ts");
const overseen = elsewhere("features/oversight/work.test.ts");
const assisted = elsewhere("features/assistance/assistance.test.ts");
const subjectAccess = elsewhere("features/subject-access/subject-access.test.ts");
const bundles = elsewhere("features/evidence/export/export.test.ts");

export const rules: Readonly<Record<string, Rule>> = {
  ...operationRules,
  ...exerciseRules,
  ...borderRules,
  ...handOverRules,
  ...letterRules,
  ...victimRules,
  ...pictureRules,
  "GET /api/openapi.json": lists,
  ...actorsRules,
  ...justiceRules,
  ...followUpRules,
  ...adsRules,

  "GET /handed/page.js": open,
  "GET /handed/page.css": open,
  "GET /handed/words.json": open,
  "GET /handed/{id}": open,
  "POST /api/handed/{id}/open": open,
  "POST /api/handed/{id}/answer": open,
  // A phone proves itself by its own key, without a session: features/field/field.test.ts.
  "POST /api/field/contact": open,
  "POST /api/victims/desk/close": own,
  "GET /api/victims/released": lists,
  "GET /api/victims/seal-to": own,

  "GET /api/reviews": lists,
  "GET /api/reviews/law": own,
  "GET /api/reviews/key": own,
  "POST /api/reviews/key/close": own,

  "GET /api/access/door": open,
  "POST /api/access/sign-in/begin": open,
  "POST /api/access/sign-in/finish": open,
  "POST /api/access/enrol/begin": open,
  "POST /api/access/enrol/finish": open,
  "GET /api/access/exercise/officers": open,
  "POST /api/access/exercise/sign-in": open,
  "POST /api/access/device-sign-in": open,
  "POST /api/access/device-sign-in/poll": open,
  "POST /api/access/renew/begin": open,
  "POST /api/access/renew/finish": open,
  "POST /api/access/provider/begin": open,
  "GET /api/access/provider/return": open,
  "POST /api/access/provider/back-channel": open,
  "GET /api/access/session": own,
  "PATCH /api/access/session": own,
  "POST /api/access/printed": own,
  "DELETE /api/access/session": own,
  "PUT /api/access/session/device": own,
  "GET /api/access/belongings": own,
  "DELETE /api/access/sessions/{id}": own,
  "DELETE /api/access/devices/{id}": own,
  "DELETE /api/access/passkeys/{id}": own,
  "POST /api/access/passkeys/begin": own,
  "POST /api/access/passkeys/finish": own,
  "POST /api/access/step-up/begin": own,
  "POST /api/access/step-up/finish": own,
  "POST /api/access/step-up/exercise": own,
  "POST /api/access/step-up/provider": own,
  "GET /api/access/recoveries": lists,
  "POST /api/access/recoveries": elsewhere("features/access/recovery.test.ts"),
  "POST /api/access/recoveries/{id}/vouch": elsewhere("features/access/recovery.test.ts"),
  "POST /api/access/recoveries/{id}/drop": elsewhere("features/access/recovery.test.ts"),
  "POST /api/access/connect/look-up": own,
  "POST /api/access/connect/answer": own,
  "GET /api/access/colleagues": lists,
  "GET /api/access/desks": lists,
  "POST /api/access/agencies": manage(() => ({ name: "EXERCISE", kind: "police" })),
  "POST /api/access/desks": manage((_, world) => ({ name: "EXERCISE", agency: world.agency })),
  "POST /api/access/officers": manage(() => ({ name: "EXERCISE", number: "straw", language: "id" })),
  "PUT /api/access/officers/{id}/places": manage((_, world) => ({ desk: world.desk, roles: ["analyst"] })),
  "DELETE /api/access/officers/{id}/places/{desk}": manage(),
  "POST /api/access/officers/{id}/invite": manage(),
  "POST /api/access/officers/{id}/leave": manage(),
  "POST /api/access/officers/{id}/end-sessions": elsewhere("features/access/access.test.ts"),
  "POST /api/access/end-sessions": elsewhere("features/access/access.test.ts"),

  "GET /api/cases/codes": lists,
  "GET /api/cases": lists,
  "GET /api/cases/search": { kind: "lists", query: (world) => `q=${encodeURIComponent(world.secret)}` },
  "POST /api/cases": elsewhere("features/cases/cases.test.ts"),
  "GET /api/cases/emergencies": lists,
  "POST /api/cases/emergencies": elsewhere("features/cases/emergency.test.ts"),
  "POST /api/cases/emergencies/{opening}/end": elsewhere("features/cases/emergency.test.ts"),
  "POST /api/cases/emergencies/{opening}/review": elsewhere("features/cases/emergency.test.ts"),
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
  "POST /api/evidence/intakes": elsewhere("features/evidence/evidence.test.ts"),
  "GET /api/evidence/intakes": lists,
  "GET /api/evidence/intakes/{intake}": elsewhere("features/evidence/evidence.test.ts"),
  "DELETE /api/evidence/intakes/{intake}": elsewhere("features/evidence/evidence.test.ts"),
  "POST /api/evidence/intakes/{intake}/seal": elsewhere("features/evidence/evidence.test.ts"),
  "POST /api/evidence/upload": elsewhere("features/evidence/evidence.test.ts"),
  "OPTIONS /api/evidence/upload": own,
  "PATCH /api/evidence/upload/{intake}": elsewhere("features/evidence/evidence.test.ts"),
  "HEAD /api/evidence/upload/{intake}": elsewhere("features/evidence/evidence.test.ts"),
  "DELETE /api/evidence/upload/{intake}": elsewhere("features/evidence/evidence.test.ts"),
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

  ...coordinationRights,
  ...jointRights,
  "GET /api/exclusions": act("node", "exclusion.order"),
  "GET /api/peers/{code}/doubts": act("node", "peers.read"),
  "POST /api/peers/{code}/doubts/{id}": elsewhere("features/peers/keys.test.ts"),
  "GET /api/peers/{code}/incidents": act("node", "peers.read"),
  "POST /api/peers/{code}/incidents/{id}/close": elsewhere("features/requests/evidences.test.ts"),
  "GET /api/peers": act("node", "peers.read"),
  "GET /api/peers/card": act("node", "peers.read"),
  "GET /api/peers/keys": act("node", "peers.read"),
  "GET /api/peers/{code}": act("node", "peers.read"),
  "GET /api/peers/{code}/letters": act("node", "peers.read"),
  "POST /api/peers": act("node", "peers.enter", {
    body: () => ({
      node: "xk",
      address: "localhost:1",
      pin: "a".repeat(64),
      signing: "A".repeat(43),
      sealing: "A".repeat(43),
      agencies: [],
    }),
  }),
  "POST /api/peers/{code}/confirm": act("node", "peers.confirm", { body: () => ({ heard: "EXERCISE" }) }),
  "POST /api/peers/{code}/stop": act("node", "peers.stop", { body: reason }),
  "POST /api/peers/keys": act("node", "keys.change", {
    body: () => ({ kind: "change", because: "EXERCISE: once a year" }),
  }),
  "POST /api/peers/keys/{id}/confirm": act("node", "keys.change"),
  "POST /api/peers/keys/{id}/drop": act("node", "peers.enter"),
  "POST /api/peers/{code}/suspend": act("node", "peers.suspend", { body: reason }),
  "POST /api/peers/{code}/resume": act("node", "peers.resume"),
  "POST /api/peers/{code}/ask": act("node", "peers.read"),
  "POST /api/peers/{code}/letters/{id}/again": act("node", "peers.enter"),

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
  "GET /api/requests/overrides": elsewhere("features/requests/override.test.ts"),
  "POST /api/requests/overrides/{id}/review": elsewhere("features/requests/override.test.ts"),
  "POST /api/requests/{id}/override": elsewhere("features/requests/override.test.ts"),
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

  "POST /api/requests/language": elsewhere("features/requests/translations.test.ts"),
  "GET /api/requests/{id}/translations": elsewhere("features/requests/translations.test.ts"),
  "POST /api/requests/{id}/translations": elsewhere("features/requests/translations.test.ts"),
  "POST /api/requests/{id}/translations/{translation}/send": elsewhere(
    "features/requests/translations.test.ts",
  ),
  "POST /api/requests/{id}/translations/machine": elsewhere("features/requests/translations.test.ts"),
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

  "GET /api/retention": lists,
  "GET /api/retention/terms": lists,
  "GET /api/retention/gone": lists,
  "POST /api/retention/{kind}/{id}": kept,

  "GET /api/recalls": lists,
  "GET /api/recalls/codes": lists,
  "GET /api/recalls/grades": lists,

  "GET /api/oversight/ledger": act("node", "oversight.read"),
  "GET /api/oversight/policies": act("node", "oversight.read"),
  "GET /api/oversight/events": act("node", "oversight.read"),
  "GET /api/oversight/log": act("node", "oversight.read"),
  "GET /api/oversight/log/{log}/{id}": act("node", "oversight.read"),

  "GET /api/why/{ref}": viewCase,

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
  "POST /api/freezes/{id}/ask": overseen,
  "POST /api/freezes/{id}/lift": overseen,

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
