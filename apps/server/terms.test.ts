// A state's own terms: its clocks count in the place of those that ship, and a file that is not right stops the start by name.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { nextOnTrack } from "@simpul/features/referrals/tracks.ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readSettings, SettingsError } from "./env.ts";
import { openNode } from "./node.ts";
import { readStateTerms } from "./terms.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "simpul-terms-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const shipped = (feature: string): URL => new URL(`../../features/${feature}.json`, import.meta.url);
type Clock = { step: string; hours: number; source: string; confirmed: boolean };
type Referrals = { version: string; kinds: { medical: { clocks: Clock[] } }; states: { th: object } };
/** The shipped file with what a state changed in it. */
const sets = (name: string, from: string, change: (of: Referrals) => void): void => {
  const own = JSON.parse(readFileSync(shipped(from), "utf8")) as Referrals;
  change(own);
  writeFileSync(path.join(folder, `${name}.json`), JSON.stringify(own));
};
const refusal = (): string => {
  try {
    readStateTerms(folder);
    return "";
  } catch (fault) {
    expect(fault).toBeInstanceOf(SettingsError);
    return (fault as Error).message;
  }
};

test("the state's own clock of a doctor counts; what it does not set is what ships", () => {
  const agreed = { kind: "medical", acceptedAt: "2031-02-05T00:00:00.000Z", noted: [] } as const;
  const due = (from: string | null) => nextOnTrack(readStateTerms(from).referrals, "id", agreed)?.due;
  sets("referrals", "referrals/terms", (own) => {
    own.version = "EXERCISE 2031-02";
    own.kinds.medical.clocks[0]!.hours = 6;
  });
  expect(due(null)).toBe("2031-02-06T00:00:00.000Z");
  expect(due(folder)).toBe("2031-02-05T06:00:00.000Z");
  expect(readStateTerms(folder).reviews).toEqual(readStateTerms(null).reviews);
});

test("a wrong place, a clock of no step, broken text and a strange name are all named at once, and the node does not start", async () => {
  sets("referrals", "referrals/terms", (own) => {
    own.kinds.medical.clocks[0]!.hours = 0;
  });
  expect(refusal()).toMatch(/SIMPUL_TERMS: referrals\.json: kinds\.medical\.clocks\.0\.hours/);
  sets("referrals", "referrals/terms", (own) => {
    own.kinds.medical.clocks[0]!.step = "paid";
  });
  writeFileSync(path.join(folder, "returns.json"), "{");
  cpSync(shipped("reviews/law"), path.join(folder, "law.json"));
  const said = refusal();
  for (const part of ["paid is no step of medical", "returns.json: no JSON", "law.json is none of"])
    expect(said, part).toContain(part);
  const settings = readSettings({ SIMPUL_NODE: "id", SIMPUL_HOME: folder, SIMPUL_TERMS: folder });
  await expect(openNode(settings)).rejects.toMatchObject({ code: "BAD_SETTING" });
  await expect(openNode({ ...settings, terms: path.join(folder, "nowhere") })).rejects.toThrow(
    /no folder that can be read/,
  );
});
