// An extradition from values alone: on what it rests between each two states, what blocks it, and which refusals are gaps of the law.
import { NodeCode } from "@simpul/model";
import { expect, test } from "vitest";
import { readLawByState } from "../offences/law.ts";
import { readAssistanceCodes } from "./codes.ts";
import { checkExtradition, extraditionBases } from "./extradition.ts";
import { legalGapOf } from "./legal-gap.ts";
import { emptyForm } from "./rules.ts";

const node = (code: string): NodeCode => NodeCode.parse(code);
const law = readLawByState();
const lists = readAssistanceCodes();
const states = lists.states.map((one) => one.state);
const conditions = { ...lists.extradition, bases: extraditionBases(law, node("id"), states) };
const form = {
  ...emptyForm("extradition", node("sg")),
  ...{ basis: "bilateral", maxYears: 15, special: { nationality: "kh" } },
  undertakings: ["speciality", "no-death-penalty", "humane-treatment", "reciprocity"],
};
const codes = (change: Partial<typeof form>, charged = true): string[] =>
  checkExtradition({ form: { ...form, ...change }, conditions, charged }).map((one) =>
    one.level === "error" ? `!${one.code}` : one.code,
  );

test("between each two of the eleven states something can be named, and every basis says by which source", () => {
  for (const own of states) {
    const bases = extraditionBases(law, own, states);
    for (const to of states.filter((one) => one !== own))
      expect(
        bases.filter((one) => one.state === to).map((one) => one.code),
        `${own} ${to}`,
      ).toEqual(expect.arrayContaining(["reciprocity", "untoc-16"]));
    expect(bases.every((one) => one.standing === "to-be-confirmed" || one.source.includes("http"))).toBe(
      true,
    );
  }
  expect(conditions.bases.find((one) => one.state === "sg")).toMatchObject({
    code: "bilateral",
    standing: "confirmed",
  });
});

test("whole it passes; without a filed charge, a basis, the penalty or the undertaking of speciality it does not leave", () => {
  expect(codes({})).toEqual([]);
  expect(codes({}, false)).toEqual(["!not-charged"]);
  expect(codes({ to: node("mm") })).toContain("!basis-not-here");
  expect(codes({ to: node("my") })).toContain("basis-unconfirmed");
  expect(codes({ maxYears: null as never })).toContain("!penalty-years");
  expect(codes({ undertakings: [] })).toEqual([
    ...["!undertaking", "undertaking-wished", "undertaking-wished", "undertaking-wished"],
  ]);
  // Whether a state hands over its own nationals is its to say: asked, not blocked.
  expect(codes({ special: { nationality: "sg" } })).toEqual(["national"]);
});

test("a refusal counts as a gap of the law only where the law lacks something", () => {
  expect(legalGapOf("statement", "not-in-law")).toEqual({ kind: "no-video", step: "assistance" });
  expect(legalGapOf("preservation", "not-in-law")).toEqual({ kind: "no-freezing", step: "assistance" });
  expect(legalGapOf("restraint", "not-in-law")).toEqual({ kind: "no-freezing", step: "assets" });
  expect(legalGapOf("extradition", "own-national")).toEqual({
    ...{ kind: "nationals-not-extradited", step: "extradition" },
  });
  for (const code of ["burden", "own-case", "essential-interests", "political-offence"])
    expect(legalGapOf("statement", code), code).toBeNull();
});
