// Which entries are drawn: from a seed that nobody chooses, so that anybody with the log draws the same ones again.
import { createHash } from "node:crypto";

/** How many entries of each log are looked through in a week. */
export const sampleSize = 20;
/** Places tried for one that counts; a week of few acts among many jobs ends here. */
const most = 20_000;

/** The seed is the hash of the whole cosigned note: its cosignatures are made with keys that this node has not. */
export const seedOf = (note: string): Buffer => createHash("sha256").update(note, "utf8").digest();

/**
 * Places from `first` on, before `past`, in the order of drawing, some of them twice: place i is
 * SHA-256(seed || i as 8 bytes, big end first), read as a number of 64 bits and reduced; what would favour some is left out.
 */
export function* places(seed: Uint8Array, first: number, past: number): Generator<number> {
  const span = BigInt(past - first);
  if (span <= 0n) return;
  const fair = (1n << 64n) - ((1n << 64n) % span);
  for (let i = 0n; i < BigInt(most); i++) {
    const count = Buffer.alloc(8);
    count.writeBigUInt64BE(i);
    const drawn = createHash("sha256").update(seed).update(count).digest().readBigUInt64BE();
    if (drawn < fair) yield first + Number(drawn % span);
  }
}

/** The first places that `counts` accepts, each once, in the order of drawing. */
export function draw(
  seed: Uint8Array,
  range: { first: number; past: number },
  counts: (place: number) => boolean,
  size = sampleSize,
): number[] {
  const chosen = new Set<number>();
  for (const place of places(seed, range.first, range.past)) {
    if (counts(place)) chosen.add(place);
    if (chosen.size === size) break;
  }
  return [...chosen];
}

/** The Monday, UTC, with which the week of this instant began, as a day. */
export function weekOf(at: Date): string {
  const day = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate()));
  day.setUTCDate(day.getUTCDate() - ((day.getUTCDay() + 6) % 7));
  return day.toISOString().slice(0, 10);
}

export const daysAfter = (day: string, days: number): Date =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000);
