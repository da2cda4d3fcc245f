// Words that one node signs and others keep: a DSSE statement as JSON text, signed over its exact bytes.
import {
  fromBase64,
  parseSignedStatement,
  signStatement,
  utf8,
  verifyStatement,
  type Signer,
} from "@simpul/seal";
import { nodeVerifying } from "@simpul/store/keys";
import { EnvelopeRefused } from "./errors.ts";

/** Signs it in a node's name; the exact bytes are signed, so no order of keys needs agreeing on. */
export async function signWords(signer: Signer, type: string, value: unknown): Promise<string> {
  return JSON.stringify(await signStatement(type, utf8(JSON.stringify(value)), [signer], nodeVerifying));
}

/** What it says, whoever signed it; throws the refusal `BAD_BODY` where it is no such statement. */
export function readWords<T>(type: string, shape: { parse(value: unknown): T }, signed: string): T {
  try {
    const { payloadType, payload } = parseSignedStatement(signed);
    if (payloadType !== type) throw new Error(payloadType);
    return shape.parse(JSON.parse(Buffer.from(fromBase64(payload)).toString("utf8")));
  } catch (cause) {
    throw new EnvelopeRefused("BAD_BODY", `no ${type}`, cause);
  }
}

/** Whether one of these keys signed it. */
export async function signedWith(keys: readonly Uint8Array[], signed: string): Promise<boolean> {
  try {
    await verifyStatement(parseSignedStatement(signed), keys, nodeVerifying);
    return true;
  } catch {
    return false;
  }
}
