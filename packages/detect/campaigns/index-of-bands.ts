// Finds which campaigns may resemble a text without looking at all of them: buckets of a fixed size, so that one question
// costs the same among ten thousand and among a million.
import { bins, empty } from "./sketch.ts";

const rows = 2;
const bands = bins / rows;
/** Campaigns a bucket remembers: what more of them share is a common phrase, and tells nothing. */
const depth = 4;

function mixed(hash: number): number {
  let h = hash;
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  h = Math.imul(h ^ (h >>> 12), 0x297a2d39);
  return (h ^ (h >>> 15)) >>> 0;
}

export class BandIndex {
  #buckets: Uint32Array;
  #mask: number;
  #held = 0;
  readonly #hits = new Map<number, number>();

  constructor(size = 1 << 14) {
    this.#buckets = new Uint32Array(size * depth).fill(empty);
    this.#mask = size - 1;
  }

  /** True when it is fuller than it should be: make one of twice the size and put everything in again. */
  get crowded(): boolean {
    return this.#held > this.#buckets.length * 0.6;
  }
  get buckets(): number {
    return this.#mask + 1;
  }

  #bucket(band: number, values: Uint32Array, at: number): number {
    const a = values[at + band * rows]!;
    const b = values[at + band * rows + 1]!;
    // An empty bin would bring all short texts together.
    if (a === empty || b === empty) return -1;
    return (mixed(Math.imul(a, 0x9e3779b1) ^ mixed(b + band * 0x632be5ab)) & this.#mask) * depth;
  }

  #put(at: number, campaign: number): void {
    const buckets = this.#buckets;
    for (let i = 0; i < depth; i++) {
      const held = buckets[at + i]!;
      if (held === campaign) return;
      if (held === empty) {
        buckets[at + i] = campaign;
        this.#held++;
        return;
      }
    }
    // Full: the oldest goes.
    buckets.copyWithin(at, at + 1, at + depth);
    buckets[at + depth - 1] = campaign;
  }

  add(values: Uint32Array, at: number, campaign: number): void {
    for (let band = 0; band < bands; band++) {
      const bucket = this.#bucket(band, values, at);
      if (bucket >= 0) this.#put(bucket, campaign);
    }
  }

  /** After a bin of a campaign changed. */
  renew(values: Uint32Array, at: number, bin: number, campaign: number): void {
    const bucket = this.#bucket(Math.floor(bin / rows), values, at);
    if (bucket >= 0) this.#put(bucket, campaign);
  }

  /** The campaigns that share most bands, best first, at most `most`. `now` says where a merged one went. */
  near(values: Uint32Array, most: number, now: (campaign: number) => number): number[] {
    const hits = this.#hits;
    hits.clear();
    for (let band = 0; band < bands; band++) {
      const bucket = this.#bucket(band, values, 0);
      if (bucket < 0) continue;
      for (let i = 0; i < depth; i++) {
        const held = this.#buckets[bucket + i]!;
        if (held === empty) break;
        const one = now(held);
        hits.set(one, (hits.get(one) ?? 0) + 1);
      }
    }
    return [...hits]
      .sort((a, b) => b[1] - a[1])
      .slice(0, most)
      .map(([campaign]) => campaign);
  }
}
