// Makes the vectors of recalls, reports and tombstones anew, signed with the keys of `keys.json`: `npx tsx conformance/make-recalls.ts`.
import { createPrivateKey } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { signStatement, utf8 } from "@simpul/seal";
import { nodeVerifying, signerOf } from "@simpul/store/keys";
import { types } from "../features/recalls/wire.ts";

const folder = fileURLToPath(new URL("./protocol/recalls/", import.meta.url));
const { nodes } = JSON.parse(readFileSync(path.join(folder, "../keys.json"), "utf8")) as {
  nodes: Record<"id" | "kh", { signing: Record<string, string> }>;
};
const signer = (code: "id" | "kh") => signerOf(createPrivateKey({ key: nodes[code].signing, format: "jwk" }));

/** DSSE as it travels: JSON text. */
const signed = async (what: keyof typeof types, says: object, by: "id" | "kh"): Promise<string> =>
  JSON.stringify(await signStatement(types[what], utf8(JSON.stringify(says)), [signer(by)], nodeVerifying));

function keep(name: string, vector: object): void {
  const file = path.join(folder, `${name}.json`);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(vector, null, 2)}\n`);
}

const recall = "018f0000-0000-7000-8000-0000000000c1";
const record = "018f0000-0000-7000-8000-0000000000c2";
const agency = "018f0000-0000-7000-8000-000000000002";
const version = "5a".repeat(32);
const call = {
  ...{ v: 1, recall, originator: "kh", kind: "withdraw", record, version, what: "selector" },
  ...{ reason: "inaccurate", safety: false, at: "2031-03-04T03:00:00.000Z", due: "2031-03-11T03:00:00.000Z" },
  ...{ handling: null, evaluation: null, endsGrants: false, next: null },
};
const tombstone = {
  ...{ v: 1, recall, record, version, what: "item", node: "id", at: "2031-03-05T03:00:00.000Z" },
};
const taken = {
  ...{ v: 1, recall, holder: "id", stage: "taken", at: "2031-03-04T03:00:02.000Z", onward: ["ph"] },
  ...{ outcome: null, code: null, text: null, officer: null, tombstones: [] as string[] },
};
const answered = {
  ...taken,
  ...{ stage: "answered", at: "2031-03-05T03:00:00.000Z", outcome: "partly", code: "used-in-proceedings" },
  ...{ text: "ឯកសារនេះស្ថិតក្នុងសំណុំរឿង (EXERCISE)", officer: "Rina (EXERCISE)" },
};

type What = keyof typeof types;
const from = { call: "kh", report: "id", tombstone: "id" } as const;
const valid = async (what: What, name: string, says: object): Promise<void> =>
  keep(`valid/${what}-${name}`, {
    ...{ kind: "recall-statement", what, by: from[what] },
    ...{ signed: await signed(what, says, from[what]), says },
  });
const invalid = (what: What, name: string, text: string): void =>
  keep(`invalid/${what}-${name}`, {
    ...{ kind: "recall-statement", refused: "BAD_BODY", what, by: from[what], signed: text },
  });
/** Signed as it should be; what it says is what is wrong. */
const says = async (what: What, name: string, wrong: object): Promise<void> =>
  invalid(what, name, await signed(what, wrong, from[what]));

async function calls(): Promise<void> {
  await valid("call", "withdraw", call);
  await valid("call", "destroy-an-item", {
    ...call,
    kind: "destroy",
    what: "item",
    reason: "no-legal-basis",
  });
  await valid("call", "correct", { ...call, kind: "correct", next: "7b".repeat(32) });
  const handling = { codes: ["H1", "H3"], text: "EXERCISE: at the desk only", conditions: { noPrint: true } };
  await valid("call", "restrict", { ...call, kind: "restrict", handling, endsGrants: true });
  const evaluation = { source: "C", information: "4" };
  await valid("call", "regrade", { ...call, kind: "regrade", evaluation, safety: true });
  const good = await signed("call", call, "kh");
  invalid("call", "signed-by-another", await signed("call", call, "id"));
  const other = Buffer.from(JSON.stringify({ ...call, kind: "destroy" })).toString("base64");
  invalid("call", "altered", JSON.stringify({ ...(JSON.parse(good) as object), payload: other }));
  invalid("call", "not-signed", JSON.stringify({ ...(JSON.parse(good) as object), signatures: [] }));
  invalid("call", "of-another-type", await signed("tombstone", call, "kh"));
  invalid("call", "not-json", "hello");
  await says("call", "newer-version", { ...call, v: 2 });
  await says("call", "with-a-name", { ...call, title: "EXERCISE" });
  await says("call", "unknown-kind", { ...call, kind: "forget" });
  await says("call", "without-version", { ...call, version: undefined });
  await says("call", "short-version", { ...call, version: "5a" });
  await says("call", "local-time", { ...call, at: "2031-03-04T10:00:00+07:00" });
  await says("call", "unknown-code", { ...call, kind: "restrict", handling: { codes: ["H9"] } });
  await says("call", "codes-that-contradict", {
    ...call,
    kind: "restrict",
    handling: { codes: ["H0", "H1"] },
  });
  await says("call", "restrict-without-codes", { ...call, kind: "restrict" });
  await says("call", "regrade-without-grade", { ...call, kind: "regrade" });
}

async function reports(): Promise<void> {
  const stone = await signed("tombstone", tombstone, "id");
  await valid("tombstone", "of-an-item", tombstone);
  invalid("tombstone", "signed-by-another", await signed("tombstone", tombstone, "kh"));
  // COR-3: no word of what it was.
  await says("tombstone", "with-a-name", { ...tombstone, title: "EXERCISE" });
  await says("tombstone", "without-version", { ...tombstone, version: undefined });
  await valid("report", "taken", taken);
  await valid("report", "answered", answered);
  const destroyed = { ...answered, outcome: "complied", code: null, tombstones: [stone] };
  await valid("report", "destroyed", destroyed);
  invalid("report", "signed-by-another", await signed("report", answered, "kh"));
  await says("report", "answered-without-outcome", { ...answered, outcome: null });
  await says("report", "unknown-stage", { ...taken, stage: "seen" });
  await says("report", "tombstone-that-is-none", { ...destroyed, tombstones: ["hello"] });
  const forged = await signed("tombstone", tombstone, "kh");
  await says("report", "tombstone-of-another-signer", { ...destroyed, tombstones: [forged] });
  const elsewhere = await signed("tombstone", { ...tombstone, recall: record }, "id");
  await says("report", "tombstone-of-another-recall", { ...destroyed, tombstones: [elsewhere] });
}

async function bodies(): Promise<void> {
  const one = await signed("call", call, "kh");
  const sent = { agency, recall, calls: [one], text: "EXERCISE: the list was corrected", replacements: [] };
  const reported = { agency, recall, report: await signed("report", answered, "id") };
  const body = (name: string, type: string, content: object, refused?: string) =>
    keep(`${refused === undefined ? "valid" : "invalid"}/${name}`, {
      ...{ kind: "recall-body", ...(refused !== undefined && { refused }), type, body: content },
    });
  body("sent", "recall.sent", sent);
  body("sent-several", "recall.sent", { ...sent, calls: [one, one] });
  body("reported", "recall.reported", reported);
  body("sent-nothing", "recall.sent", { ...sent, calls: [] }, "BAD_BODY");
  body("sent-unknown-member", "recall.sent", { ...sent, colour: "blue" }, "BAD_BODY");
  body("sent-without-words", "recall.sent", { ...sent, text: undefined }, "BAD_BODY");
  body("sent-control-character", "recall.sent", { ...sent, text: "EXERCISE\u0007" }, "BAD_BODY");
  // EV-4.
  const grade = {
    ...{ agency, proposal: "018f0000-0000-7000-8000-0000000000e1", record, version },
    ...{ given: { source: "B", information: "2" }, evaluation: { source: "C", information: "4" } },
    text: "EXERCISE: the guest book was written in one go",
  };
  body("grade-proposed", "grade.proposed", grade);
  const { proposal } = grade;
  body("grade-declined", "grade.answered", { agency, proposal, accepted: false, text: "EXERCISE" });
  body("grade-without-reason", "grade.proposed", { ...grade, text: " " }, "BAD_BODY");
  const other = { source: "D", information: "5" };
  body("grade-of-another-scheme", "grade.proposed", { ...grade, evaluation: other }, "BAD_BODY");
  body("reported-unsigned", "recall.reported", { ...reported, report: answered }, "BAD_BODY");
}

rmSync(folder, { recursive: true, force: true });
await calls();
await reports();
await bodies();
