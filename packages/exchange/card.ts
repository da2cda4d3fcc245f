// A node's card as states hand it to each other, and the fingerprint by which two persons compare it on the telephone.
import { createHash } from "node:crypto";
import { Digest } from "@simpul/model";
import type { PeerCard } from "./peers.ts";

/** JSON with sorted names and no spaces (RFC 8785 for the texts and whole numbers that a card is made of). */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value)
    .filter(([, one]) => one !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, one]) => `${JSON.stringify(name)}:${canonical(one)}`).join(",")}}`;
}

/**
 * SHA-256 over the whole card, not over its pin alone: who alters any key or the address on the way is heard on the
 * telephone. Agencies count in the order of their ids.
 */
export function cardFingerprint(card: PeerCard): Digest {
  const { node, address, pin, signing, sealing, agencies, oprf, number, exercise } = card;
  const sorted = agencies
    .map(({ agency, key }) => ({ agency, key }))
    .sort((a, b) => (a.agency < b.agency ? -1 : 1));
  const whole = {
    node,
    address,
    pin,
    signing,
    sealing,
    agencies: sorted,
    oprf: oprf ?? [],
    number,
    exercise,
  };
  return Digest.parse(
    createHash("sha256")
      .update(`simpul-card-v1\n${canonical(whole)}`)
      .digest("hex"),
  );
}
