// Work in a process of its own, held to its time and memory: whatever happens there, the node goes on answering.
import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";

export interface Apart {
  /** The path of the program. */
  program: string;
  seconds: number;
  /** Megabytes of heap. */
  heap: number;
  /** What is thrown when it takes more than it may, or ends without a word. */
  late(why: string): Error;
}
export interface Ended<Result> {
  resolve(result: Result): void;
  reject(fault: unknown): void;
}

/** Sends `start`, hears every word until one ends it, and ends the process. Throws what `late` gives, and the signal's reason. */
export async function apart<To extends object, From, Result>(
  { program, seconds, heap, late }: Apart,
  start: To,
  hear: (message: From, ended: Ended<Result>) => void,
  signal?: AbortSignal,
): Promise<Result> {
  const child = fork(program, {
    execArgv: [`--max-old-space-size=${heap}`, "--import", "tsx"],
    cwd: fileURLToPath(new URL("../..", import.meta.url)),
    serialization: "advanced",
    // It needs no secret of ours, and speaks to nobody but us.
    env: { PATH: process.env["PATH"], HOME: process.env["HOME"], TZ: "UTC" },
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  let clock: NodeJS.Timeout | undefined;
  let stop: (() => void) | undefined;
  try {
    return await new Promise<Result>((resolve, reject) => {
      clock = setTimeout(() => reject(late("time")), seconds * 1000);
      stop = () => reject(signal!.reason as Error);
      signal?.addEventListener("abort", stop, { once: true });
      child.on("message", (message) => hear(message as From, { resolve, reject }));
      child.on("error", reject);
      child.on("exit", (code, by) => reject(late(`exit ${String(code ?? by)}`)));
      child.send(start);
    });
  } finally {
    clearTimeout(clock);
    if (stop !== undefined) signal?.removeEventListener("abort", stop);
    child.kill("SIGKILL");
  }
}
