// Work in a process of its own, held to its time and memory: whatever happens there, the node goes on answering.
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { bundle } from "./bundle.ts";

export { bundle };

/** A program that runs apart, put together when it is first asked for. */
export class Program {
  readonly #source: URL;
  readonly #outside: readonly string[];
  #text: Promise<string> | null = null;

  /** `outside`: packages that are looked up when it runs (`bundle`). */
  constructor(source: URL, outside: readonly string[] = []) {
    this.#source = source;
    this.#outside = outside;
  }

  /** One that could not be put together is tried again by who asks next. */
  text(): Promise<string> {
    return (this.#text ??= bundle(this.#source, this.#outside).catch((fault: unknown) => {
      this.#text = null;
      throw fault;
    }));
  }
}

/** Why a process was given up before it said that it is done. */
export type GivenUp =
  | { because: "time" }
  /** It is gone. `memory`: its heap was full, or the machine's memory. */
  | { because: "gone"; how: string; memory: boolean };

export interface Apart {
  program: Program;
  seconds: number;
  /** Megabytes of heap. */
  heap: number;
  /** What is thrown when it takes more than it may, or ends without a word. */
  givenUp(why: GivenUp): Error;
}

/** What is heard with each word of the process: how the work ends, and the way to answer. */
export interface Talk<To, Result> {
  resolve(result: Result): void;
  reject(fault: unknown): void;
  /** Says something; into the void when the process is gone. */
  say(word: To): void;
}

const house = fileURLToPath(new URL("../../..", import.meta.url));

/**
 * Sends `start`, hears every word until one ends it, and ends the process. Throws what `givenUp` gives, what a word
 * rejects with, and the signal's reason.
 */
export async function apart<To, From, Result>(
  { program, seconds, heap, givenUp }: Apart,
  start: To,
  hear: (word: From, talk: Talk<To, Result>) => void,
  signal?: AbortSignal,
): Promise<Result> {
  const text = await program.text();
  signal?.throwIfAborted();
  // A thread would do for time, but V8 ends the whole process when one big allocation does not fit a thread's heap.
  const child = spawn(
    process.execPath,
    [`--max-old-space-size=${String(heap)}`, "--input-type=module", "-"],
    {
      cwd: house,
      serialization: "advanced",
      // It needs no secret of ours, and speaks to nobody but us.
      env: { PATH: process.env["PATH"], HOME: process.env["HOME"], TZ: "UTC" },
      stdio: ["pipe", "ignore", "ignore", "ipc"],
    },
  );
  // A process that ends while it is still being told its program is heard of by its end.
  child.stdin!.on("error", () => undefined).end(text);
  const say = (word: To): void => {
    if (child.connected) child.send(word as object);
  };
  let clock: NodeJS.Timeout | undefined;
  let stop: (() => void) | undefined;
  try {
    return await new Promise<Result>((resolve, reject) => {
      clock = setTimeout(() => reject(givenUp({ because: "time" })), seconds * 1000);
      stop = () => reject(signal!.reason as Error);
      signal?.addEventListener("abort", stop, { once: true });
      child.on("message", (word) => hear(word as From, { resolve, reject, say }));
      child.on("error", (fault) => reject(givenUp({ because: "gone", how: fault.message, memory: false })));
      child.on("exit", (code, by) => {
        // V8 aborts when its heap is full; the kernel kills when the machine's memory is.
        const memory = by === "SIGABRT" || by === "SIGKILL" || code === 134;
        reject(givenUp({ because: "gone", how: `exit ${String(code ?? by)}`, memory }));
      });
      say(start);
    });
  } finally {
    clearTimeout(clock);
    if (stop !== undefined) signal?.removeEventListener("abort", stop);
    child.kill("SIGKILL");
  }
}
