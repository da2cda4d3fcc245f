// The room of exercises as the frame knows it: at a node of an exercise alone, for everybody, since every kind of desk may play.
import { icons, needsRole } from "@simpul/doors/web";
import type { Room, Session } from "@simpul/doors/web";

const plays = ({ node }: Session): boolean => node.exercise;
const speaks = needsRole("supervisor", "liaison");
const directs = (session: Session): boolean => plays(session) && speaks(session);

export const exercisesRoom: Room = {
  id: "exercises",
  path: "/exercises",
  needs: plays,
  nav: { order: 75, icon: icons.clock, words: "exercises.room" },
  routes: [
    { path: "/exercises", page: () => import("./pages/list.tsx") },
    { path: "/exercises/new", page: () => import("./pages/new.tsx"), needs: directs },
    { path: "/exercises/$id", page: () => import("./pages/run.tsx") },
    { path: "/exercises/$id/hot-wash", page: () => import("./pages/hot-wash.tsx") },
  ],
  commands: [{ id: "exercises.start", words: "exercises.start", to: "/exercises/new", needs: directs }],
};
