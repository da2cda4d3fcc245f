// How much one sender, and all together, may send in an hour: kept in memory under a key that is forgotten with the process.
import { createHmac } from "node:crypto";
import type { Clock, Random } from "@simpul/model";

export const floodLimits = { ofSender: 6, ofForm: 300, hourMs: 3_600_000, senders: 20_000 } as const;

/** Counts by the hour. Addresses of senders are kept nowhere, only their marks, and those for an hour at most. */
export class Flood {
  readonly #clock: Clock;
  readonly #key: Uint8Array;
  #hour = -1;
  readonly #counts = new Map<string, number>();

  constructor({ clock, random }: { clock: Clock; random: Random }) {
    this.#clock = clock;
    this.#key = random.bytes(32);
  }

  /** True when this one may come in; it is counted then. */
  admits(form: string, sender: string): boolean {
    const hour = Math.floor(this.#clock.now().getTime() / floodLimits.hourMs);
    if (hour !== this.#hour) {
      this.#counts.clear();
      this.#hour = hour;
    }
    const mark = createHmac("sha256", this.#key).update(sender).digest("base64url").slice(0, 22);
    const whole = this.#counts.get(form) ?? 0;
    const own = this.#counts.get(mark) ?? 0;
    if (whole >= floodLimits.ofForm || own >= floodLimits.ofSender) return false;
    // Whoever comes from everywhere at once meets the limit of the form.
    if (own === 0 && this.#counts.size >= floodLimits.senders) return false;
    this.#counts.set(form, whole + 1);
    this.#counts.set(mark, own + 1);
    return true;
  }
}
