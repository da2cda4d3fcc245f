// What a node says about its keys, as values: a change that the old and the new key sign, or the word that a key was stolen.
import type { Digest } from "@simpul/model";

/** Public halves as in a card: raw keys in base64url, the pin in hex. */
export interface KeySet {
  pin: string;
  signing: string;
  sealing: string;
  agencies: { agency: string; key: string }[];
}

export interface KeyStatement {
  v: 1;
  kind: "changed" | "revoked";
  node: string;
  /** 1 for the first about the keys of this node. */
  number: number;
  /** SHA-256 of the statement before, in hex; null for the first. */
  previous: string | null;
  /** When it was made; new keys count from then on. RFC 3339. */
  at: string;
  /** Until when the old keys are still taken on the line; null where they were revoked. */
  until: string | null;
  /** Revoked: from this moment on nothing that the old key signed is believed. */
  since: string | null;
  /** The signing key before. */
  old: string;
  /** Null where the old keys were revoked: two persons confirm what comes after. */
  new: KeySet | null;
}

export interface KeyStep {
  statement: KeyStatement;
  /** SHA-256 of its bytes. */
  digest: Digest;
  /** As it was signed and travels. */
  text: string;
}
