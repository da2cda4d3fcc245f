// The room Actors as the frame knows it: for those who work cases, each over the cases she sees.
import { icons, needsRole } from "@simpul/doors/web";
import type { Needs, Room } from "@simpul/doors/web";

const works = needsRole("investigator", "analyst", "supervisor", "liaison", "prosecutor");
const needs: Needs = (session) => works(session) && session.officer.agency.kind !== "victim-services";

export const actorsRoom: Room = {
  id: "actors",
  path: "/actors",
  needs,
  nav: { order: 100, icon: icons.actors, words: "actors.room", key: "a" },
  routes: [
    { path: "/actors", page: () => import("./pages/list.tsx") },
    { path: "/actors/network", page: () => import("./pages/network.tsx") },
    { path: "/actors/$id", page: () => import("./pages/one.tsx") },
  ],
  commands: [{ id: "actors.list", words: "actors.room", to: "/actors", needs }],
};
