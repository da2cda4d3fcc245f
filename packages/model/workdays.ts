// Time as the law counts it: only days that are worked in every state concerned, each by its own calendar.

/** A state's working days. Local time is a fixed distance from UTC: no state of the region moves its clocks. */
export interface WorkCalendar {
  /** Minutes ahead of UTC. */
  ahead: number;
  /** Days of the week that are not worked, 0 for Sunday. */
  weekend: readonly number[];
  /** Public holidays as local days, `2026-12-25`. */
  holidays: ReadonlySet<string>;
}

const minute = 60_000;
const day = 86_400_000;

const localDay = (calendar: WorkCalendar, at: number): Date => new Date(at + calendar.ahead * minute);

/** Whether this instant lies in a day that is worked there. */
export function isWorked(calendar: WorkCalendar, at: Date): boolean {
  const local = localDay(calendar, at.getTime());
  return (
    !calendar.weekend.includes(local.getUTCDay()) && !calendar.holidays.has(local.toISOString().slice(0, 10))
  );
}

/** The next local midnight after this instant. */
const nextMidnight = (calendar: WorkCalendar, at: number): number =>
  (Math.floor((at + calendar.ahead * minute) / day) + 1) * day - calendar.ahead * minute;

/** The end of the stretch that begins here, and whether it is worked everywhere. */
function stretch(calendars: readonly WorkCalendar[], at: number): { end: number; worked: boolean } {
  const end = Math.min(...calendars.map((one) => nextMidnight(one, at)));
  return { end, worked: calendars.every((one) => isWorked(one, new Date(at))) };
}

// Two years of midnights in two states; a calendar without a worked day ends here instead of never.
const most = 4000;

/** The instant after so much worked time (milliseconds); without calendars every day counts. */
export function afterWorked(from: Date, length: number, calendars: readonly WorkCalendar[]): Date {
  if (calendars.length === 0) return new Date(from.getTime() + length);
  let at = from.getTime();
  let left = length;
  for (let i = 0; i < most; i++) {
    const { end, worked } = stretch(calendars, at);
    if (worked && left <= end - at) return new Date(at + left);
    if (worked) left -= end - at;
    at = end;
  }
  return new Date(at + left);
}

/** Worked time between two instants in milliseconds; 0 where the second is not later. */
export function workedBetween(from: Date, to: Date, calendars: readonly WorkCalendar[]): number {
  if (to.getTime() <= from.getTime()) return 0;
  if (calendars.length === 0) return to.getTime() - from.getTime();
  let at = from.getTime();
  let sum = 0;
  for (let i = 0; i < most && at < to.getTime(); i++) {
    const { end, worked } = stretch(calendars, at);
    const until = Math.min(end, to.getTime());
    if (worked) sum += until - at;
    at = until;
  }
  return sum;
}
