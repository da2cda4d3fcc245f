// What officers type into the search of cases, and what it finds, under their own rights.
import { beforeAll, describe, expect, test } from "vitest";
import { testStore } from "../../testing/database.ts";
import { listing, searching } from "./look.ts";
import { openCase } from "./open.ts";
import { as, casesRoom, officers } from "./testing.ts";
import { questionOf } from "./words-index.ts";

const { sari, joko, dewi } = officers;
let room: ReturnType<typeof casesRoom>;
beforeAll(async () => {
  room = casesRoom((await testStore()).store);
  for (const title of [
    "Harbour warehouse",
    "Harbour ware",
    "Haruka the recruiter",
    "Lanterns of the east gate",
    "ការងារនៅកាស៊ីណូ",
    "Pier 1234567",
  ])
    await openCase(room, as(sari), { title, crimeType: "trafficking-forced-criminality" });
});

const found = async (text: string, who = sari): Promise<string[]> =>
  (await searching(room, as(who), text)).map((one) => one.text).sort();

describe("searching", () => {
  test.each([
    ["whole words", "harbour ware", ["Harbour ware", "Harbour warehouse"]],
    ["the beginning of the last", "harbour wareh", ["Harbour warehouse"]],
    ["the words in any order", "gate lanterns", ["Lanterns of the east gate"]],
    ["the beginning of a single one", "harb", ["Harbour ware", "Harbour warehouse"]],
    ["beginnings of all, when nothing else is found", "lant eas", ["Lanterns of the east gate"]],
    ["words of a script without spaces", "កាស៊ីណូ", ["ការងារនៅកាស៊ីណូ"]],
    ["the beginning of a number", "pier 12345", ["Pier 1234567"]],
  ])("finds %s", async (_, text, titles) => expect(await found(text)).toEqual(titles));

  test("takes three digits and fewer as they are written: they begin a large part of all numbers", async () => {
    expect(await found("pier 123")).toEqual([]);
    expect(questionOf("pier 123")).toMatchObject({ beginning: null, andBeginning: null });
  });

  test("shows each once, though more than one way leads to it", async () => {
    expect(await found("Harbour warehouse")).toEqual(["Harbour warehouse"]);
  });

  test("narrows a list by the same words, whole ones and beginnings alike", async () => {
    const question = questionOf("harbour ware")!;
    const { cases } = await listing(room, as(sari), { question });
    expect(cases.map((one) => one.title).sort()).toEqual(["Harbour ware", "Harbour warehouse"]);
  });

  test("finds for her agency what it works on, and for another agency nothing", async () => {
    expect(await found("haruka", joko)).toEqual(["Haruka the recruiter"]);
    for (const asked of ["haruka", "haru", "haruka recruiter", "recruiter haru"])
      expect(await found(asked, dewi)).toEqual([]);
  });

  test.each(["'; drop table x; --", "\\", "a\\'b c", "& | ! :*", "<->", "''"])(
    "of %s is a search like any other",
    async (text) => expect(await found(text)).toEqual([]),
  );
});
