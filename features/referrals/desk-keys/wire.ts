// The key of a victim desk as its node signs it for others: a statement that proves for ever whose key it was.
import { createHash } from "node:crypto";
import { EnvelopeRefused } from "@simpul/exchange";
import { anId, aNodeCode } from "@simpul/doors/http";
import {
  fromBase64,
  parseSignedStatement,
  signStatement,
  utf8,
  verifyStatement,
  type Signer,
} from "@simpul/seal";
import { nodeVerifying } from "@simpul/store/keys";
import { calculateJwkThumbprint } from "jose";
import { z } from "zod";

const coordinate = z.string().regex(/^[A-Za-z0-9_-]{43}$/);
export const PublicKey = z.strictObject({
  kty: z.literal("EC"),
  crv: z.literal("P-256"),
  x: coordinate,
  y: coordinate,
});
export type PublicKey = z.infer<typeof PublicKey>;

/** `at`: ISO instant; a later statement replaces an earlier one. */
export const DeskKeyWord = z.strictObject({
  v: z.literal(1),
  node: aNodeCode,
  kid: coordinate,
  key: PublicKey,
  at: z.iso.datetime(),
});
export type DeskKeyWord = z.infer<typeof DeskKeyWord>;

export const deskKeyType = "application/vnd.simpul.desk-key+json";
export const DeskKeyTold = z.strictObject({
  agency: anId.exactOptional(),
  statement: z.string().min(1).max(8192),
});

export async function signDeskKey(signer: Signer, word: DeskKeyWord): Promise<string> {
  return JSON.stringify(
    await signStatement(deskKeyType, utf8(JSON.stringify(word)), [signer], nodeVerifying),
  );
}

/** Throws the refusal `BAD_BODY` unless that node signed it, and the key bears its own name (RFC 7638). */
export async function readDeskKey(
  statement: string,
  from: string,
  keys: readonly Uint8Array[],
): Promise<DeskKeyWord> {
  let word: DeskKeyWord;
  try {
    const signed = parseSignedStatement(statement);
    if (signed.payloadType !== deskKeyType) throw new Error(signed.payloadType);
    await verifyStatement(signed, keys, nodeVerifying);
    word = DeskKeyWord.parse(JSON.parse(Buffer.from(fromBase64(signed.payload)).toString("utf8")));
    if (word.node !== from) throw new Error("of another node");
    if ((await calculateJwkThumbprint(word.key, "sha256")) !== word.kid)
      throw new Error("another key's name");
  } catch (cause) {
    throw new EnvelopeRefused("BAD_BODY", "no key of its victim desk", cause);
  }
  return word;
}

/** Six groups of five digits to read out, the same that the other desk shows of its own key. */
export function fingerprintOf({ x, y }: { x?: string; y?: string }): string {
  const digest = createHash("sha256")
    .update(`${x ?? ""} ${y ?? ""}`)
    .digest();
  return Array.from({ length: 6 }, (_, nth) =>
    String(digest.readUIntBE(nth * 4, 4) % 100_000).padStart(5, "0"),
  ).join(" ");
}
