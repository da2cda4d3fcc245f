// The keys of a node as one file under a passphrase (age, scrypt), and the identity to which its backups are sealed.
import { mkdir, readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from "age-encryption";
import { writeWhole } from "../files.ts";
import { KeyError } from "../keys/errors.ts";
import { readKeyFile, writeKeyFile } from "../keys/files.ts";
import { BackupError, tellFull } from "./errors.ts";

/** In the folder of keys: `AGE-SECRET-KEY-1…`, as stock tools read it (`age -d -i`). */
const identityFile = "backup.agekey";

/** Shorter ones are guessed from the file alone. */
export const shortestPassphrase = 12;

const format = "simpul-keys/v1";
type Kept = Record<string, string>;

/** Reads the backup identity; makes it at the first backup. */
export async function backupIdentity(keys: string): Promise<{ identity: string; recipient: string }> {
  const file = path.join(keys, identityFile);
  const read = async (): Promise<string> => (await readKeyFile(file)).trim();
  const identity = await read().catch(async (fault: unknown) => {
    if (!(fault instanceof KeyError) || fault.code !== "NO_KEY") throw fault;
    await writeKeyFile(file, `${await generateX25519Identity()}\n`);
    return read();
  });
  return { identity, recipient: await identityToRecipient(identity) };
}

/**
 * Writes every key file of the folder into one file that the passphrase opens. `work` is the base-2 logarithm of
 * scrypt's cost. Throws `WEAK_PASSPHRASE`, `DISK_FULL`.
 */
export async function writeKeys(keys: string, file: string, passphrase: string, work = 18): Promise<number> {
  if (passphrase.length < shortestPassphrase)
    throw new BackupError(
      "WEAK_PASSPHRASE",
      `give at least ${shortestPassphrase} characters, best several words`,
    );
  const files: Kept = {};
  for (const name of (await readdir(keys)).filter((one) => /^[\w.-]+\.(pem|key|agekey)$/.test(one)).sort())
    files[name] = Buffer.from(await readKeyFile(path.join(keys, name))).toString("base64");
  const encrypter = new Encrypter();
  encrypter.setScryptWorkFactor(work);
  encrypter.setPassphrase(passphrase);
  const sealed = await encrypter.encrypt(JSON.stringify({ format, files }));
  await writeWhole(path.resolve(file), sealed).catch((fault: unknown) => tellFull(fault, file));
  return Object.keys(files).length;
}

/** The key files by name. Throws `NO_KEYS` when it is no such file, `WRONG_PASSPHRASE`. */
export async function readKeys(file: string, passphrase: string): Promise<ReadonlyMap<string, string>> {
  const sealed = await readFile(file).catch((fault: unknown) => {
    throw new BackupError("NO_KEYS", `${file} cannot be read`, fault);
  });
  if (!sealed.subarray(0, 21).equals(Buffer.from("age-encryption.org/v1")) || sealed.length > 10_000_000)
    throw new BackupError("NO_KEYS", `${file} is no file of keys`);
  const decrypter = new Decrypter();
  decrypter.addPassphrase(passphrase);
  const text = await decrypter.decrypt(sealed, "text").catch((fault: unknown) => {
    throw new BackupError(
      "WRONG_PASSPHRASE",
      `${file} does not open; it is another passphrase, or damaged`,
      fault,
    );
  });
  const read = JSON.parse(text) as { format?: unknown; files?: Kept };
  const files = Object.entries(read.files ?? {});
  if (read.format !== format || files.some(([name]) => !/^[\w-][\w.-]*$/.test(name)))
    throw new BackupError("NO_KEYS", `${file} holds something else`);
  return new Map(files.map(([name, content]) => [name, Buffer.from(content, "base64").toString("utf8")]));
}

/** Puts the keys into a folder that has none. */
export async function placeKeys(keys: ReadonlyMap<string, string>, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (const [name, content] of keys) await writeKeyFile(path.join(folder, name), content);
}

/** The backup identity among the keys; throws `NO_KEYS`. */
export function identityIn(keys: ReadonlyMap<string, string>): string {
  const identity = keys.get(identityFile)?.trim();
  if (identity === undefined) throw new BackupError("NO_KEYS", "they hold no backup identity");
  return identity;
}
