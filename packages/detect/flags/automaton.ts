// Finds many phrases in one walk over a text, in time that depends on the text alone (Aho and Corasick, CACM 18(6), 1975).

export interface Hit<T> {
  start: number;
  end: number;
  of: T;
}

export class Automaton<T> {
  readonly #next = new Map<number, number>();
  /** The same packed, for walking: keys and states side by side, and what the first state does with every unit. */
  #table: Int32Array = new Int32Array(0);
  readonly #root = new Int32Array(0x10000);
  readonly #fail: number[] = [0];
  readonly #ends: { of: T; size: number }[][] = [[]];
  /** The nearest state on the way of failing that ends a phrase; 0 for none. */
  readonly #out: number[] = [0];

  constructor(phrases: Iterable<readonly [string, T]>) {
    for (const [phrase, of] of phrases) {
      let state = 0;
      for (let i = 0; i < phrase.length; i++) {
        const key = state * 0x10000 + phrase.charCodeAt(i);
        let to = this.#next.get(key);
        if (to === undefined) {
          to = this.#ends.push([]) - 1;
          this.#next.set(key, to);
        }
        state = to;
      }
      if (state !== 0) this.#ends[state]!.push({ of, size: phrase.length });
    }
    this.#pack();
    this.#failures();
  }

  #pack(): void {
    const slots = 1 << Math.ceil(Math.log2(this.#next.size * 3 + 2));
    this.#table = new Int32Array(slots * 2).fill(-1);
    for (const [key, to] of this.#next) {
      if (key < 0x10000) this.#root[key] = to;
      let at = this.#slot(key);
      while (this.#table[at] !== -1) at = (at + 2) & (this.#table.length - 1);
      this.#table[at] = key;
      this.#table[at + 1] = to;
    }
  }

  #slot(key: number): number {
    return ((Math.imul(key, 0x9e3779b1) >>> 7) << 1) & (this.#table.length - 1);
  }

  /** Where a state goes with a unit, -1 for nowhere. */
  #to(state: number, unit: number): number {
    const key = state * 0x10000 + unit;
    const table = this.#table;
    for (let at = this.#slot(key); ; at = (at + 2) & (table.length - 1)) {
      const seen = table[at]!;
      if (seen === key) return table[at + 1]!;
      if (seen === -1) return -1;
    }
  }

  /** States are numbered parent first, but not level by level: go by levels. */
  #failures(): void {
    const children: [number, number][][] = this.#ends.map(() => []);
    for (const [key, to] of this.#next) children[Math.floor(key / 0x10000)]!.push([key % 0x10000, to]);
    let level = [0];
    while (level.length > 0) {
      const below: number[] = [];
      for (const state of level)
        for (const [unit, to] of children[state]!) {
          const fail = state === 0 ? 0 : this.#step(this.#fail[state]!, unit);
          this.#fail[to] = fail;
          this.#out[to] = this.#ends[fail]!.length > 0 ? fail : this.#out[fail]!;
          below.push(to);
        }
      level = below;
    }
  }

  #step(from: number, unit: number): number {
    for (let state = from; state !== 0; state = this.#fail[state]!) {
      const to = this.#to(state, unit);
      if (to !== -1) return to;
    }
    return this.#root[unit]!;
  }

  /** Every place of every phrase, by where it ends. */
  *hits(text: string): Generator<Hit<T>> {
    let state = 0;
    for (let at = 0; at < text.length; at++) {
      state = this.#step(state, text.charCodeAt(at));
      for (let seen = state; seen !== 0; seen = this.#out[seen]!)
        for (const { of, size } of this.#ends[seen]!) yield { start: at + 1 - size, end: at + 1, of };
    }
  }
}
