// The law by state as it ships: every state is there, nothing is confirmed without its address, and every pair has a basis.
import { readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { basisUses, offenceKinds } from "./contract.ts";
import { readLawByState } from "./law.ts";
import { confirmedOf, factsOf } from "./rules.ts";
import { basesBetween, elementsOf, offenceOf } from "./contract.ts";
import { NodeCode } from "@simpul/model";

const law = readLawByState();
const node = (code: string): NodeCode => NodeCode.parse(code);

test("each of the eleven states has its offences, who charges, whom it does not punish and what its courts ask", () => {
  expect(law.states.map((one) => one.state).toSorted()).toEqual([
    "bn",
    "id",
    "kh",
    "la",
    "mm",
    "my",
    "ph",
    "sg",
    "th",
    "tl",
    "vn",
  ]);
  for (const { state } of law.states)
    for (const kind of offenceKinds) expect(offenceOf(law, state, kind), `${state} ${kind}`).not.toBeNull();
});

test("what is confirmed names the public address where it was read; a section stands only with its law", () => {
  for (const state of law.states) {
    for (const fact of factsOf(state)) {
      if (fact.standing === "confirmed") expect(fact.address).toMatch(/^https?:\/\//);
      if (fact.section !== "") expect(fact.law).not.toBe("");
    }
    const { confirmed, of } = confirmedOf(state);
    expect(confirmed).toBeLessThan(of);
  }
});

test("of a child no means is to be proven, of everybody else it is", () => {
  expect(elementsOf(law, "trafficking")).toEqual(["act", "means", "purpose"]);
  expect(elementsOf(law, "trafficking-child")).toEqual(["act", "purpose", "age"]);
});

test("every pair of states has something to name for assistance and extradition, confirmed first, reciprocity last", () => {
  for (const one of law.states)
    for (const other of law.states)
      for (const use of basisUses) {
        const found = basesBetween(law, one.state, other.state, use).map((each) => each.code);
        if (one.state === other.state) expect(found).toEqual([]);
        else expect(found.at(-1)).toBe("reciprocity");
      }
  const assistance = (a: string, b: string): string[] =>
    basesBetween(law, node(a), node(b), "assistance").map((each) => each.code);
  expect(assistance("id", "kh")[0]).toBe("asean-mlat");
  expect(assistance("id", "tl")).not.toContain("asean-mlat");
  const extradition = basesBetween(law, node("kh"), node("th"), "extradition").map((each) => each.code);
  expect(extradition[0]).toBe("bilateral-kh-th");
});

test("a file that confirms without an address, or names a section of no law, is refused at the start", () => {
  const text = readFileSync(new URL("offences.json", import.meta.url), "utf8");
  const broken = (change: (fact: Record<string, unknown>) => void): URL => {
    const copy = JSON.parse(text) as { states: { charging: Record<string, unknown> }[] };
    change(copy.states[0]!.charging);
    const file = join(tmpdir(), `offences-${String(process.pid)}-${String(Math.random())}.json`);
    writeFileSync(file, JSON.stringify(copy));
    return pathToFileURL(file);
  };
  const wrong: ((fact: Record<string, unknown>) => void)[] = [
    (fact) => Object.assign(fact, { standing: "confirmed", address: "" }),
    (fact) => Object.assign(fact, { law: "", section: "s. 1" }),
    (fact) => Object.assign(fact, { says: "x".repeat(1001) }),
    (fact) => Object.assign(fact, { address: "javascript:alert(1)" }),
  ];
  for (const change of wrong) expect(() => readLawByState(broken(change))).toThrow();
});
