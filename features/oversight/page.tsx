// The room Oversight as the frame knows it; to everybody but oversight officers it does not exist.
import { icons, needsRole } from "@simpul/doors/web";
import type { Room } from "@simpul/doors/web";

const oversees = needsRole("oversight");

export const oversightRoom: Room = {
  id: "oversight",
  path: "/oversight",
  needs: oversees,
  nav: { order: 130, icon: icons.oversight, words: "oversight.room", key: "o" },
  routes: [
    { path: "/oversight", page: () => import("./pages/log.tsx") },
    { path: "/oversight/samples", page: () => import("./pages/samples.tsx") },
    { path: "/oversight/samples/$log/$week", page: () => import("./pages/sample.tsx") },
    { path: "/oversight/notices", page: () => import("./pages/notices.tsx") },
    { path: "/oversight/ledgers", page: () => import("./pages/ledgers.tsx") },
    { path: "/oversight/entries/$log/$id", page: () => import("./pages/entry.tsx") },
  ],
  commands: [
    { id: "oversight.log", words: "oversight.log", to: "/oversight", needs: oversees },
    { id: "oversight.samples", words: "oversight.samples", to: "/oversight/samples", needs: oversees },
    { id: "oversight.notices", words: "oversight.notices", to: "/oversight/notices", needs: oversees },
    { id: "oversight.ledgers", words: "oversight.ledgers", to: "/oversight/ledgers", needs: oversees },
  ],
};

/** Freezes: oversight orders them, and the supervisors of the contact point may agree that one ends. */
export const freezesRoom: Room = {
  id: "freezes",
  path: "/freezes",
  needs: needsRole("oversight", "supervisor"),
  routes: [{ path: "/freezes", page: () => import("./pages/freezes.tsx") }],
  commands: [{ id: "oversight.freezes", words: "oversight.freezes", to: "/freezes", needs: oversees }],
};
