// Whose word a permission is: of the state whose record it is about, or of the state that took its paper in, and nobody else's.
import { parsePolicy } from "@simpul/ledger/verify";
import { noteTypes, signStatement, utf8, verifierKey, printVerifierKey } from "@simpul/seal";
import { newSigner, nodeVerifying } from "@simpul/store/keys";
import { expect, test } from "vitest";
import type { Check } from "./reading.ts";
import { verifyPermissions } from "./permissions.ts";

const [id, kh] = [newSigner(), newSigner()];
const logOf = (code: string, { publicKey }: { publicKey: Uint8Array }): string =>
  `log ${printVerifierKey(verifierKey(`${code}.simpul/main`, noteTypes.ed25519, publicKey, nodeVerifying))}`;
const policy = (...lines: string[]) => parsePolicy(`${lines.join("\n")}\nquorum none\n`, nodeVerifying);
const both = [logOf("id", id), logOf("kh", kh)];

const scan = "ab".repeat(32);
const paper = { scan, letter: "ID-MM-L2031-000003", saidBy: "EXERCISE: colonel", saidAt: "2031-03-02" };
const word = { originator: "kh", holder: "id", action: "court", record: "r", version: "v" };
const onPaper = { ...word, originator: "mm", paper };

async function check(
  body: object,
  by: typeof id,
  lines: readonly string[] = both,
  digests = new Map<string, string>(),
): Promise<Check> {
  const type = "application/vnd.simpul.permission+json";
  const signed = await signStatement(type, utf8(JSON.stringify(body)), [by], nodeVerifying);
  const path = "records/permissions/0198f000-0000-7000-8000-000000000001.dsse.json";
  const source = {
    paths: () => Promise.resolve([path]),
    async *open() {
      yield await Promise.resolve(utf8(JSON.stringify(signed)));
    },
  };
  const checks: Check[] = [];
  const tell = (name: string, ok: boolean, says: string) => void checks.push({ check: name, ok, says });
  await verifyPermissions(source, digests, policy(...lines), nodeVerifying, tell);
  return checks[0]!;
}

test("a state permits for its own records alone; whoever asks cannot sign for it", async () => {
  expect(await check(word, kh)).toMatchObject({ ok: true, says: "signed by kh" });
  expect(await check(word, id)).toMatchObject({ ok: false, says: "the word of kh, but signed by id" });
  expect((await check(word, newSigner())).ok).toBe(false);
  // Life at risk: the state that holds it says so, in its own name.
  expect(await check({ ...word, action: "override" }, id)).toMatchObject({ ok: true });
  expect((await check({ ...word, action: "override" }, kh)).ok).toBe(false);
});

test("a permission on paper is the word of the state that took it in, with its scan; never of one that signs for itself", async () => {
  const without = await check(onPaper, id);
  expect(without.ok).toBe(true);
  expect(without.says).toContain(
    "on paper from mm (EXERCISE: colonel, 2031-03-02, to letter ID-MM-L2031-000003)",
  );
  expect(without.says).toContain("is not in this bundle");
  const within = await check(onPaper, id, both, new Map([["data/scan.pdf", scan]]));
  expect(within.says).toContain("is in this bundle");
  expect(await check(onPaper, kh)).toMatchObject({ ok: false });
  expect(await check({ ...onPaper, originator: "kh" }, id)).toMatchObject({
    ok: false,
    says: "kh signs for itself and did not",
  });
  expect((await check({ ...onPaper, paper: null }, id)).ok).toBe(false);
});

test("a stolen key permits nothing", async () => {
  const revoked = `# revoked ${both[1]!.slice(4)} 2031-01-01T00:00:00.000Z`;
  expect((await check(word, kh, [both[0]!, revoked])).ok).toBe(false);
  // Nor does paper stand in for a state whose key was stolen.
  expect((await check({ ...onPaper, originator: "kh" }, id, [both[0]!, revoked])).ok).toBe(false);
});
