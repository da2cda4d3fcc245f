// Slows down whoever floods the page, and turns nobody away: a shared address may hide a hundred people, one of them in need.
import { createHmac, timingSafeEqual } from "node:crypto";
import type { Clock, Random } from "@simpul/model";

export interface Allowance {
  /** Messages from one address within `withinMs` that go straight through. */
  address: number;
  /** The same for the whole node. */
  node: number;
  withinMs: number;
  /** How long somebody waits who comes after that. */
  waitMs: number;
}
export const sending: Allowance = { address: 20, node: 300, withinMs: 600_000, waitMs: 20_000 };
export const looking: Allowance = { address: 40, node: 600, withinMs: 600_000, waitMs: 20_000 };

/** Addresses remembered at most; none is ever written down, and each only as a digest under a key of this process. */
const mostAddresses = 10_000;
const ticketLastsMs = 3_600_000;

export class WaitingLine {
  readonly #key: Uint8Array;
  readonly #seen = new Map<string, number[]>();
  #all: number[] = [];
  readonly #clock: Clock;
  readonly #allowance: Allowance;
  constructor(from: { clock: Clock; random: Random }, allowance: Allowance) {
    this.#key = from.random.bytes(32);
    this.#clock = from.clock;
    this.#allowance = allowance;
  }

  /**
   * Null: go on. Otherwise how long to wait, and a ticket for this form: sent again with it after that time, the form
   * goes through however many others came meanwhile.
   */
  ask(address: string, once: string, ticket: string): { seconds: number; ticket: string } | null {
    const now = this.#clock.now().getTime();
    const { waitMs } = this.#allowance;
    const given = this.#given(once, ticket, now);
    if (given !== null) {
      const left = given + waitMs - now;
      return left <= 0 ? null : { seconds: Math.ceil(left / 1000), ticket };
    }
    if (this.#count(address, now)) return null;
    return { seconds: Math.ceil(waitMs / 1000), ticket: `${now.toString(36)}.${this.#mac(once, now)}` };
  }

  #count(address: string, now: number): boolean {
    const { address: perAddress, node, withinMs } = this.#allowance;
    const name = createHmac("sha256", this.#key).update(address).digest("base64");
    const fresh = (times: readonly number[]): number[] => times.filter((at) => at > now - withinMs);
    const own = fresh(this.#seen.get(name) ?? []);
    this.#all = fresh(this.#all);
    if (own.length >= perAddress || this.#all.length >= node) return false;
    own.push(now);
    this.#all.push(now);
    this.#seen.delete(name);
    this.#seen.set(name, own);
    for (const oldest of this.#seen.keys()) {
      if (this.#seen.size <= mostAddresses) break;
      this.#seen.delete(oldest);
    }
    return true;
  }

  #mac(once: string, at: number): string {
    return createHmac("sha256", this.#key)
      .update(`${String(at)}\n${once}`)
      .digest("base64url");
  }

  /** When the ticket was given for this form; null when it is none of ours, another form's, or long over. */
  #given(once: string, ticket: string, now: number): number | null {
    const [, when = "", mac = ""] = /^([0-9a-z]{6,12})\.([\w-]{43})$/.exec(ticket) ?? [];
    const at = parseInt(when, 36);
    if (!(at <= now && at > now - ticketLastsMs)) return null;
    const own = Buffer.from(this.#mac(once, at));
    const theirs = Buffer.from(mac);
    return own.length === theirs.length && timingSafeEqual(own, theirs) ? at : null;
  }
}
