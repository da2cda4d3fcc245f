// The room Victims as the frame knows it: for the victim desk alone.
import { icons, needsRole } from "@simpul/doors/web";
import type { Room, Session } from "@simpul/doors/web";

const ofTheDesk = ({ officer, purpose }: Session): boolean =>
  officer.agency.kind === "victim-services" &&
  officer.roles.some((role) => role === "caseworker" || role === "supervisor") &&
  ["victim-assistance", "victim-identification"].includes(purpose);

export const victimsRoom: Room = {
  id: "victims",
  path: "/victims",
  needs: ofTheDesk,
  nav: { order: 60, icon: icons.victims, words: "victims.room", key: "v" },
  routes: [
    { path: "/victims", page: () => import("./pages/list.tsx") },
    { path: "/victims/new", page: () => import("./pages/new.tsx") },
    { path: "/victims/alike", page: () => import("./pages/alike.tsx") },
    { path: "/victims/due", page: () => import("./pages/due.tsx") },
    { path: "/victims/desk", page: () => import("./pages/desk.tsx") },
    { path: "/victims/$id", page: () => import("./pages/person.tsx") },
    { path: "/victims/$id/change", page: () => import("./pages/change.tsx") },
  ],
  commands: [
    { id: "victims.new", words: "victims.new", to: "/victims/new", keys: "n v", needs: ofTheDesk },
    { id: "victims.desk", words: "victims.desk", to: "/victims/desk", needs: ofTheDesk },
  ],
};

const works = needsRole("investigator", "analyst", "supervisor", "liaison", "prosecutor");

/** What the victim desk let cases know, for those who work on them. */
export const releasedRoom: Room = {
  id: "released",
  path: "/released",
  needs: works,
  routes: [{ path: "/released", page: () => import("./pages/released.tsx") }],
  commands: [{ id: "victims.released", words: "victims.released", to: "/released", needs: works }],
};
