// Into which pieces a network falls when some are taken out, and what each one more would cost it.
import type { Rows } from "./graph.ts";

/** Pairs among `size` nodes that can all reach each other. */
export const pairsIn = (size: number): number => (size * (size - 1)) / 2;

/** Sets in which two are one as soon as something joins them (union-find, by size, paths halved). */
export class Pieces {
  /** Pairs that reach each other, over all pieces. */
  pairs = 0;
  private readonly parent: Int32Array;
  private readonly sizes: Int32Array;
  private readonly seen: Int32Array;
  private turn = 0;

  /** Everybody alone. */
  constructor(count: number) {
    this.parent = Int32Array.from({ length: count }, (_, i) => i);
    this.sizes = new Int32Array(count).fill(1);
    this.seen = new Int32Array(count).fill(-1);
  }

  of(v: number): number {
    const { parent } = this;
    let at = v;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at]!]!;
      at = parent[at]!;
    }
    return at;
  }

  size(v: number): number {
    return this.sizes[this.of(v)]!;
  }

  join(v: number, w: number): void {
    let [large, small] = [this.of(v), this.of(w)];
    if (large === small) return;
    if (this.sizes[large]! < this.sizes[small]!) [large, small] = [small, large];
    this.pairs += this.sizes[large]! * this.sizes[small]!;
    this.parent[small] = large;
    this.sizes[large]! += this.sizes[small]!;
  }

  /** Pairs that would come to reach each other if `v`, who is out, came back. Time O(degree of v). */
  gain(rows: Rows, v: number, out: Uint8Array): number {
    this.turn++;
    let together = 1;
    let before = 0;
    for (let slot = rows.starts[v]!, stop = rows.starts[v + 1]!; slot < stop; slot++) {
      const w = rows.ends[slot]!;
      if (out[w] === 1) continue;
      const piece = this.of(w);
      if (this.seen[piece] === this.turn) continue;
      this.seen[piece] = this.turn;
      together += this.sizes[piece]!;
      before += pairsIn(this.sizes[piece]!);
    }
    return pairsIn(together) - before;
  }

  /** Brings `v` back and joins it with its neighbours who are in. */
  bringBack(rows: Rows, v: number, out: Uint8Array): void {
    out[v] = 0;
    for (let slot = rows.starts[v]!, stop = rows.starts[v + 1]!; slot < stop; slot++)
      if (out[rows.ends[slot]!] === 0) this.join(v, rows.ends[slot]!);
  }
}

/** The pieces of what is not out; who is out stands alone. Time O(n + m α(n)). */
export function piecesWithout(rows: Rows, out: Uint8Array): Pieces {
  const pieces = new Pieces(rows.count);
  for (let v = 0; v < rows.count; v++) {
    if (out[v] === 1) continue;
    for (let slot = rows.starts[v]!, stop = rows.starts[v + 1]!; slot < stop; slot++) {
      const w = rows.ends[slot]!;
      if (w > v) break;
      if (out[w] === 0) pieces.join(v, w);
    }
  }
  return pieces;
}

/** Later than any step of a walk. */
const gone = 0x7fffffff;

/**
 * For every node that is in, how many pairs no longer reach each other when it alone is taken out too; 0 for who is out.
 * All of them in one walk: Hopcroft and Tarjan's search for cut nodes (1973) with the sizes of subtrees, which says for
 * each node what would hang on it alone. Time and memory O(n + m).
 */
export function lossOfEach(rows: Rows, out: Uint8Array): Float64Array {
  const { count, starts, ends } = rows;
  const loss = new Float64Array(count);
  const entered = new Int32Array(count);
  const low = new Int32Array(count);
  const size = new Int32Array(count).fill(1);
  const slot = starts.slice(0, count);
  const parent = new Int32Array(count).fill(-1);
  /** Nodes that fall off when this one goes, and the pairs that still reach each other among them. */
  const cutOff = new Int32Array(count);
  const cutPairs = new Float64Array(count);
  const walked = new Int32Array(count);
  // Who is out counts as entered, after everybody: the walk passes by, and nothing reaches back to it.
  for (let v = 0; v < count; v++) if (out[v] === 1) entered[v] = gone;
  let time = 0;
  for (let root = 0; root < count; root++) {
    if (entered[root] !== 0) continue;
    entered[root] = low[root] = ++time;
    walked[0] = root;
    let seen = 1;
    for (let v = root; v >= 0;) {
      const up = parent[v]!;
      const stop = starts[v + 1]!;
      let at = slot[v]!;
      let lowest = low[v]!;
      let down = -1;
      while (at < stop) {
        const w = ends[at++]!;
        const when = entered[w]!;
        if (when === 0) {
          down = w;
          break;
        }
        if (when < lowest && w !== up) lowest = when;
      }
      slot[v] = at;
      low[v] = lowest;
      if (down >= 0) {
        parent[down] = v;
        entered[down] = low[down] = ++time;
        walked[seen++] = down;
        v = down;
        continue;
      }
      if (up >= 0) {
        size[up]! += size[v]!;
        if (lowest < low[up]!) low[up] = lowest;
        if (lowest >= entered[up]!) {
          cutOff[up]! += size[v]!;
          cutPairs[up]! += pairsIn(size[v]!);
        }
      }
      v = up;
    }
    const whole = size[root]!;
    for (let i = 0; i < seen; i++) {
      const v = walked[i]!;
      loss[v] = pairsIn(whole) - cutPairs[v]! - pairsIn(whole - 1 - cutOff[v]!);
    }
  }
  return loss;
}
