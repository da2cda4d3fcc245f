// How well somebody guesses who is a presumed victim among pairs under legal review: by answers, by times, by every row.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { Guessed } from "../testing/attacks/guess.ts";
import type { Figure } from "./figure.ts";

/** Fewer for a first look: `SIMPUL_PAIRS=200`. */
const pairs = Number(process.env["SIMPUL_PAIRS"] ?? 1_000);

/**
 * The attack of the tests, and where investigators work; the peer is a coin. What was guessed is given also where it lies beyond
 * the bound, and the run then ends with 1. Throws where nothing was guessed.
 */
export async function oracle(): Promise<Figure[]> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "simpul-oracle-"));
  const file = path.join(folder, "guessed.json");
  try {
    const run = spawn(
      process.execPath,
      [
        ...["node_modules/vitest/vitest.mjs", "run", "--testTimeout=3600000", "--no-file-parallelism"],
        ...["testing/attacks/oracle.test.ts", "testing/attacks/surfaces.test.ts"],
      ],
      {
        cwd: fileURLToPath(new URL("..", import.meta.url)),
        env: {
          ...process.env,
          ...{ SIMPUL_PAIRS: String(pairs), SIMPUL_GUESSED: file },
        },
        stdio: ["ignore", "ignore", "inherit"],
      },
    );
    const [code] = (await once(run, "exit")) as [number | null];
    if (code !== 0) process.exitCode = 1;
    const guessed = JSON.parse(await readFile(file, "utf8")) as Record<string, Guessed>;
    return Object.entries(guessed).map(([by, { right, within }]) => ({
      figure: `oracle.${by}`,
      ours: Math.round(right * 1000) / 10,
      unit: `% guessed right, ± ${(within * 100).toFixed(1)} (95 %)`,
      peer: 50,
      peerName: "a coin",
      bound: 53,
      ratio: Math.round(right * 200) / 100,
      runs: pairs,
    }));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
