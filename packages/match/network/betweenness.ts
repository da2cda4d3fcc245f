// Who stands between the others: exact betweenness, by Brandes' accumulation over flat lists.
import type { Rows } from "./graph.ts";

/**
 * Adds to `into` what the shortest paths that begin at nodes `from` to `to - 1` say, so that work can be cut into
 * slices, or shared among threads whose lists are then added up. Over all nodes each `into[v]` is twice the betweenness
 * of `v`, because a pair is met from both its ends.
 *
 * Brandes, "A Faster Algorithm for Betweenness Centrality" (2001): time O(m) a source and so O(nm) in all, memory
 * O(n + m). Two things are done otherwise than there, with the same result. The arcs of the shortest-path graph are
 * written down as successors while the search goes forward, so that going back reads them in a row and not again every
 * arc of the network. And what flows back is gathered at the predecessor as `(1 + dependency) / paths` of each successor,
 * one division a node and not one an arc.
 */
export function addDependencies(rows: Rows, from: number, to: number, into: Float64Array): void {
  const { count, starts, ends } = rows;
  const far = new Int32Array(count).fill(-1);
  const paths = new Float64Array(count);
  const share = new Float64Array(count);
  const order = new Int32Array(count);
  const next = new Int32Array(ends.length);
  const nextStart = new Int32Array(count + 1);
  for (let source = from; source < to; source++) {
    far[source] = 0;
    paths[source] = 1;
    order[0] = source;
    let found = 1;
    let arcs = 0;
    for (let i = 0; i < found; i++) {
      const v = order[i]!;
      const step = far[v]! + 1;
      const ways = paths[v]!;
      nextStart[i] = arcs;
      for (let slot = starts[v]!, stop = starts[v + 1]!; slot < stop; slot++) {
        const w = ends[slot]!;
        const before = far[w]!;
        if (before === step) {
          paths[w]! += ways;
          next[arcs++] = w;
        } else if (before < 0) {
          far[w] = step;
          paths[w] = ways;
          order[found++] = w;
          next[arcs++] = w;
        }
      }
    }
    nextStart[found] = arcs;
    for (let i = found - 1; i > 0; i--) {
      const v = order[i]!;
      let sum = 0;
      for (let arc = nextStart[i]!, stop = nextStart[i + 1]!; arc < stop; arc++) sum += share[next[arc]!]!;
      const depends = sum * paths[v]!;
      share[v] = (1 + depends) / paths[v]!;
      into[v]! += depends;
    }
    for (let i = 0; i < found; i++) far[order[i]!] = -1;
  }
}

/** The same network with neighbours near each other in memory; `was[v]` is the node that is now `v`. */
export interface NearRows extends Rows {
  was: Int32Array;
}

/** Nodes in the order in which a search in breadth meets them: half the time of `addDependencies` for O(n + m) once. */
export function nearRows(rows: Rows): NearRows {
  const { count, starts, ends } = rows;
  const was = new Int32Array(count);
  const now = new Int32Array(count).fill(-1);
  let met = 0;
  for (let root = 0; root < count; root++) {
    if (now[root]! >= 0) continue;
    now[root] = met;
    was[met++] = root;
    for (let i = met - 1; i < met; i++) {
      const v = was[i]!;
      for (let slot = starts[v]!; slot < starts[v + 1]!; slot++) {
        const w = ends[slot]!;
        if (now[w]! >= 0) continue;
        now[w] = met;
        was[met++] = w;
      }
    }
  }
  const near = { count, starts: new Int32Array(count + 1), ends: new Int32Array(ends.length), was };
  for (let v = 0; v < count; v++) {
    const row = ends.subarray(starts[was[v]!], starts[was[v]! + 1]);
    near.starts[v + 1] = near.starts[v]! + row.length;
    near.ends.set(row.map((w) => now[w]!).sort(), near.starts[v]);
  }
  return near;
}

/** What `addDependencies` gave over all nodes of `near`, for the nodes as they were named, each pair once. */
export function betweennessFrom(near: NearRows, twice: Float64Array): Float64Array {
  const between = new Float64Array(near.count);
  near.was.forEach((v, i) => (between[v] = twice[i]! / 2));
  return between;
}

/** Per node, through how many pairs of others its shortest paths go, each pair once and by its share of its paths. */
export function betweennessOf(rows: Rows): Float64Array {
  const near = nearRows(rows);
  const twice = new Float64Array(rows.count);
  addDependencies(near, 0, rows.count, twice);
  return betweennessFrom(near, twice);
}
