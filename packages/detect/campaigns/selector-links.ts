// Campaigns that share a number, a handle or a link: edges of their own, beside what the wording says.

export interface AdvertSelectors {
  advert: string;
  campaign: number;
  /** Canonical, with their type ("phone +62…"). Never those of a victim: her contact in an advert leads to her, not to them. */
  selectors: readonly { key: string; role: "recruiter" | "unknown" | "victim" }[];
}

export interface SelectorLink {
  selector: string;
  campaigns: number[];
  adverts: number;
}

/** A selector in more campaigns than this is a platform's or a bank's own; it is named, and links nothing. */
const most = 50;

/** Links between campaigns by what they share, the widest first. Selectors in the role of a victim are left out (VIC-1). */
export function selectorLinks(adverts: Iterable<AdvertSelectors>): SelectorLink[] {
  const seen = new Map<string, { campaigns: Set<number>; adverts: number }>();
  for (const { campaign, selectors } of adverts)
    for (const key of new Set(selectors.filter(({ role }) => role !== "victim").map((one) => one.key))) {
      const held = seen.get(key) ?? { campaigns: new Set<number>(), adverts: 0 };
      held.campaigns.add(campaign);
      held.adverts++;
      seen.set(key, held);
    }
  return [...seen]
    .filter(([, { campaigns }]) => campaigns.size > 1 && campaigns.size <= most)
    .map(([selector, { campaigns, adverts: count }]) => ({
      selector,
      campaigns: [...campaigns].sort((a, b) => a - b),
      adverts: count,
    }))
    .sort((a, b) => b.adverts - a.adverts);
}
