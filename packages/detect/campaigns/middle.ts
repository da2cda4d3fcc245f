// The text in the middle of a campaign, as a sketch: of each bin the value that most members hold.
import { bins, empty, type Sketch } from "./sketch.ts";

/** Values remembered for a bin; a rarer one gives way (Metwally and others, Space-Saving, ICDT 2005). */
const kept = 4;

/** Counts of a campaign with two members or more; one alone is its own middle. */
export class Middle {
  readonly #values = new Uint32Array(bins * kept).fill(empty);
  readonly #counts = new Uint16Array(bins * kept);
  readonly #places = new Uint8Array(bins * kept);

  add({ values, places }: Pick<Sketch, "values" | "places">, at = 0): void {
    for (let bin = 0; bin < bins; bin++) this.#count(bin, values[at + bin]!, places[at + bin]!);
  }

  #count(bin: number, value: number, place: number): void {
    const from = bin * kept;
    let rarest = from;
    for (let i = from; i < from + kept; i++) {
      if (this.#values[i] === value && this.#counts[i]! > 0) {
        this.#counts[i]!++;
        if (this.#counts[i] === 0xffff) for (let k = from; k < from + kept; k++) this.#counts[k]! >>>= 1;
        return;
      }
      if (this.#counts[i]! < this.#counts[rarest]!) rarest = i;
    }
    // A newcomer takes the rarest one's place but not its count: old agreement outlives single edits.
    if (this.#counts[rarest]! > 1) this.#counts[rarest]!--;
    else {
      this.#values[rarest] = value;
      this.#counts[rarest] = 1;
      this.#places[rarest] = place;
    }
  }

  /**
   * The value most members hold, and where; among equals the smallest, which is the one the template itself would give.
   */
  of(bin: number): { value: number; place: number } {
    const from = bin * kept;
    let best = from;
    for (let i = from + 1; i < from + kept; i++) {
      const more = this.#counts[i]! - this.#counts[best]!;
      if (more > 0 || (more === 0 && this.#values[i]! < this.#values[best]!)) best = i;
    }
    return { value: this.#values[best]!, place: this.#places[best]! };
  }
}
