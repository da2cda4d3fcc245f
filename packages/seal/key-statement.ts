// How a node tells that its keys are others now: a statement that the old and the new key sign, each naming the one
// before, so that whoever was away follows the chain; and the word that a key was stolen, which vouches for no successor.
import type { Digest } from "@simpul/model";
import { fromBase64, sameBytes, toHex } from "./bytes.ts";
import { parseSignedStatement, verifyStatement } from "./dsse.ts";
import type { Verifying } from "./engine.ts";
import { SealError } from "./errors.ts";
import type { KeyStatement, KeyStep } from "./key-form.ts";

/** The DSSE payload type. */
export const keysType = "application/vnd.simpul.keys+json";

/** Why a statement about keys is not taken. */
export type KeyFault = "ALTERED" | "FOREIGN" | "OUT_OF_ORDER";
export class KeyStatementError extends SealError {
  readonly fault: KeyFault;
  constructor(fault: KeyFault, what: string, cause?: unknown) {
    super("NOT_A_KEY_STATEMENT", what, cause);
    this.fault = fault;
  }
}

/** A raw key from base64url without padding. */
export const fromBase64Url = (text: string): Uint8Array =>
  fromBase64(text.replaceAll("-", "+").replaceAll("_", "/") + "=".repeat((4 - (text.length % 4)) % 4));

const limits = { statement: 128 * 1024, agencies: 500 } as const;
const key = /^[A-Za-z0-9_-]{43}$/;
const hex = /^[0-9a-f]{64}$/;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

function parse(bytes: Uint8Array): KeyStatement {
  const refuse = (what: string): KeyStatementError => new KeyStatementError("ALTERED", what);
  if (bytes.length > limits.statement) throw refuse("too long");
  let read: Record<string, unknown>;
  try {
    read = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)) as Record<string, unknown>;
  } catch (cause) {
    throw new KeyStatementError("ALTERED", "not JSON", cause);
  }
  const is = (form: RegExp, value: unknown): value is string => typeof value === "string" && form.test(value);
  const { v, kind, node, number, previous, at, until, since, old, new: next, ...rest } = read;
  const changed = kind === "changed";
  if (v !== 1 || (!changed && kind !== "revoked") || Object.keys(rest).length > 0) throw refuse("form");
  if (!is(/^[a-z]{2}$/, node)) throw refuse("node");
  if (!Number.isSafeInteger(number) || (number as number) < 1) throw refuse("number");
  if (previous !== null && !is(hex, previous)) throw refuse("previous");
  if (!is(time, at) || (changed ? !is(time, until) : until !== null)) throw refuse("time");
  if (changed ? since !== null : !is(time, since)) throw refuse("since");
  if (!is(key, old)) throw refuse("old");
  const { pin, signing, sealing, agencies, ...more } = (next ?? {}) as Record<string, unknown>;
  const list = (agencies ?? []) as { agency: unknown; key: unknown }[];
  const whole =
    is(hex, pin) &&
    is(key, signing) &&
    is(key, sealing) &&
    Array.isArray(list) &&
    list.length <= limits.agencies &&
    list.every((one) => is(uuid, one.agency) && is(key, one.key)) &&
    Object.keys(more).length === 0;
  if (changed ? !whole : next !== null) throw refuse("new");
  return read as unknown as KeyStatement;
}

/** Reads one and checks that its old key signed it, and the new one where there is one. Throws `KeyStatementError`. */
export async function readKeyStatement(text: string, engine: Verifying): Promise<KeyStep> {
  try {
    const signed = parseSignedStatement(text);
    if (signed.payloadType !== keysType) throw new KeyStatementError("ALTERED", signed.payloadType);
    const body = fromBase64(signed.payload);
    const statement = parse(body);
    const keys = [statement.old, ...(statement.new === null ? [] : [statement.new.signing])].map(
      fromBase64Url,
    );
    if (keys.length === 2 && sameBytes(keys[0]!, keys[1]!))
      throw new KeyStatementError("ALTERED", "the new key is the old one");
    await verifyStatement(signed, keys, engine, keys.length);
    return { statement, digest: toHex(engine.hash(body)) as Digest, text };
  } catch (cause) {
    if (cause instanceof KeyStatementError) throw cause;
    throw new KeyStatementError("ALTERED", "not signed by the old and the new key", cause);
  }
}
