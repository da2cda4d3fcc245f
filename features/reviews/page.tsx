// The room of legal reviews as the frame knows it: who asks for them, who compares, who decides.
import { icons, needsRole } from "@simpul/doors/web";
import type { Needs, Room } from "@simpul/doors/web";

const asks = needsRole("investigator", "analyst", "supervisor", "liaison", "prosecutor", "caseworker");
const prosecutes: Needs = (session) =>
  session.officer.agency.kind === "prosecutor" && session.officer.roles.includes("prosecutor");
const compares: Needs = (session) => session.officer.agency.kind === "victim-services";

export const reviewsRoom: Room = {
  id: "reviews",
  path: "/reviews",
  needs: asks,
  nav: { order: 108, icon: icons.justice, words: "reviews.room" },
  routes: [
    { path: "/reviews", page: () => import("./pages/list.tsx") },
    { path: "/reviews/new", page: () => import("./pages/new.tsx") },
    { path: "/reviews/compare", page: () => import("./pages/compare.tsx"), needs: compares },
    { path: "/reviews/searches", page: () => import("./pages/searches.tsx"), needs: compares },
    { path: "/reviews/results", page: () => import("./pages/results.tsx"), needs: prosecutes },
    { path: "/reviews/$id", page: () => import("./pages/one.tsx") },
  ],
  commands: [
    { id: "reviews.new", words: "reviews.new", to: "/reviews/new", needs: asks },
    { id: "reviews.compare", words: "reviews.compare", to: "/reviews/compare", needs: compares },
    { id: "reviews.searches", words: "reviews.searches", to: "/reviews/searches", needs: compares },
    { id: "reviews.results", words: "reviews.results", to: "/reviews/results", needs: prosecutes },
  ],
};
