// The room of other states' nodes as the frame knows it: beside Settings, for those who keep, use or oversee the lines.
import { needsRole } from "@simpul/doors/web";
import type { Room } from "@simpul/doors/web";
import { PeersIcon } from "./pages/icon.tsx";

const manages = needsRole("administrator");

export const peersRoom: Room = {
  id: "peers",
  path: "/peers",
  needs: needsRole("administrator", "liaison", "oversight"),
  nav: { order: 135, icon: PeersIcon, words: "peers.room", key: "p" },
  routes: [
    { path: "/peers", page: () => import("./pages/list.tsx") },
    { path: "/peers/card", page: () => import("./pages/card.tsx") },
    { path: "/peers/enter", page: () => import("./pages/enter.tsx"), needs: manages },
    { path: "/peers/keys", page: () => import("./pages/keys.tsx") },
    { path: "/peers/$code", page: () => import("./pages/peer.tsx") },
    { path: "/peers/$code/confirm", page: () => import("./pages/confirm.tsx"), needs: manages },
    { path: "/peers/$code/suspend", page: () => import("./pages/suspend.tsx"), needs: manages },
    { path: "/peers/$code/stop", page: () => import("./pages/stop.tsx"), needs: manages },
  ],
  commands: [
    { id: "peers.card", words: "peers.card.title", to: "/peers/card" },
    { id: "peers.keys", words: "peers.keys.title", to: "/peers/keys" },
    { id: "peers.enter", words: "peers.enter.title", to: "/peers/enter", needs: manages },
  ],
};
