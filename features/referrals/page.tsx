// The room of consent, referrals and hand-overs as the frame knows it: for the victim desk alone.
import { api, icons } from "@simpul/doors/web";
import type { Room, Session } from "@simpul/doors/web";

const helps = ({ officer, purpose }: Session): boolean =>
  officer.agency.kind === "victim-services" &&
  officer.roles.some((role) => role === "caseworker" || role === "supervisor") &&
  purpose === "victim-assistance";

export const referralsRoom: Room = {
  id: "referrals",
  path: "/referrals",
  needs: helps,
  nav: { order: 63, icon: icons.refer, words: "referrals.room", key: "f" },
  routes: [
    { path: "/referrals", page: () => import("./pages/board.tsx") },
    { path: "/referrals/services", page: () => import("./pages/services.tsx") },
    { path: "/referrals/desk-keys", page: () => import("./pages/desk-keys.tsx") },
    { path: "/referrals/tracks", page: () => import("./pages/tracks.tsx") },
    { path: "/referrals/people/$id", page: () => import("./pages/person.tsx") },
    { path: "/referrals/people/$id/ask", page: () => import("./pages/ask.tsx") },
    { path: "/referrals/people/$id/refer", page: () => import("./pages/refer.tsx") },
    { path: "/referrals/people/$id/hand-over", page: () => import("./pages/hand-over.tsx") },
    { path: "/referrals/$id", page: () => import("./pages/share.tsx") },
  ],
  commands: [
    { id: "referrals.services", words: "referrals.services", to: "/referrals/services", needs: helps },
    { id: "referrals.desk-keys", words: "referrals.deskKeys", to: "/referrals/desk-keys", needs: helps },
    { id: "referrals.tracks", words: "referrals.tracks", to: "/referrals/tracks", needs: helps },
  ],
  clocks: {
    topic: "shares",
    ask: async (signal) => {
      const { came } = await api
        .get<{
          came: {
            share: { id: string; due: string | null };
            from: string;
            person: { pseudonym: string } | null;
          }[];
        }>("/api/referrals/board", { signal })
        // A closed desk shows no clocks; the inbox does.
        .catch(() => ({ came: [] }));
      return came
        .filter(({ share }) => share.due !== null)
        .map(({ share, from, person }) => ({
          id: share.id,
          title: `${from.toUpperCase()} ${person?.pseudonym ?? ""}`.trim(),
          to: `/referrals/${share.id}`,
          due: share.due,
        }));
    },
  },
};
