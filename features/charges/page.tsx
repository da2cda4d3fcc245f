// The room Justice as the frame knows it: charges, what became of requests, gaps of the law; the law by state beside it.
import { icons, needsRole } from "@simpul/doors/web";
import type { Needs, Room } from "@simpul/doors/web";

const works = needsRole("investigator", "analyst", "supervisor", "liaison", "prosecutor");
const needs: Needs = (session) => works(session) && session.officer.agency.kind !== "victim-services";

export const chargesRoom: Room = {
  id: "charges",
  path: "/charges",
  needs,
  nav: { order: 85, icon: icons.justice, words: "charges.room" },
  routes: [
    { path: "/charges", page: () => import("./pages/list.tsx") },
    { path: "/charges/new", page: () => import("./pages/new.tsx") },
    { path: "/charges/outcomes", page: () => import("./pages/outcomes.tsx") },
    { path: "/charges/gaps", page: () => import("./pages/gaps.tsx") },
    { path: "/charges/$id", page: () => import("./pages/one.tsx") },
  ],
  commands: [
    { id: "charges.new", words: "charges.new", to: "/charges/new", needs },
    { id: "charges.outcomes", words: "charges.outcomes", to: "/charges/outcomes", needs },
    { id: "charges.gaps", words: "charges.gapsOfLaw", to: "/charges/gaps", needs },
  ],
};
