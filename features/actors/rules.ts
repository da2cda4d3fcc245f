// The decisions of the actors room, from values alone: who is protected, what is in force on a day.
import type { HolderRole } from "@simpul/model";

/** VIC-1, HIT-1: of them nothing stands in pictures of networks or in general matching. */
const protectedRoles: readonly HolderRole[] = ["victim", "witness", "family"];
export const isProtected = (role: HolderRole): boolean => protectedRoles.includes(role);

/**
 * From so many linked things on, key players are named. Among fewer, everybody stands between some or parts something: a
 * rank would tell what was written down, not who matters, and the picture shows it at a glance.
 */
export const keyPlayersFrom = 10;

/** The first and the last day that `2031`, `2031-04`, `2031-04-17`, with or without a time or `~`, may mean. */
export function daysOf(when: string): { from: string; to: string } {
  const [year = "", month, day] = when.replace("~", "").slice(0, 10).split("-");
  if (month === undefined) return { from: `${year}-01-01`, to: `${year}-12-31` };
  if (day !== undefined) return { from: `${year}-${month}-${day}`, to: `${year}-${month}-${day}` };
  const last = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  return { from: `${year}-${month}-01`, to: `${year}-${month}-${String(last)}` };
}

/**
 * Whether something stated stood on a day. `standing`: it may have; `later`: not yet; `over`: no more; `unknown`: nobody
 * said when, so it is shown on every day, and marked.
 */
export function standsOn(
  day: string,
  { began, ended }: { began: string | null; ended: string | null },
): "standing" | "later" | "over" | "unknown" {
  if (began === null && ended === null) return "unknown";
  if (began !== null && daysOf(began).from > day) return "later";
  if (ended !== null && daysOf(ended).to < day) return "over";
  return "standing";
}

/** Every day that something stated names, each once, ascending: where a slider stops. */
export function daysNamed(all: readonly { began: string | null; ended: string | null }[]): string[] {
  const days = all.flatMap(({ began, ended }) => [
    ...(began === null ? [] : [daysOf(began).from]),
    ...(ended === null ? [] : [daysOf(ended).to]),
  ]);
  return [...new Set(days)].sort();
}
