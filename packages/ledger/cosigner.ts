// C2SP tlog-witness v1.0.0 as a decision: what a cosigner answers to a head, and what it must keep before it answers.
//
// "Cosigner" is the house's word; the specification says witness, which here is a person.
import { fromBase64, parseNote, checkNote, sameBytes } from "@simpul/seal";
import type { VerifierKey, Verifying } from "@simpul/seal";
import type { Checkpoint } from "./checkpoint.ts";
import { parseCheckpoint } from "./checkpoint.ts";
import { verifyConsistency } from "./consistency.ts";
import { emptyRoot } from "./merkle.ts";

/** The last head that this cosigner signed for a log; null before the first. */
export type Kept = Pick<Checkpoint, "size" | "root"> | null;

export interface AddCheckpoint {
  old: number;
  proof: Uint8Array[];
  /** The signed checkpoint as it came. */
  checkpoint: Uint8Array;
}

/** Reads the body of add-checkpoint: `old N`, up to 63 proof lines, an empty line, the checkpoint. Null when malformed. */
export function parseAddCheckpoint(body: Uint8Array): AddCheckpoint | null {
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(body.subarray(0, 8192));
  const split = text.indexOf("\n\n");
  if (split < 0) return null;
  const [first, ...rest] = text.slice(0, split).split("\n");
  const old = /^old (0|[1-9]\d{0,15})$/.exec(first!);
  if (old === null || rest.length > 63) return null;
  try {
    const proof = rest.map(fromBase64);
    // The head before the split is ASCII, so characters are bytes.
    return proof.every((hash) => hash.length === 32)
      ? { old: Number(old[1]), proof, checkpoint: body.subarray(split + 2) }
      : null;
  } catch {
    return null;
  }
}

export type CosignDecision =
  /** Keep `head` (only if `kept` is still what was read), then sign `text` and answer 200. */
  | { kind: "sign"; head: Checkpoint; text: string }
  | { kind: "refuse"; status: 400 | 403 | 404 | 422; says: string; splitView?: true }
  /** 409: the asker's idea of our size is wrong; the body is our size, `text/x.tlog.size`. */
  | { kind: "conflict"; size: number };

/**
 * Decides over one request. `logs` are the keys whose heads we cosign, `kept` gives what we signed last for an origin.
 */
export async function decideCosign(
  ask: AddCheckpoint,
  logs: readonly VerifierKey[],
  kept: (origin: string) => Kept | Promise<Kept>,
  engine: Verifying,
): Promise<CosignDecision> {
  const refuse = (status: 400 | 403 | 404 | 422, says: string): CosignDecision => ({
    kind: "refuse",
    status,
    says,
  });
  let head: Checkpoint;
  let text: string;
  try {
    const note = parseNote(ask.checkpoint);
    ({ text } = note);
    head = parseCheckpoint(text);
    const keys = logs.filter((key) => key.name === head.origin);
    if (keys.length === 0) return refuse(404, "unknown origin");
    if ((await checkNote(note, keys, engine)).length === 0) return refuse(403, "not signed by the log");
  } catch (fault) {
    return (fault as { code?: string }).code === "BAD_SIGNATURE"
      ? refuse(403, "bad signature")
      : refuse(400, "malformed");
  }
  const last = await kept(head.origin);
  if (ask.old > head.size) return refuse(400, "old is larger than the checkpoint");
  if (ask.old !== (last?.size ?? 0)) return { kind: "conflict", size: last?.size ?? 0 };
  if (last !== null && last.size === head.size && !sameBytes(last.root, head.root)) {
    // 422 since C2SP/C2SP#280 (2026-07): every 409 carries a size, and there is none to try again with.
    return { kind: "refuse", status: 422, says: "same size, another root", splitView: true };
  }
  try {
    if (head.size === 0 && !sameBytes(head.root, emptyRoot(engine)))
      return refuse(422, "an empty log has another root");
    // From nothing everything follows; the proof is empty.
    if (ask.old === 0) {
      if (ask.proof.length > 0) return refuse(422, "a proof from nothing is empty");
    } else
      verifyConsistency(
        { old: ask.old, size: head.size, oldRoot: last!.root, root: head.root, proof: ask.proof },
        engine,
      );
  } catch {
    return refuse(422, "bad consistency proof");
  }
  return { kind: "sign", head, text };
}
