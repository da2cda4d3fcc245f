// The working days of the states, read from versioned lists that name their source.
import { readFileSync } from "node:fs";
import type { NodeCode, WorkCalendar } from "@simpul/model";
import { z } from "zod";

const monthDay = z.string().regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/);
const Calendars = z.object({
  version: z.string().min(1).max(40),
  states: z.record(
    z.string().regex(/^[a-z]{2}$/),
    z.object({
      ahead: z.number().int().min(-720).max(840),
      weekend: z.array(z.number().int().min(0).max(6)).max(6),
      standing: z.enum(["confirmed", "to-be-confirmed"]),
      source: z.string().min(1).max(200),
      fixed: z.array(monthDay).max(60),
      years: z.record(z.string().regex(/^\d{4}$/), z.array(z.iso.date()).max(60)),
    }),
  ),
});

export interface WorkDays {
  version: string;
  /** The calendars of these states; a state that is not entered does not narrow the count. */
  of(states: readonly NodeCode[]): WorkCalendar[];
  /** Whether the holidays of this year are entered for all of them. */
  entered(states: readonly NodeCode[], year: number): boolean;
}

/** Years around which fixed days are laid out; a clock lives for weeks. */
const span = 60;
const first = 2020;

/** Reads the lists that ship with Simpul, or those a node was given in their place. */
export function readWorkDays(file = new URL("working-days.json", import.meta.url)): WorkDays {
  const { version, states } = Calendars.parse(JSON.parse(readFileSync(file, "utf8")));
  const all = new Map<string, WorkCalendar>();
  for (const [state, { ahead, weekend, fixed, years }] of Object.entries(states)) {
    const holidays = new Set(Object.values(years).flat());
    for (let year = first; year < first + span; year++)
      for (const one of fixed) holidays.add(`${String(year)}-${one}`);
    all.set(state, { ahead, weekend, holidays });
  }
  return {
    version,
    of: (wanted) => wanted.flatMap((state) => all.get(state) ?? []),
    entered: (wanted, year) => wanted.every((state) => String(year) in (states[state]?.years ?? {})),
  };
}
