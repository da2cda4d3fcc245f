// What who plays says: that her desk has seen its role, and a note when she looks back.
import type { Id } from "@simpul/model";
import { sql } from "kysely";
import { directorRole, ExercisesError, runLimits } from "./contract.ts";
import type { ExercisesNode, OfOfficer } from "./node.ts";
import { headOf, knownRun } from "./look.ts";
import { rolesOf, seatsOf } from "./records.ts";
import { tellAllStates, tellLead } from "./tell.ts";

/** The first officer of a desk who opens it has seen it for her desk. */
export async function seen(node: ExercisesNode, standing: OfOfficer, id: Id): Promise<void> {
  const fresh = await node.store.write(standing, async (tx) => {
    const row = await knownRun(node, standing, tx, id);
    const known = await seatsOf(tx, id);
    const roles = rolesOf(row, node.code, standing.actor.agencyKind).filter((role) => !known.has(role.id));
    for (const role of roles) {
      await sql`insert into simpul.exercise_seats (run_id, role, node, seen_at)
        values (${id}, ${role.id}, ${node.code}, ${tx.at}) on conflict do nothing`.execute(tx.rows);
      await tellLead(node, tx, row, "exercise.seen", { role: role.id, at: tx.at.toISOString() });
    }
    if (roles.length > 0) tx.note("exercise.seen", { id, roles: roles.map((role) => role.id) });
    return roles.length > 0;
  });
  if (!fresh) return;
  node.send();
  node.wake(`exercise:${id}`);
}

/** Every state that plays reads it, under the role, without her name. Throws `TOO_MANY_NOTES`. */
export async function writeNote(
  node: ExercisesNode,
  standing: OfOfficer,
  id: Id,
  ask: { note: Id; role: string; text: string },
): Promise<void> {
  await node.store.write(standing, async (tx) => {
    const row = await knownRun(node, standing, tx, id);
    const directs = ask.role === directorRole && headOf(node, row, standing.actor).directs;
    const plays = rolesOf(row, node.code, standing.actor.agencyKind).some((role) => role.id === ask.role);
    if (!directs && !plays) throw new ExercisesError("NOT_FOUND");
    const { rows } = await sql<{ count: number; there: boolean }>`select count(*)::int as count,
        coalesce(bool_or(id = ${ask.note}), false) as there
      from simpul.exercise_notes where run_id = ${id} and node = ${node.code}`.execute(tx.rows);
    if (rows[0]!.there) return;
    if (rows[0]!.count >= runLimits.notes) throw new ExercisesError("TOO_MANY_NOTES");
    await sql`insert into simpul.exercise_notes (run_id, id, node, role, text, by_officer, at)
      values (${id}, ${ask.note}, ${node.code}, ${ask.role}, ${ask.text}, ${standing.actor.id}, ${tx.at})`.execute(
      tx.rows,
    );
    tx.note("exercise.note-written", { id, role: ask.role });
    await tellAllStates(node, tx, row, "exercise.note", { ...ask, at: tx.at.toISOString() });
  });
  node.send();
  node.wake(`exercise:${id}`);
}
