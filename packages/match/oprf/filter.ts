// The tag filter a state gives its peers: truncated outputs of its own key, padded, sorted, signed.
import type { Digest, SelectorType } from "@simpul/model";
import type { Signer, Verifying } from "@simpul/seal";
import { ascii, join, prefixed, toHex } from "./bytes.ts";
import type { OprfEngine } from "./engine.ts";
import { OprfError } from "./errors.ts";
import type { PublishedKey } from "./input.ts";
import { parseHeader, printHeader, type FilterHeader } from "./filter-header.ts";
import { packTags, riceFor, tagBits, unpackTags } from "./rice.ts";

/** The first 48 bits of an output, as a number. A chance match among n tags: n / 2^48 per question. */
export function tagOf(output: Uint8Array): number {
  if (output.length !== 64) throw new OprfError("BAD_LENGTH", `an output of ${output.length} bytes`);
  let tag = 0;
  for (let i = 0; i < tagBits / 8; i++) tag = tag * 256 + output[i]!;
  return tag;
}

/** Tags of a peer in memory; a sorted array, so that ten million take 80 MB. */
export class TagSet {
  readonly #tags: Float64Array;
  constructor(sorted: Float64Array) {
    this.#tags = sorted;
  }
  get size(): number {
    return this.#tags.length;
  }
  has(tag: number): boolean {
    let low = 0;
    let high = this.#tags.length - 1;
    while (low <= high) {
      const middle = (low + high) >>> 1;
      const seen = this.#tags[middle]!;
      if (seen === tag) return true;
      if (seen < tag) low = middle + 1;
      else high = middle - 1;
    }
    return false;
  }
  values(): IterableIterator<number> {
    return this.#tags.values();
  }
}

/**
 * Fills up to the next multiple of `step` with tags that are as random as the true ones. They follow from the
 * seed: made afresh each night they would stand out by changing.
 */
export function padTags(
  engine: OprfEngine,
  tags: Iterable<number>,
  pad: { step: number; seed: Uint8Array; key: PublishedKey },
): Float64Array {
  if (!Number.isSafeInteger(pad.step) || pad.step < 1)
    throw new OprfError("BAD_LENGTH", "a step of at least one");
  const all = new Set(tags);
  const wanted = Math.max(1, Math.ceil(all.size / pad.step)) * pad.step;
  const context = join(prefixed(ascii("simpul/pad/1")), prefixed(pad.seed), prefixed(ascii(pad.key.id)));
  for (let i = 0; all.size < wanted; i++)
    all.add(tagOf(engine.sha512(join(context, prefixed(ascii(String(i)))))));
  return Float64Array.from(all).sort();
}

const magic = ascii("SIMPTAG1");
const signedContext = ascii("simpul-tags/1\n");
const signatureBytes = 64;
const headerLimit = 4096;
export const filterCountLimit = 50_000_000;

export interface FilterContent {
  key: PublishedKey;
  profile: string;
  /** Already padded and sorted. */
  tags: Float64Array;
  madeAt: Date;
  notAfter: Date;
}

/** The filter as one file: magic, length of the header, header, signature over the header, packed tags. */
export async function makeFilter(
  content: FilterContent,
  by: { hash: Verifying["hash"]; signer: Signer },
): Promise<{ bytes: Uint8Array; header: FilterHeader }> {
  const rice = riceFor(content.tags.length);
  const body = packTags(content.tags, rice);
  const header: FilterHeader = {
    format: "simpul-tags/1",
    node: content.key.node,
    type: content.key.type,
    epoch: content.key.epoch,
    keyId: content.key.id,
    profile: content.profile,
    bits: tagBits,
    count: content.tags.length,
    rice,
    madeAt: content.madeAt.toISOString(),
    notAfter: content.notAfter.toISOString(),
    body: toHex(by.hash(body)) as Digest,
  };
  const text = printHeader(header);
  const signature = await by.signer.sign(join(signedContext, text));
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, text.length);
  return { bytes: join(magic, length, text, signature, body), header };
}

/** What a filter must be, as the directory says it; a filter of another key or state is refused. */
export interface ExpectedFilter {
  key: PublishedKey;
  type: SelectorType;
  /** The Ed25519 keys that sign its filters: one of before, where it was made before they changed. */
  signedBy: Uint8Array | readonly Uint8Array[];
  now: Date;
}

/** Throws `NOT_A_FILTER`, `NOT_A_FILTER_HEADER` or `FILTER_ALTERED`; nothing is believed before the signature. */
export async function readFilter(
  bytes: Uint8Array,
  expected: ExpectedFilter,
  by: Verifying,
): Promise<{ header: FilterHeader; tags: TagSet }> {
  if (bytes.length < magic.length + 4 || !magic.every((byte, i) => bytes[i] === byte))
    throw new OprfError("NOT_A_FILTER", "begins otherwise");
  const length = new DataView(bytes.buffer, bytes.byteOffset + magic.length, 4).getUint32(0);
  const start = magic.length + 4;
  if (length > headerLimit || bytes.length < start + length + signatureBytes)
    throw new OprfError("NOT_A_FILTER", "torn in its header");
  const text = bytes.subarray(start, start + length);
  const signature = bytes.subarray(start + length, start + length + signatureBytes);
  const body = bytes.subarray(start + length + signatureBytes);
  const message = join(signedContext, text);
  const keys = expected.signedBy instanceof Uint8Array ? [expected.signedBy] : expected.signedBy;
  let holds = false;
  for (const one of keys) holds ||= await by.verify(one, message, signature);
  if (!holds) throw new OprfError("FILTER_ALTERED", "the signature");
  const header = parseHeader(text);
  const { key } = expected;
  if (
    header.node !== key.node ||
    header.type !== expected.type ||
    header.epoch !== key.epoch ||
    header.keyId !== key.id
  )
    throw new OprfError("FILTER_ALTERED", "made for another key");
  if (expected.now > new Date(header.notAfter)) throw new OprfError("FILTER_ALTERED", "past its date");
  if (header.count > filterCountLimit) throw new OprfError("TOO_MANY", `${header.count} tags`);
  if (toHex(by.hash(body)) !== header.body) throw new OprfError("FILTER_ALTERED", "its tags");
  return { header, tags: new TagSet(unpackTags(body, header.count, header.rice)) };
}
