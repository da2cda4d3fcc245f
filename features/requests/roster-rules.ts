// The decisions of the duty roster, from values alone: whom an escalation tells, and when nobody is on duty.
import type { Id } from "@simpul/model";
import type { Told } from "./contract.ts";

export interface Reachable {
  id: Id;
  onDuty: boolean;
  away: boolean;
  standIn: Id | null;
}

/**
 * MSG-8: those on duty by the roster. Whoever is away is told through her stand-in, whatever the roster says. Nobody on duty
 * who is here or has a stand-in: everybody of the desk who is; nobody at all: all of them, away or not.
 */
export function whomToTell(found: readonly Reachable[]): Told[] {
  const onDuty = reached(found.filter((one) => one.onDuty));
  if (onDuty.length > 0) return onDuty;
  const here = reached(found);
  return here.length > 0 ? here : found.map(({ id }) => ({ officer: id, insteadOf: null }));
}

function reached(of: readonly Reachable[]): Told[] {
  const told = new Map<Id, Told>();
  for (const { id, away } of of) if (!away) told.set(id, { officer: id, insteadOf: null });
  for (const { id, away, standIn } of of)
    if (away && standIn !== null) told.set(standIn, { officer: standIn, insteadOf: id });
  return [...told.values()];
}

/** From, inclusive, and until, exclusive, in milliseconds. */
export interface Span {
  from: number;
  until: number;
}

/** What of `whole` no span covers, in order. */
export function uncovered(whole: Span, by: readonly Span[]): Span[] {
  const gaps: Span[] = [];
  let at = whole.from;
  for (const { from, until } of by.toSorted((a, b) => a.from - b.from)) {
    if (from > at) gaps.push({ from: at, until: Math.min(from, whole.until) });
    at = Math.max(at, until);
    if (at >= whole.until) break;
  }
  if (at < whole.until) gaps.push({ from: at, until: whole.until });
  return gaps.filter((gap) => gap.until > gap.from);
}

/** MSG-8: a shift counts but for the time in which its officer is away with nobody in her place. */
export function gapsOf(
  week: Span,
  shifts: readonly (Span & { officer: Id })[],
  absences: readonly (Span & { officer: Id })[],
): Span[] {
  const covered = shifts.flatMap((shift) =>
    uncovered(
      shift,
      absences.filter((one) => one.officer === shift.officer),
    ),
  );
  return uncovered(week, covered);
}

const day = 86_400_000;
/** The Monday of the week in which an ISO day lies. */
export function mondayOf(text: string): string {
  const at = Date.parse(text);
  return new Date(at - ((new Date(at).getUTCDay() + 6) % 7) * day).toISOString().slice(0, 10);
}
export const addDays = (text: string, days: number): string =>
  new Date(Date.parse(text) + days * day).toISOString().slice(0, 10);
