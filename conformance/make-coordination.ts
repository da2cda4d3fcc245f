// Makes the letters to a coordination unit anew, valid and invalid: `npx tsx conformance/make-coordination.ts`.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("./protocol/coordination/", import.meta.url));
const ships = { offences: ["trafficking-forced-criminality"], scripts: ["ring"] };
function keep(name: string, type: string, body: object, refused?: string): void {
  const file = path.join(folder, `${name}.json`);
  mkdirSync(path.dirname(file), { recursive: true });
  const vector = { kind: "coordination", type, ships, body, ...(refused !== undefined && { refused }) };
  writeFileSync(file, `${JSON.stringify(vector, null, 2)}\n`);
}

const id = "018f0000-0000-7000-8000-0000000000a1";
const at = "2031-03-04T03:00:00.000Z";
const space = {
  ...{
    kind: "space",
    parties: ["id", "kh"],
    offences: ships.offences,
    from: "2031-03-04",
    until: "2031-04-02",
  },
  ...{ phase: "open", counts: { subject: 2, site: 3, note: 1 }, members: 4 },
  sites: [
    { at: { lat: 10.5, lon: 103.5 }, count: 2 },
    { at: null, count: 1 },
  ],
  tasks: { open: 2, overdue: 1, done: 5 },
  dates: [{ at, discloses: true }],
  requests: { open: 1, answered: 2, refused: 0, withdrawn: 0, overdue: 1 },
};
const operation = {
  ...{ kind: "operation", space: id, parties: ["id", "kh"], starts: at, ends: "2031-03-05T03:00:00.000Z" },
  ...{ state: "approved", steps: [at], go: true, report: null },
  sites: [{ at: { lat: -6.5, lon: 106.5 }, status: "waiting", count: 1 }],
};
const exercise = {
  ...{ kind: "exercise", script: "ring", states: ["id", "kh"], startsAt: at, endedAt: null },
  steps: [{ state: "id", later: 1, open: 2, late: 0, done: 3, skipped: 0 }],
  measures: [{ seconds: null, goal: 900 }],
};
const of = (about: string, figures: object) => ({ about, id, at, figures });
const told = "coordination.figures";

rmSync(folder, { recursive: true, force: true });
keep("valid/space", told, of("space", space));
keep("valid/operation", told, of("operation", operation));
keep("valid/exercise", told, of("exercise", exercise));
keep("valid/over", "coordination.over", { about: "space", id, at });
const said = { id, space: id, says: "call", when: at, at };
keep("valid/word", "coordination.word", said);
keep("valid/answer", "coordination.answer", { id, says: "agreed", at });
const badWord = (name: string, body: object) =>
  keep(`invalid/${name}`, "coordination.word", body, "BAD_BODY");
badWord("word-with-a-text", { ...said, text: "EXERCISE Rina" });
badWord("word-of-no-list", { ...said, says: "rina" });
badWord("call-without-an-hour", { ...said, when: null });
const bad = (name: string, figures: object, about = "space") =>
  keep(`invalid/${name}`, told, of(about, figures), "BAD_BODY");
bad("with-a-title", { ...space, title: "EXERCISE" });
bad("with-a-name", { ...space, parties: ["id", "EXERCISE Rina"] });
bad("offence-that-nobody-ships", { ...space, offences: ["rina"] });
bad("kind-that-says-something", { ...space, counts: { "EXERCISE Rina": 1 } });
bad("place-too-fine", { ...space, sites: [{ at: { lat: 10.7512, lon: 103.6533 }, count: 1 }] });
bad("half-a-person", { ...space, members: 1.5 });
bad("wall-time", { ...space, dates: [{ at: "2031-03-04T10:00:00+07:00", discloses: false }] });
bad("another-kind", operation);
bad("script-that-nobody-ships", { ...exercise, script: "rina" }, "exercise");
keep(
  "invalid/over-with-a-reason",
  "coordination.over",
  { about: "space", id, at, reason: "EXERCISE" },
  "BAD_BODY",
);
