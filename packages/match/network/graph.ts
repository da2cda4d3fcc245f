// A network from stated links: nodes in the order of their names, one edge a pair, everything that was stated kept on it.
import { NetworkError } from "./errors.ts";

export interface Statement {
  /** By it the statement is found again. */
  id: string;
  from: string;
  to: string;
}

/** One edge: two nodes by their place in `nodes`, and what was stated about them, in the order of its ids. */
export interface Edge<S extends Statement> {
  a: number;
  b: number;
  stated: S[];
}

/**
 * An undirected graph as three flat lists (compressed rows): the neighbours of node `v` are
 * `ends[starts[v]] … ends[starts[v + 1] - 1]`, ascending.
 */
export interface Rows {
  count: number;
  starts: Int32Array;
  ends: Int32Array;
}

export interface Network<S extends Statement> extends Rows {
  nodes: readonly string[];
  edges: readonly Edge<S>[];
  /** The edges at a node, by their place in `edges`, beside `ends`. */
  through: Int32Array;
}

/** What one computation takes in at most; past it a network is cut down before, in the caller's way. */
export const networkLimits = { nodes: 200_000, edges: 2_000_000 };

/**
 * The same nodes and statements in any order give the same network. A statement about one node with itself is no edge.
 * Throws `UNKNOWN_NODE`, `NODE_TWICE`, `TOO_MANY_NODES` or `TOO_MANY_EDGES`. Time O(n log n + m log m).
 */
export function networkOf<S extends Statement>(
  names: readonly string[],
  statements: readonly S[],
): Network<S> {
  if (names.length > networkLimits.nodes) throw new NetworkError("TOO_MANY_NODES", String(names.length));
  if (statements.length > networkLimits.edges)
    throw new NetworkError("TOO_MANY_EDGES", String(statements.length));
  const nodes = [...names].sort(byText);
  const place = new Map(nodes.map((name, i) => [name, i]));
  if (place.size !== nodes.length) throw new NetworkError("NODE_TWICE");
  const at = (name: string): number => {
    const found = place.get(name);
    if (found === undefined) throw new NetworkError("UNKNOWN_NODE", name.slice(0, 80));
    return found;
  };
  const pairs = new Map<number, Edge<S>>();
  for (const one of [...statements].sort((x, y) => byText(x.id, y.id))) {
    const [from, to] = [at(one.from), at(one.to)];
    if (from === to) continue;
    const [a, b] = from < to ? [from, to] : [to, from];
    const key = a * nodes.length + b;
    const edge = pairs.get(key);
    if (edge === undefined) pairs.set(key, { a, b, stated: [one] });
    else edge.stated.push(one);
  }
  const edges = [...pairs.entries()].sort(([x], [y]) => x - y).map(([, edge]) => edge);
  return { nodes, edges, ...rowsOf(nodes.length, edges) };
}

/** Edges ascending by `a`, then `b`, so that each row comes out ascending without sorting it again. */
function rowsOf(count: number, edges: readonly { a: number; b: number }[]): Rows & { through: Int32Array } {
  const starts = new Int32Array(count + 1);
  for (const { a, b } of edges) {
    starts[a + 1]!++;
    starts[b + 1]!++;
  }
  for (let v = 0; v < count; v++) starts[v + 1]! += starts[v]!;
  const ends = new Int32Array(edges.length * 2);
  const through = new Int32Array(edges.length * 2);
  const free = starts.slice(0, count);
  // Smaller neighbours first: every edge (a, b) is put into b's row in the order of a, and before b's larger ones.
  edges.forEach(({ a, b }, i) => put(b, a, i));
  edges.forEach(({ a, b }, i) => put(a, b, i));
  return { count, starts, ends, through };

  function put(row: number, end: number, edge: number): void {
    const slot = free[row]!++;
    ends[slot] = end;
    through[slot] = edge;
  }
}

/** Code unit order: the same on every machine and in every language, unlike `localeCompare`. */
export const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
