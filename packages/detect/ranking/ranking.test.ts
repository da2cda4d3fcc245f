// The order in which adverts are looked at: what moves it, what must not, and what is said where nobody labelled anything.
import { describe, expect, test } from "vitest";
import { makeAdverts, seeded } from "../../../testing/made-adverts.ts";
import {
  calibrate,
  flagIds,
  flags,
  foldsOf,
  isotonic,
  kappa,
  lots,
  margin,
  marksOf,
  measured,
  nearGroups,
  neutral,
  oneLabelOnly,
  packModel,
  queue,
  rank,
  shareAt,
  tellingTerms,
  train,
  unpackModel,
  usualWeights,
  type Seen,
  type Waiting,
} from "../index.ts";

const plain: Seen = {
  flags: [],
  selectors: { known: [], sharedWith: 0 },
  campaign: { size: 1, confirmed: false },
  wording: null,
};
const waiting = (id: string, seen: Partial<Seen>, source = "a", calibrated = true): Waiting => ({
  id,
  source,
  calibrated,
  rank: rank({ ...plain, ...seen }),
});
const phrased = (text: string): Pick<Seen, "flags"> => ({ flags: flags(text) });

describe("four panels, each readable by itself", () => {
  const seen = rank({
    flags: flags("gaji besar, kirim paspor, kirim paspor"),
    selectors: { known: ["phone +62854"], sharedWith: 2 },
    campaign: { size: 8, confirmed: true },
    wording: { margin: 9, calibrated: true, terms: [] },
  });
  test("a sign counts once however often it stands", () =>
    expect(seen.panels.flags.reasons.map(({ because }) => because)).toEqual(["flag.pay", "flag.papers"]));
  test("the score is the sum of what the panels show", () =>
    expect(Object.values(seen.panels).reduce((all, { sum }) => all + sum, 0)).toBeCloseTo(seen.score));
  test("wording alone cannot outweigh a number that an officer confirmed", () =>
    expect(seen.panels.wording.sum).toBeLessThan(usualWeights.knownSelector));
});

test("every sign has a weight, and who a person is has hardly one", () => {
  expect(Object.keys(usualWeights.flags).sort()).toEqual([...flagIds].sort());
  for (const flag of flagIds)
    expect(usualWeights.flags[flag]).toBeGreaterThanOrEqual(usualWeights.flags.person);
});

test("an advert reworded by somebody else comes first by the number it shares", () => {
  const turns = queue(
    [
      waiting("reworded", { selectors: { known: ["phone +62854"], sharedWith: 0 } }),
      waiting("loud", phrased("urgent hiring, high salary")),
    ],
    { capacity: 1, sample: 0, random: seeded(1) },
  );
  expect(turns[0]).toMatchObject({ id: "reworded" });
});

describe("the queue of a day", () => {
  const strong = phrased("kirim paspor, gaji besar, lewat perbatasan");
  test("holds as many as the desk can look at, some of them drawn from below", () => {
    const all = Array.from({ length: 200 }, (_, nth) => waiting(String(nth), nth < 100 ? strong : {}));
    const turns = queue(all, { capacity: 40, sample: 0.1, random: seeded(2) });
    expect(turns.filter(({ turn }) => turn === "now")).toHaveLength(40);
    expect(turns.filter(({ drawn }) => drawn)).toHaveLength(4);
    expect(turns.filter(({ turn }) => turn === "later").length).toBeGreaterThan(50);
  });
  test("is not filled by a flood of one source", () => {
    const flood = Array.from({ length: 500 }, (_, nth) =>
      waiting(`f${nth}`, { ...strong, campaign: { size: 500, confirmed: false } }, "flood"),
    );
    const others = Array.from({ length: 10 }, (_, nth) => waiting(`o${nth}`, strong, "other"));
    const now = queue([...flood, ...others], { capacity: 20, sample: 0, random: seeded(3) }).filter(
      ({ turn, drawn }) => turn === "now" && !drawn,
    );
    expect(now.filter(({ id }) => id.startsWith("o")).length).toBeGreaterThan(7);
  });
  test("takes nothing to the front by the wording of a source nobody labelled", () => {
    const strange = { wording: { margin: 2, calibrated: false, terms: [] } };
    const [turn] = queue([waiting("new", strange, "new", false)], {
      capacity: 5,
      sample: 0,
      random: () => 0.99,
    });
    expect(turn).toMatchObject({ id: "new" });
    expect(turn!.turn === "now" && !turn!.drawn).toBe(false);
  });
});

test("without labels no share is told; with them the shares rise with the score", () => {
  expect(calibrate([{ score: 1, yes: true }])).toEqual({ kind: "low", labels: 1 });
  expect(shareAt(calibrate([]), 3)).toBeNull();
  const random = seeded(4);
  const labelled = Array.from({ length: 600 }, () => {
    const score = random() * 4 - 2;
    return { score, yes: random() < 1 / (1 + Math.exp(-2 * score)) };
  });
  const steps = isotonic(labelled);
  for (let i = 1; i < steps.length; i++) expect(steps[i]!.from).toBeGreaterThanOrEqual(steps[i - 1]!.from);
  const told = calibrate(labelled);
  expect(shareAt(told, -1.8)!).toBeLessThan(0.2);
  expect(shareAt(told, 1.8)!).toBeGreaterThan(0.8);
});

test("a reviewer who labels everything fraud teaches nothing, and two who agree by chance agree not at all", () => {
  expect(oneLabelOnly(Array.from({ length: 50 }, () => "fraud"))).toBe(true);
  expect(oneLabelOnly([...Array.from({ length: 40 }, () => "fraud"), ...Array.from({ length: 10 }, () => "legitimate")])).toBe(false);
  expect(kappa([])).toBeNull();
  expect(kappa([["a", "a"], ["b", "b"]])).toBe(1);
  expect(kappa([["a", "a"], ["a", "b"], ["b", "a"], ["b", "b"]])).toBe(0);
}); // prettier-ignore

test("the trainer learns a wording, names the words, and gives the same model twice", () => {
  const texts = [...makeAdverts({ adverts: 120, seed: 6, languages: ["id", "th"], inCampaigns: 0 })];
  const examples = texts.map(({ text, language }, nth) => ({
    text: nth % 2 === 0 ? `${text} ${language === "th" ? "ไปปอยเปต" : "berangkat ke perbatasan"}` : text,
    yes: nth % 2 === 0,
  }));
  const first = train(examples.slice(0, 90), { version: "1", random: seeded(7) });
  const again = train(examples.slice(0, 90), { version: "1", random: seeded(7) });
  expect(first.weights.every((weight, slot) => weight === again.weights[slot])).toBe(true);
  const right = examples.slice(90).filter(({ text, yes }) => margin(first, text) > 0 === yes);
  expect(right.length).toBeGreaterThan(24);
  expect(tellingTerms(first, "berangkat ke perbatasan besok").map(({ term }) => term)).toContain(
    "ke perbatasan",
  );
});

describe("wording learned on a node", () => {
  const texts = [...makeAdverts({ adverts: 60, seed: 8, languages: ["id", "en"], inCampaigns: 0 })];
  const examples = texts.map(({ text }, nth) => ({
    text: nth % 2 === 0 ? `${text} kirim paspor` : text,
    yes: nth % 2 === 0,
  }));
  const model = train(examples, { version: "3", random: lots(1) });

  test("a model is the same after it was kept, and bytes that are none are refused by name", () => {
    const back = unpackModel(packModel(model));
    for (const { text } of examples) expect(margin(back, text)).toBe(margin(model, text));
    expect(back.version).toBe("3");
    expect(() => unpackModel(new Uint8Array([1, 2, 3]))).toThrow("MODEL_UNREADABLE");
    expect(() => unpackModel(packModel(model).subarray(0, 900))).toThrow("MODEL_UNREADABLE");
  });

  test("examples that count nothing change no weight", () => {
    const silent = texts.map(({ text }) => ({ text: `${text} bohong`, yes: true, weight: 0 }));
    const same = train([...examples, ...silent], { version: "3", random: lots(1) });
    expect(packModel({ ...same, learned: model.learned })).toEqual(packModel(model));
  });

  test("who a person is enters no model: adverts that differ in sex, age, faith or origin alone weigh the same", () => {
    const advert = (who: string): string =>
      `Hiring ${who} for our office in Jakarta, apply with your letter today`;
    const [first, ...others] = ["woman aged", "men", "muslim", "young Indonesian", "single ladies"].map(
      (who) => neutral(advert(who)).replace(/\s+/g, " "),
    );
    for (const other of others) expect(other).toBe(first);
    expect(neutral("Dicari wanita usia 18")).not.toMatch(/wanita|usia/);
    expect(neutral("รับสมัครผู้หญิง")).not.toContain("หญิง");
  });

  test("versions of one text fall into one fold, whatever the seed", () => {
    const versions = texts.slice(0, 10).flatMap(({ text }) => [text, `${text} 555`, `Halo ${text}`]);
    const group = nearGroups(versions);
    for (const seed of [1, 2, 3]) {
      const fold = foldsOf(group, lots(seed));
      for (let nth = 0; nth < versions.length; nth += 3)
        expect(new Set(fold.slice(nth, nth + 3)).size).toBe(1);
    }
  });

  test("a margin is said in the measure of its source, and not at all where too few are labelled", () => {
    const labelled = Array.from({ length: 300 }, (_, nth) => ({ score: nth / 100 - 2, yes: nth >= 200 }));
    const marks = marksOf(labelled)!;
    expect(measured(marks.rare, marks)).toBeCloseTo(1);
    expect(measured(marks.middle, marks)).toBe(-0.4);
    expect(marksOf(labelled.slice(0, 150))).toBeNull();
  });
});
