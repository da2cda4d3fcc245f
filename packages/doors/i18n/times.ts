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

const steps = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
  ["second", 1000],
] as const;

export function timeFormats(locale: string, timeZone?: string): TimeFormats {
  const zone = timeZone ?? new Intl.DateTimeFormat().resolvedOptions().timeZone;
  // Thai defaults to Buddhist years and Burmese to its own digits; both would make two desks read two dates.
  const tag = new Intl.Locale(locale, { calendar: "gregory", numberingSystem: "latn" }).toString();
  const kept = new Map<string, Intl.DateTimeFormat>();

  function format(kind: "time" | "date" | "minute", at: Instant, where = zone): string {
    const date = readInstant(at);
    if (date === null) return "–";
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

  const relative = new Intl.RelativeTimeFormat(tag, { numeric: "auto" });
  const part = (value: number, unit: string): string =>
    new Intl.NumberFormat(tag, { style: "unit", unit, unitDisplay: "short" }).format(value);

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
      return relative.format(Math.trunc(gap / size), unit);
    },
    duration(milliseconds) {
      let left = Math.abs(milliseconds);
      const parts: string[] = [];
      for (const [unit, size] of steps) {
        const count = Math.floor(left / size);
        left -= count * size;
        if (count > 0 || (parts.length > 0 && parts.length < 2)) parts.push(part(count, unit));
        if (parts.length === 2) break;
      }
      return parts.length === 0 ? part(0, "second") : parts.join(" ");
    },
  };
}
