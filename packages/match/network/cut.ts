// Whom to take out so that the others can reach each other least: Borgatti's key player problem, the negative one.
import { NetworkError } from "./errors.ts";
import type { Rows } from "./graph.ts";
import { lossOfEach, pairsIn, piecesWithout, Pieces } from "./pieces.ts";

/** Nodes in the order in which each next one costs the network most, and the pairs that still reach each other after it. */
export interface Cut {
  nodes: number[];
  pairsAfter: number[];
}

/**
 * Borgatti, "Identifying sets of key players in a social network" (2006), F: the share of pairs that cannot reach each
 * other. 0 when all can, 1 when nobody can reach anybody. Who was taken out counts as one who reaches nobody, so that
 * sets of one size compare.
 */
export const fragmentation = (count: number, pairs: number): number =>
  count < 2 ? 0 : 1 - pairs / pairsIn(count);

/** The pairs that still reach each other when these are taken out. */
export function pairsWithout(rows: Rows, nodes: readonly number[]): number {
  const out = new Uint8Array(rows.count);
  for (const v of nodes) out[v] = 1;
  return piecesWithout(rows, out).pairs;
}

/**
 * Chooses `most` nodes (fewer where nothing is left to part). Finding the best set is NP-hard, so this is the best of
 * two ways, each mended by exchanges until no exchange of one node betters it:
 *
 * - forward: take out whoever costs most now, over all nodes exactly (`lossOfEach`): O(k (n + m)). It sees who alone
 *   holds pieces together, and is blind to two who hold a piece by one way each.
 * - backward: take everybody out, and bring back who joins least (Arulselvan and others, "Detecting critical nodes in
 *   sparse graphs", 2009, begin from an independent set), with union-find, until `most` are left out. Those two are the
 *   last to come back, so it sees them. O(m log m) for all but the last few thousand, O(r² d) for those r of degree d.
 *
 * An exchange brings back who is out for least and takes out whoever then costs most: O(n + m) each, at most
 * `exchanges` of them. Ties go to the first node, so the same network gives the same answer everywhere.
 */
export function cutOf(rows: Rows, most: number, exchanges = 2 * most): Cut {
  if (!Number.isInteger(most) || most < 0) throw new NetworkError("NOT_A_COUNT", String(most));
  const ways = [forward(rows, most), backward(rows, most)].map((set) => mended(rows, set, exchanges));
  ways.sort((x, y) => x.pairs - y.pairs);
  return inOrder(rows, ways[0]!.out);
}

function forward(rows: Rows, most: number): Uint8Array {
  const out = new Uint8Array(rows.count);
  for (let i = 0; i < most; i++) {
    const worst = dearest(lossOfEach(rows, out));
    if (worst < 0) break;
    out[worst] = 1;
  }
  return out;
}

/** The first of those whose loss is greatest; -1 when nobody's going parts any pair. */
function dearest(loss: Float64Array): number {
  let best = -1;
  let most = 0;
  for (let v = 0; v < loss.length; v++)
    if (loss[v]! > most) {
      most = loss[v]!;
      best = v;
    }
  return best;
}

/** Below this many left out, what each would join is asked anew at every step. */
const asksAll = 1500;

function backward(rows: Rows, most: number): Uint8Array {
  const { count } = rows;
  const out = new Uint8Array(count).fill(1);
  const pieces = new Pieces(count);
  let left = count;
  const heap = new Heap(count);
  for (let v = 0; v < count; v++) heap.push(0, v);
  while (left > Math.max(most, asksAll)) {
    const v = heap.pop();
    const gain = pieces.gain(rows, v, out);
    // What she would join has grown since she was weighed: back into the row.
    if (heap.size > 0 && gain > heap.least) heap.push(gain, v);
    else {
      pieces.bringBack(rows, v, out);
      left--;
    }
  }
  const rest: number[] = [];
  for (let v = 0; v < count; v++) if (out[v] === 1) rest.push(v);
  while (rest.length > most) {
    let [at, least] = [0, Infinity];
    for (let i = 0; i < rest.length; i++) {
      const gain = pieces.gain(rows, rest[i]!, out);
      // The later one comes back, so that the first of equals stays chosen.
      if (gain <= least) [at, least] = [i, gain];
    }
    pieces.bringBack(rows, rest[at]!, out);
    rest.splice(at, 1);
  }
  return out;
}

function mended(rows: Rows, start: Uint8Array, exchanges: number): { out: Uint8Array; pairs: number } {
  const out = start;
  let { pairs } = piecesWithout(rows, out);
  for (let tries = exchanges, better = true; better;) {
    better = false;
    const pieces = piecesWithout(rows, out);
    const chosen = listOf(out).map((v) => ({ v, gain: pieces.gain(rows, v, out) }));
    chosen.sort((x, y) => x.gain - y.gain || x.v - y.v);
    for (const { v, gain } of chosen) {
      if (tries-- <= 0) return { out, pairs };
      out[v] = 0;
      const loss = lossOfEach(rows, out);
      const worst = dearest(loss);
      if (worst >= 0 && loss[worst]! > gain) {
        out[worst] = 1;
        pairs += gain - loss[worst]!;
        better = true;
        break;
      }
      out[v] = 1;
    }
  }
  return { out, pairs };
}

const listOf = (out: Uint8Array): number[] => [...out.keys()].filter((v) => out[v] === 1);

/** The chosen in the order in which each next one costs most, the dearest first. */
function inOrder(rows: Rows, chosen: Uint8Array): Cut {
  const out = new Uint8Array(chosen);
  const pieces = piecesWithout(rows, out);
  let rest = listOf(out);
  const nodes: number[] = [];
  const pairsAfter: number[] = [];
  while (rest.length > 0) {
    // Brought back one by one, cheapest first: who comes back last parts most, and stands first.
    const gains = rest.map((v) => pieces.gain(rows, v, out));
    const least = Math.min(...gains);
    const v = rest[gains.lastIndexOf(least)]!;
    nodes.unshift(v);
    pairsAfter.unshift(pieces.pairs);
    pieces.bringBack(rows, v, out);
    rest = rest.filter((one) => one !== v);
  }
  return { nodes, pairsAfter };
}

/** A binary heap of nodes by what they would join, then by name from the last: see `backward`. */
class Heap {
  size = 0;
  private readonly keys: Float64Array;
  private readonly nodes: Int32Array;
  constructor(most: number) {
    this.keys = new Float64Array(most + 1);
    this.nodes = new Int32Array(most + 1);
  }
  /** The least key; there must be one. */
  get least(): number {
    return this.keys[1]!;
  }
  push(key: number, node: number): void {
    let at = ++this.size;
    for (; at > 1 && this.before(key, node, at >> 1); at >>= 1) this.move(at >> 1, at);
    this.keys[at] = key;
    this.nodes[at] = node;
  }
  pop(): number {
    const top = this.nodes[1]!;
    const [key, node] = [this.keys[this.size]!, this.nodes[this.size]!];
    this.size--;
    let at = 1;
    for (let child = 2; child <= this.size; child = at * 2) {
      if (child < this.size && this.before(this.keys[child + 1]!, this.nodes[child + 1]!, child)) child++;
      if (this.before(key, node, child)) break;
      this.move(child, at);
      at = child;
    }
    this.keys[at] = key;
    this.nodes[at] = node;
    return top;
  }
  private before(key: number, node: number, at: number): boolean {
    return key < this.keys[at]! || (key === this.keys[at]! && node > this.nodes[at]!);
  }
  private move(from: number, to: number): void {
    this.keys[to] = this.keys[from]!;
    this.nodes[to] = this.nodes[from]!;
  }
}
