// A hundred thousand random requests made from the interface's own description: how each was answered, and how fast.
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Figure } from "./figure.ts";

const root = fileURLToPath(new URL("../", import.meta.url));

/** `SIMPUL_RANDOM_REQUESTS` and `SIMPUL_SEED` as the test reads them; throws when one ended in a fault or told what is hidden. */
export async function requestsRandom(): Promise<Figure[]> {
  const count = process.env["SIMPUL_RANDOM_REQUESTS"] ?? "100000";
  const began = process.hrtime.bigint();
  const run = spawn("npx", ["vitest", "run", "testing/attacks/random.test.ts"], {
    cwd: root,
    env: { ...process.env, SIMPUL_RANDOM_REQUESTS: count },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = "";
  run.stdout.setEncoding("utf8").on("data", (part: string) => (said += part));
  const code = await new Promise<number | null>((done) => run.on("close", done));
  const seconds = Number(process.hrtime.bigint() - began) / 1e9;
  if (code !== 0) throw new Error(said.slice(-20_000));
  const answers = /seed \d+: .*/.exec(said)?.[0] ?? "";
  return [
    {
      figure: `random requests from the interface's description (${answers})`,
      ours: Math.round(Number(count) / seconds),
      unit: "requests/s with their judging, none a fault of ours, none telling what is hidden",
      ...{ peer: null, peerName: null, bound: null, ratio: null, runs: 1 },
    },
  ];
}
