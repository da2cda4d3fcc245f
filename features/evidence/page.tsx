// The room Evidence as the frame knows it: addresses and commands.
import type { Room } from "@simpul/doors/web";
import { EvidenceIcon } from "./pages/icon.tsx";

const works = (session: { officer: { roles: readonly string[] } }): boolean =>
  session.officer.roles.some((role) =>
    ["investigator", "analyst", "supervisor", "liaison", "prosecutor"].includes(role),
  );

export const evidenceRoom: Room = {
  id: "evidence",
  path: "/evidence",
  nav: { order: 40, icon: EvidenceIcon, words: "evidence.room", key: "e" },
  routes: [
    { path: "/evidence", page: () => import("./pages/list.tsx") },
    { path: "/evidence/take-in", page: () => import("./pages/take-in.tsx") },
    { path: "/evidence/$item", page: () => import("./pages/item.tsx") },
  ],
  commands: [
    { id: "evidence.take-in", words: "evidence.take-in", to: "/evidence/take-in", keys: "n e", needs: works },
  ],
  needs: works,
};
