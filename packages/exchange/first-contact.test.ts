// The first letter to a state that does not know us yet: it leaves as soon as that state is heard, not when a long pause is over.
import { afterAll, beforeAll, expect, test } from "vitest";
import { introduce, makeNode, quick, until } from "../../testing/exchange-pair.ts";
import type { TestNode } from "../../testing/exchange-pair.ts";
import { tables } from "./rows.ts";

let id: TestNode;
let kh: TestNode;
/** After the first refusal nothing is tried by itself for as long as this test takes. */
const patient = { ...quick, firstRetryMs: 120_000, longestRetryMs: 120_000 };
beforeAll(async () => {
  [id, kh] = await Promise.all([makeNode("id"), makeNode("kh")]);
  await id.reopen({ pace: patient });
});
afterAll(() => Promise.all([id.close(), kh.close()]));

const pausedMs = async (): Promise<number> => {
  const line = await id.store.chore("test", ({ rows }) =>
    tables(rows)
      .selectFrom("simpul.peer_lines")
      .select(["failures", "next_try"])
      .where("peer", "=", kh.code)
      .executeTakeFirstOrThrow(),
  );
  return line.failures === 0 ? 0 : line.next_try.getTime() - Date.now();
};
const arrived = (letter: string) =>
  until(async () => (await id.outbox(letter as never)).state === "receipted");

test("two persons there confirm us after our first letter came back: the first word of that state sends it again", async () => {
  await introduce(id, kh);
  const letter = await id.send(kh.code, "test.message", { says: "we are here" });
  await until(async () => (await pausedMs()) > 30_000);
  expect((await id.outbox(letter)).last_error).toContain("UNPINNED");

  await introduce(kh, id);
  await kh.send(id.code, "test.message", { says: "so are we" });
  await arrived(letter);
  expect(kh.taken.map(({ id }) => id)).toContain(letter);
});

test("a line that paused while a state was away is tried when comparing with it went well", async () => {
  const port = kh.exchange.port;
  await kh.close();
  const letter = await id.send(kh.code, "test.message", { says: "while you were away" });
  await until(async () => (await pausedMs()) > 30_000);
  await kh.reopen({ port });
  await id.exchange.compare(kh.code);
  await arrived(letter);
  expect(await pausedMs()).toBe(0);
});
