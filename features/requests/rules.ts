// The decisions of the requests room, from values alone: the clock, what a draft lacks, what others' terms stop.
import {
  afterWorked,
  Handling,
  workedBetween,
  type HandlingConditions,
  type NodeCode,
  type WorkCalendar,
} from "@simpul/model";
import type { WorkDays } from "./calendars.ts";
import {
  reaches,
  type AskDraft,
  type Clock,
  type Codes,
  type Grant,
  type Limit,
  type Reach,
  type RequestState,
  type SharedItem,
  type SharedRecord,
  type Stop,
  type TermsInWords,
  type Thread,
} from "./contract.ts";

type Clocks = Codes["clocks"];
const unit = { hours: 3_600_000, days: 86_400_000, "working-days": 86_400_000 } as const;

/** Whose working days count: of the state that asks and the one that answers, by these lists. */
export { addDays, mondayOf } from "./roster-rules.ts";

export interface Counting {
  states: NodeCode[];
  days: WorkDays;
  standing: "target" | "agreed";
}
const calendarsFor = (clock: Pick<Clock, "limit" | "days">, days: WorkDays): WorkCalendar[] =>
  clock.limit.unit === "working-days" ? days.of(clock.days?.states ?? []) : [];

/** RFI-3: the slowest of what is asked for decides; a category that this node does not know counts as another's. */
export function reachOf(
  categories: readonly string[],
  catalogue: readonly { code: string; reach: Reach }[],
): Reach {
  const known = categories.map(
    (one) => catalogue.find((entry) => entry.code === one)?.reach ?? "other-authority",
  );
  return reaches[Math.max(0, ...known.map((reach) => reaches.indexOf(reach)))]!;
}

/** When a limit that runs from `at` ends: round the clock, or only on days that all these states work. */
const limitEnd = (limit: Limit, at: Date, { states, days }: Omit<Counting, "standing">): Date =>
  afterWorked(at, limit.amount * unit[limit.unit], limit.unit === "working-days" ? days.of(states) : []);

/** MSG-4: until when somebody should have opened what came at that moment. */
export const openBy = (
  { retrieval }: Pick<Codes, "retrieval">,
  urgent: boolean,
  at: Date,
  counting: Omit<Counting, "standing">,
): Date => limitEnd(retrieval[urgent ? "urgent" : "ordinary"], at, counting);

/** Time runs from receipt (RFI-3). */
export function startClock(
  clocks: Clocks,
  { reach, urgent }: { reach: Reach; urgent: boolean },
  at: Date,
  { states, days, standing }: Counting,
): Clock {
  const limit = clocks[urgent ? "urgent" : "ordinary"][reach];
  const working = limit.unit === "working-days";
  const due = limitEnd(limit, at, { states, days });
  return {
    state: "running",
    started: at.toISOString(),
    due: due.toISOString(),
    limit,
    standing,
    ...(working
      ? { days: { states, version: days.version, entered: days.entered(states, due.getUTCFullYear()) } }
      : {}),
    reach,
    urgent,
    left: null,
    until: null,
    over: false,
  };
}

const passed = (clock: Clock, now: Date): boolean =>
  clock.due === null ? clock.over : Date.parse(clock.due) < now.getTime();

/** RFI-4: asking back stops it; a judge suspends it until a date that somebody expects. */
export function stopClock(
  clock: Clock,
  now: Date,
  how: "stopped" | "suspended",
  until: string | null,
  days: WorkDays,
): Clock {
  if (clock.state === "ended") return clock;
  // Whole seconds, in favour of who answers: a stop never costs her time.
  const left = clock.due === null ? clock.left : secondsLeft(clock, new Date(clock.due), now, days);
  return { ...clock, state: how, due: null, left, until, over: passed(clock, now) };
}

/** Less than nothing once the limit has passed. */
function secondsLeft(clock: Clock, due: Date, now: Date, days: WorkDays): number {
  const calendars = calendarsFor(clock, days);
  if (due <= now) return Math.ceil((due.getTime() - now.getTime()) / 1000);
  return Math.ceil(workedBetween(now, due, calendars) / 1000);
}

/** Runs on with what was left. */
export function resumeClock(clock: Clock, now: Date, days: WorkDays): Clock {
  if (clock.left === null) return clock;
  const left = clock.left * 1000;
  const due = (
    left < 0 ? new Date(now.getTime() + left) : afterWorked(now, left, calendarsFor(clock, days))
  ).toISOString();
  return { ...clock, state: "running", due, left: null, until: null };
}

export const endClock = (clock: Clock, now: Date): Clock => ({
  ...clock,
  state: "ended",
  over: passed(clock, now),
});

/** As it stands at this moment; `over` is told by whoever reads the time. */
export const readClock = (clock: Clock | null, now: Date): Clock | null =>
  clock === null || clock.state === "ended" ? clock : { ...clock, over: passed(clock, now) };

/**
 * RFI-1: what a request must say before it is put before anybody; fields by name. What nobody asked for has no questions,
 * no answer to wait for and, by paper, no form; a warning says what presses.
 */
export function missingIn(draft: AskDraft, chosen: { records: number; items: number }): string[] {
  const asks = draft.unasked === undefined;
  // Between desks: no matter, no purpose, nobody's records.
  const matter = draft.unasked !== "administrative";
  const letters = (draft.letters ?? []).length;
  const named = [...draft.records, ...draft.items];
  const lacks: [string, boolean][] = [
    ["to", draft.to.length + (asks ? letters : 0) === 0],
    ["letters", !asks && letters > 0],
    ["subject", draft.subject.trim() === ""],
    [
      "questions",
      asks
        ? draft.questions.length === 0 || draft.questions.some((one) => one.text.trim() === "")
        : draft.questions.length > 0,
    ],
    ["facts", !draft.facts.some((one) => one.text.trim() !== "")],
    ["offence", matter === (draft.offence === "")],
    ["whyThere", asks && draft.whyThere.trim() === ""],
    ["purpose", matter && draft.purpose === ""],
    ["legalBasis", matter && draft.legalBasis === ""],
    [
      "urgencyReason",
      (draft.urgent || draft.unasked === "warning") && (draft.urgencyReason === null || !draft.urgent),
    ],
    ["languages", asks && draft.languages.length === 0],
    ["links", named.some((one) => one.link.trim() === "")],
    // What was chosen and has gone from the case meanwhile.
    ["records", chosen.records !== draft.records.length || (!matter && named.length > 0)],
    ["items", chosen.items !== draft.items.length],
  ];
  return lacks.filter(([, lacking]) => lacking).map(([name]) => name);
}

/** How far a request has come, so that news that arrives late moves nothing back. */
const order: readonly RequestState[] = ["queued", "posted", "delivered", "opened", "in-work"];
export const goesOn = (from: RequestState, to: RequestState): boolean =>
  // Tried again it may get there all the same.
  from === "undelivered"
    ? order.indexOf(to) >= order.indexOf("delivered")
    : order.includes(from) && order.indexOf(to) > order.indexOf(from);

export const isOpen = (state: RequestState): boolean =>
  ["queued", "posted", "delivered", "opened", "in-work", "clarification", "judicial"].includes(state);

// ------------------------------------------------------------------------------------------------- others' terms

/** Who asks what she may, and when. */
export interface Here {
  code: NodeCode;
  now: Date;
}

/** Whether a grant lets this state do something with this version now; one given to another state does not (HC-7). */
export const inForce = (
  grant: Pick<Grant, "notAfter" | "version" | "holder">,
  version: string,
  { code, now }: Here,
): boolean =>
  grant.holder === code &&
  grant.version === version &&
  (grant.notAfter === null || Date.parse(grant.notAfter) > now.getTime());

type Held = Pick<SharedRecord, "id" | "originator" | "version" | "handling" | "grants">;

/** The end of a day that somebody wrote, or the instant. */
export const endOf = (text: string): number =>
  Date.parse(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T23:59:59.999Z` : text);

export const conditionsOf = (handling: Handling): HandlingConditions =>
  handling.codes.includes("H3") ? (handling.conditions ?? {}) : {};

/**
 * What stands against passing a held record on to these states (HC-6): nothing towards its originator, whose it is.
 * Returns the code that stops it and the states for which it does; null when it may go.
 */
export function stopsOnward(
  held: Held,
  to: readonly NodeCode[],
  purpose: string,
  here: Here,
): { because: Stop["because"]; recipients: NodeCode[] } | null {
  const others = to.filter((one) => one !== held.originator);
  if (others.length === 0) return null;
  const limits = conditionsOf(held.handling);
  if (limits.notAfter !== undefined && endOf(limits.notAfter) < here.now.getTime())
    return { because: "H3-period", recipients: others };
  if (limits.destroyAfter !== undefined && endOf(limits.destroyAfter) < here.now.getTime())
    return { because: "expired", recipients: others };
  if (limits.victimSensitive === true) return { because: "protected", recipients: others };
  const lacking = others.filter((one) => !grantedTo(held, one, here));
  if (lacking.length === 0) return null;
  // HC-9 sets H2 aside and nothing else: conditions of H3 hold as before.
  const unasked = lacking.filter((one) => !grantedTo(held, one, here, "override"));
  if (held.handling.codes.includes("H2") && unasked.length > 0) return { because: "H2", recipients: unasked };
  if (limits.recipients !== undefined) {
    const outside = lacking.filter((one) => !limits.recipients!.includes(one));
    if (outside.length > 0) return { because: "H3-recipient", recipients: outside };
  }
  if (limits.purposes !== undefined && !limits.purposes.includes(purpose))
    return { because: "H3-purpose", recipients: lacking };
  return null;
}

const grantedTo = (
  held: Held,
  recipient: NodeCode,
  here: Here,
  action: "onward" | "override" = "onward",
): boolean =>
  held.grants.some(
    (grant) =>
      grant.action === action && inForce(grant, held.version, here) && grant.recipients.includes(recipient),
  );

/** Whether the time for which it was given has passed; then nothing may be done with it, permitted or not (H3). */
export function isOver(held: Pick<Held, "handling">, here: Pick<Here, "now">): boolean {
  const { notAfter, destroyAfter } = conditionsOf(held.handling);
  return [notAfter, destroyAfter].some((one) => one !== undefined && endOf(one) < here.now.getTime());
}

/** Court use: H1 needs a grant; a period that is over ends all use. */
export function stopsCourt(held: Held, here: Here): Stop["because"] | null {
  const limits = conditionsOf(held.handling);
  if (isOver(held, here)) return "H3-period";
  if (limits.victimSensitive === true) return "protected";
  const granted = held.grants.some((grant) => grant.action === "court" && inForce(grant, held.version, here));
  if (!held.handling.codes.includes("H1")) {
    const outside = limits.purposes !== undefined && !limits.purposes.includes("prosecution");
    return outside && !granted ? "H3-purpose" : null;
  }
  return granted ? null : "H1";
}

/** What may be done with a held record now, for showing it. */
export function termsInWords(held: Held, here: Here): TermsInWords {
  const limits = conditionsOf(held.handling);
  const onward = held.grants.filter(
    (grant) => grant.action === "onward" && inForce(grant, held.version, here),
  );
  const free = !held.handling.codes.includes("H2") && limits.recipients === undefined;
  return {
    court: stopsCourt(held, here) === null,
    onward: free
      ? "all"
      : [
          ...new Set([
            ...onward.flatMap((grant) => grant.recipients),
            ...((limits.recipients ?? []) as NodeCode[]),
          ]),
        ],
    agencyOnly:
      held.handling.codes.includes("H2") &&
      !held.grants.some((grant) => grant.action === "case" && inForce(grant, held.version, here)),
    notAfter: limits.notAfter ?? null,
    noMatching: limits.noAutomatedMatching ?? false,
    noPrint: limits.noPrint ?? false,
    text: held.handling.text ?? null,
  };
}

/** HC-4: the union of the codes of all that is in it. */
export const unionOf = (parts: readonly { handling: Handling }[]): Handling =>
  parts.length === 0 ? Handling.usual : Handling.union(parts.map((part) => part.handling));

export const originatorsOf = (
  own: NodeCode,
  parts: readonly Pick<SharedRecord | SharedItem, "originator">[],
): NodeCode[] => [...new Set([own, ...parts.map((part) => part.originator)])].toSorted();

/** How much one request or answer may hold. */
export const most = {
  states: 10,
  questions: 30,
  paragraphs: 60,
  records: 300,
  items: 50,
  text: 8000,
  line: 300,
  searched: 60,
  grants: 40,
  permissionRecords: 50,
  translations: 300,
  list: 100,
} as const;

type Standing = Pick<Thread, "state" | "outcome" | "clock">;

/** Of one request to several states (RFI-8): how many have left, how many got their last word, which clock ends first. */
export function several(threads: readonly Standing[]): { left: number; said: number; next: Clock | null } {
  const left = threads.filter(({ state }) => state !== "draft" && state !== "submitted");
  const said = left.filter(
    ({ state, outcome }) =>
      ["answered", "refused", "transferred"].includes(state) || (state === "closed" && outcome !== null),
  );
  const running = threads
    .flatMap(({ clock }) => (clock === null ? [] : [clock]))
    .sort((a, b) => Number(b.state === "running") - Number(a.state === "running") || dueOf(a) - dueOf(b));
  return { left: left.length, said: said.length, next: running[0] ?? null };
}
const dueOf = ({ due }: Clock): number => (due === null ? Infinity : Date.parse(due));
