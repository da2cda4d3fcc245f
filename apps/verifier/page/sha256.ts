// SHA-256 (FIPS 180-4) piece by piece: WebCrypto hashes only what lies whole in memory, and exhibits do not.
const k = new Uint32Array(64);
const start = new Uint32Array(8);
// Section 4.2.2 and 5.3.3: the first 32 bits of the fractions of cube and square roots of the first primes.
for (let n = 2, found = 0; found < 64; n++) {
  let prime = true;
  for (let d = 2; d * d <= n; d++) if (n % d === 0) prime = false;
  if (!prime) continue;
  k[found] = (Math.cbrt(n) % 1) * 2 ** 32;
  if (found < 8) start[found] = (Math.sqrt(n) % 1) * 2 ** 32;
  found += 1;
}

const turn = (x: number, by: number): number => (x >>> by) | (x << (32 - by));

export class Sha256 {
  readonly #state = start.slice();
  readonly #block = new Uint8Array(64);
  readonly #view = new DataView(this.#block.buffer);
  readonly #w = new Int32Array(64);
  #filled = 0;
  #length = 0;

  update(bytes: Uint8Array): this {
    this.#length += bytes.length;
    for (let at = 0; at < bytes.length;) {
      const take = Math.min(64 - this.#filled, bytes.length - at);
      this.#block.set(bytes.subarray(at, at + take), this.#filled);
      this.#filled += take;
      at += take;
      if (this.#filled === 64) this.#compress();
    }
    return this;
  }

  /** Ends it: afterwards nothing may be added. */
  digest(): Uint8Array {
    const bits = BigInt(this.#length) * 8n;
    this.update(Uint8Array.of(0x80));
    if (this.#filled > 56) this.update(new Uint8Array(64 - this.#filled));
    this.update(new Uint8Array(56 - this.#filled));
    const tail = new Uint8Array(8);
    new DataView(tail.buffer).setBigUint64(0, bits);
    this.update(tail);
    const out = new Uint8Array(32);
    const view = new DataView(out.buffer);
    this.#state.forEach((word, nth) => view.setUint32(4 * nth, word));
    return out;
  }

  #compress(): void {
    const w = this.#w;
    for (let i = 0; i < 16; i++) w[i] = this.#view.getInt32(4 * i);
    for (let i = 16; i < 64; i++) {
      const a = w[i - 15]!;
      const b = w[i - 2]!;
      const s0 = turn(a, 7) ^ turn(a, 18) ^ (a >>> 3);
      const s1 = turn(b, 17) ^ turn(b, 19) ^ (b >>> 10);
      w[i] = (w[i - 16]! + s0 + w[i - 7]! + s1) | 0;
    }
    let [a, b, c, d, e, f, g, h] = this.#state as unknown as [
      ...[number, number, number, number, number, number, number, number],
    ];
    for (let i = 0; i < 64; i++) {
      const s1 = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25);
      const one = (h + s1 + ((e & f) ^ (~e & g)) + k[i]! + w[i]!) | 0;
      const s0 = turn(a, 2) ^ turn(a, 13) ^ turn(a, 22);
      const two = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
    }
    [a, b, c, d, e, f, g, h].forEach((word, nth) => (this.#state[nth] = this.#state[nth]! + word));
    this.#filled = 0;
  }
}
