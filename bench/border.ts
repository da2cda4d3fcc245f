// A border check against 100,000 people on signed lists of several states: loading them, and from scanned zone to answer.
import { generateKeyPairSync } from "node:crypto";
import { documentKey, normalise } from "@simpul/match/profiles";
import type { Id, NodeCode } from "@simpul/model";
import { signerOf } from "@simpul/store/keys";
import { answerOf, indexOf, judge, travellerOf } from "../features/border/rules.ts";
import { zoneOf } from "../features/border/testing.ts";
import { watchListLimits, type ListInUse } from "../features/watch-lists/contract.ts";
import { readList, signList, type Statement } from "../features/watch-lists/statement.ts";
import type { Figure } from "./figure.ts";

const people = 100_000;
const checks = 5_000;
const origins = ["ph", "kh", "th", "my"] as const;
const today = "2031-03-04";
const now = new Date(`${today}T03:00:00.000Z`);
const id = (n: number): Id => `018f0000-0000-7000-8000-${n.toString(16).padStart(12, "0")}` as Id;
const families = [
  "DELA CRUZ",
  "SANTOS",
  "REYES",
  "WIJAYA",
  "SETIAWAN",
  "SOK",
  "CHEA",
  "NGUYEN",
  "TAN",
  "ABDULLAH",
];
const givens = ["MARCO", "ANA", "BUDI", "SITI", "DARA", "SREY", "MINH", "WEI", "AHMAD", "NUR"];
const pick = (list: readonly string[], n: number): string => list[n % list.length]!;

/** Invented people; birthdays repeat as they do among so many, so that names are compared too. */
const person = (n: number) => {
  const day = new Date(Date.UTC(1960, 0, 1 + ((n * 7919) % 15_000))).toISOString().slice(0, 10);
  return {
    ...{ number: `E${String(1_000_000 + n)}`, birth: day },
    ...{ family: pick(families, n), given: `${pick(givens, n * 3)} ${pick(givens, n * 7 + 1)}` },
  };
};
/** As a list keeps it. */
const written = (number: string): string => normalise("document", `passport PHL ${number}`).canonical;
const entry = (n: number): Statement["entries"][number] => {
  const { number, birth, family, given } = person(n);
  return {
    ...{ id: id(n), role: "suspect", name: `${given} ${family}`, birth },
    ...{ document: written(number), evaluation: "B2", legalBasis: "EXERCISE warrant" },
    ...{ review: "2031-06-01", whatToDo: "ask-aside", note: "EXERCISE" },
  };
};
const keys = generateKeyPairSync("ed25519");
const signer = signerOf(keys.privateKey);

async function signedList(nth: number): Promise<{ text: string; from: NodeCode }> {
  const from = origins[nth % origins.length] as NodeCode;
  const first = nth * watchListLimits.entries;
  const says: Statement = {
    ...{ v: 1, list: id(900_000_000 + nth), from, agency: id(800_000_000), agencyName: "EXERCISE" },
    ...{ version: 1, title: "EXERCISE recruiters", legalBasis: "EXERCISE law", call: "EXERCISE desk" },
    ...{ at: now.toISOString(), until: "2031-06-01T23:59:59.000Z", handling: ["H1", "H2"], stays: null },
    entries: Array.from({ length: watchListLimits.entries }, (_, i) => entry(first + i)),
  };
  return { text: JSON.stringify(await signList(says, signer)), from };
}

const figure = (name: string, ours: number, unit: string): Figure => ({
  ...{ figure: name, ours: Number(ours.toPrecision(3)), unit, peer: null, peerName: null },
  ...{ bound: null, ratio: null, runs: 1 },
});

/** Signatures are believed anew when lists are loaded; each check reads a zone, looks by number and compares names. */
export async function border(): Promise<Figure[]> {
  const signed: Awaited<ReturnType<typeof signedList>>[] = [];
  for (let nth = 0; nth * watchListLimits.entries < people; nth++) signed.push(await signedList(nth));
  const began = performance.now();
  const lists: ListInUse[] = [];
  for (const { text, from } of signed) {
    const read = await readList(text, { from, key: signer.publicKey });
    if (read === null) throw new Error("a list is not believed");
    const { list, title, call, until, entries } = read;
    lists.push({ ...{ id: list, origin: from, title, call, until, entries }, stays: null });
  }
  const index = indexOf(lists);
  const loaded = (performance.now() - began) / 1000;
  const times: number[] = [];
  const answers = { listed: 0, compare: 0, nothing: 0 };
  for (let n = 0; n < checks; n++) {
    // Every hundredth stands on a list, every hundredth carries another passport, the others are nobody's business.
    const who = person(n % 100 < 2 ? n * 13 : 5_000_000 + n);
    const number = n % 100 === 1 ? `X${String(2_000_000 + n)}` : who.number;
    const zone = zoneOf({ ...who, number, birth: who.birth.slice(2).replaceAll("-", "") });
    const before = performance.now();
    answers[answerOf(judge(index, travellerOf({ zone }, today), now))]++;
    times.push(performance.now() - before);
  }
  if (answers.listed < checks / 100) throw new Error(`only ${answers.listed} were found by their number`);
  if (index.byDocument.size !== people || !index.byDocument.has(documentKey(written(person(1).number))))
    throw new Error("not everybody is in the index");
  times.sort((a, b) => a - b);
  return [
    figure("200 signed lists with 100,000 people believed and made findable", loaded, "s"),
    figure("border check among 100,000 people, half of them", times[Math.floor(checks / 2)]!, "ms"),
    figure("border check among 100,000 people, 99 of 100", times[Math.floor(checks * 0.99)]!, "ms"),
    figure("border check among 100,000 people, the slowest of 5,000", times.at(-1)!, "ms"),
  ];
}
