// The keys with which a node speaks to others, and how their public halves are written in the directory.
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import { Id, type Clock, type Digest, type NodeCode, type Random } from "@simpul/model";
import { makeCertificate, pinOf } from "./certificate.ts";

/** An authority's signing key: what it sends bears its signature, whatever node carries it. */
export interface AgencyKey {
  agency: Id;
  privateKey: KeyObject;
}

/** With what a node speaks to a peer: its keys of now, or those of before while a peer does not know the new ones. */
export interface Speaking {
  /** Statements about its keys that led to these. */
  number: number;
  /** The hand-shake with other nodes, in PEM. */
  tls: { certificate: string; privateKey: string };
  /** Ed25519: requests (RFC 9421) and receipts. */
  signing: KeyObject;
  agencies: readonly AgencyKey[];
}

export interface NodeKeys extends Speaking {
  node: NodeCode;
  /** X25519: envelopes to this node are encrypted to it. */
  sealing: KeyObject;
  /** Newest first, while peers may not know the new ones yet. */
  former: readonly Speaking[];
  /** What opens letters that were sealed to this node before; a peer sends the very bytes that it sealed, however late. */
  opening: readonly KeyObject[];
  /** Every statement about the keys of this node, as signed, from the first. */
  statements: readonly string[];
}

/** The newest keys of ours that this peer knows, as far as they are held. */
export const speakingTo = (keys: NodeKeys, peer: { knowsOurs: number }): Speaking =>
  peer.knowsOurs >= keys.number
    ? keys
    : (keys.former.find((one) => one.number <= peer.knowsOurs) ?? keys.former.at(-1) ?? keys);

/** The same agency's key as that peer knows it. */
export function signingTo(keys: NodeKeys, peer: { knowsOurs: number }, by: AgencyKey): AgencyKey {
  const as = speakingTo(keys, peer);
  return as === keys ? by : (as.agencies.find(({ agency }) => agency === by.agency) ?? by);
}

/** The public halves, as raw keys in base64url: what two states hand each other and two persons confirm. */
export interface PublicKeys {
  pin: Digest;
  signing: string;
  sealing: string;
  agencies: { agency: Id; key: string }[];
  /** Statements about the keys of this node that led to these; absent for the first keys. */
  number?: number | undefined;
}

type Curve = "Ed25519" | "X25519";

export const rawPublic = (key: KeyObject): string =>
  (key.type === "private" ? createPublicKey(key) : key).export({ format: "jwk" }).x!;

/** Reads a raw public key; throws what node:crypto throws when it is none. */
export const readPublic = (crv: Curve, x: string): KeyObject =>
  createPublicKey({ key: { kty: "OKP", crv, x }, format: "jwk" });

export const publicKeys = (keys: NodeKeys): PublicKeys => ({
  pin: pinOf(keys.tls.certificate),
  signing: rawPublic(keys.signing),
  sealing: rawPublic(keys.sealing),
  agencies: keys.agencies.map(({ agency, privateKey }) => ({ agency, key: rawPublic(privateKey) })),
  ...(keys.number === 0 ? {} : { number: keys.number }),
});

const pem = (key: KeyObject): string => key.export({ format: "pem", type: "pkcs8" }) as string;
const years = 10;

const first = { number: 0, former: [], opening: [], statements: [] } as const;

/** Fresh keys for a node and its agencies. */
export function makeNodeKeys(
  node: NodeCode,
  agencies: readonly Id[],
  from: { clock: Clock; random: Random },
): NodeKeys {
  const tls = generateKeyPairSync("ed25519");
  const now = from.clock.now();
  const until = new Date(now);
  until.setUTCFullYear(now.getUTCFullYear() + years);
  // An hour of grace: peers' clocks differ.
  const certificate = makeCertificate({
    node,
    ...tls,
    from: new Date(now.getTime() - 3_600_000),
    until,
    ...from,
  });
  return {
    node,
    tls: { certificate, privateKey: pem(tls.privateKey) },
    signing: generateKeyPairSync("ed25519").privateKey,
    sealing: generateKeyPairSync("x25519").privateKey,
    ...first,
    agencies: agencies.map((agency) => ({ agency, privateKey: generateKeyPairSync("ed25519").privateKey })),
  };
}

/** As text for a key file, which the caller encrypts; the inverse reads it. */
export const printNodeKeys = (keys: NodeKeys): string =>
  JSON.stringify({
    node: keys.node,
    tls: keys.tls,
    signing: pem(keys.signing),
    sealing: pem(keys.sealing),
    agencies: keys.agencies.map(({ agency, privateKey }) => ({ agency, privateKey: pem(privateKey) })),
  });

export function readNodeKeys(text: string): NodeKeys {
  const read = JSON.parse(text) as {
    node: NodeCode;
    tls: NodeKeys["tls"];
    signing: string;
    sealing: string;
    agencies: { agency: string; privateKey: string }[];
  };
  return {
    node: read.node,
    tls: read.tls,
    signing: createPrivateKey(read.signing),
    sealing: createPrivateKey(read.sealing),
    ...first,
    agencies: read.agencies.map(({ agency, privateKey }) => ({
      agency: Id.parse(agency),
      privateKey: createPrivateKey(privateKey),
    })),
  };
}
