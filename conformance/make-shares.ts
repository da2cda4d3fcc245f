// Makes the vectors of what victim desks say to each other anew, signed with the keys of `keys.json`: `npx tsx conformance/make-shares.ts`.
import { createPrivateKey } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { signerOf } from "@simpul/store/keys";
import { calculateJwkThumbprint } from "jose";
import { signDeskKey, type DeskKeyWord } from "../features/referrals/desk-keys/wire.ts";

const folder = fileURLToPath(new URL("./protocol/shares/", import.meta.url));
const { nodes } = JSON.parse(readFileSync(path.join(folder, "../keys.json"), "utf8")) as {
  nodes: Record<"id" | "kh", { signing: Record<string, string> }>;
};
const signer = (code: "id" | "kh") => signerOf(createPrivateKey({ key: nodes[code].signing, format: "jwk" }));

function keep(name: string, vector: object): void {
  const file = path.join(folder, `${name}.json`);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(vector, null, 2)}\n`);
}

// The point of RFC 7517, appendix A.1: a public key that protects nothing.
const key = {
  kty: "EC",
  crv: "P-256",
  x: "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",
  y: "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM",
} as const;
const jwe = `${Buffer.from(JSON.stringify({ alg: "ECDH-ES+A256KW", enc: "A256GCM" })).toString("base64url")}.AA.AA.AA.AA`;
const share = "018f0000-0000-4000-8000-0000000000d1";
const thread = "018f0000-0000-4000-8000-0000000000d2";
const offered = {
  ...{
    share,
    thread,
    what: "referral",
    at: "2031-03-04T03:00:00.000Z",
    due: "2031-03-05T03:00:00.000Z",
    jwe,
  },
};
const said = { share, step: "accepted", at: "2031-03-04T05:00:00.000Z", answer: jwe, onward: null };
const onward = { share: "018f0000-0000-4000-8000-0000000000d3", via: share, state: "ph", way: "peer" };

async function make(): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  const kid = await calculateJwkThumbprint(key, "sha256");
  const word = { v: 1, node: "kh", kid, key, at: "2031-03-04T03:00:00.000Z" } as DeskKeyWord;
  const statement = await signDeskKey(signer("kh"), word);
  keep("valid/desk-key", { kind: "desk-key", by: "kh", statement, says: word });
  const wrong = (name: string, text: string): void =>
    keep(`invalid/desk-key-${name}`, { kind: "desk-key", refused: "BAD_BODY", by: "kh", statement: text });
  wrong("signed-by-another", await signDeskKey(signer("id"), word));
  wrong("of-another-node", await signDeskKey(signer("kh"), { ...word, node: "id" } as DeskKeyWord));
  wrong("other-name", await signDeskKey(signer("kh"), { ...word, kid: "A".repeat(43) }));
  const altered = Buffer.from(JSON.stringify({ ...word, at: "2031-03-05T03:00:00.000Z" })).toString("base64");
  wrong("altered", JSON.stringify({ ...(JSON.parse(statement) as object), payload: altered }));
  const secret = { ...word, key: { ...key, d: "A".repeat(43) } } as DeskKeyWord;
  wrong("private-half", await signDeskKey(signer("kh"), secret));

  const body = (type: string, name: string, what: object): void =>
    keep(`valid/${type}-${name}`, { kind: "share-body", type: `share.${type}`, body: what });
  const bad = (type: string, name: string, what: object): void =>
    keep(`invalid/${type}-${name}`, {
      kind: "share-body",
      refused: "BAD_BODY",
      type: `share.${type}`,
      body: what,
    });
  for (const what of ["referral", "transfer", "proposal", "missing", "nationality"])
    body("offered", what, { ...offered, what });
  body("said", "accepted", said);
  for (const step of ["rejected", "done", "revoked", "returned", "withdrawn", "closed"])
    body("said", step, { ...said, step, answer: null });
  body("said", "onward", { ...said, step: "onward", answer: null, onward });
  body("said", "closed-further-down", {
    ...said,
    step: "closed",
    answer: null,
    onward: { ...onward, state: null, way: "link" },
  });
  const emergency = (where: string, type: string, what: object): void => {
    const refused = where.startsWith("invalid") ? { refused: "BAD_BODY" } : {};
    keep(where, { kind: "distress-body", ...refused, type: `distress.${type}`, body: what });
  };
  const passed = { v: 1, id: share, jwe: `${jwe.slice(0, -"AA.AA".length)}${"A".repeat(240)}.AA` };
  emergency("valid/distress-passed", "passed", passed);
  emergency("valid/distress-taken", "taken", { v: 1, id: share });
  emergency("valid/distress-called-back", "called-back", { v: 1, id: share });
  const gone = { v: 1, id: share, taken: true, onward: ["ph"] };
  emergency("valid/distress-gone", "gone", gone);
  emergency("invalid/distress-called-back-with-a-reason", "called-back", {
    v: 1,
    id: share,
    why: "EXERCISE",
  });
  emergency("invalid/distress-gone-by-whom", "gone", { ...gone, officer: "EXERCISE" });
  emergency("invalid/distress-gone-to-a-name", "gone", { ...gone, onward: ["EXERCISE: Rumah Aman"] });
  emergency("invalid/distress-passed-in-the-clear", "passed", { ...passed, jwe: "EXERCISE: nine people" });
  emergency("invalid/distress-passed-with-a-place", "passed", { ...passed, where: "EXERCISE: Bavet" });
  emergency("invalid/distress-taken-by-whom", "taken", { v: 1, id: share, officer: "EXERCISE" });
  bad("offered", "in-the-clear", { ...offered, jwe: "Nurul (EXERCISE)" });
  bad("offered", "with-a-name", { ...offered, name: "Nurul (EXERCISE)" });
  bad("offered", "without-a-deadline", { ...offered, due: null });
  bad("offered", "other-kind", { ...offered, what: "suspect" });
  bad("said", "other-step", { ...said, step: "cooperate" });
  bad("said", "reason-in-the-clear", { ...said, step: "rejected", answer: "no bed (EXERCISE)" });
  bad("said", "onward-to-a-name", { ...said, step: "onward", onward: { ...onward, state: "Rumah Aman" } });
}

await make();
