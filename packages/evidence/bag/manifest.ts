// The lists of a bag's files by digest, as a bundle writes them.
import type { Digest } from "@simpul/model";
import { writtenPath } from "./tags.ts";

export interface Bagged {
  /** Relative to the bag, with `/`; payload begins with `data/`. */
  path: string;
  sha256: Digest;
  /** Bytes. */
  size: number;
}

export const manifest = (files: readonly Bagged[]): string =>
  [...files]
    .sort((a, b) => (a.path < b.path ? -1 : 1))
    .map(({ sha256, path }) => `${sha256}  ${writtenPath(path)}\n`)
    .join("");

/** The manifest over everything that is not payload. */
export const tagManifest = (tags: readonly Bagged[]): { path: string; text: string } => ({
  path: "tagmanifest-sha256.txt",
  text: manifest(tags),
});
