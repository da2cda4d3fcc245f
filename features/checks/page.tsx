// The room Check as the frame knows it: what was asked, asking anew, and what other states asked of this one.
import { icons } from "@simpul/doors/web";
import type { Room } from "@simpul/doors/web";
import { asks, watches } from "./pages/rights.ts";

export const checksRoom: Room = {
  id: "check",
  path: "/check",
  needs: (session) => asks(session) || watches(session),
  nav: { order: 20, icon: icons.check, words: "checks.room", key: "k" },
  routes: [
    { path: "/check", page: () => import("./pages/list.tsx") },
    { path: "/check/new", page: () => import("./pages/new.tsx"), needs: asks },
    { path: "/check/answered", page: () => import("./pages/answered.tsx"), needs: watches },
    { path: "/check/$id", page: () => import("./pages/check.tsx") },
  ],
  commands: [
    { id: "checks.list", words: "checks.list.title", to: "/check" },
    { id: "checks.answered", words: "checks.answered.title", to: "/check/answered", needs: watches },
  ],
};
