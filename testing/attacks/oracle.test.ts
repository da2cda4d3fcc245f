// Over a thousand pairs under legal review nobody but the two desks can tell who is a presumed victim: not an investigator by
// what she sees and times, not an administrator, not whoever owns the database and reads all of it (VIC-2).
import { createHash } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { nations, type Nation } from "../nations.ts";
import {
  coins,
  guess,
  inTurn,
  keepGuessed,
  larger,
  strays,
  type Guessed,
  type PairSeen,
  type Seen,
} from "./guess.ts";
import { makePairs, type Pair, type Pairs } from "./pairs.ts";
import { linesAbout, place, plain as plainly, surfaces, type Placed } from "./places.ts";
import { rounds } from "../whole.ts";
import { stage, type Player, type Stage } from "./stage.ts";

/** A thousand before a landing, fewer at a desk; `npm run bench -- oracle` reads what was guessed from a file. */
const count = Number(process.env["SIMPUL_PAIRS"] ?? rounds(100, 1_000));
let nation: Nation;
let at: Stage;
let pairs: Pairs;
let yusuf: Player;
const days = 86_400_000;

beforeAll(async () => {
  nation = (await nations("id")).id;
  at = await stage(nation);
  pairs = await makePairs(nation, count);
  yusuf = await at.signIn("yusuf");
}, 240_000);

const within = ({ right }: Guessed): void => {
  expect(Math.abs(right - 0.5)).toBeLessThan(strays(count));
};
const guessed: Record<string, Guessed> = {};
afterAll(async () => {
  const file = process.env["SIMPUL_GUESSED"];
  if (file !== undefined) await keepGuessed(file, guessed);
});
const numberOf = (text: string): number => createHash("sha256").update(text).digest().readUIntBE(0, 6);

/** What an answer says with this person's own words taken out: her name and id differ from anybody's. */
function plain(text: string, { review, person }: Pair["victim"]): string {
  const own = [review, person.names[0]!.text, person.birth!, ...person.phones];
  return own
    .reduce((all, word) => all.replaceAll(word, "·"), text)
    .replaceAll(/"reference":"[^"]*"|"\d{4}-[^"]*Z"/g, "·");
}
const ask = async (who: Player, method: string, path: string, body?: object) =>
  at.ask(who, method, path, body === undefined ? undefined : JSON.stringify(body), {
    "content-type": "application/json",
  });

/** One look at the page of a review: state, size, words, and how long it took. */
async function look(of: Pair["victim"]): Promise<Seen> {
  const before = performance.now();
  const { status, text } = await ask(yusuf, "GET", `/api/reviews/${of.review}`);
  const took = performance.now() - before;
  const words = plain(text, of);
  return { took, status, size: words.length, words: numberOf(words) };
}

test("the guesser finds what tells them apart when something does", () => {
  const chance = coins(7);
  const planted = Array.from({ length: 1_000 }, (): PairSeen => {
    const noise = (): number => Math.floor(chance() * 10);
    return { victim: { a: noise(), b: noise() + 3 }, other: { a: noise(), b: noise() } };
  });
  expect(guess(planted).right).toBeGreaterThan(0.65);
  const unmarked = planted.map(({ victim, other }) => ({
    victim: { a: victim["a"]! },
    other: { a: other["a"]! },
  }));
  within(guess(unmarked));
  expect(larger(planted, "b").right).toBeGreaterThan(0.65);
  expect(larger(planted, "a").within).toBeCloseTo(0.03, 2);
  // Where both always look alike there is nothing to guess by.
  expect(guess(planted.map(() => ({ victim: { a: 1 }, other: { a: 1 } })))).toMatchObject({
    ...{ right: 0.5, within: 0 },
  });
});

test("while it is pending a list reads the same of both", async () => {
  const { text } = await ask(yusuf, "GET", "/api/reviews");
  const { reviews } = JSON.parse(text) as { reviews: { id: string; state: string }[] };
  const byId = new Map(reviews.map((one) => [one.id, one]));
  const both = pairs.list.filter(({ victim, other }) => byId.has(victim.review) && byId.has(other.review));
  expect(both.length).toBeGreaterThan(Math.min(count, 250) * 0.9);
  const said = both.flatMap(({ victim, other }) =>
    [victim, other].map((of) => plain(JSON.stringify(byId.get(of.review)), of)),
  );
  expect(new Set(said).size).toBe(1);
  expect(said[0]).toContain('"pending"');
});

test(
  "an investigator sees and times the same page of both when its time is over",
  { timeout: 240_000 },
  async () => {
    nation.clock.offMs = 3 * days;
    yusuf = await at.signIn("yusuf");
    const chance = coins(11);
    const seen: PairSeen[] = [];
    const times: PairSeen[] = [];
    const round = async (): Promise<void> => {
      for (const pair of pairs.list)
        for (const { victim, other } of await inTurn(pair, chance, look)) {
          const { took: hers, ...mine } = victim;
          const { took: theirs, ...others } = other;
          seen.push({ victim: mine, other: others });
          times.push({ victim: { took: hers! }, other: { took: theirs! } });
        }
    };
    await round();
    expect(new Set(seen.flatMap((one) => [one.victim["words"], one.other["words"]])).size).toBe(1);
    guessed["answers"] = guess(seen, 2);
    within(guessed["answers"]);
    // A coin strays by more than that now and then; what truly takes longer still does when it is timed again.
    if (Math.abs(larger(times, "took", 2).right - 0.5) >= strays(count)) {
      times.splice(0);
      await round();
    }
    guessed["times"] = larger(times, "took", 2);
    within(guessed["times"]);
  },
);

test("every other door answers an investigator, an administrator and oversight alike about both", async () => {
  const some = pairs.list.slice(0, 8);
  for (const key of ["yusuf", "rina", "tono", "hendra"]) {
    const who = await at.signIn(key);
    const answers = new Set<string>();
    for (const { victim, other } of some) {
      const said: string[] = [];
      for (const of of [victim, other]) {
        const { review } = of;
        const all = [
          await ask(who, "GET", `/api/reviews/${review}`),
          await ask(who, "GET", `/api/reviews/results/${review}`),
          await ask(who, "POST", `/api/reviews/${review}/statement`, { kind: "immigration-penalty" }),
          await ask(who, "POST", `/api/reviews/results/${review}`, { ruling: "pass", reason: "" }),
          await ask(who, "GET", `/api/why/${review}`),
        ];
        said.push(all.map(({ status, text }) => `${status} ${plain(text, of)}`).join("\n"));
      }
      expect(said[0], key).toBe(said[1]);
      answers.add(said[0]!);
    }
    expect(answers.size, key).toBe(1);
  }
  // What waits, and how much of it: nothing of it is about one of them.
  const inbox = await ask(await at.signIn("yusuf"), "GET", "/api/inbox");
  for (const { victim, other } of some) {
    expect(inbox.text).not.toContain(victim.review);
    expect(inbox.text).not.toContain(other.review);
  }
});

test(
  "where she works, a nomination, a search and the main actors answer an investigator alike about both",
  { timeout: 240_000 },
  async () => {
    const sari = await nation.as("sari");
    const placed = await place(nation, sari, pairs.list.slice(-rounds(5, 100)), coins(23));
    for (const { victim, other } of placed) {
      const said = async (one: Placed): Promise<string[]> => {
        const all: string[] = [];
        for (const [surface, ask] of surfaces(nation, sari, null, one))
          all.push(`${surface} ${plainly(await ask(), one)}`);
        return all;
      };
      expect(await said(victim)).toEqual(await said(other));
    }
    const actors = await sari.must<unknown>("GET", "/api/actors");
    // Of some who are equal each has a place of its own; the bench looks for what it tells over a thousand.
    const about = (one: Placed): string[] =>
      linesAbout(actors, one).map((line) => plainly(line, one).replaceAll(/"rank":\d+/g, ""));
    expect(about(placed[0]!.victim).length).toBeGreaterThan(0);
    for (const { victim, other } of placed) expect(about(victim)).toEqual(about(other));
  },
);

test("whoever owns the database and reads every row of it knows no better", async () => {
  const seen = await rowsAbout(pairs.list);
  expect(Object.keys(seen[0]!.victim).length).toBeGreaterThan(3);
  guessed["rows"] = guess(seen);
  within(guessed["rows"]);
});

/** Everything that any row says of a review or of its person's number: how often, how long, when, by which transaction. */
async function rowsAbout(list: readonly Pair[]): Promise<PairSeen[]> {
  const facts = new Map<string, Record<string, number>>();
  const owner = new pg.Client({ connectionString: nation.node.settings.databaseUrl! });
  await owner.connect();
  try {
    const tables = await owner.query<{ name: string }>(`select c.relname as name from pg_class c
      join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'simpul' and c.relkind = 'r'`);
    for (const { name } of tables.rows) {
      await owner.query("begin");
      // It is hers: row security keeps her out for no longer than she likes.
      await owner.query(`alter table simpul.${name} disable row level security`);
      const { rows } = await owner.query<{ row: string; xmin: string; place: string }>(
        `select t::text as row, xmin::text, ctid::text as place from simpul.${name} t`,
      );
      await owner.query("rollback");
      for (const { row, xmin } of rows)
        for (const [word] of row.matchAll(/[0-9a-f]{8}-[0-9a-f-]{27}|\+62855\d{7}/g)) {
          const of = facts.get(word) ?? {};
          of[`${name} rows`] = (of[`${name} rows`] ?? 0) + 1;
          of[`${name} length`] = (of[`${name} length`] ?? 0) + row.length;
          of[`${name} last`] = Math.max(of[`${name} last`] ?? 0, Number(xmin));
          facts.set(word, of);
        }
    }
  } finally {
    await owner.end();
  }
  const about = ({ review, person }: Pair["victim"]): Seen => {
    const byNumber = Object.entries(facts.get(person.phones[0]!) ?? {});
    return {
      ...facts.get(review),
      ...Object.fromEntries(byNumber.map(([key, value]) => [`number ${key}`, value])),
    };
  };
  return list.map(({ victim, other }) => ({ victim: about(victim), other: about(other) }));
}
