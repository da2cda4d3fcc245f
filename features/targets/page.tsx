// Targets as the frame knows them: reached from the room Actors, the inbox and the palette.
import { icons, needsRole } from "@simpul/doors/web";
import type { Needs, Room } from "@simpul/doors/web";

const works = needsRole("investigator", "analyst", "supervisor", "liaison", "prosecutor");
const needs: Needs = (session) => works(session) && session.officer.agency.kind !== "victim-services";

/** For the desk whose work is money: every freeze with its clock. Others reach the page from the palette. */
export const accountFreezesRoom: Room = {
  id: "account-freezes",
  path: "/account-freezes",
  needs: (session) => needs(session) && session.officer.agency.kind === "financial-intelligence",
  nav: { order: 14, icon: icons.clock, words: "targets.freezes.room" },
  routes: [{ path: "/account-freezes", page: () => import("./pages/all-freezes.tsx") }],
};

export const targetsRoom: Room = {
  id: "targets",
  path: "/targets",
  needs,
  routes: [
    { path: "/targets", page: () => import("./pages/list.tsx") },
    { path: "/targets/new", page: () => import("./pages/new.tsx") },
    { path: "/targets/$id", page: () => import("./pages/one.tsx") },
  ],
  commands: [
    { id: "targets.list", words: "targets.room", to: "/targets", needs },
    { id: "targets.new", words: "targets.new", to: "/targets/new", needs },
  ],
};
