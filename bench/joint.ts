// Three parties of a joint space: how soon a contribution is seen at the other two, and how long one that was away catches up.
import type { Serving } from "@simpul/server";
import { signIn } from "@simpul/testing";
import { sql } from "kysely";
import pg from "pg";
import { approve, noteOfThree, propose, stands, writes } from "../features/joint/testing.ts";
import type { Figure } from "./figure.ts";
import { atExercise, type Exercise, type StoryNode } from "./story-node.ts";

const codes = ["id", "kh", "ph"] as const;
const liaisons = { id: "agus", kh: "sophea", ph: "grace" } as const;
const seconds = Number(process.env["SIMPUL_BENCH_SECONDS"] ?? 60);
const aMinute = 500;
const backlog = 10_000;
const atOnce = 200;
const later = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

interface Party extends StoryNode {
  web: Serving;
  liaison: Awaited<ReturnType<typeof signIn>>;
}

const looking = { actor: { kind: "job", name: "bench" }, purpose: "mutual-assistance" } as const;
/**
 * Things of other parties that came to this node lately, asked of its database: no officer looks, and is noted, twenty times a
 * second. A change is dated when it begins, and seen when it is kept: five seconds back is far enough.
 */
async function watching(server: Exercise["server"], { database }: Party) {
  const client = new pg.Client(server.adminUrl(database));
  await client.connect();
  let last = new Date(0).toISOString();
  return {
    async fresh(): Promise<string[]> {
      const { rows } = await client.query<{ id: string; at: string }>(
        `select id, arrived_at::text as at from simpul.joint_things where not ours and arrived_at > $1::timestamptz - interval '5 seconds' order by arrived_at`,
        [last],
      );
      last = rows.at(-1)?.at ?? last;
      return rows.map((row) => row.id);
    },
    close: () => client.end(),
  };
}
/** How many they are: cheap enough to be asked all the time. */
const count = async ({ node }: Party): Promise<number> => {
  const { rows } = await node.store.read(looking, (db) =>
    sql<{ n: number }>`select count(*)::int as n from simpul.joint_things where not ours`.execute(db.rows),
  );
  return rows[0]!.n;
};

async function live({ server }: Exercise, parties: readonly Party[], space: string): Promise<number[]> {
  const sent = new Map<string, { at: number; by: Party }>();
  const seen = new Map<string, number[]>();
  let posting = true;
  const watch = async (one: Party): Promise<void> => {
    const known = new Set<string>();
    const looks = await watching(server, one);
    const whole = (): boolean => !posting && [...sent].every(([id, { by }]) => by === one || known.has(id));
    while (!whole()) {
      const fresh = await looks.fresh();
      const now = performance.now();
      for (const id of fresh)
        if (!known.has(id)) {
          known.add(id);
          seen.set(id, [...(seen.get(id) ?? []), now]);
        }
      await later(50);
    }
    await looks.close();
  };
  const watched = Promise.all(parties.map(watch));
  const posts: Promise<void>[] = [];
  const count = Math.round((aMinute * seconds) / 60);
  for (let n = 0; n < count; n++) {
    const by = parties[n % parties.length]!;
    const at = performance.now();
    posts.push(
      by.liaison
        .must<{ ids: string[] }>("POST", `/api/joint/${space}/things`, writes(`EXERCISE ${String(n)}`))
        .then(({ ids }) => void sent.set(ids[0]!, { at, by })),
    );
    await later(60_000 / aMinute);
  }
  await Promise.all(posts);
  posting = false;
  await watched;
  return [...sent].map(([id, { at }]) => Math.max(...seen.get(id)!) - at).sort((a, b) => a - b);
}

async function caughtUp(at: Exercise, parties: readonly Party[], space: string): Promise<number> {
  const [from, , away] = parties as [Party, Party, Party];
  const before = await count(away);
  away.settings.peerPort = Number(away.node.peering.card().address.split(":").at(-1));
  await away.web.close();
  for (let n = 0; n < backlog; n += atOnce) {
    const own = Array.from({ length: atOnce }, (_, i) => writes(`EXERCISE away ${String(n + i)}`).own[0]!);
    await from.liaison.must("POST", `/api/joint/${space}/things`, { ...writes(""), own });
  }
  away.web = await at.serve(away.node);
  const began = performance.now();
  while ((await count(away)) < before + backlog) await later(50);
  const took = (performance.now() - began) / 1000;
  await later(500);
  const now = await count(away);
  if (now !== before + backlog) throw new Error(`${now - before} of ${backlog} things arrived`);
  return took;
}

export const joint = (): Promise<Figure[]> =>
  atExercise(async (exercise) => {
    const parties: Party[] = [];
    for (const code of codes) {
      const story = await exercise.open(code);
      const web = await exercise.serve(story.node);
      parties.push({ ...story, web, liaison: await signIn(web.address, liaisons[code]) });
    }
    const cards = parties.map(({ node }) => node.peering.card());
    for (const { node } of parties)
      for (const card of cards) if (card.node !== node.code) await node.peering.introduce(card);
    const space = await propose(parties[0]!.liaison, noteOfThree());
    for (const { liaison } of parties.slice(1)) await approve(liaison, space);
    for (const { liaison } of parties)
      await stands(liaison, space, (view) => view.parties.every((one) => one.stands === "in"));
    const times = await live(exercise, parties, space);
    const at = (part: number): number =>
      times[Math.min(times.length - 1, Math.floor(times.length * part))]! / 1000;
    const took = await caughtUp(exercise, parties, space);
    const figure = (name: string, ours: number): Figure => ({
      ...{ figure: name, ours: Number(ours.toFixed(2)), unit: "s", peer: null, peerName: null },
      ...{ bound: null, ratio: null, runs: 1 },
    });
    return [
      figure(`${aMinute} contributions a minute, seen at the other two, half of them`, at(0.5)),
      figure(`${aMinute} contributions a minute, seen at the other two, 99 of 100`, at(0.99)),
      figure(`${backlog} contributions, a party that was away catches up`, took),
    ];
  });
