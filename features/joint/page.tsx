// The room of joint spaces as the frame knows it: addresses, what waits, the ends that come by themselves.
import { api, icons, needsRole } from "@simpul/doors/web";
import type { Room, RunningClock } from "@simpul/doors/web";
import type { SpaceHead } from "./contract.ts";

const works = needsRole("investigator", "analyst", "supervisor", "liaison", "prosecutor");
const speaks = needsRole("liaison", "supervisor");
const spaces = async (signal: AbortSignal): Promise<SpaceHead[]> =>
  (await api.get<{ spaces: SpaceHead[] }>("/api/joint", { signal })).spaces;

export const jointRoom: Room = {
  id: "joint",
  path: "/joint",
  needs: works,
  nav: { order: 57, icon: icons.joint, words: "joint.room", key: "j" },
  routes: [
    { path: "/joint", page: () => import("./pages/list.tsx") },
    { path: "/joint/new", page: () => import("./pages/new.tsx") },
    { path: "/joint/$id", page: () => import("./pages/space.tsx") },
    { path: "/joint/$id/note", page: () => import("./pages/edit.tsx") },
    { path: "/joint/$id/put", page: () => import("./pages/put.tsx") },
  ],
  commands: [{ id: "joint.new", words: "joint.new", to: "/joint/new", needs: speaks }],
  search: async (text, signal) =>
    (await spaces(signal))
      .filter((one) => one.title.toLocaleLowerCase().includes(text.toLocaleLowerCase()))
      .map((one) => ({ id: one.id, title: one.title, to: `/joint/${one.id}` })),
  clocks: {
    topic: "joint",
    ask: async (signal): Promise<RunningClock[]> =>
      (await spaces(signal))
        .filter((one) => one.phase === "open" && Date.parse(one.until) - Date.now() < 5 * 86_400_000)
        .map((one) => ({
          ...{ id: one.id, title: one.title, to: `/joint/${one.id}`, due: `${one.until}T23:59:59.999Z` },
        })),
  },
};
