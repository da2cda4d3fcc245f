// A node's keys become others while letters, files and questions are under way: nothing lost, nothing twice, no gap; and
// a statement that is altered, repeated, out of order or a stranger's changes nothing.
import { createHash, randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { changeKeys, introduce, makeNode, quick, until, type TestNode } from "../../testing/exchange-pair.ts";
import { digestOf } from "./envelope.ts";
import { signChange } from "./key-change.ts";
import { makeNodeKeys, publicKeys, rawPublic } from "./keys.ts";
import { takeKeys } from "./peer-keys.ts";
import { storedPeers } from "./peers.ts";
import { tables } from "./rows.ts";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const file = randomBytes(3_000_000);
const digest = digestOf(file);
const reads: number[] = [];
let slowly = false;
const source = {
  open: (asked: string) =>
    Promise.resolve(
      asked !== digest
        ? null
        : {
            size: file.length,
            async read(start: number, end: number) {
              reads.push(start);
              if (slowly) await new Promise((resolve) => setTimeout(resolve, 5));
              return file.subarray(start, end);
            },
          },
    ),
};

let id: TestNode;
let kh: TestNode;
beforeAll(async () => {
  id = await makeNode("id", source);
  kh = await makeNode("kh");
  await introduce(id, kh);
  await introduce(kh, id);
});
afterAll(() => Promise.all([id.close(), kh.close()]));

const peer = async (of: TestNode, node: string) => (await storedPeers(of.store).byNode(node))!;
const pinOfNow = (of: TestNode) => publicKeys(of.keys).pin;
const arrived = (at: TestNode, from: string) =>
  at.store.chore("test", ({ rows }) =>
    tables(rows)
      .selectFrom("simpul.received")
      .select(["id", "outcome"])
      .where("peer", "=", from)
      .orderBy("sequence")
      .execute(),
  );
const settled = (of: TestNode, sent: readonly string[]) =>
  until(async () =>
    (await Promise.all(sent.map((one) => of.outbox(one as never)))).every((one) => one.state === "receipted"),
  );

test("a peer is told at once, signs that it knows, and the old keys end when all know", async () => {
  const before = pinOfNow(id);
  await changeKeys(id);
  const known = await peer(kh, "id");
  expect([known.pin, known.number]).toEqual([pinOfNow(id), 1]);
  expect(known.former.map((one) => one.pin)).toEqual([before]);
  expect((await peer(id, "kh")).knowsOurs).toBe(1);
  // The only peer knows: the keys of before are gone here, and count there no more.
  expect(id.keys.former).toEqual([]);
  await until(async () => (await peer(kh, "id")).former[0]!.until <= new Date());
  const sent = [await id.send(kh.code, "test.after", {}), await kh.send(id.code, "test.back", {})];
  await settled(id, [sent[0]!]);
  await settled(kh, [sent[1]!]);
});

test("keys change on both sides in the middle of letters: each arrives once, in order", async () => {
  const from = (await arrived(kh, "id")).length;
  const sent: string[] = [];
  for (let i = 0; i < 60; i++) {
    sent.push(await id.send(kh.code, "test.message", { i }));
    if (i === 20) void changeKeys(id);
    if (i === 35) void changeKeys(kh);
  }
  await settled(id, sent);
  const all = (await arrived(kh, "id")).slice(from);
  expect(all.map((one) => one.id)).toEqual(sent);
  expect(all.every((one) => one.outcome === "accepted")).toBe(true);
  await until(async () => (await peer(kh, "id")).number === 2 && (await peer(id, "kh")).number === 1);
});

test("keys change in the middle of a file: the transfer goes on, and the bytes are the same", async () => {
  const letter = await id.send(kh.code, "test.file", {}, [digest]);
  await settled(id, [letter]);
  const ref = kh.taken.find((one) => one.id === letter)!.attachments[0]!;
  slowly = true;
  const hash = createHash("sha256");
  let chunks = 0;
  for await (const chunk of kh.exchange.fetch(id.code, letter, ref)) {
    hash.update(chunk);
    if (++chunks === 5) await changeKeys(id);
    if (chunks === 34) await changeKeys(kh);
  }
  slowly = false;
  expect(hash.digest("hex")).toBe(digest);
  // Each byte left once.
  expect(new Set(reads).size).toBe(reads.length);
});

test("a question that is asked while keys change is answered once", async () => {
  let answered = 0;
  await kh.reopen({ pace: { ...quick, timeoutMs: 20_000, leaseMs: 60_000 } });
  await id.reopen({
    questions: {
      "test-count": async () => {
        answered += 1;
        await changeKeys(id);
        return Buffer.from(String(answered));
      },
    },
  });
  expect((await kh.exchange.ask(id.code, "test-count", Buffer.alloc(0))).toString()).toBe("1");
  expect(answered).toBe(1);
  await id.reopen();
  await kh.reopen();
});

test("a peer that missed three changes follows the chain, and what it sealed to the oldest key is opened", async () => {
  await kh.close();
  const waiting = await kh.send(id.code, "test.sealed-before", {});
  // It has its number and its bytes, and could not be put before anybody.
  await id.close();
  await kh.reopen();
  await until(async () => (await kh.outbox(waiting)).last_error !== null);
  await kh.close();
  const gone = pinOfNow(id);
  const held = id.keys.former;
  await id.reopen();
  for (let i = 0; i < 3; i++) await changeKeys(id, { overlapMs: -1 });
  expect(id.keys.former).toEqual([]);
  expect(held.every((one) => one !== id.keys)).toBe(true);
  expect(pinOfNow(id)).not.toBe(gone);
  const after = await id.send(kh.code, "test.meanwhile", {});
  await kh.reopen();
  await settled(kh, [waiting]);
  await settled(id, [after]);
  expect((await peer(kh, "id")).number).toBe(id.keys.number);
  expect(id.taken.filter((one) => one.id === waiting)).toHaveLength(1);
});

test("a letter that was sealed and signed by keys of before arrives after they ended", async () => {
  await id.close();
  const letter = await kh.send(id.code, "test.old-signature", {});
  await kh.reopen();
  await until(async () => (await kh.outbox(letter)).last_error !== null);
  await id.reopen();
  await kh.close();
  await changeKeys(kh, { overlapMs: -1, tell: false });
  await kh.reopen();
  await settled(kh, [letter]);
});

test("a repeated statement changes nothing; altered, out of order, a stranger's and a second one under a number are refused", async () => {
  const node = { store: kh.store, clock: kh.clock };
  const known = await peer(kh, "id");
  const number = known.number;
  expect(await takeKeys(node, id.code, id.keys.statements)).toMatchObject({ number, changed: false });

  const fresh = () => {
    const { tls, signing, sealing, agencies } = makeNodeKeys(id.code, [], {
      clock: id.clock,
      random: { bytes: randomBytes },
    });
    return { tls, signing, sealing, agencies };
  };
  const at = new Date();
  const when = { at, until: new Date(at.getTime() + 60_000) };
  const next = await signChange(id.keys, fresh(), when);
  const bent = JSON.parse(next) as { payload: string };
  const inside = Buffer.from(bent.payload, "base64")
    .toString()
    .replace(rawPublic(id.keys.signing), rawPublic(fresh().signing));
  const refused = (text: string) => takeKeys(node, id.code, [text]);
  await expect(
    refused(JSON.stringify({ ...bent, payload: Buffer.from(inside).toString("base64") })),
  ).rejects.toThrow("KEYS_ALTERED");
  await expect(refused("{}")).rejects.toThrow("KEYS_ALTERED");
  // Signed by a node that is another, in the name of this one.
  const stranger = { ...id.keys, signing: fresh().signing };
  await expect(refused(await signChange(stranger, fresh(), when))).rejects.toThrow("KEYS_FOREIGN");
  await expect(refused(await signChange({ ...id.keys, node: kh.code }, fresh(), when))).rejects.toThrow(
    "KEYS_FOREIGN",
  );
  await expect(refused(await signChange({ ...id.keys, number: number + 1 }, fresh(), when))).rejects.toThrow(
    "KEYS_OUT_OF_ORDER",
  );
  // Somebody else holds a key of that node: two statements under one number.
  const other = { ...id.keys, number: number - 1 };
  await expect(refused(await signChange(other, fresh(), when))).rejects.toThrow("KEYS_FORKED");
  const now = await peer(kh, "id");
  expect([now.pin, now.number]).toEqual([known.pin, number]);
  const row = await kh.store.chore("test", ({ rows }) =>
    tables(rows)
      .selectFrom("simpul.peers")
      .select("keys_fault")
      .where("node", "=", "id")
      .executeTakeFirstOrThrow(),
  );
  expect(row.keys_fault).toBe("KEYS_FORKED");
});
