// Makes the bodies by which states play an exercise anew, valid and invalid: `npx tsx conformance/make-exercises.ts`.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("./protocol/exercises/", import.meta.url));
function keep(name: string, vector: object): void {
  const file = path.join(folder, `${name}.json`);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(vector, null, 2)}\n`);
}

const run = "018f0000-0000-4000-8000-0000000000f1";
const said = (text: string) => ({ en: text, id: text, km: text, fil: text });
const script = {
  ...{ format: 2, id: "small", version: 1, title: said("EXERCISE"), story: said("EXERCISE: from {park}") },
  roles: [
    { id: "cyber", desk: "cyber-crime", state: "id", title: said("EXERCISE cyber desk") },
    { id: "help", desk: "victim-services", state: "kh", title: said("EXERCISE victim desk") },
  ],
  steps: [
    {
      ...{ id: "case", role: "cyber", when: { minute: 0 } },
      ...{
        enters: { by: "telephone" },
        inject: said("EXERCISE: somebody calls"),
        title: said("Open a case"),
      },
      ...{ guidance: said("EXERCISE"), acts: ["case.opened"], within: 20 },
    },
    {
      ...{ id: "message", role: "help", when: { after: "case", minutes: 5 } },
      enters: { by: "call", with: { language: "id", where: "{park}", more: "EXERCISE" } },
      ...{ inject: said("EXERCISE: a message"), title: said("Take it in hand"), guidance: said("EXERCISE") },
      ...{ acts: ["distress.fact"], within: 30 },
    },
  ],
  measures: [
    {
      ...{ id: "to-hand", title: said("Message to act"), goal: 15 },
      ...{ from: { step: "message", at: "opened" }, to: { step: "message", at: "done" } },
    },
  ],
};
const begun = {
  ...{ run, script, states: ["id", "kh"], startsAt: "2031-07-09T01:00:00.000Z" },
  assigned: [
    { role: "cyber", state: "id" },
    { role: "help", state: "kh" },
  ],
};
const at = "2031-07-09T01:12:00.000Z";
const changed = {
  ...{ run, version: 2, rests: [{ from: at, to: null }], opened: [{ step: "message", at }] },
  ...{ skipped: [], endedAt: null },
};
const note = {
  run,
  note: "018f0000-0000-4000-8000-0000000000f2",
  role: "help",
  text: "EXERCISE: sooner",
  at,
};
const valid: Record<string, object> = {
  run: begun,
  changed,
  seen: { run, role: "help", at },
  entered: { run, step: "message", at, stuck: null },
  done: { run, step: "message", kind: "distress.fact", at },
  note,
};

rmSync(folder, { recursive: true, force: true });
for (const [name, body] of Object.entries(valid))
  keep(`valid/${name}`, { kind: "exercise", type: `exercise.${name}`, body });
keep("valid/entered-not", {
  ...{ kind: "exercise", type: "exercise.entered" },
  body: { run, step: "message", at: null, stuck: "NO_DESK_KEY" },
});
const wrong = (name: string, type: string, body: object): void =>
  keep(`invalid/${name}`, { kind: "exercise", refused: "BAD_BODY", type: `exercise.${type}`, body });
const [first, second] = script.steps;
const withSteps = (...steps: object[]): object => ({ ...begun, script: { ...script, steps } });
wrong("run-of-another-form", "run", { ...begun, script: { ...script, format: 1 } });
wrong("run-a-state-twice", "run", { ...begun, states: ["id", "id"] });
wrong(
  "run-with-a-number",
  "run",
  withSteps({ ...first, inject: said("EXERCISE +62 812 3456 789") }, second!),
);
wrong("run-without-an-act", "run", withSteps({ ...first, acts: [] }, second!));
wrong("run-in-wall-time", "run", { ...begun, startsAt: "2031-07-09T08:00" });
wrong("changed-first-version", "changed", { ...changed, version: 1 });
wrong("done-with-a-name", "done", { ...valid["done"], officer: "EXERCISE" });
wrong("done-of-no-kind", "done", { ...valid["done"], kind: "Distress Fact" });
wrong("entered-in-words", "entered", { run, step: "message", at: null, stuck: "no key yet" });
wrong("note-with-nothing", "note", { ...note, text: " " });
wrong("note-too-long", "note", { ...note, text: "x".repeat(1001) });
