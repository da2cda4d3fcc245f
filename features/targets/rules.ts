// The decisions of targets, from values alone: what may follow what, and which day of a follow-up is one.
import { outcomes, targetLimits } from "./contract.ts";
import type { Outcome, TargetState, TargetStep } from "./contract.ts";

/** What must have been done before; everything else may come in any order, as life has it. */
const after: Partial<Record<Outcome, readonly TargetStep["step"][]>> = {
  released: ["arrested"],
  tried: ["charged"],
  convicted: ["tried"],
  acquitted: ["tried"],
};
const ofPersons: readonly Outcome[] = ["arrested", "released"];

/** What may be written down as done next; nothing while it is under review, for nobody (VIC-2). */
export function nextOf(
  kind: "person" | "organisation",
  state: TargetState,
  done: readonly TargetStep["step"][],
): Outcome[] {
  if (state !== "standing") return [];
  return outcomes.filter(
    (one) =>
      (kind === "person" || !ofPersons.includes(one)) &&
      (after[one] ?? []).every((before) => done.includes(before)),
  );
}

const day = 86_400_000;

/** A follow-up lies today or later, half a year at most. */
export function isFollowUp(on: string, now: Date): boolean {
  const days = (Date.parse(on) - Date.parse(now.toISOString().slice(0, 10))) / day;
  return days >= 0 && days <= targetLimits.followUpDays;
}

/** The whole day of a follow-up is hers; from the next on it is overdue and goes up. */
export const isOverdue = (on: string, now: Date): boolean => now.getTime() >= Date.parse(on) + day;
