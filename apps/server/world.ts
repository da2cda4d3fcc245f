// A database is of an exercise or of live work, for good: records of the one are never opened by a node of the other.
import type { OpenStore } from "@simpul/store";
import { sql } from "kysely";
import { SettingsError } from "./env.ts";

/** Says it at the first start. Throws `BAD_SETTING` where the database was begun as the other. */
export async function keepApart(store: OpenStore, exercise: boolean): Promise<void> {
  const said = await store.chore("world", async ({ rows, at }) => {
    await sql`insert into simpul.world (exercise, said_at) values (${exercise}, ${at})
      on conflict do nothing`.execute(rows);
    const { rows: found } = await sql<{ exercise: boolean }>`select exercise from simpul.world`.execute(rows);
    return found[0]!.exercise;
  });
  if (said !== exercise)
    throw new SettingsError(
      "BAD_SETTING",
      said
        ? "SIMPUL_EXERCISE: this database belongs to an exercise; live work begins with an empty one"
        : "SIMPUL_EXERCISE: this database holds live work; an exercise begins with an empty one",
    );
}
