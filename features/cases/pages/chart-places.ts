// Where each thing of a chart stands: the same things and lines give the same picture on every machine.
import Graph from "graphology";
import forceAtlas2 from "graphology-layout-forceatlas2";

/** Steps that settle a chart of some hundred things; a large one takes fewer, and still falls into its groups. */
const stepsOf = (size: number): number => Math.max(40, Math.min(300, Math.round(3_000_000 / size)));

/**
 * `ends` holds two places in the list of things for each line. What comes back is x and y of each thing, in turn, to a
 * hundredth. From fixed places on a circle, neighbours beside each other, by a fixed number of steps (ForceAtlas2).
 */
export function placesOf(count: number, ends: ArrayLike<number>): Float64Array {
  const graph = new Graph({ type: "undirected" });
  for (let v = 0; v < count; v++) graph.addNode(v);
  for (let i = 0; i < ends.length; i += 2) graph.mergeEdge(ends[i], ends[i + 1]);
  neighboursFirst(graph).forEach((node, i) => {
    const angle = (2 * Math.PI * i) / Math.max(1, count);
    graph.mergeNodeAttributes(node, { x: Math.cos(angle) * 100, y: Math.sin(angle) * 100 });
  });
  if (count > 1)
    forceAtlas2.assign(graph, {
      iterations: stepsOf(count + graph.size),
      settings: {
        ...forceAtlas2.inferSettings(graph),
        gravity: 1,
        scalingRatio: 12,
        strongGravityMode: true,
      },
    });
  const places = new Float64Array(count * 2);
  graph.forEachNode((node, { x, y }) => {
    places[Number(node) * 2] = Math.round((x as number) * 100) / 100;
    places[Number(node) * 2 + 1] = Math.round((y as number) * 100) / 100;
  });
  return places;
}

/** The nodes in the order in which one meets them who goes from each to its neighbours. */
function neighboursFirst(graph: Graph): string[] {
  const met = new Set<string>();
  graph.forEachNode((first) => {
    const row = met.has(first) ? [] : [first];
    for (const node of row) {
      if (met.has(node)) continue;
      met.add(node);
      row.push(...graph.neighbors(node).filter((one) => !met.has(one)));
    }
  });
  return [...met];
}
