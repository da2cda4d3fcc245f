// Backup and restore of the node that the settings name; both note in its ledger that they happened.
import { stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { holdLogs, openStore, readMigrations, storeMigrations } from "@simpul/store";
import type { OpenStore, Standing } from "@simpul/store";
import { BackupError, makeBackup, readKeys, restoreBackup, writeKeys } from "@simpul/store/backup";
import type { Made, Restored } from "@simpul/store/backup";
import { openFolder } from "@simpul/store/blobs";
import {
  keyFile,
  loadPrivateKey,
  ownStatements,
  signerOf,
  systemClock,
  systemRandom,
} from "@simpul/store/keys";
import { openDatabase } from "./database.ts";
import type { Settings } from "./env.ts";
import { migrations } from "./migrations.ts";

const backing: Standing = { actor: { kind: "job", name: "backup" }, purpose: "administration" };
const restoring: Standing = { actor: { kind: "job", name: "restore" }, purpose: "administration" };

export interface KeysFile {
  file: string;
  passphrase: string;
}

export interface Progress {
  progress?: (says: string) => void;
}

/** What `doctor` reads: when, and where to. */
export const lastBackupFile = (settings: Pick<Settings, "home">): string =>
  path.join(settings.home, "last-backup.json");

export type BackedUp = Made & { keys: number | null };

/**
 * Backs the node up while it works. With `keys`, its key files go into a file of their own. Throws `BackupError`,
 * `StoreError`, `LauncherError`.
 */
export async function backupNode(
  settings: Settings,
  ask: Progress & { to: string; keys: KeysFile | null; scryptWork?: number },
): Promise<BackedUp> {
  const keys = path.join(settings.home, "keys");
  const signingFile = path.join(keys, keyFile("node-ed25519", (await ownStatements(keys)).length));
  if ((await stat(signingFile).catch(() => null)) === null)
    throw new BackupError("NO_KEYS", `${keys} holds no node; is SIMPUL_HOME right?`);
  const now = systemClock.now();
  const database = await openDatabase(settings);
  try {
    await noteIn(database.url, backing, "node.backed-up", { keys: ask.keys !== null });
    const made = await makeBackup({
      node: settings.node,
      url: database.wholeUrl,
      blobs: await openFolder(path.join(settings.home, "evidence")),
      keys,
      signer: signerOf(await loadPrivateKey(signingFile)),
      to: ask.to,
      now,
      ...(ask.progress === undefined ? {} : { progress: ask.progress }),
    });
    // After the rows: the identity that opens them may have been made for this very backup.
    const kept =
      ask.keys === null ? null : await writeKeys(keys, ask.keys.file, ask.keys.passphrase, ask.scryptWork);
    await writeFile(
      lastBackupFile(settings),
      `${JSON.stringify({ at: now.toISOString(), folder: made.folder, keys: kept !== null })}\n`,
    );
    return { ...made, keys: kept };
  } finally {
    await database.close();
  }
}

/** Restores into an empty home and an empty database; every session of then is ended. Throws `BackupError`. */
export async function restoreNode(
  settings: Settings,
  ask: Progress & { from: string; stamp?: string; keys: KeysFile },
): Promise<Restored> {
  const keys = await readKeys(ask.keys.file, ask.keys.passphrase);
  let database: Awaited<ReturnType<typeof openDatabase>> | null = null;
  try {
    const restored = await restoreBackup({
      node: settings.node,
      from: ask.from,
      ...(ask.stamp === undefined ? {} : { stamp: ask.stamp }),
      keys,
      home: settings.home,
      migrations: await readMigrations([storeMigrations, ...migrations]),
      database: async () => (database = await openDatabase(settings)).url,
      async after(client) {
        // Whoever was signed in then shows her passkey again; a session that was ended since must not live on.
        await client.query(
          "update simpul.sessions set ended_at = now(), ended_because = 'revoked' where ended_at is null",
        );
      },
      ...(ask.progress === undefined ? {} : { progress: ask.progress }),
    });
    const { at } = restored.manifest;
    await noteIn(database!.url, restoring, "node.restored", { backup: restored.stamp, at }, holdLogs);
    return restored;
  } finally {
    await (database as Awaited<ReturnType<typeof openDatabase>> | null)?.close();
  }
}

async function noteIn(
  url: string,
  standing: Standing,
  kind: string,
  facts: Record<string, string | boolean>,
  first: (store: OpenStore) => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  const store = await openStore({
    url,
    migrations,
    clock: systemClock,
    random: systemRandom,
    connections: 2,
  });
  try {
    await first(store);
    await store.write(standing, (tx) => {
      tx.note(kind, facts);
      return Promise.resolve();
    });
  } finally {
    await store.close();
  }
}
