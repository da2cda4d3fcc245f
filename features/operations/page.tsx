// The room of operations as the frame knows it: for whoever can be named for one.
import { icons, needsRole } from "@simpul/doors/web";
import type { Room } from "@simpul/doors/web";

const works = needsRole("investigator", "analyst", "supervisor", "liaison", "prosecutor", "caseworker");
const plans = needsRole("investigator", "analyst", "supervisor", "liaison");

export const operationsRoom: Room = {
  id: "operations",
  path: "/operations",
  needs: works,
  nav: { order: 58, icon: icons.operations, words: "operations.room", key: "x" },
  routes: [
    { path: "/operations", page: () => import("./pages/list.tsx") },
    { path: "/operations/new", page: () => import("./pages/new.tsx") },
    { path: "/operations/$id", page: () => import("./pages/operation.tsx") },
    { path: "/operations/$id/change", page: () => import("./pages/change.tsx") },
    { path: "/operations/$id/sites/$site", page: () => import("./pages/site.tsx") },
    { path: "/operations/$id/board", page: () => import("./pages/board.tsx") },
    { path: "/operations/$id/after", page: () => import("./pages/after.tsx") },
  ],
  commands: [{ id: "operations.new", words: "operations.new", to: "/operations/new", needs: plans }],
};
