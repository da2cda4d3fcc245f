// A large file that was cut off goes on from where it broke, at whatever byte, after a restart, and under other keys.
import { createHash, randomBytes } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { changeKeys, introduce, makeNode, until, type TestNode } from "../../testing/exchange-pair.ts";
import { chunkBytes, fetchPlain, sealedRange, sealedSize } from "./attachments.ts";
import { digestOf } from "./envelope.ts";
import { ExchangeError } from "./errors.ts";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const bytes = randomBytes(5_000_003);
const digest = digestOf(bytes);
const source = (of: Uint8Array) => ({
  size: of.length,
  read: (start: number, end: number) => Promise.resolve(of.subarray(start, end)),
});
const collect = async (parts: AsyncIterable<Uint8Array>): Promise<Buffer> => {
  const all: Uint8Array[] = [];
  for await (const part of parts) all.push(part);
  return Buffer.concat(all);
};

test("cut at any byte of any try, the file is whole in the end and no byte is believed that was not proven", async () => {
  const small = bytes.subarray(0, 5 * chunkBytes + 17);
  const key = randomBytes(32);
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 0, max: sealedSize(small.length) }), { maxLength: 3 }),
      async (cuts) => {
        const left = [...cuts];
        const range = async (start: number, end: number): Promise<Uint8Array> => {
          const cut = left.shift();
          const whole = await collect(sealedRange(source(small), key, start, end));
          // What came before the line broke is of no use by itself: the range is asked for again.
          if (cut !== undefined && cut < whole.length)
            throw new ExchangeError("UNREACHABLE", `after ${cut} bytes`);
          return whole;
        };
        const ref = { digest: digestOf(small), size: small.length, key };
        expect((await collect(fetchPlain(ref, range, { pauseMs: 0 }))).equals(small)).toBe(true);
      },
    ),
    { numRuns: 25 },
  );
});

test("any range of the sealed file is the same part of the whole", async () => {
  const small = bytes.subarray(0, 3 * chunkBytes + 5);
  const key = randomBytes(32);
  const whole = await collect(sealedRange(source(small), key, 0, sealedSize(small.length)));
  await fc.assert(
    fc.asyncProperty(fc.nat(whole.length - 1), fc.nat(whole.length - 1), async (a, b) => {
      const [start, end] = [Math.min(a, b), Math.max(a, b) + 1];
      expect(
        (await collect(sealedRange(source(small), key, start, end))).equals(whole.subarray(start, end)),
      ).toBe(true);
    }),
    { numRuns: 60 },
  );
});

let id: TestNode;
let kh: TestNode;
beforeAll(async () => {
  id = await makeNode("id", {
    open: (asked) => Promise.resolve(asked === digest ? source(bytes) : null),
  });
  kh = await makeNode("kh");
  await introduce(id, kh);
  await introduce(kh, id);
});
afterAll(() => Promise.all([id.close(), kh.close()]));

test("it goes on after a restart of both nodes and a change of keys between, without asking for what is there", async () => {
  const letter = await id.send(kh.code, "test.file", {}, [digest]);
  await until(async () => (await id.outbox(letter)).state === "receipted");
  const ref = kh.taken.find((one) => one.id === letter)!.attachments[0]!;
  const held: Uint8Array[] = [];
  for await (const chunk of kh.exchange.fetch(id.code, letter, ref)) {
    held.push(chunk);
    if (held.length === 40) break;
  }
  await changeKeys(id);
  await kh.reopen();
  await id.reopen();
  for await (const chunk of kh.exchange.fetch(id.code, letter, ref, { first: held.length })) held.push(chunk);
  expect(held).toHaveLength(Math.ceil(bytes.length / chunkBytes));
  expect(createHash("sha256").update(Buffer.concat(held)).digest("hex")).toBe(digest);
});

test("what was kept on the way is not asked for again; what of it was bent is", async () => {
  const key = randomBytes(32);
  const sealed = await collect(sealedRange(source(bytes), key, 0, sealedSize(bytes.length)));
  const ref = { digest, size: bytes.length, key };
  let kept = Buffer.alloc(0);
  const asked: number[] = [];
  const how = {
    pauseMs: 0,
    kept: {
      read: (start: number, end: number) =>
        Promise.resolve(kept.length >= end ? Buffer.from(kept.subarray(start, end)) : null),
      keep(start: number, part: Uint8Array) {
        kept = Buffer.concat([kept.subarray(0, start), part, kept.subarray(start + part.length)]);
        return Promise.resolve();
      },
    },
  };
  const fetched = (until: number) =>
    fetchPlain(
      ref,
      (start, end) => {
        if (start >= until) return Promise.reject(new ExchangeError("CLOSED", "the node ends"));
        asked.push(start);
        return Promise.resolve(sealed.subarray(start, end));
      },
      how,
    );
  await expect(collect(fetched(4_000_000))).rejects.toThrow("CLOSED");
  expect(kept.length).toBeGreaterThan(4_000_000);
  kept[2_500_000]! ^= 1;
  expect((await collect(fetched(Infinity))).equals(bytes)).toBe(true);
  const second = asked.filter((start, nth) => asked.indexOf(start) !== nth);
  expect(second).toHaveLength(1);
});
