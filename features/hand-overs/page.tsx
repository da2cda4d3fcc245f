// Hand-overs as the frame knows them: reached from a case, from the inbox and by their name.
import { api, needsRole } from "@simpul/doors/web";
import type { Needs, Room, RunningClock } from "@simpul/doors/web";
import type { HandOverHead } from "./contract.ts";

const works = needsRole("investigator", "analyst", "supervisor", "liaison", "prosecutor");
const needs: Needs = (session) => works(session) && session.officer.agency.kind !== "victim-services";

export const handOversRoom: Room = {
  id: "hand-overs",
  path: "/hand-overs",
  needs,
  routes: [
    { path: "/hand-overs", page: () => import("./pages/list.tsx") },
    { path: "/hand-overs/new", page: () => import("./pages/new.tsx") },
    { path: "/hand-overs/$id", page: () => import("./pages/one.tsx") },
  ],
  commands: [{ id: "hand-overs.room", words: "hand-overs.room", to: "/hand-overs", needs }],
  clocks: {
    topic: "handing",
    // Only what this state has to answer runs against its contact point.
    ask: async (signal): Promise<RunningClock[]> => {
      const { handOvers } = await api.get<{ handOvers: HandOverHead[] }>("/api/hand-overs", {
        query: { open: "true" },
        signal,
      });
      return handOvers
        .filter((one) => !one.ours && one.due !== null)
        .map(({ id, title, due }) => ({ id, title, to: `/hand-overs/${id}`, due }));
    },
  },
};
