// Bags that a stranger made or changed: what stands, what falls, and why.
import { createHash } from "node:crypto";
import type { Digest } from "@simpul/model";
import { expect, test } from "vitest";
import { checkBag } from "./check.ts";
import type { BagSource, Hashing } from "./check.ts";
import { readDeclaration } from "./tags.ts";
import { tagManifest } from "./manifest.ts";
import { tagFiles } from "./write.ts";

const hashing: Hashing = (algorithm) => {
  if (!["md5", "sha1", "sha224", "sha256", "sha384", "sha512"].includes(algorithm)) return null;
  const running = createHash(algorithm);
  return { update: (bytes) => void running.update(bytes), hex: () => running.digest("hex") };
};
const sha256 = (text: string): Digest => Digest256(createHash("sha256").update(text).digest("hex"));
const Digest256 = (hex: string): Digest => hex as Digest;

const sourceOf = (files: Record<string, string>): BagSource => ({
  paths: () => Promise.resolve(Object.keys(files)),
  async *open(path) {
    await Promise.resolve();
    // In two pieces, as a disk would give it.
    const bytes = Buffer.from(files[path]!);
    yield bytes.subarray(0, 3);
    yield bytes.subarray(3);
  },
});

const payload = { "data/chat.txt": "Halo kak, LATIHAN\n", "data/foto 100%.jpg": "not a real picture" };

function bag(): Record<string, string> {
  const files: Record<string, string> = { ...payload };
  const listed = Object.entries(payload).map(([path, text]) => ({
    path,
    sha256: sha256(text),
    size: Buffer.byteLength(text),
  }));
  for (const { path, text } of tagFiles(listed, { "Source-Organization": "Simpul exercise" }))
    files[path] = text;
  const tags = Object.entries(files)
    .filter(([path]) => !path.startsWith("data/"))
    .map(([path, text]) => ({ path, sha256: sha256(text), size: text.length }));
  const last = tagManifest(tags);
  files[last.path] = last.text;
  return files;
}

test("a bag that we wrote stands, and its escaped names are found again", async () => {
  const files = bag();
  expect(files["manifest-sha256.txt"]).toContain("data/foto 100%25.jpg");
  const report = await checkBag(sourceOf(files), hashing);
  expect(report).toMatchObject({ valid: true, version: "1.0", faults: [] });
  expect(report.digests.get("data/chat.txt")).toBe(sha256(payload["data/chat.txt"]));
});

const changes: [string, (files: Record<string, string>) => unknown, string][] = [
  [
    "one changed byte of an exhibit",
    (files) => void (files["data/chat.txt"] = "Halo kak, LATIHAM\n"),
    "CHANGED",
  ],
  [
    "one changed byte of the metadata",
    (files) => void (files["bag-info.txt"] = files["bag-info.txt"]! + "X: y\n"),
    "CHANGED",
  ],
  ["an exhibit that is gone", (files) => delete files["data/chat.txt"], "MISSING"],
  ["an exhibit that nobody listed", (files) => void (files["data/extra.txt"] = "?"), "NOT_LISTED"],
  ["no declaration", (files) => delete files["bagit.txt"], "NO_DECLARATION"],
  [
    "a declaration with a second space",
    (files) => void (files["bagit.txt"] = "BagIt-Version:  1.0\nTag-File-Character-Encoding: UTF-8\n"),
    "BAD_DECLARATION",
  ],
  [
    "a declaration behind a byte order mark",
    (files) => void (files["bagit.txt"] = `\ufeff${files["bagit.txt"]!}`),
    "BAD_DECLARATION",
  ],
  [
    "a version of the future",
    (files) => void (files["bagit.txt"] = "BagIt-Version: 9.0\nTag-File-Character-Encoding: UTF-8\n"),
    "UNKNOWN_VERSION",
  ],
  [
    "a path that leaves the bag",
    (files) =>
      void (files["manifest-sha256.txt"] =
        files["manifest-sha256.txt"]! + `${sha256("")}  data/../../etc/passwd\n`),
    "PATH_OUTSIDE",
  ],
  [
    "an absolute path",
    (files) =>
      void (files["manifest-sha256.txt"] = files["manifest-sha256.txt"]! + `${sha256("")}  /etc/passwd\n`),
    "PATH_OUTSIDE",
  ],
  [
    "a file listed twice",
    (files) =>
      void (files["manifest-sha256.txt"] = files["manifest-sha256.txt"]! + files["manifest-sha256.txt"]!),
    "LISTED_TWICE",
  ],
  [
    "an algorithm nobody knows",
    (files) => void (files["manifest-crc9.txt"] = `00  data/chat.txt\n00  data/foto 100%25.jpg\n`),
    "UNKNOWN_ALGORITHM",
  ],
  ["no manifest", (files) => delete files["manifest-sha256.txt"], "NO_MANIFEST"],
  ["a wrong count of octets", (files) => void (files["bag-info.txt"] = "Payload-Oxum: 1.2\n"), "WRONG_OXUM"],
];
test.each(changes)("%s is seen", async (_, change, code) => {
  const files = bag();
  change(files);
  const report = await checkBag(sourceOf(files), hashing);
  expect(report.valid).toBe(false);
  expect(report.faults.map((fault) => fault.code)).toContain(code);
});

test("names that differ only in their Unicode form are mentioned", async () => {
  const files = bag();
  const line = (path: string): string => `${sha256("?")}  ${path}\n`;
  files["data/\u00e9.txt"] = "?";
  files["data/e\u0301.txt"] = "?";
  files["manifest-sha256.txt"] =
    files["manifest-sha256.txt"]! + line("data/\u00e9.txt") + line("data/e\u0301.txt");
  expect((await checkBag(sourceOf(files), hashing)).warnings.join("\n")).toContain("differ only in form");
});

test("a declaration of two exact lines is read, whatever its line ends", () => {
  for (const end of ["\n", "\r\n", "\r"]) {
    const text = `BagIt-Version: 0.97${end}Tag-File-Character-Encoding: UTF-16${end}`;
    expect(readDeclaration(Buffer.from(text))).toMatchObject({ version: "0.97" });
  }
});
