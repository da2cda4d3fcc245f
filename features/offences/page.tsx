// The law by state as the frame knows it: reached from Justice and the palette.
import { needsRole } from "@simpul/doors/web";
import type { Room } from "@simpul/doors/web";

const works = needsRole("investigator", "analyst", "supervisor", "liaison", "prosecutor");

export const offencesRoom: Room = {
  id: "offences",
  path: "/offences",
  needs: works,
  routes: [
    { path: "/offences", page: () => import("./pages/list.tsx") },
    { path: "/offences/$state", page: () => import("./pages/state.tsx") },
  ],
  commands: [{ id: "offences.list", words: "offences.room", to: "/offences", needs: works }],
};
