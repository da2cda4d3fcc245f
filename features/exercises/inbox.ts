// What waits in exercises: the role that her desk plays and has not looked at yet, and each step that has come to it.
import { sql } from "kysely";
import type { InboxEntry, InboxSource } from "../inbox/contract.ts";
import type { Told } from "./contract.ts";
import { facts } from "./material.ts";
import type { ExercisesNode } from "./node.ts";
import { injectsOf, rolesOf, runs, seatsOf, standingsOf } from "./records.ts";
import { tellAll } from "./script.ts";

export const exercisesInbox = (node: ExercisesNode): InboxSource => ({
  name: "exercises",
  async waiting(standing, db): Promise<InboxEntry[]> {
    const { actor } = standing;
    const now = node.clock.now();
    const waiting: InboxEntry[] = [];
    const { rows } = await sql<{ language: string }>`
        select language from simpul.officers where id = ${actor.id}`.execute(db.rows);
    const language = rows[0]?.language ?? "en";
    const words = (told: Told): string => {
      const all = tellAll(told, facts);
      return language in all ? all[language as keyof Told] : all.en;
    };
    for (const row of await runs(db)) {
      if (row.ended_at !== null) continue;
      const roles = rolesOf(row, node.code, actor.agencyKind);
      if (roles.length === 0) continue;
      const to = `/exercises/${row.id}`;
      const put = (kind: string, title: string, due: string | null, since: Date): void => {
        waiting.push({
          ...{ id: row.id, kind, title, to, due, for: "desk", case: null },
          since: since.toISOString(),
        });
      };
      const seen = await seatsOf(db, row.id);
      for (const role of roles)
        if (!seen.has(role.id))
          put(
            "exercise-seat",
            `${words(row.script.title)}: ${words(role.title)}`,
            row.starts_at > now ? row.starts_at.toISOString() : null,
            row.made_at,
          );
      const entered = new Map((await injectsOf(db, row.id)).map((one) => [one.step, one.entered_at]));
      for (const { step, kind, dueAt } of await standingsOf(db, row, now)) {
        const since = entered.get(step.id) ?? null;
        if (since === null || !["open", "late"].includes(kind)) continue;
        if (roles.some((role) => role.id === step.role))
          put("exercise-step", words(step.inject), dueAt?.toISOString() ?? null, since);
      }
    }
    return waiting;
  },
});
