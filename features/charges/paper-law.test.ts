// The law in the prosecution file: its own words where a state entered them, and nothing of ours passed off as law.
import { bothOf } from "@simpul/doors/i18n";
import { wordsFromFiles } from "@simpul/doors/i18n/node";
import { NodeCode } from "@simpul/model";
import { expect, test } from "vitest";
import { readLawByState } from "../offences/law.ts";
import { offenceOf } from "../offences/contract.ts";
import { wordings } from "./paper-law.ts";

const [id, kh] = [NodeCode.parse("id"), NodeCode.parse("kh")];
const folders = ["words/", "../offences/words/"].map((one) => new URL(one, import.meta.url));
const [words, other] = [wordsFromFiles("id", folders), wordsFromFiles("km", folders)];

test("an offence stands in the law's own words where a state entered them; else ours stand there and say so in both languages", () => {
  const law = readLawByState();
  const own = "LATIHAN: bunyi pasal.";
  offenceOf(law, id, "trafficking")!.wording = [{ language: "id", text: own, address: "" }];
  const lines = wordings(
    { node: { law }, states: [id, kh], words, other },
    "trafficking",
    bothOf(words, other),
  );
  const ofUs = lines.slice(
    0,
    lines.findIndex((one) => one.text.startsWith("Kamboja")),
  );
  const texts = ofUs.map((one) => one.text).join("\n");
  expect(texts).toContain(own);
  expect(texts).toContain("dalam bahasa Khmer tidak ada di sini. / ");
  const ofThem = lines
    .slice(ofUs.length)
    .map((one) => one.text)
    .join("\n");
  expect(ofThem).toContain(offenceOf(law, kh, "trafficking")!.text.says);
  expect(ofThem).toContain("dalam bahasa Indonesia dan Khmer tidak ada di sini");
  expect(ofThem).toContain(other.say("charges.wording.ours"));
});

test("of an offence that nobody wrote down nothing is said to be ours", () => {
  const law = readLawByState();
  const [place, missing, ...more] = wordings(
    { node: { law }, states: [kh], words, other },
    "online-fraud",
    bothOf(words, other),
  );
  expect(place!.text).toContain("Criminal Code 2009");
  expect(missing!.text).toContain("tidak ada di sini");
  expect(more).toEqual([]);
});
