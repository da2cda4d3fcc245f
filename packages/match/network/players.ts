// The key players of a network, each with the reasons for which it stands there; who decides is an officer.
import { betweennessOf } from "./betweenness.ts";
import { cutOf, fragmentation, type Cut } from "./cut.ts";
import type { Network, Rows, Statement } from "./graph.ts";
import { lossOfEach, piecesWithout } from "./pieces.ts";
import { suretyOfAll, type Grounds, type Surety } from "./sure.ts";

export interface Player {
  node: string;
  /** With how many others it is linked, by how sure each link is. */
  links: Record<Surety, number>;
  /** Its place among those who stand between others, from 1; null when it is none of them. */
  broker: { rank: number; pairs: number; share: number } | null;
  /** Its place among those whose going parts the network most, from 1; null when it is none of them. */
  parts: {
    rank: number;
    /** Pairs that no longer reach each other when it alone goes. */
    alone: number;
    /** The share of pairs that cannot reach each other when it and all before it are gone. */
    fragmentation: number;
  } | null;
}

export interface KeyPlayers {
  /** Brokers first by rank, then those who part the network and are no brokers. */
  players: Player[];
  /** The share of pairs that cannot reach each other today, and when all who part the network are gone. */
  before: number;
  after: number;
}

export interface Counted {
  between: Float64Array;
  cut: Cut;
}

/** Both counts; time O(nm), see `addDependencies` and `cutOf`. */
export const count = (rows: Rows, most: number): Counted => ({
  between: betweennessOf(rows),
  cut: cutOf(rows, most),
});

/**
 * The `most` who stand between most others and the `most` whose going parts the network most; the same network gives
 * the same answer. Nobody stands there who stands between nobody and parts nobody.
 */
export function keyPlayers<S extends Statement & Grounds>(
  network: Network<S>,
  most: number,
  counted: Counted = count(network, most),
): KeyPlayers {
  const { nodes, edges, starts, through } = network;
  const { between, cut } = counted;
  const n = nodes.length;
  const pairsOfOthers = ((n - 1) * (n - 2)) / 2;
  const brokers = [...between.keys()]
    .filter((v) => between[v]! > 1e-9)
    // Rounding must not decide who stands first among equals.
    .sort((x, y) => (nearly(between[x]!, between[y]!) ? x - y : between[y]! - between[x]!))
    .slice(0, most);
  const out = new Uint8Array(n);
  const alone = lossOfEach(network, out);
  const before = fragmentation(n, piecesWithout(network, out).pairs);
  const chosen = [...new Set([...brokers, ...cut.nodes])];
  const players = chosen.map((v): Player => {
    const rank = brokers.indexOf(v);
    const place = cut.nodes.indexOf(v);
    const links: Record<Surety, number> = { firm: 0, supported: 0, weak: 0 };
    for (let slot = starts[v]!; slot < starts[v + 1]!; slot++)
      links[suretyOfAll(edges[through[slot]!]!.stated)]++;
    return {
      node: nodes[v]!,
      links,
      broker: rank < 0 ? null : { rank: rank + 1, pairs: between[v]!, share: between[v]! / pairsOfOthers },
      parts:
        place < 0
          ? null
          : { rank: place + 1, alone: alone[v]!, fragmentation: fragmentation(n, cut.pairsAfter[place]!) },
    };
  });
  const last = cut.pairsAfter.at(-1);
  return { players, before, after: last === undefined ? before : fragmentation(n, last) };
}

const nearly = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-9 * Math.max(a, b);
