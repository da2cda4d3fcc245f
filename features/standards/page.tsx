// The standards as the frame knows them: for the victim desk alone.
import { icons } from "@simpul/doors/web";
import type { Room, Session } from "@simpul/doors/web";

const ofTheDesk = ({ officer, purpose }: Session): boolean =>
  officer.agency.kind === "victim-services" &&
  officer.roles.some((role) => role === "caseworker" || role === "supervisor") &&
  ["victim-assistance", "victim-identification"].includes(purpose);

export const standardsRoom: Room = {
  id: "standards",
  path: "/standards",
  needs: ofTheDesk,
  nav: { order: 68, icon: icons.file, words: "standards.room" },
  routes: [{ path: "/standards", page: () => import("./pages/files.tsx") }],
};
