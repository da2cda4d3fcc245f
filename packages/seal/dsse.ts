// DSSE 1.0.2: a signature over the exact bytes of a statement and its type, so that no canonical form is needed.
import { concat, fromBase64, sameBytes, utf8 } from "./bytes.ts";
import type { Verifying } from "./engine.ts";
import { SealError } from "./errors.ts";

/** A signed statement as it is stored and sent (DSSE "envelope"; for Simpul an envelope is something else). */
export interface SignedStatement {
  payloadType: string;
  /** Base64 of the statement's bytes. */
  payload: string;
  /** `keyid` helps to find the key and is not itself signed. */
  signatures: { keyid: string; sig: string }[];
}

const limits = { bytes: 1024 * 1024, signatures: 16, type: 200 } as const;

/** Pre-authentication encoding: `DSSEv1 SP len(type) SP type SP len(body) SP body` (DSSE protocol.md). */
export function preAuthEncoding(payloadType: string, body: Uint8Array): Uint8Array {
  const type = utf8(payloadType);
  return concat(utf8(`DSSEv1 ${type.length} `), type, utf8(` ${body.length} `), body);
}

/** Reads a stored statement's shape; nothing in it is believed before `verifyStatement`. Throws `NOT_A_SIGNED_STATEMENT`. */
export function parseSignedStatement(text: string): SignedStatement {
  const refuse = (what: string): SealError => new SealError("NOT_A_SIGNED_STATEMENT", what);
  if (text.length > 2 * limits.bytes) throw new SealError("TOO_LARGE", `${text.length} characters`);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw refuse("not JSON");
  }
  const { payloadType, payload, signatures } = (json ?? {}) as Record<string, unknown>;
  if (typeof payloadType !== "string" || payloadType.length > limits.type) throw refuse("payloadType");
  if (typeof payload !== "string") throw refuse("payload");
  if (!Array.isArray(signatures) || signatures.length === 0 || signatures.length > limits.signatures)
    throw refuse("signatures");
  return {
    payloadType,
    payload,
    signatures: signatures.map((one: unknown) => {
      const { keyid, sig } = (one ?? {}) as Record<string, unknown>;
      if (typeof sig !== "string" || (keyid !== undefined && typeof keyid !== "string"))
        throw refuse("signatures");
      return { keyid: keyid ?? "", sig };
    }),
  };
}

export interface Verified {
  payloadType: string;
  /** The bytes that were signed; read the statement from these and from nothing else. */
  body: Uint8Array;
  /** Which of the trusted keys signed, each once, in the order given. */
  by: Uint8Array[];
}

/**
 * Gives the signed bytes when at least `threshold` different trusted keys signed them. Every signature is tried with
 * every trusted key, because `keyid` is not signed. Throws `TOO_FEW_SIGNATURES`, `NOT_BASE64`.
 */
export async function verifyStatement(
  signed: SignedStatement,
  trusted: readonly Uint8Array[],
  engine: Verifying,
  threshold = 1,
): Promise<Verified> {
  if (!(threshold >= 1)) throw new SealError("TOO_FEW_SIGNATURES", "a threshold below one proves nothing");
  const body = either(signed.payload);
  const message = preAuthEncoding(signed.payloadType, body);
  const signatures = signed.signatures.map((one) => either(one.sig));
  const by: Uint8Array[] = [];
  for (const key of trusted.filter((one, i) => trusted.findIndex((other) => sameBytes(one, other)) === i)) {
    for (const signature of signatures) {
      if (!(await engine.verify(key, message, signature))) continue;
      by.push(key);
      break;
    }
  }
  if (by.length < threshold) throw new SealError("TOO_FEW_SIGNATURES", `${by.length} of ${threshold}`);
  return { payloadType: signed.payloadType, body, by };
}

/** DSSE lets a signer choose the standard or the URL-safe alphabet; both with padding. */
export const either = (text: string): Uint8Array =>
  fromBase64(/[+/]/.test(text) ? text : text.replaceAll("-", "+").replaceAll("_", "/"));
