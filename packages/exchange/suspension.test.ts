// Exchange with a state rests: letters wait on both sides, questions are told so, and after two persons all of it goes on.
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { makePair, until, type TestNode } from "../../testing/exchange-pair.ts";
import { tables } from "./rows.ts";
import { resumePeer, suspendPeer } from "./suspension.ts";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let id: TestNode;
let kh: TestNode;
beforeAll(async () => {
  [id, kh] = await makePair();
});
afterAll(() => Promise.all([id.close(), kh.close()]));

const as = (name: string) => ({ actor: { kind: "job", name }, purpose: "administration" }) as const;
const resume = (name: string) => kh.store.write(as(name), (tx) => resumePeer(tx, id.code));

test("letters wait on both sides with a word for it, and go on in order after two persons", async () => {
  await kh.store.write(as("one"), (tx) => suspendPeer(tx, id.code, "EXERCISE: a leak is looked into"));
  const theirs: string[] = [];
  for (let i = 0; i < 5; i++) theirs.push(await id.send(kh.code, "test.message", { i }));
  const ours = await kh.send(id.code, "test.message", {});
  await until(
    async () => (await id.outbox(theirs[0] as never)).last_error?.startsWith("PEER_SUSPENDED") ?? false,
  );
  const health = await id.store.chore("test", ({ rows }) =>
    tables(rows).selectFrom("simpul.peers").select("health").executeTakeFirstOrThrow(),
  );
  expect(health.health).toBe("suspended");
  expect(await kh.outbox(ours)).toMatchObject({ state: "waiting", last_error: null, sequence: null });
  await expect(id.exchange.ask(kh.code, "anything", Buffer.alloc(0))).rejects.toThrow("PEER_SUSPENDED");
  await expect(kh.exchange.ask(id.code, "anything", Buffer.alloc(0))).rejects.toThrow("PEER_SUSPENDED");
  expect(kh.taken).toEqual([]);

  expect(await resume("one")).toBe("asked");
  await expect(resume("one")).rejects.toThrow("SAME_PERSON");
  expect((await kh.outbox(ours)).state).toBe("waiting");
  expect(await resume("two")).toBe("resumed");
  kh.exchange.wake();
  await until(async () => (await kh.outbox(ours)).state === "receipted");
  await until(() => kh.taken.length === 5);
  expect(kh.taken.map((one) => one.id)).toEqual(theirs);
  await expect(resume("two")).rejects.toThrow("NOT_A_PEER");
});
