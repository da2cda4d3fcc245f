// A sealed file opens with the stock tool, opens in part, and shows every altered byte.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { nodeAge as engine, nodeRandom as random } from "@simpul/features/evidence/engine.ts";
import fc from "fast-check";
import { expect, test } from "vitest";
import { AgeIdentity, AgeRecipient, ageOpen, ageSeal, ageWriter, chunkSize, openAge } from "../index.ts";

const mine = AgeIdentity.make(engine, random);
const unit = AgeIdentity.make(engine, random);
const sizes = [0, 1, 4095, chunkSize - 1, chunkSize, chunkSize + 1, 3 * chunkSize, 3 * chunkSize + 17];
const stock = (() => {
  try {
    return execFileSync("age", ["--version"]).toString().trim();
  } catch {
    return null;
  }
})();

test("what was sealed opens for every recipient, whatever its size", () => {
  for (const size of sizes) {
    const plain = random.bytes(size);
    const sealed = ageSeal(engine, random, [mine.point, unit.point], plain);
    expect(Buffer.compare(ageOpen(engine, mine, sealed), plain)).toBe(0);
    expect(Buffer.compare(ageOpen(engine, unit, sealed), plain)).toBe(0);
    expect(() => ageOpen(engine, AgeIdentity.make(engine, random), sealed)).toThrow("NOT_FOR_THIS_KEY");
  }
});

test.skipIf(stock === null)(
  "the stock age tool opens what we sealed, and we open what it sealed (needs age)",
  () => {
    const folder = mkdtempSync(join(tmpdir(), "simpul-age-"));
    try {
      writeFileSync(join(folder, "key"), AgeIdentity.print(mine) + "\n");
      for (const size of sizes) {
        const plain = random.bytes(size);
        writeFileSync(join(folder, "plain"), plain);
        writeFileSync(join(folder, "sealed"), ageSeal(engine, random, [mine.point, unit.point], plain));
        const opened = execFileSync("age", ["-d", "-i", join(folder, "key"), join(folder, "sealed")], {
          maxBuffer: 1e8,
        });
        expect(opened.equals(plain)).toBe(true);
        execFileSync("age", [
          "-r",
          AgeRecipient.print(mine.point),
          "-o",
          join(folder, "theirs"),
          join(folder, "plain"),
        ]);
        const theirs = ageOpen(engine, mine, readFileSync(join(folder, "theirs")));
        expect(Buffer.compare(theirs, plain)).toBe(0);
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
);

test("any part can be read without the rest, and pieces of any size give the same file", async () => {
  const plain = random.bytes(4 * chunkSize + 1234);
  const writer = ageWriter(engine, random, [mine.point]);
  const parts = [writer.head];
  for (let at = 0, step = 1; at < plain.length; at += step, step = (step * 7 + 3) % 50_000)
    parts.push(...writer.push(plain.subarray(at, at + step)));
  parts.push(writer.end());
  const sealed = Buffer.concat(parts);
  let fetched = 0;
  const file = await openAge(engine, mine, {
    size: sealed.length,
    range: (start, end) => {
      fetched += end - start;
      return Promise.resolve(sealed.subarray(start, end));
    },
  });
  expect(file.size).toBe(plain.length);
  fetched = 0;
  expect(Buffer.from(await file.range(10, 20)).equals(plain.subarray(10, 20))).toBe(true);
  expect(fetched).toBeLessThanOrEqual(chunkSize + 16);
  await fc.assert(
    fc.asyncProperty(fc.nat(plain.length), fc.nat(plain.length), async (a, b) => {
      const [start, end] = [Math.min(a, b), Math.max(a, b)];
      expect(Buffer.compare(await file.range(start, end), plain.subarray(start, end))).toBe(0);
    }),
    { numRuns: 40 },
  );
});

test("an altered byte, a cut and a swapped chunk are noticed", () => {
  const sealed = ageSeal(engine, random, [mine.point], random.bytes(3 * chunkSize));
  fc.assert(
    fc.property(fc.nat(sealed.length - 1), (at) => {
      const altered = Uint8Array.from(sealed);
      altered[at]! ^= 1;
      expect(() => ageOpen(engine, mine, altered)).toThrow(
        /AGE_FILE_DAMAGED|NOT_AN_AGE_FILE|NOT_FOR_THIS_KEY/,
      );
    }),
    { numRuns: 200 },
  );
  const body = sealed.length - 3 * (chunkSize + 16);
  expect(() => ageOpen(engine, mine, sealed.subarray(0, sealed.length - chunkSize - 16))).toThrow(
    "AGE_FILE_DAMAGED",
  );
  const swapped = Uint8Array.from(sealed);
  swapped.copyWithin(body, body + chunkSize + 16, body + 2 * (chunkSize + 16));
  expect(() => ageOpen(engine, mine, swapped)).toThrow("AGE_FILE_DAMAGED");
});

test("a key is read as the stock tools write it, and a mistyped one is refused", () => {
  const text = AgeIdentity.print(mine);
  expect(Buffer.compare(AgeIdentity.parse(engine, text).scalar, mine.scalar)).toBe(0);
  expect(AgeRecipient.parse(AgeRecipient.print(unit.point))).toEqual(Uint8Array.from(unit.point));
  for (const wrong of [
    "",
    "age1",
    text.slice(0, -1),
    text.replace(/.$/, (c) => (c === "Q" ? "P" : "Q")),
    text + "Q",
  ])
    expect(() => AgeIdentity.parse(engine, wrong)).toThrow("NOT_AN_AGE_KEY");
});
