// The room Coordination as the frame knows it: all that the desk of a unit has.
import { icons } from "@simpul/doors/web";
import type { Room, Session } from "@simpul/doors/web";

const coordinates = ({ officer }: Session): boolean => officer.agency.kind === "coordination";

export const coordinationRoom: Room = {
  id: "coordination",
  path: "/coordination",
  needs: coordinates,
  nav: { order: 12, icon: icons.joint, words: "coordination.room" },
  routes: [
    { path: "/coordination", page: () => import("./pages/list.tsx") },
    { path: "/coordination/$about/$id", page: () => import("./pages/one.tsx") },
  ],
  commands: [{ id: "coordination", words: "coordination.room", to: "/coordination", needs: coordinates }],
};
