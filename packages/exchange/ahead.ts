// What must be known of a peer before anything else of it is taken in: counted on both sides, asked for when one lacks some.
import type { NodeCode } from "@simpul/model";
import { ExchangeError } from "./errors.ts";

/**
 * News that goes ahead of every envelope (what was called back). Each sending and each pull says how many there are;
 * who knows fewer asks first, so that no order of arrival lets the older envelope be read before the news about it.
 */
export interface Ahead {
  /** How many this node has for the peer. */
  told(peer: NodeCode): Promise<number>;
  /** How many of the peer's are in force here. */
  known(peer: NodeCode): Promise<number>;
  /** Asks the peer for the rest and puts it in force here; throws where it cannot be had. */
  learn(peer: NodeCode, ask: (question: string, body: Uint8Array) => Promise<Uint8Array>): Promise<void>;
}

export const noneAhead: Ahead = {
  told: () => Promise.resolve(0),
  known: () => Promise.resolve(0),
  learn: () => Promise.resolve(),
};

type Asking = (node: NodeCode, question: string, body: Uint8Array) => Promise<Uint8Array>;

/** Learns once at a time from each peer. */
export function learner(ahead: Ahead, ask: Asking) {
  const learning = new Map<NodeCode, Promise<void>>();
  const learn = (peer: NodeCode): Promise<void> => {
    const running = learning.get(peer);
    if (running !== undefined) return running;
    const started = ahead
      .learn(peer, (question, body) => ask(peer, question, body))
      .finally(() => learning.delete(peer));
    learning.set(peer, started);
    return started;
  };
  return {
    learn,
    /** Returns once as many are known as the peer says there are; throws `UNAVAILABLE` where they are not to be had. */
    async upTo(peer: NodeCode, count: number): Promise<void> {
      for (let tries = 0; (await ahead.known(peer)) < count; tries++) {
        // The second asking is for what came up while the first was under way.
        if (tries === 2) throw new ExchangeError("UNAVAILABLE", "what goes ahead is not all here");
        await learn(peer).catch((cause: unknown) => {
          throw new ExchangeError("UNAVAILABLE", "what goes ahead cannot be had", cause);
        });
      }
    },
  };
}

/** How many a peer says there are, beside its heads or a pull; none where it does not say. Throws `BAD_REQUEST`. */
export function readAhead(body: Uint8Array): number {
  const { ahead = 0 } = JSON.parse(Buffer.from(body).toString("utf8")) as { ahead?: unknown };
  if (typeof ahead !== "number" || !Number.isSafeInteger(ahead) || ahead < 0)
    throw new ExchangeError("BAD_REQUEST", "ahead");
  return ahead;
}
