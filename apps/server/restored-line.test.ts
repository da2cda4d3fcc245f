// A state's node is lost and restored from yesterday's backup: it sends nothing twice, and knows what it does not know.
import { chmod, mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { tellStory } from "@simpul/demo";
import type { PeerPart } from "@simpul/exchange";
import type { Id } from "@simpul/model";
import { NodeCode } from "@simpul/model";
import { nations } from "@simpul/testing";
import pino from "pino";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { backupNode, restoreNode } from "./backup.ts";
import type { Settings } from "./env.ts";
import { openNode } from "./node.ts";
import type { Node } from "./node.ts";

const passphrase = "nine white egrets at noon";

test("scenario 10: restored from yesterday's backup, a node sees that it is behind its peer's books and reconciles instead of sending again", async () => {
  const base = await mkdtemp(path.join(os.tmpdir(), "simpul-y-"));
  await chmod(base, 0o711);
  const { kh } = await nations("kh");
  const settings = (name: string): Settings => ({
    ...kh.node.settings,
    node: NodeCode.parse("id"),
    name: "Indonesia",
    home: path.join(base, name, "nodes", "id"),
    databaseUrl: null,
  });
  const keys = { file: path.join(base, "keys.age"), passphrase };
  const taken: string[] = [];
  const receipted: Id[] = [];
  const part: PeerPart = {
    takes: {
      "letter.sent": (_tx, { body }) => Promise.resolve(void taken.push((body as { text: string }).text)),
    },
    leaves: { "letter.sent": () => Promise.resolve({ kind: "may" }) },
    receipted: { "letter.sent": ({ id }) => Promise.resolve(void receipted.push(id)) },
  };
  let port = 0;
  const opened = async (name: string): Promise<Node> => {
    const node = await openNode(settings(name), { log: pino({ level: "silent" }), connections: 6 });
    if (name === "lost" && port === 0) await tellStory(node);
    node.settings.peerPort = port;
    await node.peering.open([part]);
    port = Number(node.peering.card().address.split(":").at(-1));
    return node;
  };
  const closed = async (node: Node): Promise<void> => {
    await node.peering.close();
    await node.close();
  };
  const write = (node: Node, to: string, text: string): Promise<Id> =>
    node.store.write({ actor: { kind: "job", name: "test" }, purpose: "crime-investigation" }, async (tx) => {
      const id = tx.newId();
      await tx.send({ id, to: NodeCode.parse(to), kind: "letter.sent", body: { text } });
      tx.note("letter.written", { id });
      return id;
    });
  const came = (text: string) => expect.poll(() => taken.includes(text), { timeout: 30_000 }).toBe(true);
  const reopenKh = async (): Promise<void> => {
    await kh.node.peering.open([part]);
  };

  kh.node.settings.peerPort = Number(kh.node.peering.card().address.split(":").at(-1));
  await kh.node.peering.close();
  await reopenKh();
  const before = await opened("lost");
  await before.peering.introduce(kh.node.peering.card());
  await kh.node.peering.introduce(before.peering.card());
  await write(before, "kh", "last week");
  await came("last week");

  // While Cambodia is away a letter waits; that is the moment of the backup.
  await kh.node.peering.close();
  const waits = await write(before, "kh", "waited at the backup");
  const to = path.join(base, "backups");
  await closed(before);
  await backupNode(settings("lost"), { to, keys, scryptWork: 10 });
  // A day of work after it, in both directions.
  await reopenKh();
  const day = await opened("lost");
  await came("waited at the backup");
  const forgotten = [await write(day, "kh", "today, one"), await write(day, "kh", "today, two")];
  await write(kh.node, "id", "from Cambodia, today");
  await came("today, two");
  await came("from Cambodia, today");
  await closed(day);

  await restoreNode(settings("again"), { from: to, keys });
  const again = await opened("again");
  const after = await write(again, "kh", "after the restore");
  await came("after the restore");
  await came("from Cambodia, today");
  const times = (text: string): number => taken.filter((one) => one === text).length;
  for (const text of ["last week", "waited at the backup", "today, one", "today, two", "after the restore"])
    expect(times(text), text).toBe(1);
  // Cambodia's letter was lost with the day: fetched again, once.
  await expect.poll(() => times("from Cambodia, today")).toBe(2);
  await expect.poll(() => receipted.filter((id) => id === waits).length).toBe(2);
  await expect.poll(() => receipted.includes(after)).toBe(true);
  const { rows } = await again.store.chore("test", (keeper) =>
    sql<{ id: Id; sequence: number; lost: boolean; state: string }>`
      select id, sequence, lost, state from simpul.outbox where peer = 'kh' order by sequence`.execute(
      keeper.rows,
    ),
  );
  expect(rows.slice(1).map(({ id, lost, state }) => [id, lost, state])).toEqual([
    [waits, false, "receipted"],
    ...forgotten.map((id) => [id, true, "receipted"]),
    [after, false, "receipted"],
  ]);
  expect(rows.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5]);
  const noted = await again.store.read(
    { actor: { kind: "job", name: "test" }, purpose: "administration" },
    (db) => sql`select kind from simpul.leaves where kind = 'peer.reconciled'`.execute(db.rows),
  );
  expect(noted.rows).toHaveLength(1);
  await closed(again);
  await rm(base, { recursive: true, force: true });
}, 120_000);
