// What goes ahead: who knows of fewer asks before it takes an envelope, also where it fetches the envelope itself.
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { makePair, until, type TestNode } from "../../testing/exchange-pair.ts";
import type { Ahead } from "./ahead.ts";

vi.setConfig({ testTimeout: 60_000 });

let id: TestNode;
let kh: TestNode;
/** How many Indonesia has told, how many Cambodia knows, and what happened at Cambodia in which order. */
let told = 0;
let known = 0;
let answers = true;
const story: string[] = [];

const telling: Ahead = {
  told: () => Promise.resolve(told),
  known: () => Promise.resolve(0),
  learn: () => Promise.resolve(),
};
const learning: Ahead = {
  told: () => Promise.resolve(0),
  known: () => Promise.resolve(known),
  async learn(_peer, ask) {
    const said = await ask("news", new Uint8Array());
    known = Number(Buffer.from(said).toString("utf8"));
    story.push(`knows ${known}`);
  },
};
const news = () => {
  if (!answers) throw new Error("not now");
  return Promise.resolve(Buffer.from(String(told)));
};

beforeAll(async () => {
  [id, kh] = await makePair();
  await id.reopen({ ahead: telling, questions: { news } });
  await kh.reopen({ ahead: learning });
  kh.onEnvelope = (_tx, envelope) => {
    story.push(String((envelope.body as { n: number }).n));
    return Promise.resolve();
  };
});
afterAll(() => Promise.all([id.close(), kh.close()]));

const receipted = async (one: Parameters<TestNode["outbox"]>[0]): Promise<boolean> =>
  (await id.outbox(one)).state === "receipted";

test("the news is in force before the envelope that was sent before it", async () => {
  story.length = 0;
  told = 3;
  const sent = await id.send(kh.code, "test.message", { n: 1 });
  id.exchange.wake();
  await until(() => receipted(sent));
  expect(story.indexOf("knows 3")).toBeGreaterThanOrEqual(0);
  expect(story.indexOf("knows 3")).toBeLessThan(story.indexOf("1"));
});

test("while the news cannot be had nothing is taken, and nothing is lost", async () => {
  story.length = 0;
  answers = false;
  told = 4;
  const sent = await id.send(kh.code, "test.message", { n: 2 });
  id.exchange.wake();
  await until(async () => /UNAVAILABLE/.test((await id.outbox(sent)).last_error ?? ""));
  expect(story).toEqual([]);
  answers = true;
  await until(() => receipted(sent));
  expect(story.filter((one) => one === "2")).toHaveLength(1);
  expect(story.indexOf("knows 4")).toBeLessThan(story.indexOf("2"));
});

test("a node that fetches what it lacks learns the news first", async () => {
  story.length = 0;
  told = 5;
  await kh.exchange.compare(id.code);
  expect(known).toBe(5);
});

test("a node that starts asks every peer before it says that it is ready", async () => {
  told = 6;
  await kh.reopen({ ahead: learning });
  await kh.exchange.caughtUp;
  expect(known).toBe(6);
});
