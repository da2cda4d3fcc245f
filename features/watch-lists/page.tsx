// The room of watch lists as the frame knows it: for who investigates, controls a border or speaks for the state.
import { icons } from "@simpul/doors/web";
import type { Room, Session } from "@simpul/doors/web";

const keeps = ({ officer, purpose }: Session): boolean =>
  officer.agency.kind !== "victim-services" &&
  officer.roles.some((role) => ["investigator", "analyst", "supervisor", "liaison"].includes(role)) &&
  ["crime-investigation", "border-control", "mutual-assistance"].includes(purpose);

export const watchListsRoom: Room = {
  id: "watch-lists",
  path: "/watch-lists",
  needs: keeps,
  nav: { order: 56, icon: icons.watch, words: "watch-lists.room" },
  routes: [
    { path: "/watch-lists", page: () => import("./pages/list.tsx") },
    { path: "/watch-lists/new", page: () => import("./pages/new.tsx") },
    { path: "/watch-lists/$id", page: () => import("./pages/one.tsx") },
  ],
  commands: [{ id: "watch-lists.new", words: "watch-lists.new", to: "/watch-lists/new", needs: keeps }],
};
