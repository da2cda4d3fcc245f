// Times as officers read them: here, over there, UTC; always the Gregorian calendar and Latin digits.

/** The zone in which a state's desks work; the capital's where a state has several. */
export const stateZones: Readonly<Record<string, string>> = {
  bn: "Asia/Brunei",
  id: "Asia/Jakarta",
  kh: "Asia/Phnom_Penh",
  la: "Asia/Vientiane",
  mm: "Asia/Yangon",
  my: "Asia/Kuala_Lumpur",
  ph: "Asia/Manila",
  sg: "Asia/Singapore",
  th: "Asia/Bangkok",
  tl: "Asia/Dili",
  vn: "Asia/Ho_Chi_Minh",
};

export type Instant = Date | string | number;

export interface TimeFormats {
  /** The zone in which this reader's times stand. */
  zone: string;
  /** Day and minute, e.g. `24 Nov 2026, 04:12`. */
  time(at: Instant, zone?: string): string;
  /** The day alone. */
  date(at: Instant, zone?: string): string;
  /** The minute alone, e.g. for a clock. */
  minute(at: Instant, zone?: string): string;
  /** `2026-11-24T04:12Z`: for references, never in words, never in Buddhist years. */
  reference(at: Instant): string;
  /** `3 minutes ago`, `in 2 days`. */
  ago(at: Instant, now: Instant): string;
  /** The two largest parts of a length, e.g. `2 d 4 h`. */
  duration(milliseconds: number): string;
}

const asDate = (at: Instant): Date => (at instanceof Date ? at : new Date(at));

/** Reads an ISO time or date; null for anything else, so that a bad value shows as such and breaks no page. */
export function readInstant(at: Instant): Date | null {
  const date = asDate(at);
  return Number.isNaN(date.getTime()) ? null : date;
}

/** Says a message of the catalogue in force; what `createWords` hands in. */
export type Say = (key: string, values?: Readonly<Record<string, string | number>>) => string;

/**
 * Whether this browser can write dates in `locale`. The packaged Chromium and small builds of ICU know no Khmer, Lao or
 * Burmese and would fall back to English without a word.
 */
export const knowsDates = (locale: string): boolean =>
  Intl.DateTimeFormat.supportedLocalesOf([locale]).length > 0;

const steps = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
  ["second", 1000],
] as const;

/** The formats of `locale`; lengths and distances in time always by the catalogue, dates where Intl has no data. */
export function timeFormats(
  locale: string,
  say: Say,
  { timeZone, known = knowsDates(locale) }: { timeZone?: string | undefined; known?: boolean } = {},
): TimeFormats {
  const zone = timeZone ?? new Intl.DateTimeFormat().resolvedOptions().timeZone;
  // Thai defaults to Buddhist years and Burmese to its own digits; both would make two desks read two dates.
  const tag = new Intl.Locale(locale, { calendar: "gregory", numberingSystem: "latn" }).toString();
  const kept = new Map<string, Intl.DateTimeFormat>();

  function format(kind: "time" | "date" | "minute", at: Instant, where = zone): string {
    const date = readInstant(at);
    if (date === null) return "–";
    if (!known && kind !== "minute") return spelled(kind, date, where);
    const key = `${kind} ${where}`;
    let formatter = kept.get(key);
    if (formatter === undefined) {
      const day = { day: "numeric", month: "short", year: "numeric" } as const;
      const clock = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
      formatter = new Intl.DateTimeFormat(tag, {
        ...(kind === "minute" ? clock : kind === "date" ? day : { ...day, ...clock }),
        timeZone: where,
      });
      kept.set(key, formatter);
    }
    return formatter.format(date);
  }

  /** The day by the months of the catalogue. */
  function spelled(kind: "time" | "date", date: Date, where: string): string {
    const parts = new Intl.DateTimeFormat("en", {
      ...({ day: "numeric", month: "numeric", year: "numeric" } as const),
      timeZone: where,
    }).formatToParts(date);
    const part = (type: Intl.DateTimeFormatPartTypes): string =>
      parts.find((one) => one.type === type)?.value ?? "";
    const month = say(`time.month.${part("month")}`);
    const day = say("time.date", { day: part("day"), month, year: part("year") });
    return kind === "date"
      ? day
      : say("time.dateAndMinute", { date: day, minute: format("minute", date, where) });
  }

  return {
    zone,
    time: (at, where) => format("time", at, where),
    date: (at, where) => format("date", at, where),
    minute: (at, where) => format("minute", at, where),
    reference: (at) =>
      readInstant(at)
        ?.toISOString()
        .replace(/:\d\d\.\d{3}Z$/, "Z") ?? "–",
    ago(at, now) {
      const from = readInstant(at);
      const to = readInstant(now);
      if (from === null || to === null) return "–";
      const gap = from.getTime() - to.getTime();
      const [unit, size] = steps.find(([, length]) => Math.abs(gap) >= length) ?? steps[3];
      const n = Math.floor(Math.abs(gap) / size);
      if (n === 0) return say("time.now");
      if (unit === "day" && n === 1) return say(gap < 0 ? "time.yesterday" : "time.tomorrow");
      return say(`time.${gap < 0 ? "ago" : "in"}.${unit}`, { n });
    },
    duration(milliseconds) {
      let left = Math.abs(milliseconds);
      const parts: string[] = [];
      for (const [unit, size] of steps) {
        const count = Math.floor(left / size);
        left -= count * size;
        // Two neighbouring units at most: a day and four hours, or a day.
        if (count === 0 && parts.length > 0) break;
        if (count > 0) parts.push(say(`time.length.${unit}`, { n: count }));
        if (parts.length === 2) break;
      }
      return parts.length === 0 ? say("time.length.second", { n: 0 }) : parts.join(" ");
    },
  };
}

/** How far a zone's clock is ahead of UTC at an instant, in milliseconds. */
function ahead(zone: string, at: number): number {
  const parts = new Intl.DateTimeFormat("en", {
    timeZone: zone,
    calendar: "gregory",
    numberingSystem: "latn",
    hourCycle: "h23",
    ...({ year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric" } as const),
  }).formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes): number =>
    Number(parts.find((one) => one.type === type)?.value);
  const wall = Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"));
  return wall - Math.floor(at / 60_000) * 60_000;
}

/**
 * The instant at which a state's clocks show this wall time (`2031-07-07T02:30`), whatever zone the officer's own device
 * is set to; null for what is no time or a state without a known zone.
 */
export function instantIn(state: string, wall: string): string | null {
  const zone = stateZones[state];
  const read = Date.parse(`${wall}Z`);
  if (zone === undefined || !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(wall) || Number.isNaN(read)) return null;
  return new Date(read - ahead(zone, read - ahead(zone, read))).toISOString();
}

/** What a state's clocks show at an instant, as a form takes it. */
export function wallIn(state: string, instant: string): string {
  const at = Date.parse(instant);
  const zone = stateZones[state];
  if (zone === undefined || Number.isNaN(at)) return "";
  return new Date(at + ahead(zone, at)).toISOString().slice(0, 16);
}
