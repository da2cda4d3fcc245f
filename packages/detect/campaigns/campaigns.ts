// Near-duplicate adverts gathered into campaigns as they come, in every script, at a cost that does not grow with their number.
import { Common } from "./common.ts";
import { BandIndex } from "./index-of-bands.ts";
import { Middle } from "./middle.ts";
import { agreement, agrees, bins, ngrams, sketch, type Agreement, type Sketch } from "./sketch.ts";

export type CampaignEvent =
  | { kind: "founded"; campaign: number }
  | { kind: "joined"; campaign: number; share: number }
  /** Two campaigns turned out to be one: everything of `from` is now `campaign`. */
  | { kind: "merged"; campaign: number; from: number; share: number };

/** How many likely campaigns are looked at for one advert. */
const looked = 16;
/** Middles that agree so much are one campaign. */
const one: Agreement = { share: 0.3, spread: 6 };
const doubtful = 0.25;
const chunk = 4_096;

interface Shelf {
  values: Uint32Array;
  places: Uint8Array;
}

/**
 * Membership needs agreement with the campaign's middle, never with any one member: chains through a shared sentence
 * break (detection.md 3.3). Shared selectors are edges of their own (see `selectorLinks`) and join nothing here.
 */
export class Campaigns {
  #index = new BandIndex();
  readonly #common = new Common();
  readonly #shelves: Shelf[] = [];
  readonly #middles = new Map<number, Middle>();
  readonly #sizes: number[] = [];
  readonly #grams: number[] = [];
  readonly #into: number[] = [];

  /** How many campaigns there are or were, lone adverts counted as campaigns of one. */
  get count(): number {
    return this.#sizes.length;
  }

  /** Where a campaign is now, after mergers. */
  now(campaign: number): number {
    let at = campaign;
    while (this.#into[at] !== at) at = this.#into[at]!;
    this.#into[campaign] = at;
    return at;
  }

  size(campaign: number): number {
    return this.#sizes[this.now(campaign)] ?? 0;
  }

  #shelf(campaign: number): { shelf: Shelf; at: number } {
    return { shelf: this.#shelves[Math.floor(campaign / chunk)]!, at: (campaign % chunk) * bins };
  }

  /** The middle of a campaign: compare a member with it to find the one that speaks for all (the medoid). */
  middle(campaign: number): Sketch {
    const at = this.now(campaign);
    const { shelf, at: from } = this.#shelf(at);
    return {
      values: shelf.values.slice(from, from + bins),
      places: shelf.places.slice(from, from + bins),
      grams: this.#grams[at] ?? 0,
    };
  }

  agreement(text: Sketch, campaign: number): Agreement {
    const { shelf, at } = this.#shelf(this.now(campaign));
    return agreement(text, shelf.values, shelf.places, at);
  }

  /** Takes in one advert; says where it belongs, and what that changed. Keep the sketch with it: `split` asks for it. */
  add(original: string): { campaign: number; sketch: Sketch; events: CampaignEvent[] } {
    const hashes = ngrams(original);
    const text = sketch(hashes, this.#common);
    const taken = this.#take(text);
    const sure = taken.events[0]!.kind === "joined" && taken.events[0]!.share >= doubtful;
    // What a campaign says ever again is its own and not common; a doubtful member may have come by common words.
    if (!sure) this.#common.learn(hashes);
    return { ...taken, sketch: text };
  }

  #take(text: Sketch): { campaign: number; events: CampaignEvent[] } {
    let best = -1;
    let most: Agreement = { share: 0, spread: 0 };
    const others: number[] = [];
    for (const near of this.#index.near(text.values, looked, (campaign) => this.now(campaign))) {
      const found = this.agreement(text, near);
      if (!agrees(found, Math.min(text.grams, this.#grams[near]!))) continue;
      others.push(near);
      if (found.share > most.share) [best, most] = [near, found];
    }
    if (best < 0) {
      const campaign = this.#found(text);
      return { campaign, events: [{ kind: "founded", campaign }] };
    }
    this.#join(best, text);
    const events: CampaignEvent[] = [{ kind: "joined", campaign: best, share: most.share }];
    for (const other of others) {
      if (other === best || this.now(other) !== other) continue;
      const found = this.agreement(this.middle(best), other);
      if (found.share < one.share || found.spread < one.spread) continue;
      events.push(this.#merge(best, other, found.share));
    }
    const campaign = this.now(best);
    return { campaign, events };
  }

  #found(text: Sketch): number {
    const campaign = this.#sizes.length;
    if (campaign % chunk === 0)
      this.#shelves.push({
        values: new Uint32Array(chunk * bins),
        places: new Uint8Array(chunk * bins),
      });
    const { shelf, at } = this.#shelf(campaign);
    shelf.values.set(text.values, at);
    shelf.places.set(text.places, at);
    this.#sizes.push(1);
    this.#grams.push(text.grams);
    this.#into.push(campaign);
    this.#index.add(shelf.values, at, campaign);
    if (this.#index.crowded) this.#rebuild();
    return campaign;
  }

  #rebuild(): void {
    this.#index = new BandIndex(this.#index.buckets * 2);
    for (let campaign = 0; campaign < this.#sizes.length; campaign++) {
      if (this.now(campaign) !== campaign) continue;
      const { shelf, at } = this.#shelf(campaign);
      this.#index.add(shelf.values, at, campaign);
    }
  }

  #join(campaign: number, text: Sketch): void {
    const { shelf, at } = this.#shelf(campaign);
    let middle = this.#middles.get(campaign);
    if (middle === undefined) {
      middle = new Middle();
      middle.add(shelf, at);
      this.#middles.set(campaign, middle);
    }
    middle.add(text);
    this.#sizes[campaign]!++;
    for (let bin = 0; bin < bins; bin++) {
      const { value, place } = middle.of(bin);
      if (shelf.values[at + bin] === value) continue;
      shelf.values[at + bin] = value;
      shelf.places[at + bin] = place;
      this.#index.renew(shelf.values, at, bin, campaign);
    }
  }

  #merge(first: number, second: number, share: number): CampaignEvent {
    const [campaign, from] = this.#sizes[first]! >= this.#sizes[second]! ? [first, second] : [second, first];
    const gone = this.middle(from);
    this.#join(campaign, gone);
    this.#sizes[campaign]! += this.#sizes[from]! - 1;
    this.#into[from] = campaign;
    this.#middles.delete(from);
    return { kind: "merged", campaign, from, share };
  }

  /**
   * Looks again at a campaign's members, which the caller kept: those that no longer agree with its middle leave, and
   * are gathered among themselves. Returns the groups that left, as indexes into `members`; the campaign keeps the rest.
   */
  split(campaign: number, members: readonly Sketch[]): number[][] {
    const at = this.now(campaign);
    const apart = members.flatMap((text, nth) =>
      agrees(this.agreement(text, at), Math.min(text.grams, this.#grams[at]!)) ? [] : [nth],
    );
    const among = new Campaigns();
    const groups = new Map<number, number[]>();
    const where = apart.map((nth) => ({ nth, campaign: among.#take(members[nth]!).campaign }));
    for (const { nth, campaign: group } of where)
      groups.set(among.now(group), [...(groups.get(among.now(group)) ?? []), nth]);
    this.#sizes[at] = Math.max(1, this.#sizes[at]! - apart.length);
    return [...groups.values()];
  }
}
