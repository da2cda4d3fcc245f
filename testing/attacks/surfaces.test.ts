// The longer form of the oracle's attack, run by `npm run bench -- oracle`: what an investigator and a border officer see and time
// where they work: a nomination as target, a search of cases, main actors, a joint space and its export, the border (VIC-2).
import { expect, test } from "vitest";
import type { Page } from "../../features/joint/contract.ts";
import { approve, noteOfThree, propose, stands, writes } from "../../features/joint/testing.ts";
import { chosen, prove, until } from "../../features/requests/testing.ts";
import { nations, type Nation, type Person } from "../nations.ts";
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
import { makePairs } from "./pairs.ts";
import { inDays, linesAbout, numberOf, place, plain, surfaces, type Placed } from "./places.ts";

const file = process.env["SIMPUL_GUESSED"];
const count = Number(process.env["SIMPUL_PAIRS"] ?? 1_000);
/** Both of a pair twice: fewer than a desk may have under review, and an officer may check in an hour. */
const batch = 50;
/** What one batch asked is over before the next begins. */
const reviewed = 49 * 3_600_000;
const timed = ["nomination", "search", "border"];
test.runIf(file !== undefined)(
  "who is a presumed victim is a coin's guess at every place where an investigator works",
  { timeout: 3_600_000 },
  async () => {
    const { id, ph } = await nations("id", "ph");
    const { list } = await makePairs(id, count);
    const space = await openSpace(id, ph);
    await openBorder(id, ph);
    const chance = coins(23);
    const answers = new Map<string, PairSeen[]>();
    const times = new Map<string, PairSeen[]>();
    const numbers = new Map<string, PairSeen[]>();
    const keep = (into: Map<string, PairSeen[]>, name: string, ...more: PairSeen[]): void => {
      const before = into.get(name);
      if (before === undefined) into.set(name, more);
      else before.push(...more);
    };
    for (let from = 0; from < list.length; from += batch) {
      id.clock.offMs += reviewed;
      const [sari, yusuf] = [await id.as("sari"), await id.as("yusuf")];
      await yusuf.must("PATCH", "/api/access/session", { purpose: "border-control" });
      const placed = await place(id, sari, list.slice(from, from + batch), chance);
      for (const pair of placed)
        for (const surface of timed) {
          const looks = await inTurn(pair, chance, async (one, nth) => {
            const here = nth === 0 ? one : { ...one, ...one.again };
            const ask = new Map(surfaces(id, sari, yusuf, here)).get(surface)!;
            const before = performance.now();
            const answer = await ask();
            const took = performance.now() - before;
            const words = plain(answer, one);
            return { took: { took }, seen: { words: numberOf(words), size: words.length } };
          });
          for (const { victim, other } of looks) {
            keep(answers, surface, { victim: victim.seen, other: other.seen });
            keep(times, surface, { victim: victim.took, other: other.took });
          }
        }
      // In one look each: what main actors, the space and what is taken out of it say of every one of them.
      const whole = {
        actors: await sari.must<unknown>("GET", "/api/actors"),
        ...(await shared(space, sari, await id.as("agus"), placed)),
      };
      for (const [surface, answer] of Object.entries(whole))
        for (const { victim, other } of placed) {
          const about = (one: Placed) => {
            const lines = linesAbout(answer, one).map((line) => plain(line, one));
            // A place in an order and a count differ of any two: looked at is whether more of them is the victim's.
            const number = /:(\d+)/g;
            const all = lines.join("\n");
            const sum = [...all.matchAll(number)].reduce((before, [, digits]) => before + Number(digits), 0);
            return { words: numberOf(all.replaceAll(number, "")), lines: lines.length, sum };
          };
          const [hers, others] = [about(victim), about(other)];
          const said = ({ words, lines }: ReturnType<typeof about>): Seen => ({ words, lines });
          keep(answers, surface, { victim: said(hers), other: said(others) });
          keep(numbers, surface, { victim: { sum: hers.sum }, other: { sum: others.sum } });
        }
    }
    const looksAt = (surface: string): number => (timed.includes(surface) ? 2 : 1);
    const guessed: Record<string, Guessed> = {};
    for (const [surface, seen] of answers) guessed[`${surface} answers`] = guess(seen, looksAt(surface));
    for (const [surface, seen] of numbers) guessed[`${surface} numbers`] = larger(seen, "sum");
    for (const [surface, seen] of times) guessed[`${surface} times`] = larger(seen, "took", 2);
    await keepGuessed(file!, guessed);
    // Of what was said nothing may tell them apart; times are a coin's within what a coin strays.
    for (const [name, { right }] of Object.entries(guessed))
      expect(Math.abs(right - 0.5), name).toBeLessThan(strays(count));
  },
);

/** A space of two states into which Sari may write. */
async function openSpace(id: Nation, ph: Nation): Promise<string> {
  const [agus, grace] = [await id.as("agus"), await ph.as("grace")];
  const made = await propose(
    agus,
    noteOfThree({ ...{ parties: ["id", "ph"] as never, leads: [] }, until: inDays(id, 90) }),
  );
  await approve(grace, made);
  await stands(agus, made, (one) => one.phase === "open");
  const sari = await id.as("sari");
  const { officer } = await sari.must<{ officer: { id: string } }>("GET", "/api/access/session");
  await agus.must("POST", `/api/joint/${made}/members`, { officer: officer.id, role: "contributor" });
  return made;
}

/** The numbers of all of them go in; what may be chosen, the space and what is taken out of it, read whole. */
async function shared(
  space: string,
  sari: Person,
  agus: Person,
  placed: readonly { victim: Placed; other: Placed }[],
): Promise<Record<string, unknown>> {
  const all = placed.flatMap(({ victim, other }) => [victim, other]);
  const choices: unknown[] = [];
  for (const number of new Set(all.map((one) => one.case))) {
    choices.push(await sari.must("GET", `/api/joint/${space}/choices?case=${number}`));
    // In the order of their ids, which says nothing.
    const selectors = all.filter((one) => one.case === number).map(({ selector }) => selector);
    const records = selectors.toSorted().map((selector) => chosen(selector));
    await prove(sari, "joint.release", space);
    await sari.must("POST", `/api/joint/${space}/things`, { ...writes(""), own: [], case: number, records });
  }
  return {
    "joint choices": choices,
    "joint space": await newest(space, sari, all.length),
    // Taken out by whoever leads it here.
    "joint export": await agus.must("GET", `/api/joint/${space}/export`),
  };
}

/** As many things of it as were just put in, page by page. */
async function newest(space: string, sari: Person, count: number): Promise<Page["things"]> {
  const found: Page["things"] = [];
  for (let after = ""; ;) {
    const page = await sari.must<Page>("GET", `/api/joint/${space}/things${after}`);
    found.push(...page.things);
    if (page.next === null || found.length >= count) return found;
    after = `?before=${encodeURIComponent(page.next)}`;
  }
}

async function openBorder(id: Nation, ph: Nation): Promise<void> {
  const [joel, liza] = [await ph.as("joel"), await ph.as("liza")];
  const [yusuf, putri] = [await id.as("yusuf"), await id.as("putri")];
  const list = await joel.must<{ id: string }>("POST", "/api/watch-lists", {
    ...{ title: "EXERCISE recruiters", stays: false, recipients: ["id"], legalBasis: "EXERCISE law 1" },
    ...{ call: "Airport Desk, +63 2 8000 0000", until: inDays(ph, 90) },
    entries: [
      {
        ...{ role: "suspect", name: "Marco Exercise Dela Cruz", birth: "1988-02-17" },
        ...{ document: "passport PHL P1234567A", evaluation: "B2", legalBasis: "EXERCISE warrant 12" },
        ...{ review: inDays(ph, 60), whatToDo: "ask-aside", note: "EXERCISE" },
      },
    ],
  });
  await prove(liza, "watch-list.agree", list.id);
  await liza.must("POST", `/api/watch-lists/${list.id}/agree`);
  await until(
    () => joel.must<{ holders: { takenVersion: number | null }[] }>("GET", `/api/watch-lists/${list.id}`),
    ({ holders }) => holders[0]?.takenVersion === 1,
  );
  await yusuf.must("PATCH", "/api/access/session", { purpose: "border-control" });
  const { desks } = await yusuf.must<{ desks: { id: string }[] }>("GET", "/api/border");
  const made = await yusuf.must<{ id: string }>("POST", "/api/border/purposes", {
    ...{ title: "EXERCISE airport control", legalBasis: "EXERCISE law 6", until: inDays(id, 60) },
    ...{ lists: [list.id], desks: desks.map((one) => one.id) },
  });
  await prove(putri, "border.agree", made.id);
  await putri.must("POST", `/api/border/purposes/${made.id}/agree`);
}
