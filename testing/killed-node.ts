// A whole node in a process of its own that a test kills without warning and starts again on the same data.
import { fork, type ChildProcess } from "node:child_process";
import { rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { PeerCard } from "@simpul/server";
import { oneFile } from "./one-file.ts";

const program = fileURLToPath(new URL("./standby-node.ts", import.meta.url));

/** Moments that look random and come again with the same seed: numbers from 0 up to 1 (mulberry32). */
export function moments(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** What the node says of itself when it answers. */
export interface Up {
  address: string;
  card: PeerCard;
}

/** A process that has read the program and waits for its turn: so its life begins at once, as often as it is killed. */
interface Standby {
  child: ChildProcess;
  warm: Promise<void>;
}

export class KilledNode {
  #living: ChildProcess | null = null;
  readonly #waiting: Standby[] = [];
  readonly #env: NodeJS.ProcessEnv;

  readonly #program: string;

  private constructor(file: string, env: NodeJS.ProcessEnv) {
    this.#program = file;
    this.#env = env;
    this.#prepare();
  }

  static async make(env: NodeJS.ProcessEnv): Promise<KilledNode> {
    return new KilledNode(await oneFile(program), env);
  }

  #prepare(): void {
    const child = fork(this.#program, [], { env: this.#env, execArgv: [], stdio: "ignore" });
    this.#waiting.push({ child, warm: new Promise((resolve) => child.once("message", () => resolve())) });
  }

  /** Lets the next process open the node; settles when it began to. */
  async begin(): Promise<ChildProcess> {
    const { child, warm } = this.#waiting.shift()!;
    this.#prepare();
    await warm;
    this.#living = child;
    child.send({ go: true });
    return child;
  }

  /** Settles when it answers, and throws when it ends by itself before. */
  async start(): Promise<Up> {
    const child = await this.begin();
    return new Promise((resolve, reject) => {
      child.once("message", (up) => resolve(up as Up));
      child.once("exit", () => reject(new Error("the node ended before it answered")));
    });
  }

  /** Hands it the cards of other nodes, which it then asks to cosign its logs. */
  introduce(cards: readonly PeerCard[]): void {
    this.#living?.send({ cards });
  }

  /** SIGKILL; settles when the process is gone. */
  kill(): Promise<void> {
    const dying = this.#living;
    this.#living = null;
    if (dying === null || dying.exitCode !== null || dying.signalCode !== null) return Promise.resolve();
    return new Promise((resolve) => {
      dying.removeAllListeners("exit");
      dying.once("exit", () => resolve());
      dying.kill("SIGKILL");
    });
  }

  /** Ends it and what waits for its turn. */
  async end(): Promise<void> {
    await this.kill();
    for (const { child } of this.#waiting) child.kill("SIGKILL");
    await rm(this.#program, { force: true });
  }
}
