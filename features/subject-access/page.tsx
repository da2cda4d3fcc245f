// Subject access as the frame knows it: oversight's list and its askings, and the victim desk's own page.
import { needsRole } from "@simpul/doors/web";
import type { Room } from "@simpul/doors/web";

export const subjectAccessRoom: Room = {
  id: "subject-access",
  path: "/subject-access",
  needs: needsRole("oversight", "supervisor", "caseworker"),
  routes: [
    { path: "/subject-access", page: () => import("./pages/list.tsx") },
    {
      path: "/subject-access/protected",
      page: () => import("./pages/protected.tsx"),
      needs: needsRole("caseworker"),
    },
    { path: "/subject-access/$id", page: () => import("./pages/one.tsx") },
  ],
  commands: [
    {
      id: "subject-access.list",
      words: "subject-access.room",
      to: "/subject-access",
      needs: needsRole("oversight"),
    },
  ],
};
