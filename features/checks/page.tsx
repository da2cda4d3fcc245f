// The room Check as the frame knows it: what was asked, asking anew, and what other states asked of this one.
import { icons } from "@simpul/doors/web";
import type { Needs, Room, Session } from "@simpul/doors/web";

const has = ({ officer }: Session, ...roles: readonly string[]): boolean =>
  officer.roles.some((role) => roles.includes(role));
const asks: Needs = (session) =>
  has(session, "investigator", "analyst", "supervisor", "liaison", "prosecutor");
/** The contact point and oversight see what others asked; the node decides anew. */
export const watches: Needs = (session) =>
  has(session, "oversight") ||
  (session.officer.agency.kind === "liaison" && has(session, "liaison", "supervisor"));

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
