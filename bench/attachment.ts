// A file of 200 MB that is cut off twenty times, each time with everything in memory lost, beside the same file uncut.
import { createHash, randomBytes, randomInt } from "node:crypto";
import { mkdtemp, open, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { fetchPlain, sealedRange, type KeptRanges } from "../packages/exchange/attachments.ts";
import { Digest } from "@simpul/model";
import { ExchangeError } from "../packages/exchange/errors.ts";
import { keptIn } from "../apps/server/fetching.ts";
import { median, type Figure } from "./figure.ts";

const size = 200 * 1024 * 1024;
const cuts = 20;

export async function attachment(): Promise<Figure[]> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "simpul-bench-"));
  try {
    const file = path.join(folder, "film");
    const bytes = randomBytes(size);
    await writeFile(file, bytes);
    const digest = Digest.parse(createHash("sha256").update(bytes).digest("hex"));
    const handle = await open(file, "r");
    const source = {
      size,
      async read(start: number, end: number) {
        const part = Buffer.alloc(end - start);
        await handle.read(part, 0, part.length, start);
        return part;
      },
    };
    const key = randomBytes(32);
    /** Seconds until the whole is proven; `cut` times the line breaks in the middle of a range and the process is new. */
    const take = async (name: string, cut: number): Promise<number> => {
      const kept: KeptRanges = keptIn(path.join(folder, name));
      const began = performance.now();
      for (let left = cut; ; left--) {
        let budget = left > 0 ? randomInt(Math.floor((2 * size) / cuts)) : Infinity;
        const range = async (start: number, end: number): Promise<Uint8Array> => {
          const parts: Buffer[] = [];
          for await (const part of sealedRange(source, key, start, end)) {
            budget -= part.length;
            if (budget < 0) throw new ExchangeError("CLOSED", "the node ends");
            parts.push(part);
          }
          return Buffer.concat(parts);
        };
        try {
          const hash = createHash("sha256");
          for await (const chunk of fetchPlain({ digest, size, key }, range, { kept })) hash.update(chunk);
          if (hash.digest("hex") !== digest) throw new Error("not the file");
          return (performance.now() - began) / 1000;
        } catch (error) {
          if (!(error instanceof ExchangeError) || error.code !== "CLOSED") throw error;
        }
      }
    };
    const ours: number[] = [];
    const whole: number[] = [];
    for (let run = 0; run < 3; run++) {
      ours.push(await take(`cut-${run}`, cuts));
      whole.push(await take(`whole-${run}`, 0));
    }
    await handle.close();
    const [a, b] = [median(ours), median(whole)];
    return [
      {
        figure: `200 MB attachment, cut off ${cuts} times and gone on with after a restart`,
        ours: a,
        unit: "s",
        peer: b,
        peerName: "the same file uncut",
        bound: null,
        ratio: a / b,
        runs: ours.length,
      },
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
