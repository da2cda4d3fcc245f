// The text files of a bag (RFC 8493): its declaration, its manifests, its metadata, read strictly.

/** What is wrong with a bag: `code` from a closed list, `where` the file or line it is about. */
export interface BagFault {
  code:
    | "NO_DECLARATION"
    | "BAD_DECLARATION"
    | "UNKNOWN_VERSION"
    | "UNKNOWN_ENCODING"
    | "NO_PAYLOAD"
    | "NO_MANIFEST"
    | "UNKNOWN_ALGORITHM"
    | "BAD_MANIFEST_LINE"
    | "LISTED_TWICE"
    | "PATH_OUTSIDE"
    | "NOT_LISTED"
    | "MISSING"
    | "CHANGED"
    | "BAD_FETCH"
    | "BAD_OXUM"
    | "WRONG_OXUM"
    | "TOO_LARGE";
  where: string;
}

/** Versions that this reader knows; bags of Simpul are 1.0. */
export const bagVersions = ["0.93", "0.94", "0.95", "0.96", "0.97", "1.0"] as const;
export type BagVersion = (typeof bagVersions)[number];

export interface Declaration {
  version: BagVersion;
  /** Decodes every tag file but bagit.txt itself. */
  decode(bytes: Uint8Array): string;
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Reads bagit.txt (section 2.1.1): two lines, no byte order mark, one space after the colon. */
export function readDeclaration(bytes: Uint8Array): Declaration | BagFault {
  let text: string;
  try {
    text = utf8.decode(bytes);
  } catch {
    return { code: "BAD_DECLARATION", where: "bagit.txt" };
  }
  const form =
    /^BagIt-Version: (\d+\.\d+)(?:\r\n|\n|\r)Tag-File-Character-Encoding: (\S+)(?:\r\n|\n|\r)?$/.exec(text);
  if (form === null) return { code: "BAD_DECLARATION", where: "bagit.txt" };
  const version = bagVersions.find((known) => known === form[1]);
  if (version === undefined) return { code: "UNKNOWN_VERSION", where: form[1]! };
  const label = form[2]!.toLowerCase();
  const known = ["utf-8", "utf-16", "utf-16le", "utf-16be", "iso-8859-1", "us-ascii"];
  if (!known.includes(label)) return { code: "UNKNOWN_ENCODING", where: form[2]! };
  return { version, decode: (file) => decodeAs(label, file) };
}

function decodeAs(label: string, bytes: Uint8Array): string {
  if (label !== "utf-16") return new TextDecoder(label, { fatal: true }).decode(bytes);
  // RFC 2781 section 4.3: a mark decides; without one it is big-endian.
  const little = bytes[0] === 0xff && bytes[1] === 0xfe;
  return new TextDecoder(little ? "utf-16le" : "utf-16be", { fatal: true }).decode(bytes);
}

export const lines = (text: string): string[] => text.split(/\r\n|\n|\r/).filter((line) => line !== "");

/**
 * Returns the path that a manifest line means, or null where it leaves the bag: absolute, with a drive or home
 * sign, or with `.` and `..` steps (section 5.3). Since 1.0 only `%`, CR and LF are escaped (section 2.1.3).
 */
export function safePath(written: string, version: BagVersion): string | null {
  const path =
    version === "1.0"
      ? written.replace(/%(0D|0A|25)/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
      : written;
  if (path === "" || path.length > 4096 || path.includes("\0") || path.includes("\\")) return null;
  if (/^([/~]|[A-Za-z]:)/.test(path)) return null;
  return path.split("/").some((step) => step === "" || step === "." || step === "..") ? null : path;
}

export interface Listed {
  path: string;
  digest: string;
}

/** Reads one manifest: `digest`, white space, path; older tools put `*` before the path (md5sum). */
export function readManifest(
  text: string,
  name: string,
  version: BagVersion,
): { listed: Listed[]; faults: BagFault[] } {
  const listed: Listed[] = [];
  const faults: BagFault[] = [];
  const seen = new Set<string>();
  for (const line of lines(text)) {
    const form = /^([0-9a-fA-F]+)[ \t]+\*?(.+)$/.exec(line);
    if (form === null) {
      faults.push({ code: "BAD_MANIFEST_LINE", where: `${name}: ${line.slice(0, 120)}` });
      continue;
    }
    // `./data/x` is how find(1) prints; versions before 1.0 let it stand.
    const written = version === "1.0" ? form[2]! : form[2]!.replace(/^\.\//, "");
    const path = safePath(written, version);
    if (path === null) faults.push({ code: "PATH_OUTSIDE", where: `${name}: ${form[2]!.slice(0, 120)}` });
    else if (seen.has(path)) faults.push({ code: "LISTED_TWICE", where: `${name}: ${path}` });
    else {
      seen.add(path);
      listed.push({ path, digest: form[1]!.toLowerCase() });
    }
  }
  return { listed, faults };
}

/** Escapes a path for a manifest of version 1.0. */
export const writtenPath = (path: string): string =>
  path.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");

/** Reads `Payload-Oxum: octets.files` out of bag-info.txt; null when it is not stated. */
export function payloadOxum(text: string): { octets: number; files: number } | BagFault | null {
  const line = lines(text).find((one) => /^payload-oxum\s*:/i.test(one));
  if (line === undefined) return null;
  const form = /^[^:]+:\s*(\d{1,15})\.(\d{1,9})\s*$/.exec(line);
  if (form === null) return { code: "BAD_OXUM", where: line.slice(0, 120) };
  return { octets: Number(form[1]), files: Number(form[2]) };
}
