// The decisions of charges, each from values alone.
import { expect, test } from "vitest";
import { readLawByState } from "../offences/law.ts";
import type { CourtEvent } from "./contract.ts";
import {
  ageAt,
  nextEvents,
  objectionsTo,
  openElements,
  outcomeOf,
  overlap,
  type ForFiling,
} from "./rules.ts";

const law = readLawByState();
const exhibit = {
  ...{ id: "e" as ForFiling["exhibits"][number]["id"], number: 1, disclosure: "disclosable" as const },
  ...{ stopped: [] as ("court" | "gone")[], originator: null, filed: false, told: null },
};
const file: ForFiling = {
  ...{ kind: "person", birth: "1988-01-01", began: "2031-01-10", offences: ["trafficking"] },
  ...{ exhibits: [exhibit], proofs: [], elsewhere: [], ageBasis: "", sameAct: "" },
  needsOpen: 0,
};
const codes = (change: Partial<ForFiling>, state = "kh") =>
  objectionsTo(law, state, { ...file, ...change }).map((one) => (one.blocks ? `!${one.code}` : one.code));

test("of age, a child, or not known: a year alone decides only where every day of it does", () => {
  expect(ageAt("2013-01-10", "2031-01-10")).toBe("adult");
  expect(ageAt("2013-01-11", "2031-01-10")).toBe("child");
  expect(ageAt("2013", "2031-06-01")).toBe("unknown");
  expect(ageAt("2013", "2031-12-31")).toBe("adult");
  expect(ageAt("2013-06", "2031-06-15")).toBe("unknown");
  expect(ageAt("2014", "2031-12-31")).toBe("child");
  expect(ageAt(null, "2031-01-01")).toBe("unknown");
});

test("an accused who is a child, or of unknown age, is not filed without a word on the procedure", () => {
  expect(codes({ birth: "2014-05-05" })).toContain("!accused-child");
  expect(codes({ birth: null })).toContain("!age-unknown");
  expect(codes({ birth: null, ageBasis: "passport read at the embassy" })).toContain("age-unknown");
  expect(codes({ kind: "organisation", birth: null }).join()).not.toMatch(/age|child/);
});

test("what nothing proves stands open and does not block; what another state's terms stop does, and proves nothing", () => {
  const proofs = (["act", "means", "purpose"] as const).map((element) => ({
    ...{ offence: "trafficking" as const, element, exhibit: exhibit.id },
  }));
  expect(codes({})).toEqual(["element-open", "element-open", "element-open"]);
  expect(codes({ proofs })).toEqual([]);
  expect(openElements(law, { ...file, proofs: proofs.slice(0, 2) })).toEqual([
    { offence: "trafficking", element: "purpose" },
  ]);
  const stopped = [{ ...exhibit, stopped: ["court" as const] }];
  expect(codes({ proofs, exhibits: stopped })).toEqual([
    ...["element-open", "element-open", "element-open", "!exhibit-stopped"],
  ]);
  const unused = [{ ...exhibit, stopped: ["court" as const], disclosure: "unused" as const }];
  expect(codes({ proofs, exhibits: unused })).not.toContain("!exhibit-stopped");
});

test("charged in another state for these days: told, and filed only with the reason why it is not the same act", () => {
  expect(codes({ elsewhere: ["ph"] })).toContain("!charged-elsewhere");
  expect(codes({ elsewhere: ["ph"], sameAct: "another accused, other workers" })).toContain(
    "charged-elsewhere",
  );
  const day = (began: string, ended: string) => ({ began, ended });
  expect(overlap(day("2031-01-01", "2031-01-10"), day("2031-01-10", "2031-02-01"))).toBe(true);
  expect(overlap(day("2031-01-01", "2031-01-09"), day("2031-01-10", "2031-02-01"))).toBe(false);
});

test("a court goes from hearing to verdict to sentence to appeal; after a death only property is left", () => {
  const next = (...done: CourtEvent[]) => nextEvents("person", "filed", done);
  expect(nextEvents("person", "prepared", [])).toEqual([]);
  expect(next()).not.toContain("sentenced");
  expect(next("convicted")).toEqual(expect.arrayContaining(["sentenced", "appealed", "compensated"]));
  expect(next("convicted")).not.toContain("acquitted");
  expect(next("convicted", "appealed")).toContain("acquitted");
  expect(next("died")).toEqual(["confiscation", "compensated", "closed"]);
  expect(nextEvents("organisation", "filed", [])).not.toContain("detention");
  expect([outcomeOf("convicted"), outcomeOf("hearing"), outcomeOf("died")]).toEqual([
    "convicted",
    null,
    "ended",
  ]);
});
