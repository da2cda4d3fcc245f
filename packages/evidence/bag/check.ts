// Checks a bag against its own manifests (RFC 8493 section 3): whole, unchanged, and nothing in it unlisted.
import type { BagFault, Declaration, Listed } from "./tags.ts";
import { lines, payloadOxum, readDeclaration, readManifest, safePath } from "./tags.ts";

/** A bag as somebody stored it: a folder, a zip, an unpacked `.age`. */
export interface BagSource {
  /** Paths of all files, relative to the bag, with `/`. */
  paths(): Promise<string[]>;
  open(path: string): AsyncIterable<Uint8Array>;
}

/** One running digest, e.g. node's `createHash`; handed in, so that a page can check a bag too. */
export interface Running {
  update(bytes: Uint8Array): void;
  hex(): string;
}
/** Returns null for an algorithm that the caller does not have. */
export type Hashing = (algorithm: string) => Running | null;

export interface BagReport {
  valid: boolean;
  /** Null when there is no readable declaration. */
  version: string | null;
  faults: BagFault[];
  /** What a careful reader mentions although the bag stands. */
  warnings: string[];
  /** SHA-256 (or whatever was listed) by path, as computed. */
  digests: ReadonlyMap<string, string>;
}

const tagLimit = 64 * 1024 * 1024;

async function whole(source: BagSource, path: string): Promise<Uint8Array | null> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of source.open(path)) {
    size += part.length;
    if (size > tagLimit) return null;
    parts.push(part);
  }
  const all = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

interface Manifest {
  name: string;
  algorithm: string;
  ofTags: boolean;
  listed: Listed[];
}

/** Never throws for what a bag contains; an unreadable source throws as its `open` does. */
export async function checkBag(source: BagSource, hashing: Hashing): Promise<BagReport> {
  const faults: BagFault[] = [];
  const warnings: string[] = [];
  const digests = new Map<string, string>();
  const report = (version: string | null): BagReport => ({
    valid: faults.length === 0,
    version,
    faults,
    warnings,
    digests,
  });

  const paths = new Set(await source.paths());
  const head = paths.has("bagit.txt") ? await whole(source, "bagit.txt") : null;
  if (head === null) {
    faults.push({ code: "NO_DECLARATION", where: "bagit.txt" });
    return report(null);
  }
  const declaration = readDeclaration(head);
  if ("code" in declaration) {
    faults.push(declaration);
    return report(null);
  }
  const payload = [...paths].filter((path) => path.startsWith("data/"));
  const manifests = await readManifests(source, paths, declaration, faults);
  const ofPayload = manifests.filter((one) => !one.ofTags);
  if (ofPayload.length === 0) faults.push({ code: "NO_MANIFEST", where: "manifest-<algorithm>.txt" });
  if (
    payload.length === 0 &&
    ofPayload.every((one) => one.listed.length === 0) &&
    declaration.version === "1.0"
  ) {
    warnings.push("the bag carries no payload");
  }

  whatIsNotListed(payload, ofPayload, declaration, faults);
  twins(ofPayload, warnings);
  const sizes = await compare(source, paths, manifests, hashing, faults, digests);
  await fetchList(source, paths, declaration, ofPayload, faults);
  await oxum(source, paths, declaration, payload, sizes, faults);
  return report(declaration.version);
}

async function tagText(
  source: BagSource,
  path: string,
  declaration: Declaration,
  faults: BagFault[],
): Promise<string> {
  const bytes = await whole(source, path);
  if (bytes === null) {
    faults.push({ code: "TOO_LARGE", where: path });
    return "";
  }
  try {
    return declaration.decode(bytes);
  } catch {
    faults.push({ code: "UNKNOWN_ENCODING", where: path });
    return "";
  }
}

async function readManifests(
  source: BagSource,
  paths: ReadonlySet<string>,
  declaration: Declaration,
  faults: BagFault[],
): Promise<Manifest[]> {
  const found: Manifest[] = [];
  for (const name of [...paths].sort()) {
    const form = /^(tag)?manifest-([a-z0-9]+)\.txt$/i.exec(name);
    if (form === null) continue;
    const text = await tagText(source, name, declaration, faults);
    const read = readManifest(text, name, declaration.version);
    faults.push(...read.faults);
    const ofTags = form[1] !== undefined;
    for (const one of read.listed) {
      if (!ofTags && !one.path.startsWith("data/"))
        faults.push({ code: "PATH_OUTSIDE", where: `${name}: ${one.path}` });
    }
    found.push({ name, algorithm: form[2]!.toLowerCase(), ofTags, listed: read.listed });
  }
  return found;
}

/** Section 3: every payload file stands in every payload manifest; before 1.0 one of them was enough. */
function whatIsNotListed(
  payload: string[],
  manifests: Manifest[],
  declaration: Declaration,
  faults: BagFault[],
): void {
  const sets = manifests.map((one) => ({
    name: one.name,
    paths: new Set(one.listed.map((file) => file.path)),
  }));
  for (const path of payload) {
    const missing = sets.filter((set) => !set.paths.has(path));
    const faulty =
      declaration.version === "1.0" ? missing.length > 0 : missing.length === sets.length && sets.length > 0;
    if (faulty) faults.push({ code: "NOT_LISTED", where: path });
  }
}

/** Two names that look the same in another normalisation collide on some file systems. */
function twins(manifests: Manifest[], warnings: string[]): void {
  for (const manifest of manifests) {
    const seen = new Map<string, string>();
    for (const { path } of manifest.listed) {
      const folded = path.normalize("NFC").toLowerCase();
      const twin = seen.get(folded);
      if (twin !== undefined) warnings.push(`${manifest.name}: ${path} and ${twin} differ only in form`);
      seen.set(folded, path);
      if (path !== path.normalize("NFC")) warnings.push(`${manifest.name}: ${path} is not in NFC`);
    }
  }
}

/** Reads each listed file once, under all algorithms that list it; gives its size in bytes by path. */
async function compare(
  source: BagSource,
  paths: ReadonlySet<string>,
  manifests: Manifest[],
  hashing: Hashing,
  faults: BagFault[],
  digests: Map<string, string>,
): Promise<Map<string, number>> {
  const sizes = new Map<string, number>();
  const wanted = new Map<string, { algorithm: string; digest: string; name: string }[]>();
  for (const manifest of manifests) {
    if (hashing(manifest.algorithm) === null)
      faults.push({ code: "UNKNOWN_ALGORITHM", where: manifest.name });
    for (const { path, digest } of manifest.listed) {
      const list = wanted.get(path) ?? [];
      list.push({ algorithm: manifest.algorithm, digest, name: manifest.name });
      wanted.set(path, list);
    }
  }
  for (const [path, list] of wanted) {
    const present = paths.has(path)
      ? path
      : [...paths].find((one) => one.normalize("NFC") === path.normalize("NFC"));
    if (present === undefined) {
      faults.push({ code: "MISSING", where: path });
      continue;
    }
    const running = list
      .map((one) => ({ ...one, run: hashing(one.algorithm) }))
      .filter((one) => one.run !== null);
    let size = 0;
    for await (const part of source.open(present)) {
      size += part.length;
      for (const { run } of running) run!.update(part);
    }
    sizes.set(present, size);
    for (const { run, digest, name, algorithm } of running) {
      const hex = run!.hex();
      if (hex !== digest) faults.push({ code: "CHANGED", where: `${path} (${name})` });
      if (algorithm === "sha256") digests.set(path, hex);
    }
  }
  return sizes;
}

/** Section 2.2.3: what fetch.txt names must be in the manifests. Simpul never fetches; a missing file is missing. */
async function fetchList(
  source: BagSource,
  paths: ReadonlySet<string>,
  declaration: Declaration,
  manifests: Manifest[],
  faults: BagFault[],
): Promise<void> {
  if (!paths.has("fetch.txt")) return;
  const listed = new Set(manifests.flatMap((one) => one.listed.map((file) => file.path)));
  for (const line of lines(await tagText(source, "fetch.txt", declaration, faults))) {
    const form = /^(\S+)[ \t]+(\d+|-)[ \t]+(.+)$/.exec(line);
    const path = form === null ? null : safePath(form[3]!, declaration.version);
    if (path === null) faults.push({ code: "BAD_FETCH", where: line.slice(0, 120) });
    else if (declaration.version === "1.0" && !listed.has(path))
      faults.push({ code: "NOT_LISTED", where: path });
  }
}

async function oxum(
  source: BagSource,
  paths: ReadonlySet<string>,
  declaration: Declaration,
  payload: string[],
  sizes: ReadonlyMap<string, number>,
  faults: BagFault[],
): Promise<void> {
  // Before 0.95 the file was called package-info.txt.
  const name = ["bag-info.txt", "package-info.txt"].find((one) => paths.has(one));
  if (name === undefined) return;
  const stated = payloadOxum(await tagText(source, name, declaration, faults));
  if (stated === null) return;
  if ("code" in stated) {
    faults.push(stated);
    return;
  }
  let octets = 0;
  for (const path of payload) {
    const known = sizes.get(path);
    if (known === undefined) for await (const part of source.open(path)) octets += part.length;
    else octets += known;
  }
  if (octets !== stated.octets || payload.length !== stated.files) {
    faults.push({
      code: "WRONG_OXUM",
      where: `${name}: ${stated.octets}.${stated.files}, found ${octets}.${payload.length}`,
    });
  }
}
