// What a coordination unit may know of an exercise: which script, where its steps stand in each state, and its measured times.
import type { ExerciseFigures, FiguresSource, ToTell } from "../coordination/contract.ts";
import type { ExercisesNode } from "./node.ts";
import { runOf, runs, standingsOf } from "./records.ts";
import { measured } from "./rules.ts";

/** Runs that this state directs and lets a unit follow, as long as they stand in its list. */
export const exercisesForCoordination =
  (node: ExercisesNode): FiguresSource =>
  async (db) => {
    const now = node.clock.now();
    const found: ToTell[] = [];
    for (const row of await runs(db)) {
      const units = row.coordination.filter((unit) => !row.states.includes(unit));
      if (row.lead !== node.code || units.length === 0) continue;
      const all = await standingsOf(db, row, now);
      const at = (state: string, kind: string): number =>
        all.filter((one) => one.state === state && one.kind === kind).length;
      const figures: ExerciseFigures = {
        ...{ kind: "exercise", script: row.script.id, states: row.states },
        ...{ startsAt: row.starts_at.toISOString(), endedAt: row.ended_at?.toISOString() ?? null },
        steps: row.states.map((state) => ({
          ...{ state, later: at(state, "later"), open: at(state, "open"), late: at(state, "late") },
          ...{ done: at(state, "done"), skipped: at(state, "skipped") },
        })),
        measures: measured(row.script, runOf(row), all).map(({ measure, seconds }) => ({
          seconds: seconds === null ? null : Math.max(0, Math.round(seconds)),
          goal: measure.goal * 60,
        })),
      };
      found.push({ about: "exercise", id: row.id, units, figures });
    }
    return found;
  };
