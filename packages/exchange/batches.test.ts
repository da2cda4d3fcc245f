// Envelopes that travel together: each is taken or refused as if it had come alone, and the urgent go first.
import { Id } from "@simpul/model";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { makePair, until, type TestNode } from "../../testing/exchange-pair.ts";
import type { Envelope } from "./envelope.ts";
import { EnvelopeRefused } from "./errors.ts";
import { tables } from "./rows.ts";
import { readReceipt } from "./receipt.ts";
import { everSigned, storedPeers } from "./peers.ts";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let id: TestNode;
let kh: TestNode;
beforeAll(async () => {
  [id, kh] = await makePair();
});
afterAll(() => Promise.all([id.close(), kh.close()]));
afterEach(() => {
  kh.onEnvelope = () => Promise.resolve();
});

/** What Cambodia committed, in the order of the numbers. */
const committed = () =>
  kh.store.chore("test", ({ rows }) =>
    tables(rows)
      .selectFrom("simpul.received")
      .select(["id", "sequence", "outcome"])
      .orderBy("sequence")
      .execute(),
  );
/** Written while Cambodia is away, so that they wait and leave together. */
async function together(count: number): Promise<Id[]> {
  await kh.close();
  const sent: Id[] = [];
  for (let i = 0; i < count; i++) sent.push(await id.send(kh.code, "test.message", { i }));
  return sent;
}
const bodyOf = ({ body }: Envelope): number => (body as { i: number }).i;
const over = (sent: readonly Id[]) =>
  until(async () =>
    (await Promise.all(sent.map((one) => id.outbox(one)))).every((one) => one.state !== "waiting"),
  );

test("one of them is refused: the others are taken, each under its own number", async () => {
  const sent = await together(8);
  kh.onEnvelope = (_tx, envelope) =>
    [2, 3, 7].includes(bodyOf(envelope))
      ? Promise.reject(new EnvelopeRefused("UNKNOWN_RECORD"))
      : Promise.resolve();
  await kh.reopen();
  await over(sent);
  const kept = (await committed()).slice(-8);
  expect(kept.map((one) => one.id)).toEqual(sent);
  expect(kept.map((one) => one.outcome === "refused")).toEqual(sent.map((_, i) => [2, 3, 7].includes(i)));
  expect((await id.outbox(sent[3]!)).state).toBe("refused");
  expect((await id.outbox(sent[4]!)).state).toBe("receipted");
});

test("one signature stands for the receipts of a batch, and each of them proves its own letter alone", async () => {
  const sent = await together(5);
  await kh.reopen();
  await over(sent);
  const rows = await id.store.chore("test", ({ rows: at }) =>
    tables(at)
      .selectFrom("simpul.outbox")
      .select(["sequence", "receipt"])
      .where("id", "in", sent as string[])
      .orderBy("sequence")
      .execute(),
  );
  const texts = rows.map(({ receipt }) => receipt as string);
  const signatures = new Set(texts.map((text) => text.slice(0, text.indexOf("~"))));
  // The first goes alone where it was tried alone before; what follows goes together.
  expect(signatures.size).toBeLessThan(texts.length);
  const kept = await kh.store.chore("test", ({ rows: at }) =>
    tables(at).selectFrom("simpul.received").select("receipt").orderBy("sequence").execute(),
  );
  expect(kept.slice(-5).map(({ receipt }) => receipt)).toEqual(texts);
  const peer = (await storedPeers(id.store).byNode(kh.code))!;
  for (const [i, text] of texts.entries()) {
    const expected = { keys: everSigned(peer), by: kh.code, from: id.code, seq: rows[i]!.sequence! };
    expect((await readReceipt(text, { ...expected, id: sent[i]! })).outcome).toBe("accepted");
    const other = { ...expected, id: sent[(i + 1) % 5]! };
    await expect(readReceipt(text, other)).rejects.toMatchObject({ code: "NOT_A_RECEIPT" });
  }
});

test("the receiver fails in the middle: what came before is receipted, the rest comes again, nothing twice", async () => {
  const sent = await together(8);
  let failures = 2;
  const worked: number[] = [];
  kh.onEnvelope = (tx, envelope) => {
    if (bodyOf(envelope) === 5 && failures-- > 0) return Promise.reject(new Error("disk full"));
    worked.push(bodyOf(envelope));
    return tx.enqueue({ kind: "test.work", payload: { of: envelope.id } });
  };
  await kh.reopen();
  await over(sent);
  expect((await committed()).slice(-8).map((one) => one.id)).toEqual(sent);
  // What a failed transaction did is gone with it: one piece of work for each letter.
  const jobs = await kh.store.chore("test", ({ rows }) =>
    rows
      .withTables<{ "simpul.jobs": { kind: string; payload: { of: string } } }>()
      .selectFrom("simpul.jobs")
      .select("payload")
      .where("kind", "=", "test.work")
      .execute(),
  );
  expect(jobs.map(({ payload }) => payload.of).sort()).toEqual([...sent].sort());
});

test("an urgent letter leaves before what waited longer, and numbers stay without a gap", async () => {
  // The line turns out to be down with the first: it has its number. The others have none.
  const first = (await together(1))[0]!;
  await until(async () => (await id.outbox(first)).last_error !== null);
  const sent = [first];
  for (let i = 1; i < 4; i++) sent.push(await id.send(kh.code, "test.message", { i }));
  const urgent = await id.store.write(
    { actor: { kind: "job", name: "test" }, purpose: "crime-investigation" },
    async (tx) => {
      const letter = tx.newId();
      await tx.send({ id: letter, to: kh.code, kind: "test.message", body: { i: 99 }, urgent: true });
      tx.note("test.sent", { id: letter });
      return letter;
    },
  );
  await kh.reopen();
  await over([...sent, urgent]);
  const kept = (await committed()).slice(-5);
  expect(kept.map((one) => one.id)).toEqual([first, urgent, ...sent.slice(1)]);
  expect(kept.map((one) => one.sequence)).toEqual(kept.map((_, i) => kept[0]!.sequence + i));
  expect(kh.taken.find((one) => one.id === urgent)!.urgent).toBe(true);
});
