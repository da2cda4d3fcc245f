// The room Cases as the frame knows it: addresses, commands, search.
import { api } from "@simpul/doors/web";
import type { Room, SearchHit } from "@simpul/doors/web";
import type { Found } from "./contract.ts";
import { CasesIcon } from "./pages/icon.tsx";

const works = (session: { officer: { roles: readonly string[] } }): boolean =>
  session.officer.roles.some((role) =>
    ["investigator", "analyst", "supervisor", "liaison", "prosecutor"].includes(role),
  );
/** Where in the case a found record is shown. */
const tabOf = { case: "", subject: "/subjects", selector: "/selectors", place: "/places" } as const;

export const casesRoom: Room = {
  id: "cases",
  path: "/cases",
  nav: { order: 30, icon: CasesIcon, words: "cases.room", key: "c" },
  routes: [
    { path: "/cases", page: () => import("./pages/list.tsx") },
    { path: "/cases/new", page: () => import("./pages/new.tsx") },
    { path: "/cases/$ref", page: () => import("./pages/case.tsx") },
    { path: "/cases/$ref/paper", page: () => import("./pages/whole.tsx") },
    { path: "/cases/$ref/$tab", page: () => import("./pages/case.tsx") },
  ],
  commands: [{ id: "cases.new", words: "cases.new.title", to: "/cases/new", keys: "n c", needs: works }],
  search: async (text, signal): Promise<SearchHit[]> => {
    const { found } = await api.get<{ found: Found[] }>("/api/cases/search", { query: { q: text }, signal });
    return found.map((one) => ({
      id: `${one.kind} ${one.record}`,
      title: one.text,
      detail: one.kind === "case" ? one.number : `${one.number} · ${one.caseTitle}`,
      to: `/cases/${one.number}${tabOf[one.kind]}${one.kind === "case" ? "" : `?at=${one.record}`}`,
    }));
  },
  needs: works,
};

/** Cases opened in an emergency: who opens one, who owns one, and who oversees. */
export const emergencyRoom: Room = {
  id: "emergencies",
  path: "/emergencies",
  routes: [{ path: "/emergencies", page: () => import("./pages/emergencies.tsx") }],
  commands: [{ id: "cases.emergency", words: "cases.emergency.title", to: "/emergencies" }],
  needs: (session) => works(session) || session.officer.roles.includes("oversight"),
};
