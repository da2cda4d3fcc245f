// The room Evidence as the frame knows it: addresses, commands, search, and what keeps files on their way in the tray.
import { api, icons, needsRole } from "@simpul/doors/web";
import type { Room, SearchHit } from "@simpul/doors/web";
import type { ListedItems } from "./contract.ts";

const works = needsRole("investigator", "analyst", "supervisor", "liaison", "prosecutor");

export const evidenceRoom: Room = {
  id: "evidence",
  path: "/evidence",
  nav: { order: 40, icon: icons.evidence, words: "evidence.room", key: "e" },
  routes: [
    { path: "/evidence", page: () => import("./pages/list.tsx") },
    { path: "/evidence/take-in", page: () => import("./pages/take-in.tsx") },
    { path: "/evidence/export", page: () => import("./pages/export.tsx") },
    { path: "/evidence/$item", page: () => import("./pages/item.tsx") },
  ],
  commands: [
    { id: "evidence.export", words: "evidence.export.title", to: "/evidence/export", needs: works },
    { id: "evidence.take-in", words: "evidence.take-in", to: "/evidence/take-in", keys: "n e", needs: works },
  ],
  search: async (text, signal): Promise<SearchHit[]> => {
    const query = { text, limit: 8 };
    const { items } = await api.get<ListedItems>("/api/evidence/items", { query, signal });
    return items.map((one) => ({
      id: one.id,
      title: one.fileName,
      to: `/evidence/${one.id}`,
      ...(one.caseNumber === null ? {} : { detail: one.caseNumber }),
    }));
  },
  beside: () => import("./pages/beside.tsx"),
  needs: works,
};
