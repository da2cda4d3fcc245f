// The shipped vectors hold, and the runner says so only when they do.
import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import type { Outcome } from "./suite.ts";
import { bundle } from "./suites/bundle.ts";
import { merkle } from "./suites/merkle.ts";
import { note } from "./suites/note.ts";
import { protocol } from "./suites/protocol.ts";

const vectors = (suite: string) => fileURLToPath(new URL(suite, import.meta.url));
const spare = mkdtempSync(join(tmpdir(), "simpul-conformance-"));
afterAll(() => {
  rmSync(spare, { recursive: true });
});
const notPassed = (outcomes: Outcome[]) => outcomes.filter((one) => one.outcome !== "passed");

test("every Merkle vector and every note that Go made or believed holds here", async () => {
  const proofs = await merkle(vectors("merkle"));
  expect(notPassed(proofs)).toEqual([]);
  expect(proofs).toHaveLength(267);
  const notes = await note(vectors("note"));
  expect(notPassed(notes)).toEqual([]);
  expect(notes).toHaveLength(39);
  const bundles = await bundle(vectors("bundle"));
  expect(notPassed(bundles)).toEqual([]);
  expect(bundles).toHaveLength(15);
});

test("a vector with a fault put in is reported as failed, and a file that is no vector does not pass", async () => {
  const folder = join(spare, "merkle");
  cpSync(vectors("merkle/go/inclusion/3-of-8"), folder, { recursive: true });
  const file = join(folder, "valid.json");
  writeFileSync(file, readFileSync(file, "utf8").replace('"leafIdx": 3', '"leafIdx": 2'));
  writeFileSync(join(folder, "torn.json"), '{"size1":');
  writeFileSync(join(folder, "other.json"), '{"hello": "world"}');
  expect(notPassed(await merkle(folder)).map(({ name, outcome }) => [name.split(" ")[0], outcome])).toEqual([
    ["other.json", "skipped"],
    ["torn.json", "failed"],
    ["valid.json", "failed"],
  ]);
});

test("an invalid note among the valid ones is reported, and a valid one among the invalid", async () => {
  const folder = join(spare, "note");
  cpSync(vectors("note/go"), folder, { recursive: true });
  renameSync(join(folder, "invalid/altered-text.note"), join(folder, "valid/altered-text.note"));
  renameSync(join(folder, "valid/one-signature.note"), join(folder, "invalid/one-signature.note"));
  writeFileSync(join(folder, "valid/three-signatures.signed-by"), "kh.simpul.example/main+00000000\n");
  expect(notPassed(await note(folder)).map(({ name }) => name)).toEqual([
    "invalid/one-signature.note",
    "valid/altered-text.note",
    "valid/three-signatures.note",
  ]);
});

test("every example of the wire is read, or refused by the very code that it names", async () => {
  const outcomes = await protocol(vectors("protocol"));
  expect(notPassed(outcomes)).toEqual([]);
  expect(outcomes.length).toBeGreaterThanOrEqual(115);
});

test("an example among the valid ones that is none, and a refusal by another code, are reported", async () => {
  const folder = join(spare, "protocol");
  cpSync(vectors("protocol"), folder, { recursive: true });
  const change = (file: string, from: string, to: string): void => {
    const text = readFileSync(join(folder, file), "utf8");
    expect(text).toContain(from);
    writeFileSync(join(folder, file), text.replace(from, to));
  };
  change("envelopes/valid/plain.json", '"seq": 1', '"seq": 2');
  change("envelopes/invalid/altered.json", "NOT_OPENED", "BAD_SIGNATURE");
  change("requests/valid/post.json", '"kh"', '"ph"');
  expect(notPassed(await protocol(folder)).map(({ name }) => name)).toEqual([
    "envelopes/invalid/altered.json",
    "envelopes/valid/plain.json",
    "requests/valid/post.json",
  ]);
});

test("notes without any key that the reader knows are not believed", async () => {
  const folder = join(spare, "keyless");
  cpSync(vectors("note/go/valid"), folder, { recursive: true });
  expect((await note(folder)).every((one) => one.outcome === "failed")).toBe(true);
});
