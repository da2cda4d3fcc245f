// The room of excluded recipients as the frame knows it: for the contact point and oversight.
import { needsRole } from "@simpul/doors/web";
import type { Room } from "@simpul/doors/web";

const keeps = needsRole("liaison", "supervisor", "oversight");

export const exclusionsRoom: Room = {
  id: "exclusions",
  path: "/exclusions",
  needs: keeps,
  routes: [
    { path: "/exclusions", page: () => import("./pages/list.tsx") },
    { path: "/exclusions/new", page: () => import("./pages/new.tsx") },
  ],
  commands: [
    { id: "exclusions.list", words: "exclusions.room", to: "/exclusions", needs: keeps },
    { id: "exclusions.new", words: "exclusions.new", to: "/exclusions/new", needs: keeps },
  ],
};
