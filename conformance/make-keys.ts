// Makes the vectors of changed and stolen keys anew, on the wire and in bundles: `npx tsx conformance/make-keys.ts`.
import { createHash, createPrivateKey } from "node:crypto";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { signKeyStatement, toBase64Url, type KeyStatement, type Signer } from "@simpul/seal";
import { nodeVerifying, signerOf } from "@simpul/store/keys";
import { exampleBundle, type ExampleAfter } from "../packages/evidence/bundle/example.ts";

const here = fileURLToPath(new URL("./", import.meta.url));
const sha256 = (value: string): Buffer => createHash("sha256").update(value).digest();

/** Private keys from public words, as in `keys.json`: everybody can make them, so nobody may use them. */
function signer(words: string): Signer {
  const prefix = Buffer.from("302e020100300506032b657004220420", "hex");
  const der = Buffer.concat([prefix, sha256(`simpul conformance, ${words}`)]);
  return signerOf(createPrivateKey({ key: der, format: "der", type: "pkcs8" }));
}
const raw = (of: Signer): string => toBase64Url(of.publicKey);

const [first, second, third, stranger] = ["id signing", "id second", "id third", "stranger"].map(signer) as [
  Signer,
  Signer,
  Signer,
  Signer,
];
const agency = "018f0000-0000-7000-8000-000000000001";
const digestOf = (text: string): string =>
  createHash("sha256")
    .update(Buffer.from((JSON.parse(text) as { payload: string }).payload, "base64"))
    .digest("hex");

const changed = (number: number, previous: string | null, old: Signer, next: Signer): KeyStatement => ({
  v: 1,
  kind: "changed",
  node: "id",
  number,
  previous,
  at: `203${number}-03-04T03:00:00.000Z`,
  until: `203${number}-04-03T03:00:00.000Z`,
  since: null,
  old: raw(old),
  new: {
    pin: sha256(`pin ${number}`).toString("hex"),
    signing: raw(next),
    sealing: raw(next),
    agencies: [{ agency, key: raw(next) }],
  },
});
const sign = (statement: object, by: Signer[]): Promise<string> =>
  signKeyStatement(statement as KeyStatement, by, nodeVerifying);

const one = await sign(changed(1, null, first, second), [first, second]);
const two = await sign(changed(2, digestOf(one), second, third), [second, third]);
const stolen = await sign(
  {
    ...changed(2, digestOf(one), second, third),
    kind: "revoked",
    until: null,
    since: "2032-03-01T00:00:00.000Z",
    new: null,
  },
  [second],
);

const folder = path.join(here, "protocol/keys");
rmSync(folder, { recursive: true, force: true });
const known = { node: "id", number: 0, previous: null, signing: raw(first) };
function keep(name: string, vector: object): void {
  const file = path.join(folder, `${name}.json`);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify({ kind: "keys", known, ...vector }, null, 2)}\n`);
}
const leads = (number: number, kind: string, signing: string | null) => ({ number, kind, signing });
keep("valid/one-change", { statements: [one], leads: [leads(1, "changed", raw(second))] });
keep("valid/two-changes", {
  statements: [one, two],
  leads: [leads(1, "changed", raw(second)), leads(2, "changed", raw(third))],
});
keep("valid/known-already", {
  known: { ...known, number: 1, previous: digestOf(one), signing: raw(second) },
  statements: [one, two],
  leads: [leads(2, "changed", raw(third))],
});
keep("valid/stolen", {
  statements: [one, stolen],
  leads: [leads(1, "changed", raw(second)), leads(2, "revoked", null)],
});
const invalid = (name: string, refused: string, statements: string[], more: object = {}): void =>
  keep(`invalid/${name}`, { refused, statements, ...more });
const bent = JSON.parse(one) as { payload: string; signatures: unknown[] };
const inside = Buffer.from(bent.payload, "base64").toString().replace("2031-04-03", "2039-04-03");
invalid("altered", "ALTERED", [JSON.stringify({ ...bent, payload: Buffer.from(inside).toString("base64") })]);
invalid("old-key-did-not-sign", "ALTERED", [await sign(changed(1, null, first, second), [second])]);
invalid("new-key-did-not-sign", "ALTERED", [await sign(changed(1, null, first, second), [first])]);
invalid("same-key", "ALTERED", [await sign(changed(1, null, first, first), [first])]);
invalid("unknown-member", "ALTERED", [
  await sign({ ...changed(1, null, first, second), note: "x" }, [first, second]),
]);
invalid("stolen-with-successor", "ALTERED", [
  await sign(
    { ...changed(1, null, first, second), kind: "revoked", until: null, since: "2031-03-01T00:00:00.000Z" },
    [first, second],
  ),
]);
invalid("number-left-out", "OUT_OF_ORDER", [two]);
invalid("stranger", "FOREIGN", [await sign(changed(1, null, stranger, second), [stranger, second])]);
invalid("another-node", "FOREIGN", [
  await sign({ ...changed(1, null, first, second), node: "kh" }, [first, second]),
]);
invalid("another-before", "FOREIGN", [
  one,
  await sign(changed(2, "ab".repeat(32), second, third), [second, third]),
]);

// Bundles: sealed under a key that is another by now, or that was stolen.
const keys = {
  node: signer("bundle node"),
  device: signer("bundle device"),
  cosigner: signer("bundle cosigner"),
};
const next = signer("bundle node, second");
let salt = 0;
const random = { bytes: (length: number) => Uint8Array.from(sha256(`salt ${salt++}`).subarray(0, length)) };
async function bundle(
  name: string,
  after: ExampleAfter,
  how: { policy: "policy" | "policyBefore"; without?: string },
  fails?: string[],
): Promise<void> {
  const made = await exampleBundle(keys, nodeVerifying, random, after);
  const at = path.join(here, "bundle", fails === undefined ? "valid" : "invalid", name);
  rmSync(at, { recursive: true, force: true });
  for (const [file, bytes] of made.files) {
    if (file === how.without) continue;
    mkdirSync(path.dirname(path.join(at, "bundle", file)), { recursive: true });
    writeFileSync(path.join(at, "bundle", file), bytes);
  }
  writeFileSync(path.join(at, "policy.txt"), made[how.policy]);
  if (fails !== undefined)
    writeFileSync(
      path.join(at, "fails.txt"),
      `${fails.map((one) => one.replace("X", made.item)).join("\n")}\n`,
    );
}
const changedAfter = { kind: "changed", next } as const;
await bundle("key-changed", changedAfter, { policy: "policy" });
await bundle("key-changed-policy-of-before", changedAfter, { policy: "policyBefore" });
await bundle(
  "key-stolen-after-cosigning",
  { kind: "revoked", next, since: "2031-03-01T02:30:00.000Z" },
  { policy: "policy" },
);
await bundle(
  "key-changed-unsaid",
  changedAfter,
  { policy: "policyBefore", without: "records/keys/id-1.dsse.json" },
  ["bag", "device", "item X chain", "item X ledger"],
);
await bundle(
  "key-stolen-before-cosigning",
  { kind: "revoked", next, since: "2031-03-01T02:00:30.000Z" },
  { policy: "policy" },
  ["item X ledger"],
);
