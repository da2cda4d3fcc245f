// Items that were sealed under a key which is another by now: proven along the chain of statements; and under a key that
// was stolen: proven only where another state cosigned before.
import { createHash } from "node:crypto";
import { newSigner, nodeVerifying, systemRandom } from "@simpul/store/keys";
import { expect, test } from "vitest";
import type { BagSource, Hashing } from "../bag/check.ts";
import { exampleBundle } from "./example.ts";
import { verifyBundle } from "./verify.ts";

const hashing: Hashing = (algorithm) => {
  if (algorithm !== "sha256") return null;
  const running = createHash(algorithm);
  return { update: (bytes) => void running.update(bytes), hex: () => running.digest("hex") };
};
const sourceOf = (files: ReadonlyMap<string, Uint8Array>): BagSource => ({
  paths: () => Promise.resolve([...files.keys()]),
  async *open(path) {
    yield await Promise.resolve(files.get(path)!);
  },
});
const verify = (files: ReadonlyMap<string, Uint8Array>, policy: string) =>
  verifyBundle(sourceOf(files), policy, nodeVerifying, hashing);
/** The names of the checks that fail, and not for a file that a test took out. */
const failed = async (files: ReadonlyMap<string, Uint8Array>, policy: string): Promise<string[]> =>
  (await verify(files, policy))
    .filter(({ ok, check }) => !ok && check !== "bag")
    .map(({ check }) => check.split(" ").at(-1)!);

const keys = { node: newSigner(), device: newSigner(), cosigner: newSigner() };
const next = newSigner();
const make = (after: Parameters<typeof exampleBundle>[3]) =>
  exampleBundle(keys, nodeVerifying, systemRandom, after);
// The head of the example was cosigned a minute after two.
const [before, after] = ["2031-03-01T02:00:30.000Z", "2031-03-01T02:30:00.000Z"];

test("sealed by the old key and logged under the new: proven by whoever has the policy of now, or that of before", async () => {
  const { files, policy, policyBefore } = await make({ kind: "changed", next });
  for (const trusted of [policy, policyBefore]) expect(await failed(files, trusted)).toEqual([]);
  const checks = await verify(files, policyBefore);
  expect(checks.find(({ check }) => check === "keys id-1")?.says).toMatch(
    /^[\w-]{8} signed until 2031-03-01T03:00:00.000Z, then [\w-]{8}$/,
  );
});

test("without the statement the policy of before does not lead to the new key", async () => {
  const { files, policyBefore } = await make({ kind: "changed", next });
  files.delete("records/keys/id-1.dsse.json");
  expect(await failed(files, policyBefore)).toEqual(["device", "chain", "ledger"]);
});

test("a statement that the old key did not sign, or the new one did not, leads nowhere", async () => {
  const whole = await make({ kind: "changed", next });
  const path = "records/keys/id-1.dsse.json";
  const statement = JSON.parse(new TextDecoder().decode(whole.files.get(path))) as { signatures: unknown[] };
  for (const nth of [0, 1]) {
    const one = { ...statement, signatures: [statement.signatures[nth]] };
    const files = new Map(whole.files).set(path, new TextEncoder().encode(JSON.stringify(one)));
    expect(await failed(files, whole.policyBefore)).toEqual(["device", "chain", "ledger"]);
  }
  const foreign = await exampleBundle({ ...keys, node: newSigner() }, nodeVerifying, systemRandom, {
    kind: "changed",
    next,
  });
  const files = new Map(whole.files).set(path, foreign.files.get(path)!);
  expect(await failed(files, whole.policyBefore)).toEqual(["device", "chain", "ledger"]);
});

test("stolen after another state had cosigned: proven; stolen before: not", async () => {
  const good = await make({ kind: "revoked", next, since: after });
  expect(await failed(good.files, good.policy)).toEqual([]);
  const late = await make({ kind: "revoked", next, since: before });
  expect(await failed(late.files, late.policy)).toEqual(["ledger"]);
  const says = (await verify(late.files, late.policy)).find(({ check }) => check.endsWith("ledger"))!.says;
  expect(says).toContain("stolen");
});

test("who has only the policy of before learns of the theft from the bundle, and believes no more than that", async () => {
  const late = await make({ kind: "revoked", next, since: before });
  expect(await failed(late.files, late.policyBefore)).toEqual(["device", "chain", "ledger"]);
});

test("who reads the line about the theft as a comment does not believe that key at all", async () => {
  const good = await make({ kind: "revoked", next, since: after });
  const stock = good.policy.replace(/^# revoked .*$/m, "# a comment");
  expect(await failed(good.files, stock)).toEqual(["chain", "ledger"]);
});
