// Brings a node back from a backup into an empty place: everything is checked before the first byte is written.
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readFile, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { Digest } from "@simpul/model";
import pg from "pg";
import type { Blobs } from "../blobs/contract.ts";
import { openFolder } from "../blobs/folder.ts";
import { signerOf, parsePrivateKey } from "../keys/engine.ts";
import { readOwnStatement } from "../keys/generations.ts";
import { syncFolder } from "../files.ts";
import { migrate } from "../migrate.ts";
import type { Migration } from "../migrate.ts";
import { BackupError, tellFull } from "./errors.ts";
import { identityIn, placeKeys } from "./keys.ts";
import { backupsIn, readManifest } from "./manifest.ts";
import type { Manifest } from "./manifest.ts";
import { digestOf, openSealed } from "./sealed-file.ts";
import { fillTables, tablesInOrder } from "./tables.ts";

export interface RestoreSettings {
  node: string;
  /** What `makeBackup` wrote to, or one backup's own folder. */
  from: string;
  /** Which one, by its folder's name; the newest without. */
  stamp?: string;
  keys: ReadonlyMap<string, string>;
  /** The node's folder: must not be there, or be empty. */
  home: string;
  /** The migrations of this program. */
  migrations: readonly Migration[];
  /** Opens the empty database, for the role that owns it; called when all is checked. */
  database(): Promise<string>;
  /** Runs in the transaction that fills the tables, before its commit. */
  after?: (client: pg.ClientBase) => Promise<void>;
  progress?: (says: string) => void;
}

export interface Restored {
  stamp: string;
  manifest: Manifest;
}

/**
 * Restores keys, rows and evidence. Throws `NOT_EMPTY` rather than writing over anything, `NOT_A_BACKUP`,
 * `NOT_SIGNED`, `DAMAGED_BACKUP`, `OTHER_NODE`, `OTHER_VERSION`, `DISK_FULL`; the home is there whole or not at all.
 */
export async function restoreBackup(given: RestoreSettings): Promise<Restored> {
  const progress = given.progress ?? (() => undefined);
  await refuseFull(given.home);
  const { folder, stamp } = await choose(given);
  const manifest = await readManifest(folder, signedEver(given.keys));
  if (manifest.node !== given.node)
    throw new BackupError("OTHER_NODE", `a backup of ${manifest.node}, and this is ${given.node}`);
  const migrations = migrationsOf(manifest, given.migrations);
  progress("checking every file of the backup");
  const blobs = await checkFiles(folder, manifest);

  const part = `${given.home}.restoring`;
  try {
    await rm(part, { recursive: true, force: true });
    await placeKeys(given.keys, path.join(part, "keys"));
    progress("evidence");
    await bringBlobs(folder, blobs, await openFolder(path.join(part, "evidence")), progress);
    progress("rows");
    await bringRows(given, folder, manifest, migrations);
    await rm(given.home, { recursive: true, force: true });
    await rename(part, given.home);
    await syncFolder(path.dirname(given.home));
    return { stamp, manifest };
  } catch (fault) {
    await rm(part, { recursive: true, force: true }).catch(() => undefined);
    return tellFull(fault, given.home);
  }
}

/** The keys of now and of before: an older backup was signed by the key of its day. Throws `NO_KEYS`. */
function signedEver(keys: ReadonlyMap<string, string>): Uint8Array[] {
  const found: Uint8Array[] = [];
  for (const [name, text] of keys) {
    if (/^node-ed25519(\.\d+)?\.pem$/.test(name)) found.push(signerOf(parsePrivateKey(text, name)).publicKey);
    if (/^statement\.\d+\.key$/.test(name)) found.push(readOwnStatement(text).old);
  }
  if (found.length === 0) throw new BackupError("NO_KEYS", "they hold no signing key of the node");
  return found;
}

/** A home that holds keys or evidence belongs to a node; nothing is written over it. */
async function refuseFull(home: string): Promise<void> {
  for (const inner of ["keys", "evidence"])
    if ((await stat(path.join(home, inner)).catch(() => null)) !== null)
      throw new BackupError("NOT_EMPTY", `${path.join(home, inner)} is there; move it away first`);
}

async function choose(given: RestoreSettings): Promise<{ folder: string; stamp: string }> {
  const from = path.resolve(given.from);
  if ((await stat(path.join(from, "manifest.json")).catch(() => null)) !== null)
    return { folder: from, stamp: path.basename(from) };
  const base = path.join(from, given.node);
  const all = await backupsIn(base);
  const stamp = given.stamp ?? all.at(-1);
  if (stamp === undefined || !all.includes(stamp))
    throw new BackupError(
      "NOT_A_BACKUP",
      `${base} holds ${all.length === 0 ? "none" : `only ${all.join(", ")}`}`,
    );
  return { folder: path.join(base, stamp), stamp };
}

/** The migrations that had run then, as this program has them; a newer program runs the rest when it starts. */
function migrationsOf(manifest: Manifest, ours: readonly Migration[]): Migration[] {
  return manifest.migrations.map(({ number, name, checksum }) => {
    const one = ours.find((mine) => mine.number === number);
    if (one?.checksum !== checksum)
      throw new BackupError("OTHER_VERSION", `migration ${number} ${name} is not in this program as it ran`);
    return one;
  });
}

interface Listed {
  digest: Digest;
  size: number;
}

const blobFile = (folder: string, digest: Digest): string =>
  path.join(folder, "..", "blobs", digest.slice(0, 2), digest.slice(2, 4), digest);

/** Every file has the digest that was signed; the evidence's own names are checked as it is copied. */
async function checkFiles(folder: string, manifest: Manifest): Promise<Listed[]> {
  for (const { file, size, sha256 } of manifest.tables) {
    const found = await digestOf(path.join(folder, file));
    if (found.sha256 !== sha256 || found.size !== size)
      throw new BackupError("DAMAGED_BACKUP", `${file} is not what was signed`);
  }
  const list = await readFile(path.join(folder, "blobs.txt"), "utf8").catch(() => "");
  if (createHash("sha256").update(list).digest("hex") !== manifest.blobs.sha256)
    throw new BackupError("DAMAGED_BACKUP", "blobs.txt is not what was signed");
  const blobs = list
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => {
      const [digest, size] = line.split(" ");
      return { digest: Digest.parse(digest ?? ""), size: Number(size) };
    });
  for (const { digest, size } of blobs) {
    const about = await stat(blobFile(folder, digest)).catch(() => null);
    if (about?.size !== size)
      throw new BackupError(
        "DAMAGED_BACKUP",
        `evidence ${digest} is ${about === null ? "missing" : "cut off"}`,
      );
  }
  return blobs;
}

async function bringBlobs(
  folder: string,
  blobs: readonly Listed[],
  to: Blobs,
  progress: (says: string) => void,
): Promise<void> {
  for (const [nth, { digest, size }] of blobs.entries()) {
    try {
      await to.put(createReadStream(blobFile(folder, digest)), { most: size, expect: digest });
    } catch (fault) {
      if ((fault as { code?: string }).code !== "WRONG_DIGEST") throw fault;
      throw new BackupError("DAMAGED_BACKUP", `evidence ${digest} is altered`, fault);
    }
    if (nth % 100 === 99) progress(`evidence: ${nth + 1} of ${blobs.length}`);
  }
}

async function bringRows(
  given: RestoreSettings,
  folder: string,
  manifest: Manifest,
  migrations: readonly Migration[],
): Promise<void> {
  const identity = identityIn(given.keys);
  const client = new pg.Client({ connectionString: await given.database() });
  client.on("error", () => undefined);
  await client.connect();
  try {
    await refuseUsed(client);
    await migrate(client, migrations);
    const known = new Map((await tablesInOrder(client)).map((one) => [one.name, one]));
    const files = new Map(manifest.tables.map((one) => [one.name, one]));
    if (known.size !== files.size || manifest.tables.some((one) => !known.has(one.name)))
      throw new BackupError("OTHER_VERSION", "the tables of the backup are not those of its migrations");
    await fillTables(
      client,
      manifest.tables,
      async (table) => openSealed(path.join(folder, files.get(table.name)!.file), identity),
      given.after ?? (() => Promise.resolve()),
    );
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** A node that ever worked has leaves in its log. */
async function refuseUsed(client: pg.ClientBase): Promise<void> {
  const there = await client.query<{ there: boolean }>(
    "select to_regclass('simpul.logs') is not null as there",
  );
  if (there.rows[0]?.there !== true) return;
  const used = await client.query<{ size: string }>("select coalesce(sum(size), 0) as size from simpul.logs");
  if (Number(used.rows[0]?.size) > 0)
    throw new BackupError("NOT_EMPTY", "the database holds a node already; restore into an empty one");
}
