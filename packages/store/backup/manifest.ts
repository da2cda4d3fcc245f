// What a backup says of itself: signed by the node, with a digest of every file in it.
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { fromBase64, toBase64, utf8 } from "@simpul/seal";
import type { Signer } from "@simpul/seal";
import { writeWhole } from "../files.ts";
import { nodeVerifying } from "../keys/engine.ts";
import { BackupError } from "./errors.ts";
import type { Sealed } from "./sealed-file.ts";
import type { TableShape } from "./tables.ts";

const format = "simpul-backup/v1";
const names = { manifest: "manifest.json", signature: "manifest.sig" } as const;
/** As in `2026-11-27T13-31-00-123Z`: names in the order of time, on every file system. */
export const stampOf = (at: Date): string => at.toISOString().replaceAll(/[:.]/g, "-");
const stampForm = /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d-\d{3}Z$/;

export interface Manifest {
  format: typeof format;
  /** The state's code. */
  node: string;
  /** When the snapshot was taken. */
  at: string;
  migrations: { number: number; name: string; checksum: string }[];
  tables: (TableShape & Sealed & { file: string })[];
  /** The list of evidence files (`digest size`, one a line), which lie in `blobs` beside all backups of the node. */
  blobs: Sealed & { count: number; bytes: number };
  /** What the logs of the ledger were then. */
  ledger: { log: string; size: number; signed: number }[];
}

/** Written last: a folder without a manifest is no backup. */
export async function writeManifest(folder: string, manifest: Manifest, signer: Signer): Promise<void> {
  const text = `${JSON.stringify(manifest, null, 2)}\n`;
  await writeWhole(path.join(folder, names.signature), `${toBase64(await signer.sign(utf8(text)))}\n`);
  await writeWhole(path.join(folder, names.manifest), text);
}

/**
 * The manifest of a backup, signed by the node whose public key this is. Throws `NOT_A_BACKUP`, `NOT_SIGNED` for one
 * that was altered or is another node's.
 */
export async function readManifest(folder: string, publicKeys: readonly Uint8Array[]): Promise<Manifest> {
  const read = (name: string): Promise<string> =>
    readFile(path.join(folder, name), "utf8").catch((fault: unknown) => {
      throw new BackupError("NOT_A_BACKUP", `${folder} has no ${name}: it was not finished`, fault);
    });
  const text = await read(names.manifest);
  let signature: Uint8Array;
  try {
    signature = fromBase64((await read(names.signature)).trim());
  } catch (fault) {
    throw new BackupError("NOT_SIGNED", `${folder}/${names.signature}`, fault);
  }
  const held = await Promise.all(
    publicKeys.map(async (key) => nodeVerifying.verify(key, utf8(text), signature)),
  );
  if (!held.includes(true))
    throw new BackupError("NOT_SIGNED", `${folder}: not what the node of these keys signed`);
  const manifest = JSON.parse(text) as Manifest;
  // Before anything else is believed of it: the format is ours to change.
  if ((manifest.format as string) !== format)
    throw new BackupError("OTHER_VERSION", `a backup in the format ${manifest.format as string}`);
  return manifest;
}

/** Whole backups below a node's folder, oldest first. */
export async function backupsIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isDirectory() && stampForm.test(entry.name))
    .map((entry) => entry.name)
    .sort();
}
