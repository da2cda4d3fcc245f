// The room of recalls as the frame knows it: reached from a request, from the inbox and by its name.
import { api, needsRole } from "@simpul/doors/web";
import type { Room, RunningClock } from "@simpul/doors/web";
import type { RecallHead } from "./contract.ts";

const works = needsRole("investigator", "analyst", "supervisor", "liaison", "prosecutor");

export const recallsRoom: Room = {
  id: "recalls",
  path: "/recalls",
  needs: works,
  routes: [
    { path: "/recalls", page: () => import("./pages/list.tsx") },
    { path: "/recalls/new", page: () => import("./pages/new.tsx") },
    { path: "/recalls/grades", page: () => import("./pages/grades.tsx") },
    { path: "/recalls/grades/new", page: () => import("./pages/grade-new.tsx") },
    { path: "/recalls/$id", page: () => import("./pages/recall.tsx") },
  ],
  commands: [
    { id: "recalls.room", words: "recalls.room", to: "/recalls", needs: works },
    { id: "recalls.grades", words: "recalls.grades", to: "/recalls/grades", needs: works },
  ],
  clocks: {
    topic: "recall",
    // Only what this state has to answer runs against its desks.
    ask: async (signal): Promise<RunningClock[]> => {
      const { recalls } = await api.get<{ recalls: RecallHead[] }>("/api/recalls", {
        query: { box: "theirs", state: "open" },
        signal,
      });
      return recalls.map((one) => ({
        id: one.id,
        title: `${one.originator.toUpperCase()} · ${String(one.things)}`,
        to: `/recalls/${one.id}`,
        due: one.due,
      }));
    },
  },
};
