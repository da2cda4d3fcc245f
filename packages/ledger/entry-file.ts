// One entry of a log as a file of its own: the record, its salt, and the tlog-proof; checked offline, by anybody.
import { fromBase64, toBase64, utf8 } from "@simpul/seal";
import type { Verifying } from "@simpul/seal";
import { LedgerError } from "./errors.ts";
import { saltedLeaf } from "./leaf.ts";
import type { Policy } from "./policy.ts";
import { parseProofFile, proveLeaf } from "./proof-file.ts";
import type { ProvenLeaf } from "./proof-file.ts";

const format = "simpul-log-entry/v1";

export interface EntryFile {
  /** The exact text that was hashed; null when it was destroyed: the proof then says that, and no longer what. */
  record: string | null;
  salt: Uint8Array | null;
  /** SHA-256(salt || SHA-256(record)). */
  leaf: Uint8Array;
  /** A C2SP tlog-proof. */
  proof: string;
}

export const printEntryFile = ({ record, salt, leaf, proof }: EntryFile): string =>
  `${JSON.stringify(
    { format, record, salt: salt === null ? null : toBase64(salt), leaf: toBase64(leaf), proof },
    null,
    2,
  )}\n`;

/** Null for a text that is no entry file at all; throws `NOT_AN_ENTRY_FILE` for one that is broken. */
export function parseEntryFile(text: string): EntryFile | null {
  let read: Partial<Record<string, unknown>> | null;
  try {
    read = JSON.parse(text) as typeof read;
  } catch {
    return null;
  }
  if (read?.["format"] !== format) return null;
  const { record, salt, leaf, proof } = read;
  const broken = (why: string): LedgerError => new LedgerError("NOT_AN_ENTRY_FILE", why);
  if (typeof leaf !== "string" || typeof proof !== "string") throw broken("leaf or proof is missing");
  if ((record === null) !== (salt === null)) throw broken("a record goes with its salt");
  if (record !== null && (typeof record !== "string" || typeof salt !== "string")) throw broken("record");
  try {
    return {
      record: record,
      salt: record === null ? null : fromBase64(salt as string),
      leaf: fromBase64(leaf),
      proof,
    };
  } catch (cause) {
    throw new LedgerError("NOT_AN_ENTRY_FILE", "base64", cause);
  }
}

/**
 * Proves that exactly this record stands in a log of the policy, under a head that its quorum cosigned. Throws
 * `BAD_PROOF` when record, salt and leaf do not belong together or the path does not lead to the head, `NO_QUORUM`,
 * `NOT_A_PROOF_FILE`, `NOT_A_CHECKPOINT`, `BAD_SIGNATURE`.
 */
export async function proveEntry(file: EntryFile, policy: Policy, engine: Verifying): Promise<ProvenLeaf> {
  if (file.record !== null) {
    const salted = saltedLeaf(file.salt!, utf8(file.record), engine);
    if (toBase64(salted) !== toBase64(file.leaf))
      throw new LedgerError("BAD_PROOF", "the record and its salt do not give this leaf");
  }
  return proveLeaf(file.leaf, parseProofFile(file.proof), policy, engine);
}
