// The node's signed word about an advert: which text, from where, when, on what legal basis; bound into the ledger.
import type { Digest, Id } from "@simpul/model";
import { signStatement } from "@simpul/seal";
import { nodeVerifying } from "@simpul/store/keys";
import { AdsError } from "./contract.ts";
import type { AdsNode } from "./node.ts";

export const advertStatement = "application/vnd.simpul.advert+json";
const utf8 = new TextEncoder();

export const digestOf = (bytes: Uint8Array): Buffer => Buffer.from(nodeVerifying.hash(bytes));
export const textDigest = (text: string): Buffer => digestOf(utf8.encode(text));

export interface Sealing {
  advert: Id;
  /** SHA-256 of the text, in hex. */
  text: string;
  source: { id: Id; name: string; kind: string; origin: string; givenBy: string };
  origin: string;
  postedAt: string | null;
  takenAt: string;
  legalBasis: string;
  /** The picture that the text was read in, with the SHA-256 of its bytes in hex. */
  picture?: { id: Id; digest: string };
}

/** Gives the signed statement as JSON, and the digest that its leaf carries. */
export async function sealAdvert(
  node: Pick<AdsNode, "signer" | "code">,
  of: Sealing,
): Promise<{ seal: string; digest: Digest }> {
  const body = utf8.encode(JSON.stringify({ kind: "advert", node: node.code, ...of }));
  const signed = await signStatement(advertStatement, body, [node.signer], nodeVerifying);
  return { seal: JSON.stringify(signed), digest: digestOf(body).toString("hex") as Digest };
}

/** The digest of a file whose parts are all here and are what was sent. Throws `IMPORT_NOT_WHOLE`, `NOT_AS_SENT`. */
export function wholeDigest(bytes: Buffer, size: number, digest: Digest): Buffer {
  if (bytes.length !== size) throw new AdsError("IMPORT_NOT_WHOLE", `${bytes.length} of ${size}`);
  const own = digestOf(bytes);
  if (own.toString("hex") !== digest) throw new AdsError("NOT_AS_SENT");
  return own;
}
