// The room of mutual legal assistance as the frame knows it: addresses, what waits, the clocks that run.
import { api, icons, needsRole } from "@simpul/doors/web";
import type { Room, RunningClock } from "@simpul/doors/web";
import type { AssistanceHead } from "./contract.ts";

const works = needsRole("investigator", "analyst", "supervisor", "liaison", "prosecutor");
const open = async (signal: AbortSignal): Promise<AssistanceHead[]> =>
  (
    await api.get<{ assistances: AssistanceHead[] }>("/api/assistance", {
      query: { state: "open" },
      signal,
    })
  ).assistances;

export const assistanceRoom: Room = {
  id: "assistance",
  path: "/assistance",
  needs: works,
  nav: { order: 55, icon: icons.justice, words: "assistance.room", key: "l" },
  routes: [
    { path: "/assistance", page: () => import("./pages/list.tsx") },
    { path: "/assistance/new", page: () => import("./pages/new.tsx") },
    { path: "/assistance/states", page: () => import("./pages/states.tsx") },
    { path: "/assistance/$id", page: () => import("./pages/matter.tsx") },
  ],
  commands: [
    { id: "assistance.new", words: "assistance.new", to: "/assistance/new", needs: works },
    { id: "assistance.states", words: "assistance.states", to: "/assistance/states", needs: works },
  ],
  search: async (text, signal) =>
    (await open(signal))
      .filter((one) =>
        `${one.reference ?? ""} ${one.subject}`.toLocaleLowerCase().includes(text.toLocaleLowerCase()),
      )
      .map((one) => ({
        id: one.id,
        title: one.subject,
        detail: one.reference ?? "",
        to: `/assistance/${one.id}`,
      })),
  clocks: {
    topic: "assistance",
    ask: async (signal): Promise<RunningClock[]> =>
      (await open(signal))
        .filter((one) => one.due !== null)
        .map((one) => ({
          id: one.id,
          title: `${one.reference ?? one.peer.toUpperCase()} · ${one.subject}`,
          to: `/assistance/${one.id}`,
          due: one.due,
        })),
  },
};
