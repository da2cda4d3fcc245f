// Makes bodies of requests and answers with translations and permissions on paper, valid and invalid: `npx tsx conformance/make-request-bodies.ts`.
import { createHash } from "node:crypto";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("./protocol/request-bodies/", import.meta.url));
function keep(name: string, vector: object): void {
  const file = path.join(folder, `${name}.json`);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(vector, null, 2)}\n`);
}

const terms = {
  handling: { codes: ["H1", "H2"] },
  evaluation: { source: "B", information: "2" },
};
const english = {
  ...{ field: "narrative.0", language: "km", into: "en", by: "លី សុភា · Ly Sophea" },
  text: "EXERCISE: this number was registered at a hotel on 5 February.",
};
const answer = {
  agency: "018f0000-0000-7000-8000-000000000002",
  thread: "018f0000-0000-7000-8000-0000000000d1",
  answer: "018f0000-0000-7000-8000-0000000000d2",
  kind: "full",
  narrative: [{ text: "លំហាត់៖ លេខនេះត្រូវបានចុះបញ្ជីនៅសណ្ឋាគារថ្ងៃទី ៥ កុម្ភៈ។", language: "km", ...terms }],
  translations: [english],
  refused: [],
  searched: [],
  records: [],
  items: [],
  clock: {
    ...{ state: "ended", started: "2031-03-04T03:00:00.000Z", due: null },
    limit: { amount: 10, unit: "working-days" },
    ...{ reach: "direct", urgent: false, left: null, until: null, over: false },
  },
};
const { translations: _none, ...plain } = answer;
/** A scan that a state without a node permitted, on paper, to be passed on; signed by the state that took it in. */
const permitted = {
  ...{ id: "018f0000-0000-7000-8000-0000000000f1", originator: "mm", holder: "kh" },
  ...{ record: "018f0000-0000-7000-8000-0000000000f2", version: "ab".repeat(32) },
  ...{ action: "onward", recipients: ["id"], court: null, thread: null, conditions: "", notAfter: null },
  at: "2031-03-04T03:00:00.000Z",
  paper: {
    ...{ scan: "cd".repeat(32), letter: "KH-MM-L2031-000004" },
    ...{ saidBy: "EXERCISE: Police Colonel", saidAt: "2031-03-03" },
  },
  signed: "{}",
};
const record = {
  ...{ kind: "selector", id: permitted.record, originator: "mm", version: permitted.version, ...terms },
  fields: {
    ...{ type: "phone", canonical: "+959000000000", profile: "phone-1", written: "09 000 000 000" },
    ...{ valid: true, role: "unknown", subject: null },
  },
  ...{ link: "", grants: [permitted] },
};

rmSync(folder, { recursive: true, force: true });
const valid = (name: string, body: object): void =>
  keep(`valid/${name}`, { kind: "request-body", type: "answer.released", body });
const wrong = (name: string, body: object): void =>
  keep(`invalid/${name}`, { kind: "request-body", refused: "BAD_BODY", type: "answer.released", body });
valid("answer", plain);
valid("answer-translated", answer);
valid("answer-with-a-permission-on-paper", { ...plain, records: [record] });
wrong("translations-none", { ...answer, translations: [] });
wrong("translation-by-a-machine", {
  ...answer,
  translations: [{ ...english, machine: "translate.example" }],
});
wrong("translation-by-nobody", { ...answer, translations: [{ ...english, by: "" }] });
wrong("translation-of-no-words", { ...answer, translations: [{ ...english, text: " " }] });
wrong("permission-on-paper-without-its-scan", {
  ...plain,
  records: [{ ...record, grants: [{ ...permitted, paper: { ...permitted.paper, scan: "" } }] }],
});
const later = {
  ...{ agency: answer.agency, thread: answer.thread, answer: answer.answer },
  original: createHash("sha256").update(answer.narrative[0]!.text).digest("hex"),
  translation: english,
};
const report = {
  ...{ agency: answer.agency, thread: answer.thread, item: answer.answer, digest: "ab".repeat(32) },
  ...{ failed: null, at: "2031-03-04T03:00:00.000Z", signed: "{}" },
};
const reported = { kind: "request-body", type: "item.reported" };
keep("valid/item-verified", { ...reported, body: report });
keep("valid/item-not-verified", { ...reported, body: { ...report, failed: "not-signed-by-node" } });
keep("invalid/item-report-of-no-known-check", {
  ...{ ...reported, refused: "BAD_BODY" },
  body: { ...report, failed: "looks-wrong" },
});
/** What nobody asked for (MSG-2), and a letter between desks. */
const told = {
  ...{ agency: answer.agency, thread: answer.thread, reference: "ID-KH-2031-000007", unasked: "information" },
  ...{
    subject: "EXERCISE: a house where workers are kept",
    questions: [],
    offence: "trafficking-forced-criminality",
  },
  facts: [{ text: "EXERCISE: a neighbour saw guards at night.", language: "en", ...terms }],
  ...{ whyThere: "", purpose: "crime-investigation", legalBasis: "untoc-27", legalBasisText: "" },
  ...{ urgent: false, urgencyReason: null, urgencyText: "", evidenceForeseen: false, restrictions: "" },
  ...{ language: "en", languages: [], neededBy: null, handling: terms.handling, records: [], items: [] },
};
const hours = {
  ...{ ...told, unasked: "administrative", subject: "EXERCISE: our desk on 4 March" },
  facts: [{ ...told.facts[0]!, text: "EXERCISE: the desk answers by telephone alone until noon." }],
  ...{ offence: "", purpose: "", legalBasis: "" },
};
const sent = { kind: "request-body", type: "request.sent" };
const asks = [{ text: "EXERCISE: who owns it?", category: "case-information" }];
keep("valid/told-information", { ...sent, body: told });
const presses = { urgent: true, urgencyReason: "danger-to-life" };
keep("valid/told-warning", { ...sent, body: { ...told, unasked: "warning", ...presses } });
keep("valid/told-administrative", { ...sent, body: hours });
for (const [name, body] of [
  ["told-of-no-known-kind", { ...told, unasked: "rumour" }],
  ["told-and-asks", { ...told, questions: asks }],
  ["told-as-a-formal-request", { ...told, formal: "formal" }],
  ["administrative-with-a-record", { ...hours, records: [record] }],
  ["administrative-of-an-offence", { ...hours, offence: told.offence }],
] as const)
  keep(`invalid/${name}`, { ...sent, refused: "BAD_BODY", body });
/** That a letter was opened by its desk, or by nobody in the agreed time (MSG-4). */
const opened = {
  ...{ agency: answer.agency, letter: answer.answer, thread: answer.thread, answer: null },
  ...{ event: "retrieved", at: "2031-03-04T03:00:00.000Z", signed: "{}" },
};
const evidence = { kind: "request-body", type: "evidence.given" };
keep("valid/evidence-retrieved", { ...evidence, body: opened });
keep("valid/evidence-of-an-answer-not-retrieved", {
  ...evidence,
  body: { ...opened, answer: answer.answer, event: "not-retrieved" },
});
keep("invalid/evidence-of-no-known-event", {
  ...{ ...evidence, refused: "BAD_BODY" },
  body: { ...opened, event: "read" },
});
keep("invalid/evidence-of-no-letter", {
  ...{ ...evidence, refused: "BAD_BODY" },
  body: { ...opened, letter: null },
});
const type = "translation.sent";
keep("valid/translation-later", { kind: "request-body", type, body: later });
keep("valid/translation-later-of-the-question", {
  ...{ kind: "request-body", type },
  body: { ...later, answer: null, translation: { ...english, field: "facts.0" } },
});
keep("invalid/translation-later-of-no-known-words", {
  ...{ kind: "request-body", refused: "BAD_BODY", type },
  body: { ...later, original: "" },
});
