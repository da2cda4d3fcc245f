import { wordsFromFiles } from "@simpul/doors/i18n/node";
import { describe, expect, test } from "vitest";
import cases from "../cases/words/en.json" with { type: "json" };
import charges from "../charges/words/en.json" with { type: "json" };
import offences from "../offences/words/en.json" with { type: "json" };
import ads from "../ads/words/en.json" with { type: "json" };
import own from "./words/en.json" with { type: "json" };
import { axes, cornerOf, definitionIn, definitions, sayArea, sayLabel, type Axis } from "./contract.ts";
import { tableLimits } from "./protect/table.ts";

const words: Record<string, string> = { ...cases, ...charges, ...offences, ...ads, ...own };

describe("the figures", () => {
  test("each is printed with its definition, and every row and column has its words", () => {
    for (const one of definitions) {
      expect(words).toHaveProperty([`picture.figure.${one.figure}`]);
      expect(words).toHaveProperty([`picture.counted.${one.figure}.${String(one.version)}`]);
    }
    for (const [axis, values] of Object.entries(axes))
      for (const value of values) {
        sayLabel(axis as Axis, value, {
          state: (code) => code,
          list: (all) => all.join(", "),
          say(key) {
            expect(words).toHaveProperty([key]);
            return key;
          },
        });
      }
  });

  test("every table fits what may be published, and no month has two ways of counting one figure", () => {
    for (const { rows, columns } of definitions) {
      expect(axes[rows].length).toBeLessThanOrEqual(tableLimits.rows);
      expect(axes[columns].length).toBeLessThanOrEqual(tableLimits.columns);
    }
    for (const month of ["2024-01", "2026-11", "2031-04"])
      for (const figure of new Set(definitions.map((one) => one.figure))) {
        const ways = definitions.filter(
          (one) => one.figure === figure && one.from <= month && (one.until === null || month <= one.until),
        );
        expect(ways).toEqual([definitionIn(figure, month)]);
      }
  });

  test("an area is called after its states and the degrees between which it lies, and so never says where exactly", () => {
    expect(cornerOf("n12e104")).toEqual({ south: 12, west: 104 });
    expect(cornerOf("s08e106")).toEqual({ south: -8, west: 106 });
    expect(cornerOf("Park")).toBeNull();
    const indonesian = wordsFromFiles("id", [new URL("words/", import.meta.url)]);
    expect(sayArea("s08e106", indonesian)).toBe("Indonesia (8° LS–6° LS, 106° BT–108° BT)");
    expect(sayArea("n12e102", indonesian)).toBe("Kamboja dan Thailand (12° LU–14° LU, 102° BT–104° BT)");
  });
});
