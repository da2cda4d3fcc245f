// Which of a node's key files are those of now: keys are numbered by the statements that led to them, and a statement
// lies beside them as a file, so that whoever holds the folder of keys knows the whole history.
import { readdir, rm } from "node:fs/promises";
import path from "node:path";
import { fromBase64Url } from "@simpul/seal";
import { writeKeyFile, readKeyFile } from "./files.ts";
import { KeyError } from "./errors.ts";

/** `node-ed25519.pem` for the first keys, `node-ed25519.2.pem` for those after the second statement. */
export const keyFile = (name: string, number: number): string =>
  number === 0 ? `${name}.pem` : `${name}.${number}.pem`;

/** Mode 600 like its neighbours, though nothing in it is secret. */
export const statementFile = (number: number): string => `statement.${number}.key`;

/** What a statement says, without asking who signed it: the folder is the node's own. */
export interface OwnStatement {
  kind: "changed" | "revoked";
  at: string;
  until: string | null;
  since: string | null;
  /** Raw signing key before it. */
  old: Uint8Array;
  text: string;
}

export function readOwnStatement(text: string): OwnStatement {
  const { payload } = JSON.parse(text) as { payload: string };
  const { old, ...rest } = JSON.parse(Buffer.from(payload, "base64").toString("utf8")) as Omit<
    OwnStatement,
    "old" | "text"
  > & { old: string };
  return { ...rest, old: fromBase64Url(old), text };
}

/** The statements in the folder, from the first; it ends at the first that is not there. */
export async function ownStatements(folder: string): Promise<OwnStatement[]> {
  const found: OwnStatement[] = [];
  for (;;)
    try {
      found.push(readOwnStatement(await readKeyFile(path.join(folder, statementFile(found.length + 1)))));
    } catch (error) {
      if (error instanceof KeyError && error.code === "NO_KEY") return found;
      throw error;
    }
}

/** Lays the statement down; the same again is no fault. From then on the keys of its number are those of now. */
export async function keepStatement(folder: string, number: number, text: string): Promise<void> {
  await writeKeyFile(path.join(folder, statementFile(number)), text).catch((error: unknown) => {
    if (!(error instanceof KeyError) || error.code !== "KEY_EXISTS") throw error;
  });
}

/** Destroys what signs and shakes hands in the name of earlier keys; what opens old letters stays. */
export async function destroyFormer(folder: string, number: number): Promise<void> {
  const form = /^(?:node-ed25519|tls-ed25519|agency-[0-9a-f-]{36})(?:\.(\d{1,6}))?\.pem$/;
  for (const name of await readdir(folder)) {
    const match = form.exec(name);
    if (match !== null && Number(match[1] ?? 0) < number) await rm(path.join(folder, name), { force: true });
  }
}
