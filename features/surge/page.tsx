// The room of many people at once, as the frame knows it: for the victim desk alone.
import { icons } from "@simpul/doors/web";
import type { Room, Session } from "@simpul/doors/web";

const ofTheDesk = ({ officer, purpose }: Session): boolean =>
  officer.agency.kind === "victim-services" &&
  officer.roles.some((role) => role === "caseworker" || role === "supervisor") &&
  ["victim-assistance", "victim-identification"].includes(purpose);

export const surgeRoom: Room = {
  id: "surge",
  path: "/surge",
  needs: ofTheDesk,
  nav: { order: 66, icon: icons.surge, words: "surge.room" },
  routes: [
    { path: "/surge", page: () => import("./pages/surge.tsx") },
    { path: "/surge/take", page: () => import("./pages/take.tsx") },
    { path: "/surge/lists/$id", page: () => import("./pages/list.tsx") },
    { path: "/surge/wristbands", page: () => import("./pages/wristbands.tsx") },
    { path: "/surge/wristbands/$id", page: () => import("./pages/wristbands.tsx") },
    { path: "/surge/papers/$id", page: () => import("./pages/paper.tsx") },
  ],
  commands: [
    { id: "surge.take", words: "surge.take", to: "/surge/take", needs: ofTheDesk },
    { id: "surge.wristbands", words: "surge.wristbands.reserve", to: "/surge/wristbands", needs: ofTheDesk },
  ],
};
