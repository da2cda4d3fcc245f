// Killed without warning at random moments, the ledger loses nothing that it promised and stays one tree.
import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  appendToEdge,
  edgeReader,
  leafHash,
  rootOf,
  verifyConsistency,
  verifyInclusion,
} from "@simpul/ledger";
import type { Edge } from "@simpul/ledger";
import { fromBase64, noteTypes, toBase64, verifierKey } from "@simpul/seal";
import { testStore } from "@simpul/testing/database";
import { rounds } from "@simpul/testing/whole";
import { sql } from "kysely";
import { afterAll, expect, test } from "vitest";
import { killed } from "../faults/kill.ts";
import { nodeVerifying as engine, signerOf } from "../keys/index.ts";
import type { OpenStore } from "../open.ts";
import { Ledger } from "./ledger.ts";

const folder = mkdtempSync(join(os.tmpdir(), "simpul-kill-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});
const child = fileURLToPath(new URL("../faults/ledger-child.ts", import.meta.url));
const kills = rounds(8, 20);

interface Row {
  id: string;
  about_id: string;
  index: string | null;
  hash: Buffer;
}
const leavesOf = async (store: OpenStore): Promise<Row[]> => {
  const { rows } = await store.chore("test", (keeper) =>
    sql<Row>`select id, about_id, index, hash from simpul.leaves where log = 'main' order by index`.execute(
      keeper.rows,
    ),
  );
  return rows;
};

test(`through ${kills} kills no promised leaf is lost, none has two places, and every promised head stands`, async () => {
  const { store, url } = await testStore({ migrations: [] });
  const pair = generateKeyPairSync("ed25519");
  const keyFile = join(folder, "key.pem");
  writeFileSync(keyFile, pair.privateKey.export({ format: "pem", type: "pkcs8" }), { mode: 0o600 });

  const promised = new Set<string>();
  const heads = new Map<number, string>();
  // Two processes of one node at a time, each killed at its own moment. A slow machine gives few promises before a
  // kill: the killing goes on, with longer lives, until there is enough to judge by.
  for (let i = 0; i < kills || promised.size <= kills || heads.size <= 2; i += 2) {
    const many = String(1 + (i % 7) * 40);
    const within = 400 * (1 + Math.floor(i / kills));
    const said = await Promise.all([
      killed(child, [url, keyFile, many], within),
      killed(child, [url, keyFile, many], within),
    ]);
    for (const line of said.flat()) {
      const [what, first, second] = line.split(" ") as [string, string, string];
      if (what === "leaf") promised.add(first);
      // A head once said is the head of that size for ever.
      else expect(heads.get(Number(first)) ?? second).toBe(second);
      if (what === "head") heads.set(Number(first), second);
    }
  }
  const signer = signerOf(pair.privateKey);
  const named = (name: string) =>
    verifierKey(`id.simpul/${name}`, noteTypes.ed25519, signer.publicKey, engine);
  const cosigner = verifierKey("id.simpul/cosigner", noteTypes.cosignature, signer.publicKey, engine);
  const ledger = new Ledger({
    store,
    engine,
    signer,
    keys: { main: named("main"), reads: named("reads"), cosigner },
    headEvery: { seconds: 60, leaves: 500 },
  });
  await ledger.sequence(true);

  const leaves = await leavesOf(store);
  const kept = new Set(leaves.map((leaf) => leaf.about_id));
  expect([...promised].filter((id) => !kept.has(id))).toEqual([]);
  expect(leaves.map((leaf) => Number(leaf.index))).toEqual(leaves.map((_, place) => place));

  // The tree over the leaves as they lie there, computed anew, is the tree of every head that was ever promised.
  const head = (await ledger.head("main"))!;
  expect(head.size).toBe(leaves.length);
  const edge: Edge = new Map();
  let from = 0;
  for (const size of [...heads.keys(), head.size].sort((a, b) => a - b)) {
    appendToEdge(
      edge,
      leaves.slice(from, size).map((leaf) => leafHash(leaf.hash, engine)),
      engine,
    );
    from = size;
    const root = await rootOf(size, edgeReader(edge, engine), engine);
    expect(toBase64(root)).toBe(size === head.size ? toBase64(head.root) : heads.get(size));
  }
  // The tiles tell the same: proofs read from them hold.
  for (const [old, root] of [...heads].filter(
    ([size], nth) => size > 0 && size < head.size && nth % 5 === 0,
  )) {
    const proof = await ledger.consistency("main", old, head.size);
    verifyConsistency({ old, size: head.size, oldRoot: fromBase64(root), root: head.root, proof }, engine);
  }
  for (let index = 0; index < head.size; index += 97) {
    const proof = await ledger.inclusion("main", index, head.size);
    const hash = leafHash(leaves[index]!.hash, engine);
    verifyInclusion({ index, size: head.size, leafHash: hash, root: head.root, proof }, engine);
  }
}, 400_000);
