// An envelope: signed by the sending agency (JWS), then encrypted to the recipient node (JWE), of a rounded size.
import { createHash, type KeyObject } from "node:crypto";
import { Digest, Id, NodeCode } from "@simpul/model";
import { decryptCompact, encryptCompact, soon } from "./compact.ts";
import { ExchangeError } from "./errors.ts";
import type { AgencyKey } from "./keys.ts";
import { signTogether, verifySigned, type Held } from "./together.ts";

/** The newest version of the wire that this node speaks; what is newer is refused. */
export const wireVersion = 4;
/** The oldest that it still speaks: with a peer, the newest that both know is used. */
export const oldestVersion = 1;
/** From this version on an envelope can name who is not to see it. */
export const excludesFrom = 3;
/** An envelope whose sender thought better of it: it fills its number and says nothing. */
export const voidType = "simpul.void";

export const limits = {
  /** Plain text of an envelope. */
  plain: 4 * 1024 * 1024,
  /** As it travels. */
  sealed: 8 * 1024 * 1024,
  attachments: 1000,
  excluded: 100,
} as const;

/** A file that travels apart, encrypted under a key that only this envelope names. */
export interface AttachmentRef {
  /** SHA-256 of the plain bytes. */
  digest: Digest;
  size: number;
  /** The content key, 32 bytes in base64url. */
  key: string;
}

/** Kinds of recipients that a sender may exclude: an authority, a desk of it, an officer by her service number there. */
export const excludedKinds = ["agency", "desk", "officer"] as const;

/** Somebody at the receiving node who is not to see what the envelope brings, nor that it came. */
export interface Excluded {
  /** The sender's own id of it, by which it is lifted. */
  id: Id;
  kind: (typeof excludedKinds)[number];
  /** A UUID; of an officer her service number. */
  who: string;
}

export interface Envelope {
  v: number;
  id: Id;
  type: string;
  from: NodeCode;
  to: NodeCode;
  /** The authority that signed it. */
  agency: Id;
  /** Gap-free from this sender to this recipient, from 1. */
  seq: number;
  at: string;
  /** From version 2 on: it was put before what was not. */
  urgent?: boolean;
  /** From version 3 on, and only where somebody is. */
  excluded?: Excluded[];
  body: unknown;
  attachments: AttachmentRef[];
}

export const digestOf = (bytes: Uint8Array | string): Digest =>
  Digest.parse(createHash("sha256").update(bytes).digest("hex"));

/** Sizes tell: 1 KiB, then doubling (HIT-6: one size for all replies). */
function padded(envelope: Envelope): Uint8Array {
  const bare = Buffer.byteLength(JSON.stringify({ ...envelope, pad: "" }));
  if (bare > limits.plain) throw new ExchangeError("TOO_LARGE", `${bare} bytes`);
  let size = 1024;
  while (size < bare) size *= 2;
  return Buffer.from(JSON.stringify({ ...envelope, pad: "0".repeat(size - bare) }));
}

/** JWS in compact form by the sending agency; `kid` names it. */
export const signBytes = async (payload: Uint8Array, by: AgencyKey): Promise<string> =>
  (await signAll([payload], by))[0]!;

/** Several by the same agency under one signature, each by itself a proof of what it says. */
const signAll = (payloads: readonly Uint8Array[], by: AgencyKey): Promise<string[]> =>
  soon(() => signTogether({ kid: by.agency, typ: "simpul-envelope" }, payloads, by.privateKey));

/** JWE in compact form to the sealing key of the receiving node; `kid` names the node. */
export const sealSigned = (signed: string, node: NodeCode, to: KeyObject): Promise<string> =>
  soon(() => encryptCompact({ cty: "JWS", kid: node, typ: "simpul-envelope" }, Buffer.from(signed), to));

/** Throws `TOO_LARGE`. */
export const sealEnvelope = async (envelope: Envelope, by: AgencyKey, to: KeyObject): Promise<string> =>
  sealSigned(await signBytes(padded(envelope), by), envelope.to, to);

/** Several by one agency to one node, signed together. Throws `TOO_LARGE`. */
export async function sealTogether(
  envelopes: readonly Envelope[],
  by: AgencyKey,
  to: KeyObject,
): Promise<string[]> {
  const signed = await signAll(envelopes.map(padded), by);
  return Promise.all(signed.map((one, i) => sealSigned(one, envelopes[i]!.to, to)));
}

export interface Opening {
  /** This node and its sealing key. */
  node: NodeCode;
  sealing: KeyObject;
  /** The peer on whose connection it came, and its agencies' public keys. */
  from: NodeCode;
  agencies: ReadonlyMap<string, KeyObject>;
  /** Signatures of the same batch that held already. */
  held?: Held;
}

/**
 * Opens an envelope and believes it only if the named agency of the very peer signed it. Throws a refusal:
 * `NOT_OPENED`, `BAD_SIGNATURE`, `UNKNOWN_AGENCY`, `NEWER_VERSION`, `NOT_AN_ENVELOPE`, `SENDER_MISMATCH`.
 */
export const openEnvelope = (sealed: string, opening: Opening): Promise<Envelope> =>
  soon(() => {
    let signed: string;
    try {
      signed = decryptCompact(sealed, opening.sealing).plain.toString("utf8");
    } catch (cause) {
      throw new ExchangeError("NOT_OPENED", undefined, cause);
    }
    const { payload, agency } = verified(signed, opening.agencies, opening.held);
    const envelope = parseEnvelope(payload);
    if (envelope.from !== opening.from || envelope.to !== opening.node)
      throw new ExchangeError("SENDER_MISMATCH", "nodes");
    if (envelope.agency !== agency) throw new ExchangeError("SENDER_MISMATCH", "agency");
    return envelope;
  });

function verified(
  signed: string,
  agencies: ReadonlyMap<string, KeyObject>,
  held?: Held,
): { payload: Uint8Array; agency: string } {
  try {
    const keyOf = ({ kid }: Readonly<Record<string, unknown>>): KeyObject => {
      const key = typeof kid === "string" ? agencies.get(kid) : undefined;
      if (!key) throw new ExchangeError("UNKNOWN_AGENCY", String(kid).slice(0, 60));
      return key;
    };
    const { header, payload } = verifySigned(signed, keyOf, held);
    return { payload, agency: header["kid"] as string };
  } catch (cause) {
    if (cause instanceof ExchangeError) throw cause;
    throw new ExchangeError("BAD_SIGNATURE", undefined, cause);
  }
}

const isType = (value: unknown): value is string =>
  typeof value === "string" && value.length <= 80 && /^[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)+$/.test(value);
const isInstant = (value: unknown): value is string =>
  typeof value === "string" &&
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value) &&
  !Number.isNaN(Date.parse(value));
const isCount = (value: unknown, from: number): value is number =>
  typeof value === "number" && Number.isSafeInteger(value) && value >= from;

/** Reads the signed JSON; unknown members are refused, so that nothing travels unread. */
export function parseEnvelope(bytes: Uint8Array): Envelope {
  const not = (what: string) => new ExchangeError("NOT_AN_ENVELOPE", what);
  if (bytes.length > 2 * limits.plain) throw not("too large");
  let read: Record<string, unknown>;
  try {
    read = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)) as Record<string, unknown>;
  } catch (cause) {
    throw new ExchangeError("NOT_AN_ENVELOPE", "not JSON", cause);
  }
  if (typeof read !== "object" || (read as unknown) === null || Array.isArray(read))
    throw not("not an object");
  // The version first: what is newer may look different everywhere else.
  if (!isCount(read["v"], 1)) throw not("v");
  if (read["v"] > wireVersion) throw new ExchangeError("NEWER_VERSION", String(read["v"]));
  const { v, id, type, from, to, agency, seq, at, urgent, excluded, body, attachments, pad, ...rest } = read;
  const other = Object.keys(rest)[0];
  if (other !== undefined) throw not(other.slice(0, 40));
  if (v === 1 ? urgent !== undefined : typeof urgent !== "boolean") throw not("urgent");
  if (excluded !== undefined && v < excludesFrom) throw not("excluded");
  if (!isType(type)) throw not("type");
  if (!isCount(seq, 1)) throw not("seq");
  if (!isInstant(at)) throw not("at");
  if (body === undefined) throw not("body");
  if (pad !== undefined && (typeof pad !== "string" || !/^0*$/.test(pad))) throw not("pad");
  if (!Array.isArray(attachments) || attachments.length > limits.attachments) throw not("attachments");
  try {
    return {
      v,
      id: Id.parse(String(id)),
      type,
      from: NodeCode.parse(String(from)),
      to: NodeCode.parse(String(to)),
      agency: Id.parse(String(agency)),
      seq,
      at,
      ...(typeof urgent === "boolean" ? { urgent } : {}),
      ...(excluded === undefined ? {} : { excluded: parseExcluded(excluded) }),
      body,
      attachments: attachments.map(parseAttachment),
    };
  } catch (cause) {
    if (cause instanceof ExchangeError) throw cause;
    throw new ExchangeError("NOT_AN_ENVELOPE", (cause as Error).message.slice(0, 80), cause);
  }
}

function parseExcluded(value: unknown): Excluded[] {
  const not = () => new ExchangeError("NOT_AN_ENVELOPE", "excluded");
  if (!Array.isArray(value) || value.length === 0 || value.length > limits.excluded) throw not();
  return value.map((one: unknown) => {
    const { id, kind, who, ...rest } = (one ?? {}) as Record<string, unknown>;
    const known = excludedKinds.find((each) => each === kind);
    if (known === undefined || typeof who !== "string" || Object.keys(rest).length > 0) throw not();
    if (known === "officer" && !/^[A-Za-z0-9./-]{1,40}$/.test(who)) throw not();
    return { id: Id.parse(String(id)), kind: known, who: known === "officer" ? who : Id.parse(who) };
  });
}

function parseAttachment(value: unknown): AttachmentRef {
  const { digest, size, key, ...rest } = (value ?? {}) as Record<string, unknown>;
  const good = isCount(size, 0) && typeof key === "string" && /^[A-Za-z0-9_-]{43}$/.test(key);
  if (!good || Object.keys(rest).length > 0) throw new ExchangeError("NOT_AN_ENVELOPE", "an attachment");
  return { digest: Digest.parse(String(digest)), size, key };
}
