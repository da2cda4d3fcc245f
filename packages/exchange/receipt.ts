// A receipt: the recipient node's signed word that it took an envelope or refused it, kept by both (MSG-4).
import type { KeyObject } from "node:crypto";
import { Digest, Id, type NodeCode } from "@simpul/model";
import { soon, verifyCompact } from "./compact.ts";
import { ExchangeError, refusalCodes, type RefusalCode } from "./errors.ts";
import { signTogether, verifySigned, type Held } from "./together.ts";

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

export const signReceipt = async (receipt: Receipt, key: KeyObject): Promise<string> =>
  (await signReceipts([receipt], key))[0]!;

/** Receipts of one node under one signature; one alone is signed by itself. */
export const signReceipts = (receipts: readonly Receipt[], key: KeyObject): Promise<string[]> =>
  soon(() =>
    signTogether(
      { kid: receipts[0]!.by, typ: "simpul-receipt" },
      receipts.map((one) => Buffer.from(JSON.stringify(one))),
      key,
    ),
  );

/** Who must have signed it; `held`: signatures of the same batch that held already. */
interface Expected {
  keys: readonly KeyObject[];
  by: NodeCode;
  from: NodeCode;
  held?: Held;
}

/** Throws `NOT_A_RECEIPT` unless it is one, signed by that node, for that envelope. */
export async function readReceipt(
  text: string,
  expected: Expected & { id: Id; seq: number },
): Promise<Receipt> {
  const read = await readReceiptOf(text, expected);
  if (read.id !== expected.id || read.seq !== expected.seq)
    throw new ExchangeError("NOT_A_RECEIPT", "for another envelope");
  return read;
}

/** The same for whichever envelope of this node it names. */
export const readReceiptOf = (text: string, expected: Expected): Promise<Receipt> =>
  soon(() => readNow(text, expected));

function readNow(text: string, expected: Expected): Receipt {
  const not = (what: string, cause?: unknown) => new ExchangeError("NOT_A_RECEIPT", what, cause);
  let read: Record<string, unknown>;
  try {
    const { payload, header } = firstOf(expected.keys, (key) => verifySigned(text, () => key, expected.held));
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
export const verifyByOne = (text: string, keys: readonly KeyObject[]): ReturnType<typeof verifyCompact> =>
  firstOf(keys, (key) => verifyCompact(text, () => key));

function firstOf<T>(keys: readonly KeyObject[], verify: (key: KeyObject) => T): T {
  let fault: unknown = new ExchangeError("BAD_SIGNATURE", "no key is known");
  for (const key of keys)
    try {
      return verify(key);
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
