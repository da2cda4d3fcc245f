/** Envelopes and receipts (sections 5 and 6): sealed, opened, judged in the order that the document says. */
import { keyFrom } from "./card.ts";
import type { Card, Identity } from "./card.ts";
import { members, parse, sha256, WireError } from "./encoding.ts";
import type { Json, Members } from "./encoding.ts";
import { jwe, jws, openJwe, readJws } from "./jose.ts";

/** The version that this client speaks. */
export const version = 2;

export interface Envelope {
  id: string;
  type: string;
  seq: number;
  urgent: boolean;
  at: string;
  body: Members;
  attachments: Json[];
}

const words = /^[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)+$/;

/** The payload filled up to 1,024 bytes, or twice that, or four times … */
function padded(payload: object): string {
  const bare = Buffer.byteLength(JSON.stringify({ ...payload, pad: "" }));
  let size = 1024;
  while (size < bare) size *= 2;
  return JSON.stringify({ ...payload, pad: "0".repeat(size - bare) });
}

export function seal(own: Identity, to: Card, letter: Envelope): string {
  const { id, type, seq, at, urgent, body, attachments } = letter;
  const nodes = { from: own.node, to: to.node, agency: own.agency.id };
  const payload = padded({ v: version, id, type, ...nodes, seq, at, urgent, body, attachments });
  const signed = jws({ kid: own.agency.id, typ: "simpul-envelope" }, payload, own.agency.privateKey);
  return jwe({ cty: "JWS", kid: to.node, typ: "simpul-envelope" }, signed, keyFrom(to.sealing, "X25519"));
}

/** Opened and judged: opened, signature, version, form, sender and recipient. Throws the code of the refusing receipt. */
export function open(
  own: Identity,
  from: Card,
  sealed: string,
  outside: { id: string; seq: number },
): Envelope {
  const { plain } = openJwe(sealed, own.sealing.privateKey);
  const inside = readJws(plain, "NOT_OPENED");
  const agency = from.agencies.find((one) => one.agency === inside.header["kid"]);
  if (!agency) throw new WireError("UNKNOWN_AGENCY");
  if (!inside.signedBy(keyFrom(agency.key, "Ed25519"))) throw new WireError("BAD_SIGNATURE");
  const payload = parse(inside.payload, "NOT_AN_ENVELOPE") as Members;
  if (typeof payload["v"] === "number" && payload["v"] > version) throw new WireError("NEWER_VERSION");
  const names = ["v", "id", "type", "from", "to", "agency", "seq", "at", "urgent", "body", "attachments"];
  const read = members(payload, names, "NOT_AN_ENVELOPE", ["pad"]);
  const { id, type, seq, at, urgent, body } = read;
  const formed =
    read["v"] === version &&
    typeof id === "string" &&
    typeof seq === "number" &&
    typeof at === "string" &&
    typeof urgent === "boolean" &&
    typeof type === "string" &&
    words.test(type) &&
    Array.isArray(read["attachments"]);
  if (!formed) throw new WireError("NOT_AN_ENVELOPE");
  const meant = read["from"] === from.node && read["to"] === own.node && read["agency"] === agency.agency;
  if (!meant || id !== outside.id || seq !== outside.seq) throw new WireError("SENDER_MISMATCH");
  return {
    id,
    type,
    seq,
    at,
    urgent,
    body: body as Members,
    attachments: read["attachments"] as Json[],
  };
}

export interface Receipt {
  id: string;
  seq: number;
  outcome: "accepted" | "refused";
  code?: string;
}

export function receipt(
  own: Identity,
  from: string,
  taken: { id: string; seq: number; sealed: string; code?: string },
  now: Date,
): string {
  const { id, seq, code } = taken;
  const about = { v: 1, id, seq, by: own.node, from, sealed: sha256(taken.sealed), at: now.toISOString() };
  const said = code === undefined ? { outcome: "accepted" } : { outcome: "refused", code };
  return jws(
    { kid: own.node, typ: "simpul-receipt" },
    JSON.stringify({ ...about, ...said }),
    own.signing.privateKey,
  );
}

/** The peer's receipt for these very bytes; throws when it is not. */
export function readReceipt(
  text: string,
  by: Card,
  own: string,
  sent: { id: string; seq: number; sealed: string },
): Receipt {
  const read = readJws(text, "BAD_RECEIPT");
  if (read.header["kid"] !== by.node || read.header["typ"] !== "simpul-receipt")
    throw new WireError("BAD_RECEIPT");
  if (!read.signedBy(keyFrom(by.signing, "Ed25519"))) throw new WireError("BAD_RECEIPT");
  const names = ["v", "id", "seq", "by", "from", "sealed", "at", "outcome"];
  const said = members(parse(read.payload, "BAD_RECEIPT"), names, "BAD_RECEIPT", ["code"]);
  const ours =
    said["id"] === sent.id &&
    said["seq"] === sent.seq &&
    said["by"] === by.node &&
    said["from"] === own &&
    said["sealed"] === sha256(sent.sealed);
  const { outcome, code } = said;
  if (!ours) throw new WireError("BAD_RECEIPT");
  const { id, seq } = sent;
  if (outcome === "accepted" && code === undefined) return { id, seq, outcome };
  if (outcome === "refused" && typeof code === "string") return { id, seq, outcome, code };
  throw new WireError("BAD_RECEIPT");
}
