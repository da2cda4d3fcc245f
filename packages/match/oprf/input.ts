// What goes into the function: a selector in its canonical form, so labelled that no two selectors collide.
import { selectorTypes, type NodeCode, type SelectorType } from "@simpul/model";
import { ascii, join, prefixed, toHex } from "./bytes.ts";
import type { OprfEngine } from "./engine.ts";
import { OprfError } from "./errors.ts";
import { deriveKeyPair, type KeyPair } from "./protocol.ts";

/** A selector after its profile: `profile` names the published rules and their version (HIT-3). */
export interface CanonicalSelector {
  type: SelectorType;
  profile: string;
  canonical: string;
}

/** In bytes: the longest link that a profile accepts, in any script. */
export const canonicalLimit = 8192;
const context = ascii("simpul/check/1");

/**
 * Context, type, profile and value, each behind its length. Both sides make the same bytes or never match.
 * Throws `EMPTY`, `TOO_LONG` or `BAD_LENGTH` for what cannot be a canonical value.
 */
export function selectorInput(selector: CanonicalSelector): Uint8Array {
  if (!/^[a-z0-9][a-z0-9./@-]{0,63}$/.test(selector.profile))
    throw new OprfError("EMPTY", "a profile with its version");
  if (selector.canonical.trim() === "") throw new OprfError("EMPTY", "a canonical value");
  // A lone surrogate would become U+FFFD, and two different values one.
  if (/\p{Surrogate}/u.test(selector.canonical)) throw new OprfError("BAD_LENGTH", "not well-formed text");
  const value = ascii(selector.canonical);
  if (value.length > canonicalLimit) throw new OprfError("TOO_LONG", `${value.length} bytes`);
  return join(
    prefixed(context),
    prefixed(ascii(selector.type)),
    prefixed(ascii(selector.profile)),
    prefixed(value),
  );
}

/** A state holds one key per type and epoch, so that a lost key opens one type of one epoch. */
export interface KeyName {
  node: NodeCode;
  type: SelectorType;
  /** The agreed period, e.g. `2031-07`; its seed is destroyed after it. */
  epoch: string;
}

/** A key as the signed directory publishes it. */
export interface PublishedKey extends KeyName {
  id: string;
  /** 64 hex digits. */
  publicKey: string;
}

/** Throws `KEY_UNUSABLE` for a name that is none. */
export function checkKeyName(name: KeyName): KeyName {
  const good =
    /^[a-z]{2}$/.test(name.node) &&
    selectorTypes.includes(name.type) &&
    /^\d{4}-(0[1-9]|1[0-2])$/.test(name.epoch);
  if (!good) throw new OprfError("KEY_UNUSABLE", `${name.node}/${name.type}/${name.epoch}`.slice(0, 80));
  return name;
}

/** The key of one type in one epoch, from the epoch's own 32-byte seed. */
export function typeKey(
  engine: OprfEngine,
  seed: Uint8Array,
  name: KeyName,
): KeyPair & { published: PublishedKey } {
  const { node, type, epoch } = checkKeyName(name);
  const info = join(...["simpul/oprf-key/1", node, type, epoch].map((part) => prefixed(ascii(part))));
  const keys = deriveKeyPair(engine, "voprf", seed, info);
  const publicKey = toHex(keys.publicKey);
  return { ...keys, published: { node, type, epoch, id: keyId(engine, keys.publicKey), publicKey } };
}

/** Sixteen hex digits that name a public key. */
export const keyId = (engine: OprfEngine, publicKey: Uint8Array): string =>
  toHex(engine.sha512(join(prefixed(ascii("simpul/oprf-key-id/1")), publicKey)).subarray(0, 8));
