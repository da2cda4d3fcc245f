// A peer that comes back to a thousand waiting letters is not flooded; a line with a limit carries no more than that, urgent first.
import { createServer } from "node:net";
import { createHash, randomBytes } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { introduce, makeNode, quick, until } from "../../testing/exchange-pair.ts";
import type { TestNode } from "../../testing/exchange-pair.ts";
import { tables } from "./rows.ts";

const letters = 335;
const failuresOf = (node: TestNode) =>
  node.store.chore("test", ({ rows }) =>
    tables(rows).selectFrom("simpul.peer_lines").select(["failures", "next_try"]).executeTakeFirstOrThrow(),
  );
const waitingAt = (node: TestNode) =>
  node.store.chore("test", async ({ rows }) => {
    const found = await tables(rows)
      .selectFrom("simpul.outbox")
      .select((count) => count.fn.countAll<number>().as("n"))
      .where("state", "=", "waiting")
      .executeTakeFirstOrThrow();
    return found.n;
  });
/** All in one change, as when a desk's work of a day is let go. */
const write = (from: TestNode, to: TestNode, count: number, more: object = {}) =>
  from.store.write({ actor: { kind: "job", name: "test" }, purpose: "crime-investigation" }, async (tx) => {
    const ids = Array.from({ length: count }, () => tx.newId());
    for (const [nth, id] of ids.entries())
      await tx.send({ id, to: to.code, kind: "test.message", body: { nth }, attachments: [], ...more });
    tx.note("test.sent", {});
    return ids;
  });

describe("a peer that was away", () => {
  let kh: TestNode;
  let senders: TestNode[];
  beforeAll(async () => {
    kh = await makeNode("kh");
    senders = await Promise.all(["id", "ph", "th"].map((code) => makeNode(code)));
    for (const one of senders) {
      await introduce(one, kh);
      await introduce(kh, one);
    }
  });

  test("is asked now and then, unevenly, however much waits; back, it gets one line from each, in order, once", async () => {
    const port = kh.exchange.port;
    await kh.close();
    // Where it stood somebody counts who knocks, and says nothing.
    let knocks = 0;
    const gone = createServer((socket) => {
      knocks++;
      socket.destroy();
    });
    await new Promise<void>((resolve) => gone.listen(port, "127.0.0.1", resolve));
    const pace = { ...quick, firstRetryMs: 50, longestRetryMs: 800 };
    for (const one of senders) await one.reopen({ pace });
    const sent = await Promise.all(senders.map((one) => write(one, kh, letters)));
    for (const one of senders) one.exchange.wake();
    const began = Date.now();
    await until(async () => (await Promise.all(senders.map(failuresOf))).every((one) => one.failures >= 6));
    // Not one knock for each letter: each line is tried as a whole, with pauses that grow.
    expect(knocks).toBeLessThanOrEqual(senders.length * (8 + (Date.now() - began) / 300));
    const next = (await Promise.all(senders.map(failuresOf))).map((one) => one.next_try.getTime());
    expect(new Set(next).size).toBe(senders.length);
    await new Promise((resolve) => gone.close(resolve));

    const busy = new Map<string, number>();
    let most = 0;
    kh.onEnvelope = async (_, { from }) => {
      busy.set(from, (busy.get(from) ?? 0) + 1);
      most = Math.max(most, ...busy.values());
      await Promise.resolve();
      busy.set(from, busy.get(from)! - 1);
    };
    await kh.reopen({ port });
    await until(async () => (await Promise.all(senders.map(waitingAt))).every((count) => count === 0));
    expect(most).toBe(1);
    for (const [place, one] of senders.entries()) {
      const taken = kh.taken.filter((envelope) => envelope.from === one.code);
      expect(taken.map((envelope) => envelope.seq)).toEqual(sent[place]!.map((_, nth) => nth + 1));
      expect(new Set(taken.map((envelope) => envelope.id))).toEqual(new Set(sent[place]));
    }
    await Promise.all([kh, ...senders].map((one) => one.close()));
  });
});

describe("a line with a limit", () => {
  test("carries letters and files within it; what is urgent goes before what waits, letters before files", async () => {
    const bytes = new Uint8Array(randomBytes(300_000));
    const digest = createHash("sha256").update(bytes).digest("hex");
    const id = await makeNode("id", {
      open: (asked) =>
        Promise.resolve(
          asked === digest
            ? { size: bytes.length, read: (from, to) => Promise.resolve(bytes.slice(from, to)) }
            : null,
        ),
    });
    const kh = await makeNode("kh");
    await introduce(id, kh);
    await introduce(kh, id);
    // Two hundred thousand bytes a second.
    await id.reopen({ bandwidths: new Map([[kh.code, 1_600]]) });
    const [file] = await write(id, kh, 1, { attachments: [digest] });
    await until(() => kh.taken.length === 1);
    const envelope = kh.taken.find((one) => one.id === file)!;
    let began = performance.now();
    let took: number | null = null;
    const parts: Uint8Array[] = [];
    const fetching = (async () => {
      for await (const part of kh.exchange.fetch(id.code, envelope.id, envelope.attachments[0]!))
        parts.push(part);
      took = performance.now() - began;
    })();
    // A letter gets through in between.
    const [between] = await write(id, kh, 1);
    await until(() => kh.taken.some((one) => one.id === between));
    expect(took).toBeNull();
    await fetching;
    expect(Buffer.compare(Buffer.concat(parts), bytes)).toBe(0);
    expect(took).toBeGreaterThan(1_200);

    began = performance.now();
    await write(id, kh, 200);
    await until(() => kh.taken.length > 5);
    const [urgent] = await write(id, kh, 1, { urgent: true });
    await until(async () => (await waitingAt(id)) === 0);
    // Some 2.7 kB each.
    expect(performance.now() - began).toBeGreaterThan(1_800);
    const order = kh.taken.map((one) => one.id);
    expect(order.indexOf(urgent!)).toBeLessThan(order.length - 1);
    await Promise.all([id.close(), kh.close()]);
  });
});
