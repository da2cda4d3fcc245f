// Who stands between the others: exact betweenness, by Brandes' accumulation over flat lists, thirty-two sources at a time.
import type { Rows } from "./graph.ts";

/** Sources that walk together: one bit each of a 32-bit number, which is how many JavaScript's operators take. */
const lanes = 32;
const bitOf = (lane: number): number => 0x80000000 >>> lane;

/**
 * Adds to `into` what the shortest paths that begin at nodes `from` to `to - 1` say, so that work can be cut into
 * slices, or shared among processes whose lists are then added up. Over all nodes each `into[v]` is twice the
 * betweenness of `v`, because a pair is met from both its ends. Slices of a multiple of 32 are the quickest.
 *
 * Brandes, "A Faster Algorithm for Betweenness Centrality" (2001): time O(m) a source and so O(nm) in all. Three
 * things are done otherwise than there, with the same result. Thirty-two sources walk together (Then and others, "The
 * more the merrier: efficient multi-source graph traversal", 2014): those near each other meet a node at the same step,
 * so an edge is looked at once for many. The arcs of the shortest-path graphs are written down while the search goes
 * forward, so that going back reads them in a row. And what flows back is gathered at the predecessor as `(1 +
 * dependency) / paths` of each successor. Memory O(32 n) and the arcs of one walk.
 */
export function addDependencies(rows: Rows, from: number, to: number, into: Float64Array): void {
  const walk = new Walk(rows);
  for (let first = from; first < to; first += lanes) {
    walk.forward(first, Math.min(lanes, to - first));
    walk.back(into);
  }
}

/** One walk of up to 32 sources over the network; `lane` is a source's place among them. */
class Walk {
  private readonly rows: Rows;
  /** By node and lane: how many shortest paths lead there, and what it hands back for each of them. */
  private readonly paths: Float64Array;
  private readonly share: Float64Array;
  /** By node: the lanes that have met it, and those that meet it in the wave that is being made. */
  private readonly seen: Int32Array;
  private readonly wave: Int32Array;
  /** What is met, wave after wave: a node, the lanes that meet it there, where its arcs begin. */
  private nodes: Int32Array;
  private marks: Int32Array;
  private arcStart: Int32Array;
  /** The arcs from each to the next wave: the node, and the lanes that go. */
  private next: Int32Array;
  private going: Int32Array;
  private sources = 0;
  private met = 0;

  constructor(rows: Rows) {
    const { count, ends } = rows;
    this.rows = rows;
    this.paths = new Float64Array(count * lanes);
    this.share = new Float64Array(count * lanes);
    this.seen = new Int32Array(count);
    this.wave = new Int32Array(count);
    this.nodes = new Int32Array(count * 4 + lanes);
    this.marks = new Int32Array(count * 4 + lanes);
    this.arcStart = new Int32Array(count * 4 + lanes);
    this.next = new Int32Array(ends.length);
    this.going = new Int32Array(ends.length);
  }

  forward(first: number, sources: number): void {
    const { starts, ends } = this.rows;
    const { paths, seen, wave } = this;
    let { nodes, marks, arcStart, next, going } = this;
    paths.fill(0);
    seen.fill(0);
    for (let lane = 0; lane < sources; lane++) {
      nodes[lane] = first + lane;
      marks[lane] = seen[first + lane] = bitOf(lane);
      paths[(first + lane) * lanes + lane] = 1;
    }
    let met = sources;
    let arcs = 0;
    for (let i = 0, end = met; i < met; i++) {
      const v = nodes[i]!;
      const here = marks[i]!;
      const slots = starts[v]!;
      const stop = starts[v + 1]!;
      arcStart[i] = arcs;
      if (arcs + stop - slots > next.length) [next, going] = [longer(next), longer(going)];
      for (let slot = slots; slot < stop; slot++) {
        const w = ends[slot]!;
        const go = here & ~seen[w]!;
        if (go === 0) continue;
        next[arcs] = w;
        going[arcs++] = go;
        if (wave[w] === 0) nodes[met++] = w;
        wave[w]! |= go;
        const to = w * lanes;
        const by = v * lanes;
        for (let left = go; left !== 0;) {
          const lane = Math.clz32(left);
          left ^= bitOf(lane);
          paths[to + lane]! += paths[by + lane]!;
        }
      }
      if (i + 1 < end) continue;
      // The wave is whole: whom it met is seen from now on.
      for (let j = end; j < met; j++) {
        const w = nodes[j]!;
        seen[w]! |= marks[j] = wave[w]!;
        wave[w] = 0;
      }
      end = met;
      // The next one meets each node at most once more.
      if (met + this.rows.count >= nodes.length)
        [nodes, marks, arcStart] = [longer(nodes), longer(marks), longer(arcStart)];
    }
    arcStart[met] = arcs;
    Object.assign(this, { nodes, marks, arcStart, next, going, sources, met });
  }

  back(into: Float64Array): void {
    const { paths, share, nodes, marks, arcStart, next, going } = this;
    const sums = new Float64Array(lanes);
    for (let i = this.met - 1; i >= this.sources; i--) {
      for (let arc = arcStart[i]!, stop = arcStart[i + 1]!; arc < stop; arc++) {
        const from = next[arc]! * lanes;
        for (let left = going[arc]!; left !== 0;) {
          const lane = Math.clz32(left);
          left ^= bitOf(lane);
          sums[lane]! += share[from + lane]!;
        }
      }
      const v = nodes[i]!;
      let depends = 0;
      for (let left = marks[i]!; left !== 0;) {
        const lane = Math.clz32(left);
        left ^= bitOf(lane);
        const ways = paths[v * lanes + lane]!;
        depends += sums[lane]! * ways;
        share[v * lanes + lane] = sums[lane]! + 1 / ways;
        sums[lane] = 0;
      }
      into[v]! += depends;
    }
  }
}

function longer(list: Int32Array): Int32Array {
  const twice = new Int32Array(list.length * 2);
  twice.set(list);
  return twice;
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
