// Where things lie in a bundle: a BagIt bag whose payload are the items, and beside it what proves them.
import type { Id } from "@simpul/model";

const three = (n: number): string => String(n).padStart(3, "0");

export const bundlePaths = {
  original: (item: Id, extension: string): string => `data/items/${item}/original${extension}`,
  statement: (item: Id, number: number): string => `records/${item}/${three(number)}.dsse.json`,
  disclosures: (item: Id): string => `records/${item}/disclosures.json`,
  proof: (item: Id, number: number): string => `proofs/${item}/${three(number)}.tlog-proof`,
  leaf: (item: Id, number: number): string => `proofs/${item}/${three(number)}.leaf.json`,
  device: (device: Id): string => `records/devices/${device}.dsse.json`,
  /** The bytes that were signed, as stock tools take them: `openssl pkeyutl -verify -rawin -in`. */
  signedBytes: (item: Id, number: number): string => `records/${item}/${three(number)}.pae`,
  /** One signature over them, 64 bytes; `key` names the file in trust/keys. */
  signature: (item: Id, number: number, key: string): string => `records/${item}/${three(number)}.${key}.sig`,
  /** A public key in PEM, by the first letters of its name. */
  key: (key: string): string => `trust/keys/${key}.pem`,
  /** What a node said about its keys, from the first that it changed. */
  keys: (node: string, number: number): string => `records/keys/${node}-${number}.dsse.json`,
  /** Another state's leave to use what is its own (HC-7). */
  permission: (permission: Id): string => `records/permissions/${permission}.dsse.json`,
  /** Its exhibits for forensic tools of other houses (MLA-10). */
  caseManifest: "case.jsonld",
  /** Only where the bundle left before other states cosigned: who decided so, and why. */
  cosignersFollow: "trust/cosigners-follow.txt",
  /** A copy for convenience; what it says counts only when the same policy came by another way. */
  policy: "trust/policy.txt",
} as const;

const id = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";

/** The items whose statements a bundle holds, with their numbers in order; gaps are seen by the chain itself. */
export function itemsIn(paths: Iterable<string>): Map<Id, number[]> {
  const items = new Map<Id, number[]>();
  for (const path of paths) {
    const form = new RegExp(`^records/(${id})/(\\d{3,7})\\.dsse\\.json$`).exec(path);
    if (form === null) continue;
    const numbers = items.get(form[1] as Id) ?? [];
    numbers.push(Number(form[2]));
    items.set(form[1] as Id, numbers);
  }
  for (const numbers of items.values()) numbers.sort((a, b) => a - b);
  return new Map([...items].sort(([a], [b]) => (a < b ? -1 : 1)));
}
