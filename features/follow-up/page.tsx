// The follow-up as the frame knows it: the board of points, tables that others published, the reports that a desk owes.
import { icons, needsRole } from "@simpul/doors/web";
import type { Room } from "@simpul/doors/web";

const working = ["investigator", "analyst", "supervisor", "liaison", "prosecutor", "caseworker"] as const;
const needs = needsRole(...working, "oversight");
const takesIn = needsRole("analyst", "supervisor", "liaison");

export const followUpRoom: Room = {
  id: "follow-up",
  path: "/follow-up",
  needs,
  nav: { order: 115, icon: icons.file, words: "follow-up.room" },
  routes: [
    { path: "/follow-up", page: () => import("./pages/board.tsx") },
    { path: "/follow-up/points/$point", page: () => import("./pages/point.tsx") },
    { path: "/follow-up/sources", page: () => import("./pages/sources.tsx") },
    { path: "/follow-up/gaps", page: () => import("./pages/gaps.tsx") },
    { path: "/follow-up/reports", page: () => import("./pages/reports.tsx") },
    { path: "/follow-up/reports/$id", page: () => import("./pages/report.tsx") },
    { path: "/follow-up/tables/new", page: () => import("./pages/take-in.tsx"), needs: takesIn },
    { path: "/follow-up/tables/$id", page: () => import("./pages/table.tsx") },
  ],
  commands: [
    { id: "follow-up.board", words: "follow-up.board", to: "/follow-up", needs },
    { id: "follow-up.sources", words: "follow-up.sources", to: "/follow-up/sources", needs },
    { id: "follow-up.reports", words: "follow-up.reports.all", to: "/follow-up/reports", needs },
  ],
};
