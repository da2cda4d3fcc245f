// The room of what is due for review, as the frame knows it: reached from the inbox and by its name.
import { needsRole } from "@simpul/doors/web";
import type { Room } from "@simpul/doors/web";

const works = needsRole("investigator", "analyst", "supervisor", "liaison", "prosecutor");

export const retentionRoom: Room = {
  id: "retention",
  path: "/retention",
  needs: works,
  routes: [{ path: "/retention", page: () => import("./pages/due.tsx") }],
  commands: [{ id: "retention.room", words: "retention.room", to: "/retention", needs: works }],
};
