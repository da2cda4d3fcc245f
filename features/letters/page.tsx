// The room of letters as the frame knows it: reached from a request, from the inbox and by its name.
import { needsRole } from "@simpul/doors/web";
import type { Room } from "@simpul/doors/web";

const works = needsRole("investigator", "analyst", "supervisor", "liaison", "prosecutor");

export const lettersRoom: Room = {
  id: "letters",
  path: "/letters",
  needs: works,
  routes: [
    { path: "/letters", page: () => import("./pages/list.tsx") },
    { path: "/letters/$id", page: () => import("./pages/letter.tsx") },
  ],
  commands: [{ id: "letters.room", words: "letters.room", to: "/letters", needs: works }],
};
