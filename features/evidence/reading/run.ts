// Starts a process for one file and holds it to its time and memory: a file that breaks its reader breaks nothing else.
import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { ReadingError, type ReadingRefusal } from "../contract.ts";
import type { ReadingLimits } from "./limits.ts";
import type { Source } from "./reader.ts";
import type { Summary } from "./segments.ts";

export interface Start {
  name: string;
  size: number;
  limits: ReadingLimits;
}
export type FromReader =
  | { kind: "range"; number: number; start: number; end: number }
  | { kind: "segment"; number: number; segment: Uint8Array; parts: number }
  | { kind: "progress"; done: number }
  | { kind: "done"; summary: Summary }
  | { kind: "refused"; code: ReadingRefusal; facts: Record<string, string | number>; because: string };
export interface ToReader {
  number: number;
  bytes?: Uint8Array;
  fault?: string;
}

export interface Run {
  source: Source;
  name: string;
  limits: ReadingLimits;
  progress(done: number): void;
  /** Takes a packed segment; the reader waits for it. */
  keep(segment: Uint8Array): Promise<void>;
  signal?: AbortSignal;
}

// A thread would do for time, but V8 ends the whole process when one big allocation does not fit a thread's heap.
const program = fileURLToPath(new URL("./child.ts", import.meta.url));

/** Reads a file in a process of its own. Throws `ReadingError`; what `range` and `keep` throw comes through as it is. */
export async function runReader(run: Run): Promise<Summary> {
  const child = fork(program, {
    execArgv: [`--max-old-space-size=${run.limits.heap}`, "--import", "tsx"],
    cwd: fileURLToPath(new URL("../../..", import.meta.url)),
    serialization: "advanced",
    // It needs no secret of ours, and speaks to nobody but us.
    env: { PATH: process.env["PATH"], HOME: process.env["HOME"], TZ: "UTC" },
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  let ourFault: unknown;
  let late: NodeJS.Timeout | undefined;
  try {
    return await new Promise<Summary>((resolve, reject) => {
      late = setTimeout(
        () => reject(new ReadingError("TOO_SLOW", { seconds: run.limits.seconds })),
        run.limits.seconds * 1000,
      );
      run.signal?.addEventListener("abort", () => reject(run.signal!.reason as Error), { once: true });
      const send = (message: Start | ToReader): void => void (child.connected && child.send(message));
      const answer = (number: number, work: Promise<Uint8Array | undefined>): void => {
        work.then(
          (bytes) => send({ number, ...(bytes && { bytes }) }),
          (fault: unknown) => {
            ourFault = fault;
            send({ number, fault: "the other side failed" });
          },
        );
      };
      child.on("message", (message: FromReader) => {
        switch (message.kind) {
          case "range":
            return answer(message.number, run.source.range(message.start, message.end));
          case "segment":
            return answer(
              message.number,
              run.keep(message.segment).then(() => undefined),
            );
          case "progress":
            return run.progress(message.done);
          case "done":
            return resolve(message.summary);
          case "refused":
            return reject(
              (ourFault as Error | undefined) ??
                new ReadingError(message.code, message.facts, message.because),
            );
        }
      });
      child.on("error", (fault) => reject(new ReadingError("READER_FAILED", {}, fault)));
      child.on("exit", (code, signal) => {
        // V8 aborts when its heap is full; the kernel kills when the machine's memory is.
        const memory = signal === "SIGABRT" || signal === "SIGKILL" || code === 134;
        reject(
          new ReadingError(
            memory ? "TOO_MUCH_MEMORY" : "READER_FAILED",
            {},
            `exit ${String(code ?? signal)}`,
          ),
        );
      });
      send({ name: run.name, size: run.source.size, limits: run.limits });
    });
  } finally {
    clearTimeout(late);
    child.kill("SIGKILL");
  }
}
