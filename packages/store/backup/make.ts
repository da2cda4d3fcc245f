// Makes a backup of a whole node: its rows of one moment, then its evidence, then the manifest that makes it one.
import { createHash } from "node:crypto";
import { mkdir, readdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import type { Signer } from "@simpul/seal";
import pg from "pg";
import type { Blobs } from "../blobs/contract.ts";
import { BlobError } from "../blobs/errors.ts";
import { openFolder } from "../blobs/folder.ts";
import { syncFolder, writeWhole } from "../files.ts";
import { tellFull } from "./errors.ts";
import { backupIdentity } from "./keys.ts";
import { stampOf, writeManifest } from "./manifest.ts";
import type { Manifest } from "./manifest.ts";
import { sealInto } from "./sealed-file.ts";
import { beginSnapshot, rowsOut, tablesInOrder, tellRights } from "./tables.ts";

export interface BackupSettings {
  node: string;
  /** The database, for a role that sees every row. */
  url: string;
  blobs: Blobs;
  /** The node's folder of keys. */
  keys: string;
  signer: Signer;
  /** Below it lies a folder per node: `blobs`, and one folder per backup. */
  to: string;
  now: Date;
  /** Told what is being done, in words. */
  progress?: (says: string) => void;
}

export interface Made {
  folder: string;
  rowsSize: number;
  blobs: { count: number; bytes: number; added: number };
  manifest: Manifest;
}

/**
 * Makes a backup while the node works. Evidence is written before the row that speaks of it, so reading rows first
 * and evidence afterwards misses none. Evidence that an earlier backup holds is not copied again. Throws
 * `DISK_FULL`, `NOT_ENOUGH_RIGHTS`; what it leaves then ends in `.part` and is no backup.
 */
export async function makeBackup(given: BackupSettings): Promise<Made> {
  const progress = given.progress ?? (() => undefined);
  const base = path.join(path.resolve(given.to), given.node);
  const folder = path.join(base, stampOf(given.now));
  const part = `${folder}.part`;
  try {
    await mkdir(base, { recursive: true, mode: 0o700 });
    await clearParts(base);
    await mkdir(path.join(part, "tables"), { recursive: true, mode: 0o700 });
    const rows = await copyRows(given, part, progress);
    progress("evidence");
    const blobs = await copyBlobs(given.blobs, await openFolder(path.join(base, "blobs")), progress);
    await writeWhole(path.join(part, "blobs.txt"), blobs.list);
    const listed = {
      size: Buffer.byteLength(blobs.list),
      sha256: createHash("sha256").update(blobs.list).digest("hex"),
    };
    const manifest: Manifest = {
      format: "simpul-backup/v1",
      node: given.node,
      at: given.now.toISOString(),
      ...rows,
      blobs: { count: blobs.count, bytes: blobs.bytes, ...listed },
    };
    await writeManifest(part, manifest, given.signer);
    await rename(part, folder);
    await syncFolder(base);
    const rowsSize = rows.tables.reduce((sum, one) => sum + one.size, 0);
    return {
      folder,
      rowsSize,
      blobs: { count: blobs.count, bytes: blobs.bytes, added: blobs.added },
      manifest,
    };
  } catch (fault) {
    await rm(part, { recursive: true, force: true }).catch(() => undefined);
    return tellFull(fault, given.to);
  }
}

/** What a killed backup left. One that still runs elsewhere is younger than a day. */
async function clearParts(base: string): Promise<void> {
  const old = stampOf(new Date(Date.now() - 86_400_000));
  for (const name of await readdir(base))
    if (name.endsWith(".part") && name < old)
      await rm(path.join(base, name), { recursive: true, force: true });
}

async function copyRows(
  given: BackupSettings,
  part: string,
  progress: (says: string) => void,
): Promise<Pick<Manifest, "migrations" | "tables" | "ledger">> {
  const { recipient } = await backupIdentity(given.keys);
  const client = new pg.Client({ connectionString: given.url, connectionTimeoutMillis: 10_000 });
  client.on("error", () => undefined);
  await client.connect();
  try {
    await beginSnapshot(client);
    const ran = await client.query<Manifest["migrations"][number]>(
      "select number, name, checksum from simpul.migrations order by number",
    );
    const ledger = await client.query<Manifest["ledger"][number]>(
      `select l.log, l.size::float8 as size, coalesce(max(h.size), 0)::float8 as signed
       from simpul.logs l left join simpul.heads h on h.log = l.log group by l.log, l.size order by l.log`,
    );
    const tables: Manifest["tables"] = [];
    const all = await tablesInOrder(client);
    let told = 0;
    for (const table of all) {
      // Once a second is often enough for whoever waits.
      if (Date.now() - told > 1_000) {
        told = Date.now();
        progress(`rows: ${tables.length} of ${all.length} tables`);
      }
      const file = `tables/${table.name}.copy.gz.age`;
      const sealed = await sealInto(path.join(part, file), recipient, rowsOut(client, table));
      tables.push({ ...table, file, ...sealed });
    }
    return { migrations: ran.rows, tables, ledger: ledger.rows };
  } catch (fault) {
    return tellRights(fault);
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function copyBlobs(
  from: Blobs,
  to: Blobs,
  progress: (says: string) => void,
): Promise<{ list: string; count: number; bytes: number; added: number }> {
  const lines: string[] = [];
  let bytes = 0;
  let added = 0;
  for await (const { digest, size } of from.list()) {
    if ((await to.size(digest)) !== size) {
      try {
        await to.put(await from.open(digest), { most: size, expect: digest });
      } catch (fault) {
        // Destroyed since the list was read, as the law may ask: then it is in no backup either.
        if (fault instanceof BlobError && fault.code === "NO_BLOB") continue;
        throw fault;
      }
      added += 1;
      if (added % 100 === 0) progress(`evidence: ${added} new files`);
    }
    lines.push(`${digest} ${size}\n`);
    bytes += size;
  }
  return { list: lines.join(""), count: lines.length, bytes, added };
}
