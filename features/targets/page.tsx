// Targets as the frame knows them: reached from the room Actors, the inbox and the palette.
import { needsRole } from "@simpul/doors/web";
import type { Needs, Room } from "@simpul/doors/web";

const works = needsRole("investigator", "analyst", "supervisor", "liaison", "prosecutor");
const needs: Needs = (session) => works(session) && session.officer.agency.kind !== "victim-services";

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
