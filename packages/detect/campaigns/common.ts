// Which n-grams many unrelated adverts share: the little words of a language, stock sentences. They make no campaign.

const slots = 1 << 20;
/** An n-gram in more than this share of what was learned is common. One language in twelve is the usual mix. */
const share = 0.004;
/** And in at least so many: the first hundred adverts say little about what is common. */
const least = 8;

/** Counts in a fixed table (one row of a count-min sketch): 2 MiB whatever the number of adverts. */
export class Common {
  readonly #counts = new Uint16Array(slots);
  #learned = 0;

  /** `hashes`: every n-gram of one advert, repeats included; each counts once. */
  learn(hashes: Uint32Array): void {
    this.#learned++;
    let before = -1;
    for (const hash of hashes.slice().sort()) {
      if (hash === before) continue;
      before = hash;
      const at = hash & (slots - 1);
      if (this.#counts[at]! < 0xffff) this.#counts[at]!++;
    }
  }

  has(hash: number): boolean {
    return this.#counts[hash & (slots - 1)]! > Math.max(least, this.#learned * share);
  }
}
