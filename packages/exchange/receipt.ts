// A receipt: the recipient node's signed word that it took an envelope or refused it, kept by both (MSG-4).
import type { KeyObject } from "node:crypto";
import { Digest, Id, type NodeCode } from "@simpul/model";
import { signCompact, soon, verifyCompact } from "./compact.ts";
import { ExchangeError, refusalCodes, type RefusalCode } from "./errors.ts";

export interface Receipt {
  v: 1;
  /** The envelope, as the sender named and numbered it. */
  id: Id;
  seq: number;
  /** Who received, and from whom. */
  by: NodeCode;
  from: NodeCode;
  /** SHA-256 of the sealed envelope as received. */
  sealed: Digest;
  at: string;
  outcome: "accepted" | "refused";
  /** With a refusal only. */
  code?: RefusalCode;
}

export const signReceipt = (receipt: Receipt, key: KeyObject): Promise<string> =>
  soon(() =>
    signCompact({ kid: receipt.by, typ: "simpul-receipt" }, Buffer.from(JSON.stringify(receipt)), key),
  );

/** Throws `NOT_A_RECEIPT` unless it is one, signed by that node, for that envelope. */
export async function readReceipt(
  text: string,
  expected: { keys: readonly KeyObject[]; by: NodeCode; from: NodeCode; id: Id; seq: number },
): Promise<Receipt> {
  const read = await readReceiptOf(text, expected);
  if (read.id !== expected.id || read.seq !== expected.seq)
    throw new ExchangeError("NOT_A_RECEIPT", "for another envelope");
  return read;
}

/** The same for whichever envelope of this node it names. */
export const readReceiptOf = (
  text: string,
  expected: { keys: readonly KeyObject[]; by: NodeCode; from: NodeCode },
): Promise<Receipt> => soon(() => readNow(text, expected));

function readNow(
  text: string,
  expected: { keys: readonly KeyObject[]; by: NodeCode; from: NodeCode },
): Receipt {
  const not = (what: string, cause?: unknown) => new ExchangeError("NOT_A_RECEIPT", what, cause);
  let read: Record<string, unknown>;
  try {
    const { payload, header } = verifyByOne(text, expected.keys);
    if (header["typ"] !== "simpul-receipt") throw not("typ");
    read = JSON.parse(new TextDecoder().decode(payload)) as Record<string, unknown>;
  } catch (cause) {
    throw not("does not verify", cause);
  }
  const { v, id, seq, by, from, sealed, at, outcome, code } = read;
  if (v !== 1 || by !== expected.by || from !== expected.from) throw not("of another");
  if (!Number.isSafeInteger(seq) || (seq as number) < 1) throw not("seq");
  if (outcome !== "accepted" && outcome !== "refused") throw not("outcome");
  if ((outcome === "refused") !== refusalCodes.includes(code as RefusalCode)) throw not("code");
  if (typeof at !== "string" || Number.isNaN(Date.parse(at))) throw not("at");
  return {
    v,
    id: readId(id),
    seq: seq as number,
    by: expected.by,
    from: expected.from,
    sealed: Digest.parse(String(sealed)),
    at,
    outcome,
    ...(outcome === "refused" ? { code: code as RefusalCode } : {}),
  };
}

/** A receipt that was given before its node changed its keys is signed by the key of its day. */
export function verifyByOne(text: string, keys: readonly KeyObject[]): ReturnType<typeof verifyCompact> {
  let fault: unknown = new ExchangeError("BAD_SIGNATURE", "no key is known");
  for (const key of keys)
    try {
      return verifyCompact(text, () => key);
    } catch (cause) {
      fault = cause;
    }
  throw fault as Error;
}

function readId(text: unknown): Id {
  try {
    return Id.parse(String(text));
  } catch (cause) {
    throw new ExchangeError("NOT_A_RECEIPT", "id", cause);
  }
}
