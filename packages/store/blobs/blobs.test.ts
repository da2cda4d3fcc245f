// The evidence store takes bytes in whole or not at all, and never hands out damaged ones as good.
import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { Digest } from "@simpul/model";
import fc from "fast-check";
import { afterAll, beforeEach, expect, test } from "vitest";
import { openFolder, sweepOrphans } from "./index.ts";
import type { Blobs } from "./index.ts";

const folders: string[] = [];
let folder: string;
let blobs: Blobs;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "simpul-blobs-"));
  folders.push(folder);
  blobs = await openFolder(folder);
});
afterAll(() => Promise.all(folders.map((one) => rm(one, { recursive: true, force: true }))));

const digestOf = (bytes: Uint8Array): Digest =>
  Digest.parse(createHash("sha256").update(bytes).digest("hex"));
const fileOf = (digest: Digest): string => path.join(folder, digest.slice(0, 2), digest.slice(2, 4), digest);
const most = 10_000_000;

test("whatever is put is read back the same, in pieces or in part, and stored once", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.uint8Array({ maxLength: 2_000 }), { maxLength: 5 }),
      fc.nat(10_000),
      fc.nat(10_000),
      async (pieces, a, b) => {
        const whole = Buffer.concat(pieces);
        const stored = await blobs.put(pieces, { most, expect: digestOf(whole) });
        expect(stored).toEqual({ digest: digestOf(whole), size: whole.length });
        expect(Buffer.from(await blobs.read(stored.digest, most))).toEqual(whole);
        const [start, end] = [Math.min(a, b, whole.length), Math.min(Math.max(a, b), whole.length)];
        const part: Uint8Array[] = [];
        for await (const bytes of await blobs.open(stored.digest, { start, end })) part.push(bytes);
        expect(Buffer.concat(part)).toEqual(whole.subarray(start, end));
      },
    ),
    { numRuns: 30 },
  );
  expect(await readdir(path.join(folder, "parts"))).toEqual([]);
});

test("files belong to the node's account alone and are read-only", async () => {
  const { digest } = await blobs.put([Buffer.from("photo")], { most });
  expect((await stat(fileOf(digest))).mode & 0o777).toBe(0o400);
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
});

test("too much, another digest, or a source that breaks off leaves nothing behind", async () => {
  const breaking = async function* (): AsyncGenerator<Uint8Array> {
    yield Buffer.from("begun");
    await Promise.resolve();
    throw new Error("the line dropped");
  };
  await expect(blobs.put([Buffer.alloc(11)], { most: 10 })).rejects.toMatchObject({ code: "TOO_LARGE" });
  await expect(
    blobs.put([Buffer.from("a")], { most, expect: digestOf(Buffer.from("b")) }),
  ).rejects.toMatchObject({ code: "WRONG_DIGEST" });
  await expect(blobs.put(breaking(), { most })).rejects.toThrow("the line dropped");
  expect(await readdir(folder)).toEqual(["parts"]);
  expect(await readdir(path.join(folder, "parts"))).toEqual([]);
});

test("damage is noticed before the last piece is handed out", async () => {
  const bytes = Buffer.alloc(600_000, 7);
  const { digest } = await blobs.put([bytes], { most });
  chmodSync(fileOf(digest), 0o600);
  const bent = Buffer.from(bytes);
  bent[599_999] = 8;
  await writeFile(fileOf(digest), bent);
  await expect(blobs.read(digest, most)).rejects.toMatchObject({ code: "DAMAGED" });
  let got = 0;
  await expect(
    (async () => {
      for await (const piece of await blobs.open(digest)) got += piece.length;
    })(),
  ).rejects.toMatchObject({ code: "DAMAGED" });
  expect(got).toBeLessThan(bytes.length);
  expect(await blobs.verify(digest)).toBe(false);
  // Taking the good bytes in again heals it.
  await blobs.put([bytes], { most });
  expect(await blobs.verify(digest)).toBe(true);
});

test("what is not there, a bad range and a name that is no digest are refused", async () => {
  const none = digestOf(Buffer.from("none"));
  await expect(blobs.open(none)).rejects.toMatchObject({ code: "NO_BLOB" });
  await expect(blobs.read(none, most)).rejects.toMatchObject({ code: "NO_BLOB" });
  expect(await blobs.size(none)).toBeNull();
  await blobs.remove(none);
  const { digest } = await blobs.put([Buffer.from("12345")], { most });
  for (const range of [
    { start: 6 },
    { start: 3, end: 2 },
    { start: -1 },
    { start: 0, end: 6 },
    { start: 0.5 },
  ])
    await expect(blobs.open(digest, range)).rejects.toMatchObject({ code: "BAD_RANGE" });
  await expect(blobs.read(digest, 4)).rejects.toMatchObject({ code: "TOO_LARGE" });
  await expect(blobs.open("../../etc/passwd" as Digest)).rejects.toMatchObject({ code: "NOT_A_DIGEST" });
});

test("a sweep removes what no row speaks of, and nothing young", async () => {
  const old = new Date(Date.now() - 7_200_000);
  const digests: Digest[] = [];
  for (const text of ["kept", "orphan", "young"])
    digests.push((await blobs.put([Buffer.from(text)], { most })).digest);
  const [kept, orphan, young] = digests as [Digest, Digest, Digest];
  for (const digest of [kept, orphan]) await utimes(fileOf(digest), old, old);
  const removed = await sweepOrphans(blobs, new Date(Date.now() - 3_600_000), () =>
    Promise.resolve(new Set([kept])),
  );
  expect(removed).toEqual([orphan]);
  expect([await blobs.size(kept), await blobs.size(orphan), await blobs.size(young)]).toEqual([4, null, 5]);
});

test("a process that may write no further refuses by name and leaves nothing half-visible", async () => {
  const child = fileURLToPath(new URL("../faults/blob-child.ts", import.meta.url));
  const script = 'ulimit -f 1000; exec "$0" --import tsx "$1" "$2" put 4000000';
  const ran = spawnSync("/bin/sh", ["-c", script, process.execPath, child, folder], { encoding: "utf8" });
  expect(ran.stdout.trim()).toBe("DISK_FULL");
  expect(await readdir(folder)).toEqual(["parts"]);
  expect(await readdir(path.join(folder, "parts"))).toEqual([]);
});

const mountable = (() => {
  if (process.getuid?.() !== 0) return false;
  try {
    execFileSync("mount", ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
})();
test.skipIf(!mountable)(
  "a full disk (a small tmpfs; needs root) refuses by name, keeps what it had, and works again with room",
  async ({ skip }) => {
    const disk = path.join(folder, "disk");
    try {
      execFileSync("sh", ["-c", `mkdir "${disk}" && mount -t tmpfs -o size=1m tmpfs "${disk}"`], {
        stdio: "ignore",
      });
    } catch {
      skip("this root may not mount");
    }
    try {
      const small = await openFolder(path.join(disk, "evidence"));
      const first = await small.put([Buffer.alloc(400_000, 1)], { most });
      await expect(
        small.put([Buffer.alloc(400_000, 2), Buffer.alloc(400_000, 3)], { most }),
      ).rejects.toMatchObject({ code: "DISK_FULL" });
      expect(await small.verify(first.digest)).toBe(true);
      expect(await readdir(path.join(disk, "evidence", "parts"))).toEqual([]);
      await small.remove(first.digest);
      await small.put([Buffer.alloc(400_000, 2), Buffer.alloc(300_000, 3)], { most });
    } finally {
      execFileSync("umount", [disk]);
    }
  },
);

test("after kill -9 at twenty random moments every visible file is whole", { timeout: 120_000 }, async () => {
  const child = fileURLToPath(new URL("../faults/blob-child.ts", import.meta.url));
  const { killed } = await import("../faults/kill.ts");
  const ready: string[] = [];
  for (let round = 0; round < 20; round++)
    ready.push(...(await killed(child, [folder, "pour", String(round)])));
  let seen = 0;
  for await (const { digest } of blobs.list()) {
    expect(digestOf(await readFile(fileOf(digest)))).toBe(digest);
    seen += 1;
  }
  // Each one that the child was told is stored is there.
  for (const digest of ready) expect(await blobs.verify(Digest.parse(digest)), digest).toBe(true);
  expect(seen).toBeGreaterThanOrEqual(new Set(ready).size);
  expect(ready.length).toBeGreaterThan(20);
});
