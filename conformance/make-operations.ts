// Makes the bodies by which states agree on an operation anew, valid and invalid: `npx tsx conformance/make-operations.ts`.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("./protocol/operations/", import.meta.url));
function keep(name: string, vector: object): void {
  const file = path.join(folder, `${name}.json`);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(vector, null, 2)}\n`);
}

const operation = "018f0000-0000-4000-8000-0000000000e1";
const site = "018f0000-0000-4000-8000-0000000000e2";
const plan = {
  title: "EXERCISE Two sites, one morning",
  aim: "EXERCISE: bring out who is held",
  parties: ["id", "kh"],
  window: { starts: "2031-07-09T19:30:00.000Z", ends: "2031-07-12T10:00:00.000Z" },
  fallback: "EXERCISE: satellite phone, every full hour",
  hotspots: [{ name: "EXERCISE border market", area: "Banteay Meanchey" }],
  phases: [],
  space: null,
};
const phased = {
  ...plan,
  phases: [{ name: "EXERCISE doors", starts: "2031-07-09T21:00:00.000Z" }],
  space: "018f0000-0000-4000-8000-0000000000e4",
};
const proposed = [
  { site, state: "kh", label: "EXERCISE gate B", area: "Phnom Penh", lat: 11.5561, lon: 104.9282 },
];
const entry = {
  ...{
    id: "018f0000-0000-4000-8000-0000000000e3",
    site,
    at: "2031-07-10T03:00:00.000Z",
    status: "people-out",
  },
  ...{ counts: { checks: 40, met: 312, items: 2 }, text: "" },
};
const counts = {
  ...{ sites: 1, checked: 40, met: 309, victims: 120, possible: 160, "not-victims": 29, children: 1 },
  ...{ arrests: 4, items: 2, exhibits: 2, accounts: 0 },
};
const valid: Record<string, object> = {
  plan: { operation, version: 1, plan, proposed },
  reopened: { operation, version: 2 },
  vote: {
    ...{ operation, version: 1, go: true, reason: "" },
    sites: [{ site, label: "EXERCISE gate B", area: "Phnom Penh", commander: "EXERCISE Chan Vanna" }],
  },
  entry: { operation, entry, clockOff: false },
  recall: { operation, reason: "EXERCISE: they know we come" },
  report: { operation, definitions: 1, counts, lessons: "EXERCISE: more interpreters" },
  collision: { tags: ["00112233445566778899aabbccddeeff"] },
};

rmSync(folder, { recursive: true, force: true });
for (const [name, body] of Object.entries(valid))
  keep(`valid/${name}`, { kind: "operation", type: `operation.${name}`, body });
keep("valid/plan-with-phases", {
  ...{ kind: "operation", type: "operation.plan" },
  body: { operation, version: 1, plan: phased, proposed },
});
const wrong = (name: string, type: string, body: object): void =>
  keep(`invalid/${name}`, { kind: "operation", refused: "BAD_BODY", type: `operation.${type}`, body });
wrong("plan-in-wall-time", "plan", {
  ...{ operation, version: 1, proposed },
  plan: { ...plan, window: { starts: "2031-07-10T02:30", ends: "2031-07-12T17:00" } },
});
wrong("plan-phase-in-wall-time", "plan", {
  ...{ operation, version: 1, proposed },
  plan: { ...phased, phases: [{ name: "EXERCISE doors", starts: "2031-07-10T04:00" }] },
});
wrong("plan-a-party-twice", "plan", {
  operation,
  version: 1,
  plan: { ...plan, parties: ["id", "id"] },
  proposed,
});
wrong("vote-with-a-warrant", "vote", {
  ...{ operation, version: 1, go: true, reason: "" },
  sites: [{ site, label: "EXERCISE", area: "", commander: "", warrant: "W-17" }],
});
wrong("entry-with-a-person", "entry", {
  operation,
  entry: { ...entry, person: "EXERCISE" },
  clockOff: false,
});
wrong("recall-without-a-reason", "recall", { operation, reason: "" });
wrong("report-below-nothing", "report", {
  ...{ operation, definitions: 1, lessons: "" },
  counts: { ...counts, arrests: -1 },
});
wrong("collision-with-a-place", "collision", { tags: ["00112233445566778899aabbccddeeff"], lat: 11.5 });
