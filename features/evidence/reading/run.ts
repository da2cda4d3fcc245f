// Starts a process for one file and holds it to its time and memory: a file that breaks its reader breaks nothing else.
import type { Found } from "@simpul/detect";
import { Program, apart, type GivenUp } from "@simpul/store/apart";
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

const program = new Program(new URL("./child.ts", import.meta.url), [
  "exceljs",
  "pdfjs-dist",
  "sharp",
  "warcio",
]);

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
  let ourFault: unknown;
  return apart<Start | ToReader, FromReader, Summary | null>(
    {
      program,
      seconds: start.limits.seconds,
      heap: start.limits.heap,
      givenUp: (why) => givenUp(why, start),
    },
    start,
    (word, { resolve, reject, say }) => {
      const answer = (number: number, work: Promise<unknown>): void => {
        work.then(
          (bytes) => say({ number, ...(bytes instanceof Uint8Array && { bytes }) }),
          (fault: unknown) => {
            ourFault = fault;
            say({ number, fault: "the other side failed" });
          },
        );
      };
      switch (word.kind) {
        case "range":
          answer(word.number, run.range(word.start, word.end));
          return;
        case "segment":
          answer(word.number, run.keep(word.segment));
          return;
        case "found":
          answer(word.number, run.found(word.found));
          return;
        case "progress":
          run.progress(word.done);
          return;
        case "done":
          resolve(word.summary);
          return;
        case "refused":
          reject(ourFault ?? new ReadingError(word.code, word.facts, word.because));
      }
    },
    run.signal,
  );
}

function givenUp(why: GivenUp, { limits }: Start): ReadingError {
  if (why.because === "time") return new ReadingError("TOO_SLOW", { seconds: limits.seconds });
  return new ReadingError(why.memory ? "TOO_MUCH_MEMORY" : "READER_FAILED", {}, why.how);
}
