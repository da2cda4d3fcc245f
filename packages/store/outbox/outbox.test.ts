// The outbox: each envelope once, numbered without gaps per peer, tried until receipted, refused or dead.
import { Id } from "@simpul/model";
import type { NodeCode } from "@simpul/model";
import { sql } from "kysely";
import { beforeAll, expect, test } from "vitest";
import { testStore } from "../../../testing/database.ts";
import { duePeers, endSending, keepSealed, listOutbox, resend, takeOutgoing } from "../index.ts";
import type { OpenStore, Standing } from "../index.ts";

const job: Standing = { actor: { kind: "job", name: "test" }, purpose: "mutual-assistance" };
const [kh, ph, th] = ["kh", "ph", "th"] as [NodeCode, NodeCode, NodeCode];
let offset = 0;
let store: OpenStore;
beforeAll(async () => {
  ({ store } = await testStore({ migrations: [], clock: { now: () => new Date(Date.now() + offset) } }));
});

const post = (to: NodeCode, text: string): Promise<Id> =>
  store.write(job, async (tx) => {
    const id = tx.newId();
    await tx.send({ id, to, kind: "request", body: { text } });
    tx.note("request.posted", { id });
    return id;
  });

test("envelopes to one peer leave in order with numbers of their own, apart from another peer's", async () => {
  for (const text of ["one", "two", "three"]) await post(kh, text);
  await post(ph, "alone");
  expect(await duePeers(store)).toEqual([kh, ph]);
  const taken = [await takeOutgoing(store, kh), await takeOutgoing(store, kh), await takeOutgoing(store, ph)];
  expect(taken.map((out) => [out?.sequence, (out?.body as { text: string }).text])).toEqual([
    [1, "one"],
    [2, "two"],
    [1, "alone"],
  ]);
  for (const out of taken)
    expect(await endSending(store, out!, { kind: "receipted", receipt: { ok: true } })).toBe(true);
  const third = await takeOutgoing(store, kh);
  expect(third?.sequence).toBe(3);
  expect(await endSending(store, third!, { kind: "refused", receipt: { code: "NO" }, error: "NO" })).toBe(
    true,
  );
  expect(await duePeers(store)).toEqual([]);
});

test("two senders at once never take the same envelope nor lose a number", async () => {
  await Promise.all(Array.from({ length: 20 }, (_, i) => post(th, String(i))));
  const numbers: number[] = [];
  const send = async (): Promise<void> => {
    for (;;) {
      const out = await takeOutgoing(store, th);
      if (out === null) return;
      numbers.push(out.sequence);
      await endSending(store, out, { kind: "receipted", receipt: {} });
    }
  };
  await Promise.all([send(), send(), send()]);
  expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
});

test("a failed try keeps number and sealed bytes, waits, and is a dead letter in the end", async () => {
  const id = await post(kh, "late");
  const first = (await takeOutgoing(store, kh))!;
  await keepSealed(store, first, Buffer.from("sealed"));
  await endSending(store, first, { kind: "failed", error: "no route" });
  expect(await takeOutgoing(store, kh)).toBeNull();
  offset += 3_600_000;
  const second = (await takeOutgoing(store, kh))!;
  expect([second.sequence, second.sealed?.toString(), second.attempts]).toEqual([
    first.sequence,
    "sealed",
    2,
  ]);
  await endSending(store, second, { kind: "failed", error: "no route", tries: 2 });
  expect(await listOutbox(store, "dead")).toMatchObject([
    { peer: kh, id, lastError: "no route", attempts: 2 },
  ]);
  await resend(store, kh, id);
  expect((await takeOutgoing(store, kh))?.sequence).toBe(first.sequence);
  await expect(resend(store, kh, id)).rejects.toMatchObject({ code: "NO_JOB" });
});

test("what a killed sender held is taken by the next one, and the first may say nothing more about it", async () => {
  await post(ph, "held");
  const held = (await takeOutgoing(store, ph))!;
  await store.chore("test", ({ rows }) =>
    sql`update simpul.outbox set leased_until = now() - interval '1 second' where id = ${held.id}`.execute(
      rows,
    ),
  );
  const again = (await takeOutgoing(store, ph))!;
  expect([again.id, again.sequence]).toEqual([held.id, held.sequence]);
  expect(await endSending(store, held, { kind: "receipted", receipt: {} })).toBe(false);
  await expect(keepSealed(store, held, Buffer.from("x"))).rejects.toMatchObject({ code: "NO_JOB" });
  expect(await endSending(store, again, { kind: "stopped", error: "HC-6" })).toBe(true);
});
