// Forty officers screen at once beside an open desk with 7,141 people: how long saving one answer takes, sealed as pages do.
import { toldOf, type Work } from "@simpul/features/screening/contract.ts";
import { readSets } from "@simpul/features/screening/sets.ts";
import { randomId, sealEntry, type DeskKey, type SealedEntry } from "@simpul/features/victims/contract.ts";
import { median, type Figure } from "./figure.ts";
import { alone, atVictimDesk, type Measured } from "./victims-node.ts";

const officers = 40;
const people = 7141;
const answersEach = 25;
const runs = 3;
/** Nobody asks and hears an answer faster than this, in milliseconds. */
const pause = () => 1000 + Math.random() * 1000;
/** Of the exercise, those who may screen; several sessions of each. */
const who = ["sari", "bima", "rina", "agus", "putri", "yusuf", "ratna", "lestari"];

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** What a page sends for each answer of one conversation; sealed before, for pages seal on machines of their own. */
async function conversation(to: DeskKey): Promise<SealedEntry[]> {
  const set = [...readSets().values()].at(-1)!;
  const person = randomId();
  const work: Work = {
    ...{ id: randomId(), set: set.version, began: new Date().toISOString(), given: [] },
    setup: { hers: "my", officers: "id", interpreter: null, mark: "" },
  };
  return Promise.all(
    set.questions.slice(0, answersEach).map((question) => {
      const at = new Date().toISOString();
      const given = { id: randomId(), question: question.id, answer: "yes" as const, details: "", at };
      return sealEntry(to, {
        ...{ id: given.id, person, kind: "screening.told", at, data: toldOf(work, [given], null) },
        by: { node: "id", officer: null, door: "field" },
      });
    }),
  );
}

export const victimsSaving = (): Promise<Figure[]> => atVictimDesk(saving);

async function saving({ as, maya }: Measured): Promise<Figure[]> {
  const desk = await maya.desk();
  for (let made = 0; made < people; made += 500)
    await desk.act(async (tx) => {
      for (let nth = made; nth < Math.min(people, made + 500); nth++)
        await tx.create({ names: [{ text: `Orang ${String(nth)} EXERCISE`, use: "own" }] });
    });
  const sessions = await Promise.all(
    Array.from({ length: officers }, async (_, nth) => {
      const officer = await as(who[nth % who.length]!);
      await officer.must("PATCH", "/api/access/session", { purpose: "victim-identification" });
      return officer;
    }),
  );
  const to = (await maya.compartment.sealTo())!;
  const p95s: number[] = [];
  const middles: number[] = [];
  for (let run = 0; run < runs; run++) {
    const sealed: SealedEntry[][] = [];
    for (let nth = 0; nth < officers; nth++) sealed.push(await conversation(to));
    const took: number[] = [];
    await Promise.all(
      sessions.map(async (officer, nth) => {
        await wait(Math.random() * 1500);
        for (const one of sealed[nth]!) {
          const began = performance.now();
          await officer.must("POST", "/api/victims/left", { sealed: [one] });
          took.push(performance.now() - began);
          await wait(pause());
        }
      }),
    );
    took.sort((a, b) => a - b);
    p95s.push(took[Math.floor(took.length * 0.95)]!);
    middles.push(median(took));
  }
  const answers = [...(await maya.desk()).people()].flatMap((one) => one.entries);
  const kept = answers.filter(({ kind }) => kind === "screening.told").length;
  if (kept !== runs * officers * answersEach) throw new Error(`answers were lost: ${String(kept)} kept`);
  const figure = (name: string, ours: number, bound: number | null): Figure =>
    alone(name, ours, { unit: "ms", bound, runs });
  return [
    figure("saving an answer, 40 officers at once, 95 of 100 within", median(p95s), 150),
    figure("saving an answer, 40 officers at once, the middle one", median(middles), null),
  ];
}
