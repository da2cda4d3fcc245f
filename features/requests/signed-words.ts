// What one state signs for another and both keep: a DSSE statement over exactly what was said, under its node's key.
import {
  fromBase64,
  parseSignedStatement,
  signStatement,
  toBase64,
  utf8,
  verifyStatement,
} from "@simpul/seal";
import { nodeVerifying } from "@simpul/store/keys";
import type { RequestsNode } from "./node.ts";

/** Keys in one order, so that the same content has one digest wherever it is written. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value ?? null);
  const entries = Object.entries(value).filter(([, one]) => one !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, one]) => `${JSON.stringify(key)}:${canonical(one)}`).join(",")}}`;
}

/** The statement as JSON text. */
export async function signSaid(
  node: Pick<RequestsNode, "signer">,
  type: string,
  said: object,
): Promise<string> {
  return JSON.stringify(await signStatement(type, utf8(canonical(said)), [node.signer], nodeVerifying));
}

/** Whether one of these keys signed exactly this, as a statement of this type. */
export async function isSigned(
  keys: readonly Uint8Array[],
  type: string,
  text: string,
  said: object,
): Promise<boolean> {
  try {
    const signed = parseSignedStatement(text);
    if (signed.payloadType !== type) return false;
    await verifyStatement(signed, keys, nodeVerifying);
    return toBase64(utf8(canonical(said))) === toBase64(fromBase64(signed.payload));
  } catch {
    return false;
  }
}
