// The emergency desk as the frame knows it: for the victim desk alone; and the page where another desk reads what it was told.
import { api, icons } from "@simpul/doors/web";
import type { Room, Session } from "@simpul/doors/web";
import type { DeskState } from "./contract.ts";

const ofTheDesk = ({ officer, purpose }: Session): boolean =>
  officer.agency.kind === "victim-services" &&
  officer.roles.some((role) => role === "caseworker" || role === "supervisor") &&
  ["victim-assistance", "victim-identification"].includes(purpose);
/** A hotline may sit at another desk too: whoever identifies or assists victims can take down a call. */
const takesCalls = ({ purpose }: Session): boolean =>
  ["victim-assistance", "victim-identification"].includes(purpose);

export const distressRoom: Room = {
  id: "distress",
  path: "/distress",
  needs: ofTheDesk,
  nav: {
    order: 61,
    icon: icons.alarm,
    words: "distress.room",
    key: "u",
    count: {
      topics: ["distress"],
      ask: async (signal) => (await api.get<DeskState>("/api/distress/desk", { signal })).waiting ?? 0,
    },
  },
  routes: [
    { path: "/distress", page: () => import("./pages/list.tsx") },
    { path: "/distress/list", page: () => import("./pages/places.tsx") },
    { path: "/distress/$id", page: () => import("./pages/message.tsx") },
  ],
  commands: [{ id: "distress.list", words: "distress.places", to: "/distress/list", needs: ofTheDesk }],
};

export const callsRoom: Room = {
  id: "calls",
  path: "/calls/new",
  needs: takesCalls,
  routes: [{ path: "/calls/new", page: () => import("./pages/call.tsx") }],
  commands: [
    { id: "distress.call", words: "distress.call.title", to: "/calls/new", keys: "n u", needs: takesCalls },
  ],
};

export const toldRoom: Room = {
  id: "told",
  path: "/told",
  routes: [{ path: "/told", page: () => import("./pages/told.tsx") }],
};
