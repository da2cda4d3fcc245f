// HTTP message signatures (RFC 9421, Ed25519) as Simpul uses them: one fixed set of covered parts, nothing optional.
import { createHash, sign, verify, type KeyObject } from "node:crypto";
import { ExchangeError } from "./errors.ts";

/** Clocks of nodes may differ by this much; and a signed request is of use for no longer (architecture 5.2). */
export const windowSeconds = 60;

export interface SignedParts {
  method: string;
  /** Path with query, as on the request line. */
  path: string;
  /** Who asks, whom, in which version: header fields of their own, all signed. */
  from: string;
  to: string;
  version: string;
  body: Uint8Array;
  /** An exercise speaks under a tag of its own: a live node takes nothing that bears it, and the other way round. */
  exercise?: boolean;
}

const tagOf = ({ exercise = false }: SignedParts): string => (exercise ? "simpul-exercise" : "simpul");

/** Content-Digest of RFC 9530. */
export const contentDigest = (body: Uint8Array): string =>
  `sha-256=:${createHash("sha256").update(body).digest("base64")}:`;

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

/** The signature base (RFC 9421 section 2.5). */
function base(parts: SignedParts, parameters: string): Buffer {
  const mark = parts.path.indexOf("?");
  const values = [
    parts.method,
    mark < 0 ? parts.path : parts.path.slice(0, mark),
    mark < 0 ? "?" : parts.path.slice(mark),
    parts.from,
    parts.to,
    parts.version,
    contentDigest(parts.body),
  ];
  const lines = covered.map((name, i) => `"${name}": ${values[i]!}`);
  return Buffer.from([...lines, `"@signature-params": ${parameters}`].join("\n"), "utf8");
}

export interface SignatureHeaders {
  "simpul-from": string;
  "simpul-to": string;
  "simpul-version": string;
  "content-digest": string;
  "signature-input": string;
  signature: string;
}

/** `nonce` is 16 random bytes; `at` the sender's clock. */
export function signRequest(
  parts: SignedParts,
  key: KeyObject,
  at: Date,
  nonce: Uint8Array,
): SignatureHeaders {
  const created = Math.floor(at.getTime() / 1000);
  const nonceText = Buffer.from(nonce).toString("base64url");
  const parameters = `${list};created=${created};nonce="${nonceText}";alg="ed25519";keyid="${parts.from}";tag="${tagOf(parts)}"`;
  return {
    "simpul-from": parts.from,
    "simpul-to": parts.to,
    "simpul-version": parts.version,
    "content-digest": contentDigest(parts.body),
    "signature-input": `simpul=${parameters}`,
    signature: `simpul=:${sign(null, base(parts, parameters), key).toString("base64")}:`,
  };
}

export interface SeenSignature {
  created: Date;
  nonce: string;
}

const input =
  /^simpul=(\(("[a-z@-]+"(?: "[a-z@-]+")*)\);created=(\d{1,12});nonce="([A-Za-z0-9_-]{22})";alg="ed25519";keyid="([a-z]{2})";tag="(simpul|simpul-exercise)")$/;

/**
 * Checks a request's signature and its time. Throws `BAD_SIGNATURE`, or `CLOCK_OFF` when the signature is good and
 * its time is not: only then do the clocks differ; `EXERCISE_APART` when one of the two is an exercise and the other
 * is not. The nonce is the caller's to remember.
 */
export function verifyRequest(
  parts: SignedParts,
  headers: Readonly<Record<string, string | string[] | undefined>>,
  key: KeyObject | readonly KeyObject[],
  now: Date,
): SeenSignature {
  const bad = (what: string) => new ExchangeError("BAD_SIGNATURE", what);
  const read = input.exec(String(headers["signature-input"]));
  if (!read) throw bad("signature-input");
  const [, parameters, names, created, nonce, keyid, tag] = read as unknown as [
    string,
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  if (`(${names})` !== list || keyid !== parts.from) throw bad("not what must be covered");
  const signature = /^simpul=:([A-Za-z0-9+/]{86}==):$/.exec(String(headers["signature"]));
  if (!signature) throw bad("signature");
  if (headers["content-digest"] !== contentDigest(parts.body))
    throw bad("the content is not what was signed");
  // While a peer's keys change, either of them may have signed.
  const said = [key].flat();
  const message = base(parts, parameters);
  if (!said.some((one) => verify(null, message, one, Buffer.from(signature[1]!, "base64"))))
    throw bad("does not verify");
  if (tag !== tagOf(parts)) throw new ExchangeError("EXERCISE_APART", parts.from);
  const at = new Date(Number(created) * 1000);
  const apart = Math.abs(now.getTime() - at.getTime()) / 1000;
  if (apart > windowSeconds) throw new ExchangeError("CLOCK_OFF", `${Math.round(apart)} s apart`);
  return { created: at, nonce };
}
