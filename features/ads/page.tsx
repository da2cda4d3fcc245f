// The room Ads as the frame knows it, and the departure check for desks that meet people before they leave.
import { icons, needsRole } from "@simpul/doors/web";
import type { Needs, Room } from "@simpul/doors/web";

const works = needsRole("investigator", "analyst", "supervisor", "liaison");
const needs: Needs = (session) => works(session) && session.officer.agency.kind !== "victim-services";
const atDesk = needsRole("investigator", "analyst", "supervisor", "liaison", "caseworker");
/** Others have the open page, and the room. */
const meets: Needs = (session) =>
  atDesk(session) &&
  ["immigration", "labour", "consular", "victim-services"].includes(session.officer.agency.kind);

export const adsRoom: Room = {
  id: "ads",
  path: "/ads",
  needs,
  nav: { order: 90, icon: icons.ads, words: "ads.room", key: "d" },
  routes: [
    { path: "/ads", page: () => import("./pages/queue.tsx") },
    { path: "/ads/second", page: () => import("./pages/second.tsx") },
    { path: "/ads/letters", page: () => import("./pages/all-letters.tsx") },
    { path: "/ads/all", page: () => import("./pages/all.tsx") },
    { path: "/ads/sources", page: () => import("./pages/sources.tsx") },
    { path: "/ads/evaluation", page: () => import("./pages/evaluation.tsx") },
    { path: "/ads/wording", page: () => import("./pages/wording.tsx") },
    { path: "/ads/adverts/$id", page: () => import("./pages/advert.tsx") },
    { path: "/ads/pictures/$id", page: () => import("./pages/picture.tsx") },
    { path: "/ads/campaigns/$id", page: () => import("./pages/campaign.tsx") },
  ],
  commands: [
    { id: "ads.queue", words: "ads.queue", to: "/ads", needs },
    { id: "ads.sources", words: "ads.sources", to: "/ads/sources", needs },
    { id: "ads.all", words: "ads.all", to: "/ads/all", needs },
    { id: "ads.letters", words: "ads.letters", to: "/ads/letters", needs },
    { id: "ads.wording", words: "ads.wording", to: "/ads/wording", needs },
    { id: "ads.evaluation", words: "ads.evaluation", to: "/ads/evaluation", needs },
  ],
};

/** What the node fetches from the open net is its administrator's word. */
export const feedsRoom: Room = {
  id: "ads-feeds",
  path: "/ads/feeds",
  needs: needsRole("administrator"),
  nav: { order: 94, icon: icons.ads, words: "ads.feeds" },
  routes: [{ path: "/ads/feeds", page: () => import("./pages/feeds.tsx") }],
  commands: [{ id: "ads.feeds", words: "ads.feeds", to: "/ads/feeds", needs: needsRole("administrator") }],
};

export const departureRoom: Room = {
  id: "departure",
  path: "/departure",
  needs: meets,
  // On a phone it stands in a fifth of the edge.
  nav: { order: 92, icon: icons.ads, words: "ads.departure.short" },
  routes: [{ path: "/departure", page: () => import("./pages/departure.tsx") }],
  commands: [{ id: "ads.departure", words: "ads.departure", to: "/departure", needs: meets }],
};
