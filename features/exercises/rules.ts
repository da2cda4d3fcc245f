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
export function standings<Act extends ActSeen>(
  script: Script,
  run: Run,
  acts: readonly Act[],
  now: Date,
): Standing<Act>[] {
  const until = run.ended !== null && run.ended < now ? run.ended : now;
  const free = acts
    .filter(({ at }) => at >= run.began && at <= until)
    .toSorted((a, b) => a.at.getTime() - b.at.getTime());
  const done = new Map<string, Date | null>();
  return script.steps.map((step) => {
    const role = roleOf(script, step);
    const state = stateOf(run, role);
    const skippedAt = run.skipped.get(step.id) ?? null;
    const opensAt = opening(step, run, done);
    const opened = opensAt !== null && opensAt <= until;
    const found =
      opened && skippedAt === null ? free.findIndex((act) => ends(act, step, role.desk, state, opensAt)) : -1;
    const by = found < 0 ? null : free.splice(found, 1)[0]!;
    const doneAt = by?.at ?? null;
    // What follows a step that was left out comes as if it had been done.
    done.set(step.id, doneAt ?? skippedAt);
    const dueAt = opensAt === null ? null : instantAfter(run, opensAt, step.within);
    const late = dueAt !== null && dueAt < until;
    const kind =
      doneAt !== null ? "done" : skippedAt !== null ? "skipped" : !opened ? "later" : late ? "late" : "open";
    return { step, state, kind, opensAt, dueAt, doneAt, by };
  });
}

/** Clocks of two states may differ by so much: what follows another's act may seem to be done before it. */
const skew = 60_000;

function ends(act: ActSeen, step: Step, desk: AgencyKind, state: NodeCode, opensAt: Date): boolean {
  if (act.step !== undefined) return act.step === step.id;
  const from = opensAt.getTime() - ("after" in step.when ? skew : 0);
  return act.state === state && act.desk === desk && act.at.getTime() >= from && step.acts.includes(act.kind);
}

function opening({ id, when }: Step, run: Run, done: ReadonlyMap<string, Date | null>): Date | null {
  const now = run.opened.get(id);
  if (now !== undefined) return now;
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
    const count = counts.get(state) ?? { later: 0, open: 0, late: 0, done: 0, skipped: 0 };
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
    if (from === null || to === null || to.getTime() < from.getTime() - skew)
      return { measure, seconds: null };
    return { measure, seconds: Math.max(0, Math.round(ranBetween(run, from, to) / 1000)) };
  });
}

/** Seconds by which the later run was slower (faster: negative); null where one of the two did not come so far. */
export const compared = (before: readonly Measured[], after: readonly Measured[]) =>
  after.map(({ measure, seconds }) => {
    const was = before.find((one) => one.measure.id === measure.id)?.seconds ?? null;
    return { measure, was, is: seconds, slower: was === null || seconds === null ? null : seconds - was };
  });

/** How the whole stands at `now`. */
export const stateOfRun = (run: Run, now: Date): "announced" | "running" | "resting" | "ended" =>
  run.ended !== null
    ? "ended"
    : run.began > now
      ? "announced"
      : run.rests.some(({ to }) => to === null)
        ? "resting"
        : "running";

/** Minutes that a script may take by its own times, step after step. */
export function minutesOf({ steps }: Script): number {
  const ends = new Map<string, number>();
  for (const { id, when, within } of steps) {
    const opens = "minute" in when ? when.minute : (ends.get(when.after) ?? 0) + when.minutes;
    ends.set(id, opens + within);
  }
  return Math.max(0, ...ends.values());
}

/** Where the work behind an act is done, for a link beside the step; null where no room of ours begins with it. */
export function roomOf(acts: readonly string[]): string | null {
  const rooms: Readonly<Record<string, string>> = {
    ...{
      evidence: "/evidence/take-in",
      case: "/cases/new",
      check: "/check",
      request: "/requests",
      answer: "/requests",
    },
    ...{ surge: "/surge", victims: "/victims", share: "/referrals", distress: "/distress" },
    ...{
      access: "/settings",
      peer: "/peers",
      exclusion: "/exclusions",
      freeze: "/oversight",
      recall: "/recalls",
    },
  };
  const word = acts[0]?.split(".")[0] ?? "";
  return rooms[word] ?? null;
}
