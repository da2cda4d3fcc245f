// A state's node is lost and restored from yesterday's backup: it sends nothing twice, knows what it does not know, and
// believes the keys of other states as they are today.
import { chmod, mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { tellStory } from "@simpul/demo";
import { storedPeers } from "@simpul/exchange";
import type { PeerPart } from "@simpul/exchange";
import type { Id } from "@simpul/model";
import { NodeCode } from "@simpul/model";
import { writeKeys } from "@simpul/store/backup";
import { evidenceQuestions, reconcile } from "@simpul/features/peers/reconcile.ts";
import { nations } from "@simpul/testing";
import type { Nation } from "@simpul/testing";
import pino from "pino";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { PeerClient } from "../../packages/exchange/client.ts";
import { backupNode, restoreNode } from "./backup.ts";
import type { Settings } from "./env.ts";
import { exchangeKeys } from "./exchange-keys.ts";
import { openNode } from "./node.ts";
import type { Node } from "./node.ts";

vi.setConfig({ testTimeout: 300_000, hookTimeout: 120_000 });

const passphrase = "nine white egrets at noon";
const taken: string[] = [];
const receipted: Id[] = [];
const part: PeerPart = {
  takes: {
    "letter.sent": (_tx, { body }) => Promise.resolve(void taken.push((body as { text: string }).text)),
  },
  leaves: { "letter.sent": () => Promise.resolve({ kind: "may" }) },
  receipted: { "letter.sent": ({ id }) => Promise.resolve(void receipted.push(id)) },
};
const administration = { actor: { kind: "job", name: "test" }, purpose: "administration" } as const;

let base: string;
let kh: Nation;
let ph: Nation;
let port = 0;
const open = new Set<Node>();
const settings = (name: string): Settings => ({
  ...kh.node.settings,
  node: NodeCode.parse("id"),
  name: "Indonesia",
  home: path.join(base, name, "nodes", "id"),
  databaseUrl: null,
});
const backups = (): string => path.join(base, "backups");
const keys = () => ({ file: path.join(base, "keys.age"), passphrase });

/** What a node answers when evidences are compared; none of these letters carries any. */
const answering = ({ code, store }: Pick<Node, "code" | "store">) => ({
  ...{ code, store },
  carried: () => Promise.resolve(new Map<Id, never>()),
});
const parts = (node: Node): PeerPart[] => [part, { questions: evidenceQuestions(answering(node)) }];

async function opened(name: string): Promise<Node> {
  const node = await openNode(settings(name), { log: pino({ level: "silent" }), connections: 6 });
  open.add(node);
  if (name === "lost" && port === 0) await tellStory(node);
  node.settings.peerPort = port;
  await node.peering.open(parts(node));
  port = Number(node.peering.card().address.split(":").at(-1));
  return node;
}
async function closed(node: Node): Promise<void> {
  open.delete(node);
  await node.peering.close();
  await node.close();
}
/** Opens a neighbour's door for this file's letters, at the same address each time. */
async function answers({ node }: Nation): Promise<void> {
  node.settings.peerPort = Number(node.peering.card().address.split(":").at(-1));
  await node.peering.close();
  await node.peering.open(parts(node));
}
const write = (node: Node, to: string, text: string): Promise<Id> =>
  node.store.write({ ...administration, purpose: "crime-investigation" }, async (tx) => {
    const id = tx.newId();
    await tx.send({ id, to: NodeCode.parse(to), kind: "letter.sent", body: { text } });
    tx.note("letter.written", { id });
    return id;
  });
const times = (text: string): number => taken.filter((one) => one === text).length;
const came = (text: string, often = 1) =>
  expect.poll(() => times(text), { timeout: 90_000, interval: 20 }).toBe(often);
const noted = async (node: Node, kind: string): Promise<number> => {
  const { rows } = await node.store.read(administration, (db) =>
    sql`select kind from simpul.leaves where kind = ${kind}`.execute(db.rows),
  );
  return rows.length;
};
const outbox = async (node: Node, peer: string) => {
  const { rows } = await node.store.chore("test", (keeper) =>
    sql<{ id: Id; sequence: number | null; lost: boolean; state: string }>`
      select id, sequence, lost, state from simpul.outbox where peer = ${peer} order by sequence, id`.execute(
      keeper.rows,
    ),
  );
  return rows;
};

beforeAll(async () => {
  base = await mkdtemp(path.join(os.tmpdir(), "simpul-y-"));
  await chmod(base, 0o711);
  ({ kh, ph } = await nations("kh", "ph"));
  await Promise.all([answers(kh), answers(ph)]);
});
afterAll(async () => {
  for (const node of open) await closed(node);
  await rm(base, { recursive: true, force: true });
});

test("scenario 10: restored from yesterday's backup, a node sees that it is behind its peer's books and reconciles instead of sending again", async () => {
  const before = await opened("lost");
  await before.peering.introduce(kh.node.peering.card());
  await kh.node.peering.introduce(before.peering.card());
  await write(before, "kh", "last week");
  await came("last week");

  // While Cambodia is away a letter waits; that is the moment of the backup.
  await kh.node.peering.close();
  const waits = await write(before, "kh", "waited at the backup");
  await closed(before);
  await backupNode(settings("lost"), { to: backups(), keys: keys(), scryptWork: 10 });
  // A day of work after it, in both directions.
  await kh.node.peering.open(parts(kh.node));
  const day = await opened("lost");
  await came("waited at the backup");
  const forgotten = [await write(day, "kh", "today, one"), await write(day, "kh", "today, two")];
  await write(kh.node, "id", "from Cambodia, today");
  await came("today, two");
  await came("from Cambodia, today");
  await closed(day);

  await restoreNode(settings("again"), { from: backups(), keys: keys() });
  const again = await opened("again");
  const after = await write(again, "kh", "after the restore");
  await came("after the restore");
  for (const text of ["last week", "waited at the backup", "today, one", "today, two", "after the restore"])
    expect(times(text), text).toBe(1);
  // Cambodia's letter was lost with the day: fetched again, once.
  await came("from Cambodia, today", 2);
  await expect.poll(() => receipted.filter((id) => id === waits).length).toBe(2);
  await expect.poll(() => receipted.includes(after)).toBe(true);
  // A receipt is told of before the row that it settles is kept.
  await expect
    .poll(async () => (await outbox(again, "kh")).slice(1).map(({ id, lost, state }) => [id, lost, state]), {
      timeout: 20_000,
    })
    .toEqual([
      [waits, false, "receipted"],
      ...forgotten.map((id) => [id, true, "receipted"]),
      [after, false, "receipted"],
    ]);
  const rows = await outbox(again, "kh");
  expect(rows.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5]);
  expect(await noted(again, "peer.reconciled")).toBe(1);
  // Cambodia holds a receipt that Indonesia gave twice, and sees it the next day; the letters that it took are whole.
  const { clock, peering } = kh.node;
  const cambodia = {
    ...{ ...answering(kh.node), clock, ask: peering.ask, compare: peering.compare },
    peers: () => peering.peers(),
  };
  expect(await reconcile(cambodia, NodeCode.parse("id"))).toBe(1);
  // Known by then, it makes no second incident.
  expect(await reconcile(cambodia, NodeCode.parse("id"))).toBe(0);
  const { rows: incidents } = await kh.node.store.read(administration, (db) =>
    sql`select sender, kind, first_seq::int as first, last_seq::int as last from simpul.line_incidents`.execute(
      db.rows,
    ),
  );
  expect(incidents).toEqual([{ sender: "kh", kind: "differs", first: 1, last: 1 }]);
  await closed(again);
});

test("restored to before every state changed its keys: new keys are believed by their chain, a stolen one no more, nothing lost or doubled", async () => {
  const before = await opened("again");
  await before.peering.introduce(ph.node.peering.card());
  await ph.node.peering.introduce(before.peering.card());
  await write(before, "ph", "to Manila, last week");
  await came("to Manila, last week");
  // Last week its receipt came back, too.
  await expect
    .poll(async () => (await outbox(before, "ph")).map(({ state }) => state), { timeout: 60_000 })
    .toEqual(["receipted"]);
  await closed(before);
  await backupNode(settings("again"), { to: backups(), keys: keys(), scryptWork: 10 });
  const thief = await exchangeKeys(ph.node);

  // The day after: Cambodia changes its keys, Indonesia its own, Manila's were stolen and its new card is confirmed.
  const day = await opened("again");
  const change = async ({ peering }: Node, how?: { revokedSince: Date }): Promise<void> =>
    peering.takeKeys(await peering.signKeys(how ?? { until: new Date(Date.now() + 3_600_000) }));
  await change(kh.node);
  await change(day);
  await write(day, "kh", "under new keys, forgotten");
  await write(kh.node, "id", "from Cambodia under new keys");
  await change(ph.node, { revokedSince: new Date(Date.now() - 60_000) });
  await expect.poll(async () => (await standing(day, "ph")).state, { timeout: 60_000 }).toBe("stopped");
  await day.peering.introduce(ph.node.peering.card());
  await write(day, "ph", "to Manila, forgotten");
  await write(ph.node, "id", "from Manila under new keys");
  for (const text of ["under new keys, forgotten", "from Cambodia under new keys"]) await came(text);
  for (const text of ["to Manila, forgotten", "from Manila under new keys"]) await came(text);
  // Its own keys were written down again, as the manual says; the backup is the one of before.
  await writeKeys(path.join(day.settings.home, "keys"), path.join(base, "new.age"), passphrase, 10);
  await closed(day);
  await change(kh.node);

  await restoreNode(settings("third"), {
    from: backups(),
    keys: { ...keys(), file: path.join(base, "new.age") },
  });
  const third = await opened("third");
  const toKh = await write(third, "kh", "to Cambodia, restored");
  const toPh = await write(third, "ph", "to Manila, restored");
  await came("to Cambodia, restored");
  await came("from Cambodia under new keys", 2);
  expect(await standing(third, "kh")).toMatchObject({ state: "confirmed", number: 2, revoked: false });
  expect(await noted(third, "peer.keys-changed")).toBe(2);

  // Manila's keys were stolen, it hears: the line stops by itself, the thief gets nothing, the letter waits.
  await expect.poll(async () => (await standing(third, "ph")).state, { timeout: 60_000 }).toBe("stopped");
  expect(await standing(third, "ph")).toMatchObject({ revoked: true, number: 1 });
  const stranger = new PeerClient({ ...third, keys: thief, exercise: true, timeoutMs: 5_000 });
  const asked = { method: "GET", path: "/simpul/1/heads", limit: 4096 } as const;
  const toThird = await storedPeers(kh.node.store).byNode("id");
  await expect(stranger.call(toThird!, asked)).rejects.toThrow("KEY_REVOKED");
  stranger.close();
  expect((await outbox(third, "ph")).map(({ state }) => state)).toEqual(["receipted", "waiting"]);

  // Two persons confirm Manila's new card a second time: all goes on where it was.
  await third.peering.introduce(ph.node.peering.card());
  await came("to Manila, restored");
  await came("from Manila under new keys", 2);
  for (const text of [
    "last week",
    "under new keys, forgotten",
    "to Manila, forgotten",
    "to Manila, last week",
  ])
    expect(times(text), text).toBe(1);
  for (const [peer, id] of [
    ["kh", toKh],
    ["ph", toPh],
  ] as const) {
    await expect.poll(() => receipted.includes(id)).toBe(true);
    // It was taken over there; the receipt is written here a moment later.
    await expect
      .poll(async () => (await outbox(third, peer)).at(-1), { timeout: 60_000 })
      .toMatchObject({ id, lost: false, state: "receipted" });
    const rows = await outbox(third, peer);
    expect(rows.map(({ sequence }) => sequence)).toEqual(rows.map((_, nth) => nth + 1));
    expect(rows.at(-2)).toMatchObject({ lost: true, state: "receipted" });
  }
  await closed(third);
});

const standing = async (node: Node, peer: string) => (await storedPeers(node.store).byNode(peer))!;
