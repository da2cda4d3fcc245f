// Writes the text files of a bag (RFC 8493, version 1.0) over files whose digests are already known.
import { manifest, type Bagged } from "./manifest.ts";

export interface BagInfo {
  /** Label and value, in the order given; a value holds no line break. */
  [label: string]: string;
}

/**
 * The tag files of a bag, in the order in which they depend on each other; the last, tagmanifest-sha256.txt, is made
 * by `tagManifest` from the digests of all others.
 */
export function tagFiles(payload: readonly Bagged[], info: BagInfo): { path: string; text: string }[] {
  const octets = payload.reduce((sum, file) => sum + file.size, 0);
  const lines = Object.entries({ ...info, "Payload-Oxum": `${octets}.${payload.length}` });
  return [
    { path: "bagit.txt", text: "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n" },
    {
      path: "bag-info.txt",
      text: lines.map(([label, value]) => `${label}: ${value.replaceAll(/[\r\n]+/g, " ")}\n`).join(""),
    },
    { path: "manifest-sha256.txt", text: manifest(payload) },
  ];
}
