// Starts a process for one training and holds it to its time and memory: the node goes on answering meanwhile.
import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { AdsError } from "../contract.ts";

export interface ToTrainer {
  version: string;
  /** Folds and order follow from it: who trains the same again gets the same. */
  seed: number;
  examples: { text: string; yes: boolean; weight: number }[];
  /** Folds that were measured before a break. */
  done: number[];
}
export type FromTrainer =
  | { kind: "fold"; fold: number; margins: (readonly [example: number, margin: number])[] }
  /** `bytes`: packed, and deflated. */
  | { kind: "model"; bytes: Uint8Array; group: number[]; languages: Record<string, number> };
export type Trained = Extract<FromTrainer, { kind: "model" }>;

const program = fileURLToPath(new URL("./child.ts", import.meta.url));
const limits = { seconds: 900, heap: 1500 } as const;

/** Throws `LIMIT_REACHED` when it takes more time or memory than it may; what `keep` throws comes through as it is. */
export async function runTraining(
  start: ToTrainer,
  keep: (fold: Extract<FromTrainer, { kind: "fold" }>) => Promise<void>,
  signal?: AbortSignal,
): Promise<Trained> {
  const child = fork(program, {
    execArgv: [`--max-old-space-size=${limits.heap}`, "--import", "tsx"],
    cwd: fileURLToPath(new URL("../../..", import.meta.url)),
    serialization: "advanced",
    // It needs no secret of ours, and speaks to nobody but us.
    env: { PATH: process.env["PATH"], HOME: process.env["HOME"], TZ: "UTC" },
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  let late: NodeJS.Timeout | undefined;
  let kept: Promise<void> = Promise.resolve();
  try {
    const trained = await new Promise<Trained>((resolve, reject) => {
      late = setTimeout(() => reject(new AdsError("LIMIT_REACHED", "time")), limits.seconds * 1000);
      signal?.addEventListener("abort", () => reject(signal.reason as Error), { once: true });
      child.on("message", (message: FromTrainer) => {
        if (message.kind === "model") resolve(message);
        else {
          kept = kept.then(() => keep(message));
          kept.catch(reject);
        }
      });
      child.on("error", reject);
      child.on("exit", (code, by) => reject(new AdsError("LIMIT_REACHED", `exit ${String(code ?? by)}`)));
      child.send(start);
    });
    await kept;
    return trained;
  } finally {
    clearTimeout(late);
    child.kill("SIGKILL");
  }
}
