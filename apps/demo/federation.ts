// The three nodes of the exercise: who they are and on which ports they begin to look for a free one.
import type { PeerCard } from "@simpul/server";
import { people } from "./story/people.ts";

/** What a node tells the one that started it. */
export interface Ready {
  code: string;
  name: string;
  address: string;
  /** What the other nodes enter and confirm. */
  card: PeerCard;
}

/** What it is told when all are there. */
export interface Introduction {
  cards: PeerCard[];
}

/** Ports lie ten apart, so that each node finds its own free ones. */
const firstPort = 7410;

/** Settings per node, for its own process. `SIMPUL_PORT` moves all of them. */
export function federation(env: NodeJS.ProcessEnv): { code: string; env: NodeJS.ProcessEnv }[] {
  const first = Number(env["SIMPUL_PORT"] ?? firstPort);
  return people.map(({ code, name }, nth) => ({
    code,
    env: {
      SIMPUL_NODE: code,
      SIMPUL_NAME: name,
      SIMPUL_EXERCISE: "1",
      SIMPUL_OPEN_PAGE: "1",
      SIMPUL_PORT: String(first + 20 * nth),
      SIMPUL_PEER_PORT: String(first + 20 * nth + 11),
      SIMPUL_LOG: env["SIMPUL_LOG"] ?? "warn",
    },
  }));
}
