// The room of returns as the frame knows it: for the victim desk alone.
import { icons } from "@simpul/doors/web";
import type { Room, Session } from "@simpul/doors/web";

const helps = ({ officer, purpose }: Session): boolean =>
  officer.agency.kind === "victim-services" &&
  officer.roles.some((role) => role === "caseworker" || role === "supervisor") &&
  purpose === "victim-assistance";

export const returnsRoom: Room = {
  id: "returns",
  path: "/returns",
  needs: helps,
  nav: { order: 66, icon: icons.operations, words: "returns.room" },
  routes: [
    { path: "/returns", page: () => import("./pages/planner.tsx") },
    { path: "/returns/people/$id", page: () => import("./pages/plan.tsx") },
    { path: "/returns/missing", page: () => import("./pages/missing.tsx") },
    { path: "/returns/missing/new", page: () => import("./pages/missing-new.tsx") },
    { path: "/returns/missing/$id", page: () => import("./pages/notice.tsx") },
    { path: "/returns/nationality", page: () => import("./pages/nationality.tsx") },
    { path: "/returns/nationality/new", page: () => import("./pages/nationality-new.tsx") },
    { path: "/returns/nationality/$id", page: () => import("./pages/check.tsx") },
  ],
  commands: [
    { id: "returns.missing", words: "returns.missing", to: "/returns/missing", needs: helps },
    { id: "returns.nationality", words: "returns.nationality", to: "/returns/nationality", needs: helps },
  ],
};
