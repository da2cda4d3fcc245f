// What follows from a plan, its votes and the time: its state, what stands in the way of a go, sums, cells of the map.
import type { NodeCode } from "@simpul/model";
export { instantIn, wallIn } from "@simpul/doors/i18n";
import {
  counted,
  operationLimits,
  reportCounts,
  type Entry,
  type Hindrance,
  type OperationState,
  type Phase,
  type Reception,
  type ReportCounts,
  type Site,
  type Tally,
  type Window,
} from "./contract.ts";

const hour = 3_600_000;
const day = 24 * hour;

export interface Standing {
  kept: "draft" | "ready" | "recalled";
  window: Window;
  parties: readonly NodeCode[];
  version: number;
  votes: readonly { node: NodeCode; version: number; go: boolean }[];
  reported: readonly NodeCode[];
}

/** Every state that takes part said go to this version of the plan. */
export const isApproved = (of: Pick<Standing, "parties" | "votes" | "version">): boolean =>
  of.parties.every((party) =>
    of.votes.some((vote) => vote.node === party && vote.go && vote.version === of.version),
  );

export function stateOf(of: Standing, now: Date): OperationState {
  if (of.kept !== "ready") return of.kept;
  const past = now.getTime() >= Date.parse(of.window.ends);
  if (!isApproved(of)) return past ? "lapsed" : "ready";
  if (past) return of.parties.every((party) => of.reported.includes(party)) ? "reported" : "ended";
  return now.getTime() >= Date.parse(of.window.starts) ? "running" : "approved";
}

/** What keeps a reception plan from being one (OP-1): people who come out are received before anything else. */
export function receptionLacks(of: Reception | null): string[] {
  if (of === null) return ["shelters", "interpreters", "screeners", "medical"];
  return [
    ...(of.shelters.some((one) => one.places > 0) ? [] : ["shelters"]),
    ...(of.interpreters.some((one) => one.people > 0) ? [] : ["interpreters"]),
    ...(of.screeners > 0 ? [] : ["screeners"]),
    ...(of.medical.trim() === "" ? ["medical"] : []),
  ];
}

export interface GoFacts {
  own: NodeCode;
  lead: NodeCode;
  state: OperationState;
  window: Window;
  fallback: string;
  sites: readonly Site[];
  reception: Reception | null;
  /** Every target that the plan names passed its legal review and stands. */
  targetsStand: boolean;
  compared: boolean;
  cleared: boolean;
}

/** OP-1, OP-2: all that must be there before this state says go. */
export function hindrancesOf(of: GoFacts, now: Date): Hindrance[] {
  const found = new Set<Hindrance>();
  if (of.state === "draft") found.add("not-sent");
  if (now.getTime() >= Date.parse(of.window.ends)) found.add("window-past");
  if (of.fallback.trim() === "") found.add("no-fallback");
  if (of.lead === of.own && of.sites.length === 0) found.add("no-site");
  const ours = of.sites.filter((site) => site.node === of.own && site.state === of.own);
  for (const site of ours) {
    if (site.authority === null) found.add("no-authority");
    else {
      if (Date.parse(site.authority.until) < Date.parse(of.window.ends)) found.add("authority-expired");
      if (Date.parse(site.authority.from) > Date.parse(of.window.starts)) found.add("authority-later");
    }
    if (site.commander.trim() === "") found.add("no-command");
    if (site.teams.length === 0) found.add("no-team");
  }
  // Where people may come out, they are received; a state without a site has nobody to receive.
  if (ours.length > 0 && receptionLacks(of.reception).length > 0) found.add("no-reception");
  if (!of.targetsStand) found.add("target-over");
  if (!of.compared) found.add("not-compared");
  else if (!of.cleared) found.add("not-cleared");
  return [...found];
}

export const noTally = (): Tally => ({ checks: 0, met: 0, items: 0 });

/** A line may take back what an earlier one said too much; no sum falls below nothing. */
export function tallyOf(entries: readonly Pick<Entry, "counts">[]): Tally {
  const sum = noTally();
  for (const { counts } of entries) for (const one of counted) sum[one] += counts[one];
  for (const one of counted) sum[one] = Math.max(0, sum[one]);
  return sum;
}

/** Her device's time stands unless it lies in the node's future; then the node's does, and it is said. */
export function timeOfEntry(said: Date, now: Date): { at: Date; clockOff: boolean } {
  const off = said.getTime() > now.getTime() + 2 * 60_000;
  return { at: off ? now : said, clockOff: off };
}

/** Whether a line of the board belongs to the window; it may be written without a line and come later. */
export const fitsWindow = (at: Date, window: Window, now: Date): boolean =>
  at.getTime() >= Date.parse(window.starts) &&
  at.getTime() <= Date.parse(window.ends) &&
  now.getTime() <= Date.parse(window.ends) + operationLimits.lateHours * hour;

/** Figures that contradict each other, by name. Everybody who was screened was met; children are among them. */
export function disagreements(counts: ReportCounts): string[] {
  const screened = counts.victims + counts.possible + counts["not-victims"];
  return [
    ...(screened > counts.met ? ["screened"] : []),
    ...(counts.children > counts.met ? ["children"] : []),
    ...(counts.exhibits > counts.items ? ["exhibits"] : []),
  ];
}

/** The sum over all states that handed in. */
export function sumOf(reports: readonly { counts: ReportCounts }[]): ReportCounts {
  const sum = Object.fromEntries(reportCounts.map((one) => [one, 0])) as ReportCounts;
  for (const { counts } of reports) for (const one of reportCounts) sum[one] += counts[one];
  return sum;
}

/** A phase begins within the window. */
export const phasesFit = (phases: readonly Phase[], { starts, ends }: Window): boolean =>
  phases.every(
    (one) => Date.parse(one.starts) >= Date.parse(starts) && Date.parse(one.starts) < Date.parse(ends),
  );

/** A side of a cell in degrees: about two kilometres. */
const side = 0.02;

/** The cell that a place lies in. */
const cellOf = (lat: number, lon: number): [number, number] => [
  Math.floor(lat / side),
  Math.floor(lon / side),
];

/** The Monday (UTC) of each week that lies in these instants, e.g. `2031-07-07`. */
export function weeksOf(from: Date, until: Date): string[] {
  const monday = new Date(Math.floor((from.getTime() / day + 3) / 7) * 7 * day - 3 * day);
  const weeks: string[] = [];
  for (let at = monday.getTime(); at <= until.getTime(); at += 7 * day)
    weeks.push(new Date(at).toISOString().slice(0, 10));
  return weeks;
}

type Place = { lat: number; lon: number };

/** How our own site stands in the comparison: its cell, in the weeks of its window. */
export const heldCells = ({ lat, lon }: Place, window: Window): string[] => {
  const [y, x] = cellOf(lat, lon);
  return weeksOf(new Date(window.starts), new Date(window.ends)).map((week) => `${y}/${x}/${week}`);
};

/** What is asked about a site: its cell and those around it, in every week that a window half a week off would touch. */
export const askedCells = ({ lat, lon }: Place, window: Window): string[] => {
  const [y, x] = cellOf(lat, lon);
  const weeks = weeksOf(
    new Date(Date.parse(window.starts) - 3 * day),
    new Date(Date.parse(window.ends) + 3 * day),
  );
  return [-1, 0, 1].flatMap((dy) =>
    [-1, 0, 1].flatMap((dx) => weeks.map((week) => `${y + dy}/${x + dx}/${week}`)),
  );
};

/** `11.5564, 104.9282`, as maps copy it; null for anything else. */
export function readPlace(text: string): Place | null {
  const read = /^\s*(-?\d{1,2}(?:\.\d{1,8})?)\s*[,; ]\s*(-?\d{1,3}(?:\.\d{1,8})?)\s*$/.exec(text);
  if (read === null) return null;
  const place = { lat: Number(read[1]), lon: Number(read[2]) };
  return Math.abs(place.lat) <= 90 && Math.abs(place.lon) <= 180 ? place : null;
}
