/** Keys of a node and the card that says them (section 1). */
import { createPublicKey, generateKeyPairSync, randomUUID } from "node:crypto";
import type { KeyObject } from "node:crypto";
import { selfSigned } from "./certificate.ts";
import { canonical, fromBase64url, members, sha256, WireError } from "./encoding.ts";
import type { Json } from "./encoding.ts";

export interface Card {
  node: string;
  address: string;
  pin: string;
  signing: string;
  sealing: string;
  agencies: { agency: string; key: string }[];
  oprf?: Json[];
  number?: number;
  exercise?: true;
}

interface Pair {
  privateKey: KeyObject;
  publicKey: KeyObject;
}

/** Everything that makes a node, with one authority that signs its envelopes. */
export interface Identity {
  node: string;
  tls: Pair & { certificate: string };
  signing: Pair;
  sealing: Pair;
  agency: Pair & { id: string };
}

export function makeIdentity(node: string, now: Date): Identity {
  const tls = generateKeyPairSync("ed25519");
  return {
    node,
    tls: { ...tls, certificate: selfSigned(`${node}.simpul`, tls, now) },
    signing: generateKeyPairSync("ed25519"),
    sealing: generateKeyPairSync("x25519"),
    agency: { id: randomUUID(), ...generateKeyPairSync("ed25519") },
  };
}

/** The raw public key, base64url, as a card says it (RFC 8037). */
export const raw = (key: KeyObject): string => key.export({ format: "jwk" }).x ?? "";

/** The key that a card says; throws `BAD_REQUEST` when it is none. */
export function keyFrom(text: string, curve: "Ed25519" | "X25519"): KeyObject {
  if (fromBase64url(text, "BAD_REQUEST").length !== 32) throw new WireError("BAD_REQUEST");
  return createPublicKey({ format: "jwk", key: { kty: "OKP", crv: curve, x: text } });
}

/** SHA-256 of the SubjectPublicKeyInfo. */
export const pinOf = (key: KeyObject): string => sha256(key.export({ format: "der", type: "spki" }));

export const cardOf = (own: Identity, address: string): Card => ({
  node: own.node,
  address,
  pin: pinOf(own.tls.publicKey),
  signing: raw(own.signing.publicKey),
  sealing: raw(own.sealing.publicKey),
  agencies: [{ agency: own.agency.id, key: raw(own.agency.publicKey) }],
  oprf: [],
  // A node in little joins exercises, and no live node.
  exercise: true,
});

/** What two persons read to each other, in sixteen groups of four. */
export function fingerprint(card: Card): string {
  members(card, ["node", "address", "pin", "signing", "sealing", "agencies"], "BAD_REQUEST", [
    "oprf",
    "number",
    "exercise",
  ]);
  const agencies = [...card.agencies].sort((a, b) => (a.agency < b.agency ? -1 : 1));
  const digest = sha256(`simpul-card-v1\n${canonical({ oprf: [], ...card, agencies })}`);
  return (digest.match(/.{4}/g) ?? []).join(" ");
}
