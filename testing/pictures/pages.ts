// Every page there is, who opens it, and where; addresses with a record in them are found by asking as that officer.
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";

/** Asks the node as the officer who is signed in; paths begin with `/api/`. */
export type Ask = <T>(path: string) => Promise<T>;

/** Who works at which node. */
export const at = {
  sari: "id",
  agus: "id",
  hendra: "id",
  tono: "id",
  mony: "kh",
  sophea: "kh",
  sreymom: "kh",
  rithy: "kh",
} as const;
export type Person = keyof typeof at;

export interface Pictured {
  /** Room first, e.g. `cases-map`. */
  name: string;
  who: Person | null;
  /** The route of the room that it shows. */
  route: string;
  /** Its address; null where the exercise has nothing of the kind. */
  at: (ask: Ask) => string | null | Promise<string | null>;
  /** What is done before the picture is taken. */
  first?: (page: Page) => Promise<void>;
}

interface Listed {
  requests: { id: string }[];
}
const newest = async (ask: Ask): Promise<string | null> =>
  (await ask<{ cases: { number: string }[] }>("/api/cases")).cases[0]?.number ?? null;
const request = async (ask: Ask, query: string): Promise<string | null> =>
  (await ask<Listed>(`/api/requests?${query}`)).requests[0]?.id ?? null;
const under = async (above: string, id: Promise<string | null>, below = ""): Promise<string | null> => {
  const found = await id;
  return found === null ? null : `${above}${above.endsWith("=") ? "" : "/"}${found}${below}`;
};

const still = (name: string, who: Pictured["who"], route: string, address = route): Pictured => ({
  name,
  who,
  route,
  at: () => address,
});

const sides = [
  "overview",
  "subjects",
  "selectors",
  "places",
  "events",
  "tasks",
  "notes",
  "timeline",
  "chart",
  "map",
  "abroad",
  "activity",
];
const caseSides = (who: "sari" | "sreymom"): Pictured[] =>
  sides.map((side) => ({
    name: `cases-${who}-${side}`,
    who,
    route: side === "overview" ? "/cases/$ref" : "/cases/$ref/$tab",
    at: (ask) => under("/cases", newest(ask), side === "overview" ? "" : `/${side}`),
  }));
const item = async (ask: Ask): Promise<string | null> =>
  (await ask<{ items: { id: string; fileName: string }[] }>("/api/evidence/items?limit=50")).items.find(
    (one) => one.fileName.includes("chat"),
  )?.id ?? null;
const check = async (ask: Ask): Promise<string | null> =>
  (await ask<{ checks: { id: string }[] }>("/api/checks")).checks[0]?.id ?? null;

const received = async (ask: Ask): Promise<string | null> => {
  const ref = await newest(ask);
  return ref === null
    ? null
    : ((await ask<{ records: { id: string }[] }>(`/api/requests/received?case=${ref}`)).records[0]?.id ??
        null);
};
const permission = async (ask: Ask): Promise<string | null> =>
  (await ask<{ permissions: { id: string }[] }>("/api/requests/permissions?box=incoming")).permissions[0]
    ?.id ?? null;

const entry = async (ask: Ask): Promise<string | null> => {
  const [first] = (await ask<{ entries: { log: string; id: string }[] }>("/api/oversight/log")).entries;
  return first === undefined ? null : `${first.log}/${first.id}`;
};
const recall = async (ask: Ask): Promise<string | null> =>
  (await ask<{ recalls?: { id: string }[] }>("/api/recalls")).recalls?.[0]?.id ?? null;

const letter = async (ask: Ask): Promise<string | null> =>
  (await ask<{ letters: { id: string }[] }>("/api/letters")).letters[0]?.id ?? null;
const space = async (ask: Ask): Promise<string | null> =>
  (await ask<{ spaces?: { id: string }[] }>("/api/joint")).spaces?.[0]?.id ?? null;

export const pages: readonly Pictured[] = [
  still("door", null, "/"),
  still("inbox-sari", "sari", "/inbox"),
  still("inbox-agus", "agus", "/inbox"),
  still("inbox-sophea", "sophea", "/inbox"),
  { ...still("frame-palette", "sari", "/inbox"), first: (page) => page.keyboard.press("Control+k") },
  { ...still("frame-help", "sari", "/cases"), first: (page) => page.keyboard.press("?") },
  { ...still("frame-me", "sari", "/inbox"), first: (page) => page.locator(".s-me").click() },
  still("check-list", "sari", "/check"),
  {
    name: "check-new",
    who: "sari",
    route: "/check/new",
    at: (ask) => under("/check/new?case=", newest(ask)),
  },
  { name: "check-result", who: "sari", route: "/check/$id", at: (ask) => under("/check", check(ask)) },
  still("check-answered", "sophea", "/check/answered"),
  still("cases-list", "sari", "/cases"),
  still("cases-new", "sari", "/cases/new"),
  ...caseSides("sari"),
  ...caseSides("sreymom"),
  still("evidence-list", "sari", "/evidence"),
  still("evidence-take-in", "sari", "/evidence/take-in"),
  {
    name: "evidence-item",
    who: "sari",
    route: "/evidence/$item",
    at: (ask) => under("/evidence", item(ask)),
  },
  {
    name: "evidence-custody",
    who: "sari",
    route: "/evidence/$item",
    at: (ask) => under("/evidence", item(ask), "?tab=custody"),
  },
  {
    name: "evidence-export",
    who: "sari",
    route: "/evidence/export",
    at: (ask) => under("/evidence/export?case=", newest(ask)),
  },
  still("requests-list", "sari", "/requests"),
  still("requests-approval", "agus", "/requests", "/requests?box=approval"),
  still("requests-permissions", "rithy", "/requests", "/requests?box=permissions"),
  still("requests-incoming", "sophea", "/requests"),
  still("requests-new", "sari", "/requests/new"),
  ...["", "flow", "history"].map((tab): Pictured => ({
    name: `requests-asked${tab === "" ? "" : `-${tab}`}`,
    who: "sari",
    route: "/requests/$id",
    at: (ask) => under("/requests", request(ask, "box=outgoing"), tab === "" ? "" : `?tab=${tab}`),
  })),
  ...(["request", "answers"] as const).map((tab): Pictured => ({
    name: `requests-here-${tab}`,
    who: "sreymom",
    route: "/requests/$id",
    at: (ask) => under("/requests", request(ask, "box=incoming"), `?tab=${tab}`),
  })),
  {
    name: "requests-answer",
    who: "sreymom",
    route: "/requests/$id/answer",
    at: (ask) => under("/requests", request(ask, "box=incoming&state=opened,in-work"), "/answer"),
  },
  {
    name: "requests-received",
    who: "sari",
    route: "/requests/received/$id",
    at: async (ask) => under("/requests/received", received(ask)),
  },
  {
    name: "requests-permission",
    who: "rithy",
    route: "/requests/permissions/$id",
    at: (ask) => under("/requests/permissions", permission(ask)),
  },
  {
    name: "requests-permission-new",
    who: "sari",
    route: "/requests/permissions/new",
    at: async (ask) => {
      const [ref, record] = [await newest(ask), await received(ask)];
      return ref === null || record === null
        ? null
        : `/requests/permissions/new?case=${ref}&records=${record}`;
    },
  },
  still("peers-list", "agus", "/peers"),
  still("peers-card", "agus", "/peers/card"),
  still("peers-one", "agus", "/peers/$code", "/peers/kh"),
  still("peers-enter", "tono", "/peers/enter"),
  still("peers-stop", "tono", "/peers/$code/stop", "/peers/kh/stop"),
  still("peers-confirm", "tono", "/peers/$code/confirm", "/peers/kh/confirm"),
  still("oversight-log", "hendra", "/oversight"),
  still("oversight-ledgers", "hendra", "/oversight/ledgers"),
  {
    name: "oversight-entry",
    who: "hendra",
    route: "/oversight/entries/$log/$id",
    at: (ask) => under("/oversight/entries", entry(ask)),
  },
  still("recalls-list", "sophea", "/recalls"),
  still("recalls-theirs", "agus", "/recalls"),
  {
    name: "recalls-new",
    who: "sophea",
    route: "/recalls/new",
    at: (ask) => under("/recalls/new?request=", request(ask, "box=incoming")),
  },
  { name: "recalls-one", who: "agus", route: "/recalls/$id", at: (ask) => under("/recalls", recall(ask)) },
  still("recalls-grades", "sophea", "/recalls/grades"),
  still("letters-board", "agus", "/letters"),
  {
    name: "letters-one",
    who: "agus",
    route: "/letters/$id",
    at: (ask) => under("/letters", letter(ask)),
  },
  still("retention-due", "sari", "/retention"),
  still("joint-list", "agus", "/joint"),
  still("joint-new", "agus", "/joint/new"),
  { name: "joint-space", who: "agus", route: "/joint/$id", at: (ask) => under("/joint", space(ask)) },
  {
    name: "joint-put",
    who: "agus",
    route: "/joint/$id/put",
    at: (ask) => under("/joint", space(ask), "/put"),
  },
  still("border-check", "mony", "/border"),
  still("border-purposes", "mony", "/border/purposes"),
  still("watch-lists", "agus", "/watch-lists"),
  still("watch-lists-new", "agus", "/watch-lists/new"),
  still("actors-list", "sari", "/actors"),
  still("targets-list", "sari", "/targets"),
  still("targets-new", "sari", "/targets/new"),
  still("operations-list", "sari", "/operations"),
  still("operations-new", "agus", "/operations/new"),
  still("offer", null, "/offer"),
  still("settings", "sari", "/settings"),
  still("settings-connect", "sari", "/settings/connect"),
  still("settings-prove", "sari", "/settings/prove"),
  still("settings-people", "tono", "/settings/people"),
  still("frame-nowhere", "sari", "/", "/no-such-page"),
];

/** Routes of the rooms' descriptors of which no picture is taken. */
export function unseen(): string[] {
  const features = fileURLToPath(new URL("../../features/", import.meta.url));
  const routes = readdirSync(features).flatMap((feature) => {
    try {
      const text = readFileSync(path.join(features, feature, "page.tsx"), "utf8");
      return [...text.matchAll(/path: "(\/[^"]*)", page:/g)].map(([, route]) => route ?? "");
    } catch {
      return [];
    }
  });
  return routes.filter((route) => !pages.some((page) => page.route === route));
}
