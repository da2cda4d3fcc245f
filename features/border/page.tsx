// The border room as the frame knows it: the check for who controls a border, its purposes for who answers for them.
import { icons } from "@simpul/doors/web";
import type { Room, Session } from "@simpul/doors/web";

const atTheBorder = ({ officer }: Session): boolean =>
  officer.agency.kind === "immigration" &&
  officer.roles.some((role) => ["investigator", "analyst", "supervisor"].includes(role));
const proposes = (session: Session): boolean =>
  (session.officer.agency.kind === "immigration" && session.purpose === "border-control") ||
  (session.officer.agency.kind === "liaison" &&
    session.officer.roles.some((role) => role === "liaison" || role === "supervisor"));

export const borderRoom: Room = {
  id: "border",
  path: "/border",
  needs: atTheBorder,
  nav: { order: 21, icon: icons.border, words: "border.room", key: "b" },
  routes: [{ path: "/border", page: () => import("./pages/check.tsx") }],
};

export const purposesRoom: Room = {
  id: "border-purposes",
  path: "/border/purposes",
  needs: proposes,
  routes: [{ path: "/border/purposes", page: () => import("./pages/purposes.tsx") }],
  commands: [{ id: "border.purposes", words: "border.purposes", to: "/border/purposes", needs: proposes }],
};
