// Files on their way from other states: what came so far lies sealed, as it travelled, beside the evidence, so that a
// transfer goes on where it broke off, also after a restart.
import { mkdir, open, readdir, rm, stat } from "node:fs/promises";
import path from "node:path";
import type { Exchange, KeptRanges } from "@simpul/exchange";
import type { RequestsNode } from "@simpul/features/requests/node.ts";

/** What nobody asked for again in this time is not waited for any more. */
const longestMs = 30 * 86_400_000;

/** Ranges follow each other from the start, so the size says how much is there. */
export function keptIn(file: string): KeptRanges {
  return {
    async read(start, end) {
      const handle = await open(file, "r").catch(() => null);
      if (handle === null) return null;
      try {
        const bytes = Buffer.alloc(end - start);
        const { bytesRead } = await handle.read(bytes, 0, bytes.length, start);
        return bytesRead === bytes.length ? bytes : null;
      } finally {
        await handle.close();
      }
    },
    async keep(start, bytes) {
      const handle = await open(file, start === 0 ? "w" : "r+", 0o600);
      try {
        await handle.write(bytes, 0, bytes.length, start);
        await handle.datasync();
      } finally {
        await handle.close();
      }
    },
  };
}

/** `folder` is made when the first file comes. */
export function keptFetching(fetch: Exchange["fetch"], folder: string): RequestsNode["fetching"] {
  const fileOf = (from: string, envelope: string, digest: string): string =>
    path.join(folder, `${from}-${envelope}-${digest}.sealed`);
  return {
    async *fetch(from, envelope, ref, how = {}) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await sweep(folder);
      yield* fetch(from, envelope, ref, { ...how, kept: keptIn(fileOf(from, envelope, ref.digest)) });
    },
    forget: (from, envelope, ref) => rm(fileOf(from, envelope, ref.digest), { force: true }),
  };
}

async function sweep(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const about = await stat(path.join(folder, name)).catch(() => null);
    if (about !== null && Date.now() - about.mtimeMs > longestMs)
      await rm(path.join(folder, name), { force: true });
  }
}
