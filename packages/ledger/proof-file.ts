// C2SP tlog-proof: one text that proves a leaf offline: its place, the path to the root, and the cosigned head.
import { fromBase64, parseNote, sameBytes, utf8 } from "@simpul/seal";
import type { VerifierKey, Verifying } from "@simpul/seal";
import { openCheckpoint } from "./checkpoint.ts";
import type { OpenedCheckpoint } from "./checkpoint.ts";
import { LedgerError } from "./errors.ts";
import { leafHash, verifyInclusion } from "./merkle.ts";
import type { Policy } from "./policy.ts";

export const header = "c2sp.org/tlog-proof@v1";

export interface ProofFile {
  index: number;
  proof: Uint8Array[];
  /** The signed checkpoint, as text. */
  checkpoint: string;
  extra: Uint8Array | null;
}

/** Throws `NOT_A_PROOF_FILE`. */
export function parseProofFile(text: string): ProofFile {
  const refuse = (why: string): LedgerError => new LedgerError("NOT_A_PROOF_FILE", why);
  if (text.length > 1_000_000) throw refuse("too large");
  const split = text.indexOf("\n\n");
  const lines = text.slice(0, split).split("\n");
  if (split < 0 || lines.shift() !== header) throw refuse("no header");
  const decode = (line: string): Uint8Array => {
    try {
      return fromBase64(line);
    } catch {
      throw refuse("base64");
    }
  };
  const extra = lines[0]?.startsWith("extra ") ? decode(lines.shift()!.slice(6)) : null;
  const index = /^index (0|[1-9]\d{0,15})$/.exec(lines.shift() ?? "");
  if (index === null || lines.length > 63) throw refuse("no index");
  const proof = lines.map(decode);
  if (proof.some((hash) => hash.length !== 32)) throw refuse("a hash is not 32 bytes");
  return { index: Number(index[1]), proof, checkpoint: text.slice(split + 2), extra };
}

export interface ProvenLeaf {
  log: VerifierKey;
  head: OpenedCheckpoint;
  index: number;
  /** Cosigners whose signature holds, with the time each vouches for (seconds since 1970). */
  cosigned: { key: VerifierKey; time: number }[];
}

/**
 * Proves that `leaf` is in a log of the policy, under a head that the policy's quorum cosigned. Throws `BAD_PROOF`,
 * `NO_QUORUM`, `NOT_A_CHECKPOINT`, `BAD_SIGNATURE`.
 */
export async function proveLeaf(
  leaf: Uint8Array,
  file: ProofFile,
  policy: Policy,
  engine: Verifying,
): Promise<ProvenLeaf> {
  const bytes = utf8(file.checkpoint);
  const origin = file.checkpoint.slice(0, file.checkpoint.indexOf("\n"));
  // A log that changed its key has two of one name; the one whose line is there is meant.
  const stolen = policy.revoked.map(({ key }) => key);
  const named = [...policy.logs, ...stolen].filter((one) => one.name === origin);
  const lines = parseNote(bytes).signatures;
  const log =
    named.find((one) => lines.some(({ name, id }) => name === origin && sameBytes(id, one.id))) ?? named[0];
  if (log === undefined)
    throw new LedgerError("NOT_A_CHECKPOINT", `the policy does not name ${origin.slice(0, 80)}`);
  const head = await openCheckpoint(bytes, log, policy.cosigners, engine);
  const { index, proof } = file;
  verifyInclusion(
    { index, size: head.size, leafHash: leafHash(leaf, engine), root: head.root, proof },
    engine,
  );
  const { since } = policy.revoked.find(({ key }) => key === log) ?? { since: Infinity };
  // A head that a stolen key signed counts by those who cosigned it before.
  const cosigned = head.signed.flatMap(({ key, time }) =>
    time === null || time >= since ? [] : [{ key, time }],
  );
  if (since !== Infinity && cosigned.length === 0)
    throw new LedgerError("NO_QUORUM", "signed by a stolen key, and nobody cosigned it before");
  if (!policy.satisfied(cosigned.map(({ key }) => key))) {
    throw new LedgerError("NO_QUORUM", `${cosigned.length} cosigner(s) signed the head of ${head.size}`);
  }
  return { log, head, index, cosigned };
}
