// For tests: runs of a script that are directed while their node is killed again and again, and what must stand afterwards.
import type { OpenStore } from "@simpul/store";
import { sql } from "kysely";
import { expect, vi } from "vitest";
import type { RunView } from "../features/exercises/contract.ts";
import type { Nation, Person } from "./nations.ts";

type Asked = <Answer>(
  who: Person,
  method: string,
  at: string,
  body?: unknown,
) => Promise<{ status: number; body: Answer }>;

const at = "/api/exercises";
const later = (ms: number): Promise<void> => new Promise((resolve) => void setTimeout(resolve, ms));
/** By a file that is handed over, by what follows, and by the page for a held person: what the surge lets in here. */
const letIn = ["list", "message", "screen"];
const script = {
  script: "surge",
  assigned: [
    ...["reception", "home-id"].map((role) => ({ role, state: "id" })),
    { role: "home-ph", state: "kh" },
  ],
};

/** Runs that were directed to their end; an act whose answer was lost is asked again, and may have been done. */
export async function directs(
  director: Person,
  asked: Asked,
  over: () => boolean,
  played: string[],
): Promise<void> {
  while (!over()) {
    const startsAt = new Date().toISOString();
    const { status, body } = await asked<{ id: string }>(director, "POST", at, { ...script, startsAt });
    expect(status, JSON.stringify(body)).toBe(201);
    const { id } = body;
    const says = async (act: string, past: string): Promise<void> => {
      const got = await asked<{ error: { code: string } }>(director, "POST", `${at}/${id}/${act}`, {});
      if (got.status !== 204) expect(got.body.error.code).toBe(past);
    };
    await says("steps/message/now", "STEP_IS_PAST");
    await says("steps/list/skip", "STEP_IS_PAST");
    // The exercise goes on after each start, without anybody's help.
    for (;;) {
      const { body: seen } = await asked<RunView>(director, "GET", `${at}/${id}`);
      const steps = seen.board!.flatMap(({ seats }) => seats.flatMap((seat) => seat.steps));
      if (letIn.every((name) => steps.some((step) => step.id === name && step.enteredAt !== null))) break;
      await later(100);
    }
    await says("end", "EXERCISE_OVER");
    played.push(id);
  }
}

/** Every inject was let in, none twice, and the other state heard each run to its end. */
export async function runsStand(store: OpenStore, kh: Nation, played: readonly string[]): Promise<void> {
  const looking = { actor: { kind: "job", name: "test" }, purpose: "administration" } as const;
  const rowsOf = <Row>(of: OpenStore, query: ReturnType<typeof sql<Row>>): Promise<Row[]> =>
    of.read(looking, async (db) => {
      db.noteRead("test.looked", {});
      return (await query.execute(db.rows)).rows;
    });
  const injects = await rowsOf(
    store,
    sql<{ id: string; steps: string[] }>`select run_id as id, array_agg(step order by step) as steps
      from simpul.exercise_injects where run_id = any(${played}::uuid[]) and node = 'id' and stuck is null
      and entered_at is not null group by run_id`,
  );
  for (const id of played)
    expect(injects.find((one) => one.id === id)?.steps).toEqual(expect.arrayContaining(letIn));
  const leaves = await rowsOf(
    store,
    sql<{ id: string; n: number }>`select about_id as id, count(*)::int as n from simpul.leaves
      where kind = 'exercise.let-in' and about_id = any(${played}::uuid[]) group by about_id`,
  );
  for (const { id, n } of leaves) expect(n).toBe(injects.find((one) => one.id === id)!.steps.length);
  // The page for a held person keeps each message once, however often its door was tried; each run's is its own.
  const messages = await rowsOf(
    store,
    sql<{ n: number }>`select (select count(*) from simpul.distress_messages)::int
      - (select count(*) from simpul.exercise_injects where step = 'message' and entered_at is not null)::int as n`,
  );
  expect(messages).toEqual([{ n: 0 }]);
  const ours = sql<{
    id: string;
    version: number;
    ended: boolean;
  }>`select id, version, ended_at is not null as ended
    from simpul.exercise_runs where lead = 'id' and id = any(${played}::uuid[]) order by id`;
  const here = await rowsOf(store, ours);
  expect(here.length).toBe(played.length);
  await vi.waitFor(async () => expect(await rowsOf(kh.node.store, ours)).toEqual(here), {
    timeout: 60_000,
    interval: 200,
  });
}
