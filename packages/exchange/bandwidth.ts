// How much a line may carry: what was sent is paid for by waiting, urgent letters before others, letters before files.
import { setTimeout as pause } from "node:timers/promises";
import type { NodeCode } from "@simpul/model";

/** Kilobits a second to a peer at most; one that is not named has no limit. */
export type Bandwidths = ReadonlyMap<NodeCode, number>;

/** Nobody sleeps longer than this at once, so that a node that stops is not held up. */
const napMs = 200;

/** One peer's share. */
export class Bandwidth {
  /** Bytes a second. */
  readonly rate: number;
  /** When all that was sent is paid for. */
  #paidAt = 0;
  #letters = 0;

  constructor(kilobits: number) {
    this.rate = (kilobits * 1_000) / 8;
  }

  /** After sending: so much is to be paid for. */
  charge(bytes: number): void {
    this.#paidAt = Math.max(performance.now(), this.#paidAt) + (bytes * 1_000) / this.rate;
  }

  get #due(): number {
    return this.#paidAt - performance.now();
  }

  /** Returns once a letter may go, or `going` says no. What is urgent then is chosen only then. */
  async letters(going: () => boolean): Promise<void> {
    this.#letters++;
    try {
      while (going() && this.#due > 0) await pause(Math.min(napMs, this.#due));
    } finally {
      this.#letters--;
    }
  }

  /** The same for a piece of a file: not before the letters that wait. */
  async files(going: () => boolean): Promise<void> {
    while (going() && (this.#letters > 0 || this.#due > 0))
      await pause(Math.max(1, Math.min(napMs, this.#due)));
  }
}

/** The shares of all peers that have one. */
export function shares(limits: Bandwidths): (peer: NodeCode) => Bandwidth | null {
  const all = new Map([...limits].map(([node, kilobits]) => [node, new Bandwidth(kilobits)]));
  return (peer) => all.get(peer) ?? null;
}
