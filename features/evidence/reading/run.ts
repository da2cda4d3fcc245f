// Starts a process for one file and holds it to its time and memory: a file that breaks its reader breaks nothing else.
import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Found } from "@simpul/detect";
import { ReadingError, type ReadingRefusal, type SegmentPlace } from "../contract.ts";
import type { ReadingLimits } from "./limits.ts";
import type { Source } from "./reader.ts";
import type { Summary } from "./segments.ts";

export interface Start {
  mode: "read" | "detect";
  name: string;
  size: number;
  limits: ReadingLimits;
  /** With `detect`: where the segments lie, and where numbers without a country come from. */
  places: SegmentPlace[];
  region: string;
}
export interface FoundInPart extends Found {
  part: number;
}
export type FromReader =
  | { kind: "range"; number: number; start: number; end: number }
  | { kind: "segment"; number: number; segment: Uint8Array; parts: number }
  | { kind: "found"; number: number; found: FoundInPart[] }
  | { kind: "progress"; done: number }
  | { kind: "done"; summary: Summary | null }
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
  const start: Start = {
    mode: "read",
    name: run.name,
    size: run.source.size,
    limits: run.limits,
    places: [],
    region: "",
  };
  const summary = await runChild(start, {
    ...run,
    range: (from, to) => run.source.range(from, to),
    found: () => Promise.resolve(),
  });
  if (summary === null) throw new ReadingError("READER_FAILED");
  return summary;
}

export interface Detection {
  places: SegmentPlace[];
  range(start: number, end: number): Promise<Uint8Array>;
  region: string;
  limits: ReadingLimits;
  keep(found: FoundInPart[]): Promise<void>;
  signal?: AbortSignal;
}

/** Searches a kept reading, segment by segment, in a process of its own. Throws as `runReader`. */
export async function runDetection(run: Detection): Promise<void> {
  const start: Start = {
    mode: "detect",
    name: "",
    size: 0,
    limits: run.limits,
    places: run.places,
    region: run.region,
  };
  await runChild(start, {
    ...run,
    keep: () => Promise.resolve(),
    progress: () => undefined,
    found: (found) => run.keep(found),
  });
}

interface Parent {
  range(start: number, end: number): Promise<Uint8Array>;
  keep(segment: Uint8Array): Promise<void>;
  found(found: FoundInPart[]): Promise<void>;
  progress(done: number): void;
  signal?: AbortSignal;
}

async function runChild(start: Start, run: Parent): Promise<Summary | null> {
  const child = fork(program, {
    execArgv: [`--max-old-space-size=${start.limits.heap}`, "--import", "tsx"],
    cwd: fileURLToPath(new URL("../../..", import.meta.url)),
    serialization: "advanced",
    // It needs no secret of ours, and speaks to nobody but us.
    env: { PATH: process.env["PATH"], HOME: process.env["HOME"], TZ: "UTC" },
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  let ourFault: unknown;
  let late: NodeJS.Timeout | undefined;
  try {
    return await new Promise<Summary | null>((resolve, reject) => {
      late = setTimeout(
        () => reject(new ReadingError("TOO_SLOW", { seconds: start.limits.seconds })),
        start.limits.seconds * 1000,
      );
      run.signal?.addEventListener("abort", () => reject(run.signal!.reason as Error), { once: true });
      const send = (message: Start | ToReader): void => {
        if (child.connected) child.send(message);
      };
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
          case "range": {
            answer(message.number, run.range(message.start, message.end));
            return;
          }
          case "segment": {
            answer(
              message.number,
              run.keep(message.segment).then(() => undefined),
            );
            return;
          }
          case "found": {
            answer(
              message.number,
              run.found(message.found).then(() => undefined),
            );
            return;
          }
          case "progress": {
            run.progress(message.done);
            return;
          }
          case "done": {
            resolve(message.summary);
            return;
          }
          case "refused": {
            reject(
              (ourFault as Error | undefined) ??
                new ReadingError(message.code, message.facts, message.because),
            );
            return;
          }
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
      send(start);
    });
  } finally {
    clearTimeout(late);
    child.kill("SIGKILL");
  }
}
