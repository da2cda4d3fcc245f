// The room Inbox as the frame knows it: first in the order of work.
import { api } from "@simpul/doors/web";
import type { Room } from "@simpul/doors/web";
import { inboxTopics, type InboxView } from "./contract.ts";
import { InboxIcon } from "./pages/icon.tsx";

const ask = (signal: AbortSignal): Promise<InboxView> => api.get<InboxView>("/api/inbox", { signal });

export const inboxRoom: Room = {
  id: "inbox",
  path: "/inbox",
  nav: {
    order: 10,
    icon: InboxIcon,
    words: "inbox.room",
    key: "i",
    count: { topics: inboxTopics, ask: async (signal) => (await ask(signal)).entries.length },
  },
  routes: [{ path: "/inbox", page: () => import("./pages/inbox.tsx") }],
};
