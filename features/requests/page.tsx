// The room Requests as the frame knows it: addresses, what waits, the clocks that run against this officer's desk.
import { api, icons, needsRole } from "@simpul/doors/web";
import type { Room, RunningClock, SearchHit, Session } from "@simpul/doors/web";
import type { BoxCounts, RequestHead } from "./contract.ts";

const works = (session: { officer: { roles: readonly string[] } }): boolean =>
  session.officer.roles.some((role) =>
    ["investigator", "analyst", "supervisor", "liaison", "prosecutor"].includes(role),
  );
interface Listed {
  requests: RequestHead[];
  counts: BoxCounts;
}
const list = (query: Record<string, string>, signal: AbortSignal): Promise<Listed> =>
  api.get<Listed>("/api/requests", { query, signal });

export const requestsRoom: Room = {
  id: "requests",
  path: "/requests",
  nav: {
    order: 50,
    icon: icons.requests,
    words: "requests.room",
    key: "r",
    count: {
      topics: ["request", "permission", "desk"],
      ask: async (signal) => {
        const [{ requests, counts }, session] = await Promise.all([
          list({ box: "incoming", state: "delivered,opened" }, signal),
          api.get<Session>("/api/access/session", { signal }),
        ]);
        // An approval waits for a second person, never for who wrote it.
        const second = needsRole("liaison", "supervisor")(session);
        const untaken = requests.filter((one) => one.desk === null).length;
        return untaken + counts["permissions-in"] + (second ? counts.approval + counts.release : 0);
      },
    },
  },
  routes: [
    { path: "/requests", page: () => import("./pages/list.tsx") },
    { path: "/requests/new", page: () => import("./pages/new.tsx") },
    { path: "/requests/statistics", page: () => import("./pages/statistics.tsx") },
    { path: "/requests/duty", page: () => import("./pages/duty.tsx") },
    { path: "/requests/permissions/new", page: () => import("./pages/permission-new.tsx") },
    { path: "/requests/permissions/$id", page: () => import("./pages/permission.tsx") },
    { path: "/requests/received/$id", page: () => import("./pages/received.tsx") },
    { path: "/requests/$id", page: () => import("./pages/request.tsx") },
    { path: "/requests/$id/answer", page: () => import("./pages/answer.tsx") },
  ],
  commands: [
    { id: "requests.new", words: "requests.new.title", to: "/requests/new", keys: "n r", needs: works },
    {
      id: "requests.statistics",
      words: "requests.statistics.title",
      to: "/requests/statistics",
      needs: needsRole("liaison"),
    },
    { id: "requests.duty", words: "requests.duty.title", to: "/requests/duty", needs: works },
  ],
  search: async (text, signal): Promise<SearchHit[]> => {
    const found = await Promise.all(
      ["outgoing", "incoming"].map(async (box) => (await list({ box, text }, signal)).requests),
    );
    return found.flat().map((one) => ({
      id: one.id,
      title: one.subject,
      detail: one.threads.map((thread) => thread.reference).join(", "),
      to: `/requests/${one.id}`,
    }));
  },
  clocks: {
    topic: "request",
    ask: async (signal): Promise<RunningClock[]> => {
      const { requests } = await list({ box: "incoming" }, signal);
      return requests.flatMap((one) =>
        one.threads
          .filter((thread) => thread.clock?.state === "running")
          .map((thread) => ({
            id: thread.id,
            title: `${thread.reference} · ${one.subject}`,
            to: `/requests/${one.id}`,
            due: thread.clock?.due ?? null,
          })),
      );
    },
  },
  needs: works,
};

/** What was passed on because a life was at risk: who did, whose it is, and who oversees (HC-9). */
export const overridesRoom: Room = {
  id: "overrides",
  path: "/overrides",
  routes: [{ path: "/overrides", page: () => import("./pages/overrides.tsx") }],
  commands: [{ id: "requests.overrides", words: "requests.override.title", to: "/overrides" }],
  needs: (session) => works(session) || session.officer.roles.includes("oversight"),
};

/** Every desk has its roster, also one that works on no requests. */
export const rosterRoom: Room = {
  id: "roster",
  path: "/requests/duty/roster",
  routes: [{ path: "/requests/duty/roster", page: () => import("./pages/roster.tsx") }],
  commands: [{ id: "requests.roster", words: "requests.roster.title", to: "/requests/duty/roster" }],
  needs: needsRole("investigator", "analyst", "supervisor", "liaison", "prosecutor", "caseworker"),
};
