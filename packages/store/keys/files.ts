// Key files of a node: readable by its account alone, written whole, never overwritten.
import { generateKeyPairSync, randomBytes } from "node:crypto";
import type { KeyObject } from "node:crypto";
import { open } from "node:fs/promises";
import type { Signer } from "@simpul/seal";
import { writeWhole } from "../files.ts";
import { parsePrivateKey, signerOf } from "./engine.ts";
import { KeyError } from "./errors.ts";
import { KeyBox, boxOf } from "./wrap.ts";
import type { SealedBox } from "./wrap.ts";

const errorCode = (error: unknown): string | undefined => (error as NodeJS.ErrnoException).code;

/** Reads a key file; throws `NO_KEY`, or `LOOSE_KEY_FILE` when the group or others may read it. */
export async function readKeyFile(file: string): Promise<string> {
  let handle;
  try {
    handle = await open(file, "r");
  } catch (error) {
    throw new KeyError(errorCode(error) === "ENOENT" ? "NO_KEY" : "BAD_KEY", file, error);
  }
  try {
    const { mode, size } = await handle.stat();
    if ((mode & 0o077) !== 0)
      throw new KeyError("LOOSE_KEY_FILE", `${file} has mode ${(mode & 0o777).toString(8)}, not 600`);
    if (size > 65_536) throw new KeyError("BAD_KEY", `${file} is no key`);
    return await handle.readFile("utf8");
  } finally {
    await handle.close();
  }
}

/** Writes a new key file; throws `KEY_EXISTS` rather than replacing one. */
export async function writeKeyFile(file: string, content: string): Promise<void> {
  try {
    await writeWhole(file, content, { fresh: true });
  } catch (error) {
    if (errorCode(error) === "EEXIST") throw new KeyError("KEY_EXISTS", file, error);
    throw error;
  }
}

/** The content of the key file, which `make` writes when there is none; of two processes at once one makes it. */
async function readOrMake(file: string, make: () => string): Promise<string> {
  try {
    return await readKeyFile(file);
  } catch (error) {
    if (!(error instanceof KeyError) || error.code !== "NO_KEY") throw error;
  }
  try {
    await writeKeyFile(file, make());
  } catch (error) {
    if (!(error instanceof KeyError) || error.code !== "KEY_EXISTS") throw error;
  }
  return readKeyFile(file);
}

const newPem = (kind: "ed25519" | "x25519"): string => {
  // The two calls have types of their own.
  const { privateKey } = kind === "ed25519" ? generateKeyPairSync("ed25519") : generateKeyPairSync("x25519");
  return privateKey.export({ format: "pem", type: "pkcs8" }) as string;
};

/** The Ed25519 key in `file` (PKCS #8 PEM, as stock tools read it); made when there is none. */
export async function openSigner(file: string): Promise<Signer> {
  return signerOf(parsePrivateKey(await readOrMake(file, () => newPem("ed25519")), file));
}

/** The X25519 key in `file`, to which others seal keys; made when there is none. */
export async function openSealedBox(file: string): Promise<SealedBox> {
  return boxOf(parsePrivateKey(await readOrMake(file, () => newPem("x25519")), file));
}

/** The key-encryption key in `file` (32 bytes in base64), with which record and file keys are wrapped; made when there is none. */
export async function openKeyBox(file: string): Promise<KeyBox> {
  const text = (await readOrMake(file, () => `${randomBytes(32).toString("base64")}\n`)).trim();
  if (!/^[A-Za-z0-9+/]{43}=$/.test(text)) throw new KeyError("BAD_KEY", file);
  return new KeyBox(Buffer.from(text, "base64"));
}

/** The secret in `file` (32 bytes in base64) for computing what nobody else can; made when there is none. */
export async function openSecret(file: string): Promise<Uint8Array> {
  const text = (await readOrMake(file, () => `${randomBytes(32).toString("base64")}\n`)).trim();
  if (!/^[A-Za-z0-9+/]{43}=$/.test(text)) throw new KeyError("BAD_KEY", file);
  return new Uint8Array(Buffer.from(text, "base64"));
}

/** The private key in `file` as node:crypto holds it, for certificates and JOSE; throws `NO_KEY` when there is none. */
export async function loadPrivateKey(file: string): Promise<KeyObject> {
  return parsePrivateKey(await readKeyFile(file), file);
}
