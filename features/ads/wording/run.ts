// Starts a process for one training and holds it to its time and memory: the node goes on answering meanwhile.
import { Program, apart } from "@simpul/store/apart";
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

const program = new Program(new URL("./child.ts", import.meta.url));
const limits = { seconds: 900, heap: 1500 } as const;

/** Throws `LIMIT_REACHED` when it takes more time or memory than it may; what `keep` throws comes through as it is. */
export async function runTraining(
  start: ToTrainer,
  keep: (fold: Extract<FromTrainer, { kind: "fold" }>) => Promise<void>,
  signal?: AbortSignal,
): Promise<Trained> {
  let kept: Promise<void> = Promise.resolve();
  const trained = await apart<ToTrainer, FromTrainer, Trained>(
    { program, ...limits, givenUp: (why) => new AdsError("LIMIT_REACHED", why.because) },
    start,
    (message, ended) => {
      if (message.kind === "model") {
        ended.resolve(message);
        return;
      }
      kept = kept.then(() => keep(message));
      kept.catch((fault: unknown) => ended.reject(fault));
    },
    signal,
  );
  await kept;
  return trained;
}
