// Key players of 10,000 nodes and 50,000 edges as the node counts them, by two processes, beside graphology's exact betweenness
// in the same run.
import Graph from "graphology";
import betweennessCentrality from "graphology-metrics/centrality/betweenness.js";
import { countApart } from "@simpul/features/actors/count/count.ts";
import {
  fragmentation,
  keyPlayers,
  networkOf,
  pairsWithout,
  type Counted,
  type Network,
} from "@simpul/match/network";
import type { Evaluation } from "@simpul/model";
import { median, type Figure } from "./figure.ts";
import { madeNetwork, type Made } from "./network/made.ts";

const most = 60;
const name = (i: number): string => `n${String(i).padStart(6, "0")}`;

/** Runs ours three times around one run of the peer's, which takes minutes; medians. */
export async function network(): Promise<Figure[]> {
  const made = madeNetwork();
  const net = build(made);
  const seconds: number[] = [];
  let found = await timed(net, seconds);
  const before = performance.now();
  const theirs = peer(made);
  const peerSeconds = (performance.now() - before) / 1000;
  for (let run = 1; run < 3; run++) found = await timed(net, seconds);
  const between = found.between;
  for (let v = 0; v < made.nodes; v++)
    if (Math.abs(between[v]! - theirs[v]!) > 1e-6 * Math.max(1, theirs[v]!))
      throw new Error(`node ${v} stands between ${between[v]} pairs, the peer says ${theirs[v]}`);
  const busiest = [...between.keys()].sort((x, y) => between[y]! - between[x]! || x - y).slice(0, most);
  const apart = (nodes: readonly number[]): number =>
    Number(fragmentation(net.count, pairsWithout(net, nodes)).toFixed(4));
  const [ours, theirsApart] = [apart(found.cut.nodes), apart(busiest)];
  const took = Number(median(seconds).toFixed(2));
  return [
    {
      figure:
        "key players of 10,000 nodes, 50,000 edges (brokers exactly, and 60 whose going parts it), two processes",
      ours: took,
      unit: "s",
      peer: Number(peerSeconds.toFixed(1)),
      peerName: "graphology-metrics 2.4, exact betweenness alone",
      bound: null,
      ratio: Number((took / peerSeconds).toFixed(3)),
      runs: seconds.length,
    },
    {
      figure: "fragmentation (Borgatti's F) when 60 are gone",
      ours,
      unit: "share of pairs apart",
      peer: theirsApart,
      peerName: "the 60 of highest betweenness",
      bound: null,
      ratio: Number((ours / theirsApart).toFixed(2)),
      runs: 1,
    },
  ];
}

type Net = Network<ReturnType<typeof statement>>;
const evaluation: Evaluation = { source: "B", information: "2" };
const statement = ([a, b]: readonly [number, number], i: number) => ({
  ...{ id: name(i), from: name(a), to: name(b), evaluation },
  origin: "EXERCISE",
});

const build = (made: Made): Net =>
  networkOf(
    Array.from({ length: made.nodes }, (_, i) => name(i)),
    made.pairs.map(statement),
  );

/** From the network to the list with its reasons, the start of both processes counted in. */
async function timed(net: Net, seconds: number[]): Promise<Counted> {
  const before = performance.now();
  const counted = await countApart(net, most);
  keyPlayers(net, most, counted);
  seconds.push((performance.now() - before) / 1000);
  return counted;
}

function peer(made: Made): number[] {
  const graph = new Graph({ type: "undirected" });
  for (let i = 0; i < made.nodes; i++) graph.addNode(name(i));
  for (const [a, b] of made.pairs) graph.addEdge(name(a), name(b));
  const values = betweennessCentrality(graph, { normalized: false });
  return Array.from({ length: made.nodes }, (_, i) => values[name(i)]!);
}
