// What access asks of its node, and the few things made of randomness and hashes.
import { createHash } from "node:crypto";
import type { Clock, NodeCode, Random, Role } from "@simpul/model";
import type { Policy } from "@simpul/policy";
import type { OpenStore, Standing } from "@simpul/store";
import type { ProviderSettings } from "./provider.ts";
import { codeLetters } from "./rules.ts";

/** The relying party of WebAuthn: `localhost` on one machine, the public name behind a proxy. */
export interface RelyingParty {
  id: string;
  name: string;
  /** Where pages are served from, e.g. `http://localhost:7410`. */
  origins: string[];
}

export interface AccessNode {
  code: NodeCode;
  name: string;
  exercise: boolean;
  store: OpenStore;
  policy: Policy;
  clock: Clock;
  random: Random;
  rp: RelyingParty;
  /** Whoever holds one of these may vouch for an officer who lost every passkey. */
  recoveryRoles: readonly Role[];
  /** The ministry's own sign-in; null where there is none. */
  provider: ProviderSettings | null;
}

/** The standing of the node itself where nobody is signed in yet. */
export const doorkeeper: Standing = { actor: { kind: "job", name: "access" }, purpose: "administration" };

export const sha256 = (text: string | Uint8Array): Buffer => createHash("sha256").update(text).digest();

/** 256 unpredictable bits, base64url. */
export const newToken = (random: Random): string => Buffer.from(random.bytes(32)).toString("base64url");

/** Letters of `codeLetters` with equal chances: bytes past the last full round are thrown away. */
export function newCode(random: Random, length: number): string {
  const bound = 256 - (256 % codeLetters.length);
  let code = "";
  while (code.length < length)
    for (const byte of random.bytes(length))
      if (byte < bound && code.length < length) code += codeLetters[byte % codeLetters.length]!;
  return code;
}

/** Eight hex digits that two screens can compare. */
export const fingerprint = (publicKey: Uint8Array): string => sha256(publicKey).toString("hex").slice(0, 8);
