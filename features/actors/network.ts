// The picture of everything linked that a reader sees: who and what, between whom a line is, how sure it is.
import { suretyOfAll } from "@simpul/match/network";
import type { Id } from "@simpul/model";
import type { Standing } from "@simpul/store";
import { drawnMost, type NetworkView } from "./contract.ts";
import { face, keysOf, readWhole, type ActorsNode } from "./whole.ts";

/** The most linked first where there is more than one picture holds, then by name: the same at every look. */
export async function viewNetwork(node: ActorsNode, standing: Standing): Promise<NetworkView> {
  const { gathering, network, more } = await readWhole(node, standing, "actors.network-viewed", {});
  const { nodes, edges, starts } = network;
  const keys = await keysOf(network);
  const named = new Set(keys.all.players.map((one) => one.node));
  const degree = (v: number): number => starts[v + 1]! - starts[v]!;
  const linked = [...nodes.keys()].filter((v) => degree(v) > 0);
  const shown = linked.sort((a, b) => degree(b) - degree(a) || a - b).slice(0, drawnMost.nodes);
  const place = new Map(shown.map((v, i) => [v, i]));
  const between = edges.filter(({ a, b }) => place.has(a) && place.has(b));
  const lines = between.slice(0, drawnMost.lines).map(({ a, b, stated }) => ({
    ...{ from: place.get(a)!, to: place.get(b)! },
    surety: suretyOfAll(stated),
    words: [...new Set(stated.map((one) => one.words))],
  }));
  return {
    nodes: shown.map((v) => {
      const group = gathering.of.get(nodes[v] as Id)!;
      const seen = new Set(group.things.map((one) => one.in)).size;
      return { id: group.id, ...face(group), seen, links: degree(v), key: named.has(group.id) };
    }),
    lines,
    left: { nodes: linked.length - shown.length, lines: edges.length - lines.length },
    counted: keys.counted,
    more,
  };
}
