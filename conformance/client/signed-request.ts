/** Requests signed by RFC 9421 in the one form of section 3: made for what we ask, checked at our own door. */
import { createHash, randomBytes, sign, verify } from "node:crypto";
import type { KeyObject } from "node:crypto";
import { WireError } from "./encoding.ts";

export interface Asked {
  method: string;
  path: string;
  /** With its `?`, or empty. */
  query: string;
  body: Buffer;
}

type Headers = Record<string, string>;

const covered = [
  "@method",
  "@path",
  "@query",
  "simpul-from",
  "simpul-to",
  "simpul-version",
  "content-digest",
];
const list = `(${covered.map((name) => `"${name}"`).join(" ")})`;
const window = 60;
/** This node is part of an exercise: it asks, and is asked, under that tag alone. */
const tag = "simpul-exercise";

const contentDigest = (body: Buffer): string =>
  `sha-256=:${createHash("sha256").update(body).digest("base64")}:`;

/** RFC 9421 section 2.5. */
function base(asked: Asked, headers: Headers, parameters: string): Buffer {
  const derived: Headers = { "@method": asked.method, "@path": asked.path, "@query": asked.query || "?" };
  const lines = covered.map((name) => `"${name}": ${derived[name] ?? headers[name] ?? ""}`);
  return Buffer.from([...lines, `"@signature-params": ${parameters}`].join("\n"));
}

export function signed(
  asked: Asked,
  who: { from: string; to: string; version: number; key: KeyObject },
  now: Date,
): Headers {
  const headers: Headers = {
    "simpul-from": who.from,
    "simpul-to": who.to,
    "simpul-version": String(who.version),
    "content-digest": contentDigest(asked.body),
  };
  const created = Math.floor(now.getTime() / 1000);
  const nonce = randomBytes(16).toString("base64url");
  const parameters = `${list};created=${created};nonce="${nonce}";alg="ed25519";keyid="${who.from}";tag="${tag}"`;
  const signature = sign(null, base(asked, headers, parameters), who.key).toString("base64");
  return { ...headers, "signature-input": `simpul=${parameters}`, signature: `simpul=:${signature}:` };
}

/** Returns the nonce, for the caller to refuse a second time; throws `BAD_SIGNATURE` or `CLOCK_OFF`. */
export function checked(asked: Asked, headers: Headers, from: string, key: KeyObject, now: Date): string {
  const input = headers["signature-input"] ?? "";
  const parts =
    /^simpul=(\(.*\));created=(\d{1,12});nonce="([A-Za-z0-9_-]{22})";alg="ed25519";keyid="([a-z]{2})";tag="simpul-exercise"$/.exec(
      input,
    );
  const signature = /^simpul=:([A-Za-z0-9+/]{86}==):$/.exec(headers["signature"] ?? "");
  const [, components, created, nonce, keyid] = parts ?? [];
  if (!signature || components !== list || nonce === undefined || keyid !== from)
    throw new WireError("BAD_SIGNATURE");
  if (headers["content-digest"] !== contentDigest(asked.body)) throw new WireError("BAD_SIGNATURE");
  const proof = Buffer.from(signature[1] ?? "", "base64");
  if (!verify(null, base(asked, headers, input.slice("simpul=".length)), key, proof))
    throw new WireError("BAD_SIGNATURE");
  if (Math.abs(now.getTime() / 1000 - Number(created)) > window) throw new WireError("CLOCK_OFF");
  return nonce;
}
