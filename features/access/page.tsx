// Access as the frame knows it: the way in, step-up, and the room Settings.
import { icons } from "@simpul/doors/web";
import type { Door, Room } from "@simpul/doors/web";
import { Beside } from "./pages/beside.tsx";
import { askStepUp } from "./pages/step-up-ask.tsx";

/** The way in; apps/web hands it to the frame. */
export const door: Door = {
  signIn: () => import("./pages/sign-in.tsx"),
  stepUp: askStepUp,
  Beside,
};

const manages = (session: { officer: { roles: readonly string[] } }): boolean =>
  session.officer.roles.includes("administrator");

/** By the usual setting; the node has the last word. */
const vouches = (session: { officer: { roles: readonly string[] } }): boolean =>
  session.officer.roles.some((role) => role === "administrator" || role === "supervisor");

export const accessRoom: Room = {
  id: "access",
  path: "/settings",
  nav: { order: 140, icon: icons.settings, words: "access.room", key: "s" },
  routes: [
    { path: "/settings", page: () => import("./pages/belongings.tsx") },
    { path: "/settings/connect", page: () => import("./pages/connect.tsx") },
    { path: "/settings/confirmed", page: () => import("./pages/confirmed.tsx") },
    { path: "/settings/prove", page: () => import("./pages/prove.tsx") },
    { path: "/settings/two-persons", page: () => import("./pages/two-persons.tsx") },
    { path: "/settings/recovery", page: () => import("./pages/recovery.tsx") },
    { path: "/settings/people", page: () => import("./pages/people.tsx"), needs: manages },
  ],
  commands: [
    { id: "access.connect", words: "access.connect.title", to: "/settings/connect" },
    { id: "access.two-persons", words: "access.two.title", to: "/settings/two-persons" },
    { id: "access.recovery", words: "access.recovery.title", to: "/settings/recovery", needs: vouches },
    { id: "access.people", words: "access.people.title", to: "/settings/people", needs: manages },
  ],
};
