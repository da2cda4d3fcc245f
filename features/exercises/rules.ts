// Decisions of an exercise from values alone: what is open, late and done, what was measured, how two runs compare.
import type { AgencyKind, NodeCode } from "@simpul/model";
import {
  ExercisesError,
  type ActSeen,
  type Measured,
  type Role,
  type Run,
  type Script,
  type Standing,
  type Step,
} from "./contract.ts";

const minute = 60_000;

/** Milliseconds that the exercise ran between two moments: its rests do not count. */
export function ranBetween(run: Run, from: Date, to: Date): number {
  const rested = run.rests.reduce((sum, rest) => {
    const ends = Math.min((rest.to ?? to).getTime(), to.getTime());
    return sum + Math.max(0, ends - Math.max(rest.from.getTime(), from.getTime()));
  }, 0);
  return to.getTime() - from.getTime() - rested;
}

/** When so many minutes of exercise will have passed since `from`; null while it rests before that. */
export function instantAfter(run: Run, from: Date, minutes: number): Date | null {
  let at = from.getTime() + minutes * minute;
  for (const rest of run.rests) {
    if (rest.to !== null && rest.to <= from) continue;
    const began = Math.max(rest.from.getTime(), from.getTime());
    if (began > at) break;
    if (rest.to === null) return null;
    at += rest.to.getTime() - began;
  }
  return new Date(at);
}

export const roleOf = (script: Script, step: Step): Role => {
  const role = script.roles.find(({ id }) => id === step.role);
  if (role === undefined) throw new ExercisesError("ROLE_NOT_ASSIGNED", step.role);
  return role;
};

export const stateOf = (run: Run, role: Role): NodeCode => run.assigned.get(role.id) ?? role.state;

/**
 * Every step as it stands at `now`, by the log alone: a node that was away says the same once its acts are known. One act
 * ends one step of a desk: the same screening does not count for two persons.
 */
export function standings(script: Script, run: Run, acts: readonly ActSeen[], now: Date): Standing[] {
  const until = run.ended !== null && run.ended < now ? run.ended : now;
  const free = acts
    .filter(({ at }) => at >= run.began && at <= until)
    .toSorted((a, b) => a.at.getTime() - b.at.getTime());
  const done = new Map<string, Date | null>();
  return script.steps.map((step) => {
    const role = roleOf(script, step);
    const state = stateOf(run, role);
    const opensAt = opening(step, run, done);
    const opened = opensAt !== null && opensAt <= until;
    const found = opened ? free.findIndex((act) => ends(act, step, role.desk, state, opensAt)) : -1;
    const doneAt = found < 0 ? null : free.splice(found, 1)[0]!.at;
    done.set(step.id, doneAt);
    const dueAt = opensAt === null ? null : instantAfter(run, opensAt, step.within);
    const late = dueAt !== null && dueAt < until;
    const kind = doneAt !== null ? "done" : !opened ? "later" : late ? "late" : "open";
    return { step, state, kind, opensAt, dueAt, doneAt };
  });
}

const ends = (act: ActSeen, step: Step, desk: AgencyKind, state: NodeCode, opensAt: Date): boolean =>
  act.state === state && act.desk === desk && act.at >= opensAt && step.acts.includes(act.kind);

function opening({ when }: Step, run: Run, done: ReadonlyMap<string, Date | null>): Date | null {
  if ("minute" in when) return instantAfter(run, run.began, when.minute);
  const before = done.get(when.after) ?? null;
  return before === null ? null : instantAfter(run, before, when.minutes);
}

/** A learner's own: her desk's steps that are open or late, the longest waiting first. */
export const openFor = (
  all: readonly Standing[],
  script: Script,
  state: NodeCode,
  desk: AgencyKind,
): Standing[] =>
  all
    .filter((one) => one.kind === "open" || one.kind === "late")
    .filter((one) => one.state === state && roleOf(script, one.step).desk === desk)
    .toSorted((a, b) => a.opensAt!.getTime() - b.opensAt!.getTime());

/** How far each state is. */
export function byState(all: readonly Standing[]): Map<NodeCode, Record<Standing["kind"], number>> {
  const counts = new Map<NodeCode, Record<Standing["kind"], number>>();
  for (const { state, kind } of all) {
    const count = counts.get(state) ?? { later: 0, open: 0, late: 0, done: 0 };
    count[kind] += 1;
    counts.set(state, count);
  }
  return counts;
}

export function measured(script: Script, run: Run, all: readonly Standing[]): Measured[] {
  const momentOf = ({ step, at }: { step: string; at: "opened" | "done" }): Date | null => {
    const one = all.find((each) => each.step.id === step);
    if (one === undefined || one.kind === "later") return null;
    return at === "opened" ? one.opensAt : one.doneAt;
  };
  return script.measures.map((measure) => {
    const [from, to] = [momentOf(measure.from), momentOf(measure.to)];
    if (from === null || to === null || to < from) return { measure, seconds: null };
    return { measure, seconds: Math.round(ranBetween(run, from, to) / 1000) };
  });
}

/** Seconds by which the later run was slower (faster: negative); null where one of the two did not come so far. */
export const compared = (before: readonly Measured[], after: readonly Measured[]) =>
  after.map(({ measure, seconds }) => {
    const was = before.find((one) => one.measure.id === measure.id)?.seconds ?? null;
    return { measure, was, is: seconds, slower: was === null || seconds === null ? null : seconds - was };
  });
