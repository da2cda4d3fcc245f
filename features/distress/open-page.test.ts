// The page as text: twelve languages whole and in their own scripts, no script, nothing from elsewhere, whatever is posted.
import { parse, TYPE, type MessageFormatElement } from "@formatjs/icu-messageformat-parser";
import { zawgyiLikelihood } from "@simpul/detect";
import { expect, test } from "vitest";
import { pageLanguages } from "./contract.ts";
import { mostBytes, readPosted } from "./open-form.ts";
import {
  arrivedPage,
  languagesPage,
  lookPage,
  nothingTyped,
  questionsPage,
  repliesPage,
  sentencePage,
} from "./open-page.ts";
import { pageWords } from "./page-words.ts";

const scripts: Readonly<Record<string, RegExp>> = {
  km: /\p{Script=Khmer}/u,
  th: /\p{Script=Thai}/u,
  lo: /\p{Script=Lao}/u,
  my: /\p{Script=Myanmar}/u,
  zh: /\p{Script=Han}/u,
  ta: /\p{Script=Tamil}/u,
};
const given = (elements: MessageFormatElement[]): string[] =>
  elements.flatMap((one) => (one.type === TYPE.argument ? [one.value] : [])).sort();

test.each(pageLanguages)(
  "every text stands in %s, in its own script, with the same gaps as in English",
  (language) => {
    const [en, words] = [pageWords("en"), pageWords(language)];
    expect(Object.keys(words).sort()).toEqual(Object.keys(en).sort());
    const own = scripts[language];
    for (const [key, text] of Object.entries(words)) {
      expect(text.trim(), key).toBe(text);
      expect(text, key).toBe(text.normalize("NFC"));
      expect(given(parse(text)), key).toEqual(given(parse(en[key]!)));
      if (own !== undefined) expect(text, key).toMatch(own);
      else for (const other of Object.values(scripts)) expect(text, key).not.toMatch(other);
      if (language === "my" && text.length > 24) expect(zawgyiLikelihood(text), key).toBeLessThan(0.5);
    }
    // Of a few letters the model is never sure; of all of them it is.
    if (language === "my") expect(zawgyiLikelihood(Object.values(words).join(" "))).toBeLessThan(0.01);
    if (language !== "en") expect(words["intro"]).not.toBe(en["intro"]);
  },
);

/** Every page of a language, with text in it that would like to be markup. */
const hostile = `<script>alert(1)</script>"'><img src=x onerror=1>&{seconds}`;
const pages = (language: (typeof pageLanguages)[number]): string[] => {
  const of = { language, state: "id", exercise: true };
  const typed = { ...nothingTyped, where: hostile, contact: hostile, notOther: hostile, more: hostile };
  const once = "A".repeat(22);
  return [
    languagesPage(of),
    questionsPage(of, { once, ticket: "", typed, notice: null }),
    arrivedPage(of, "123456789012"),
    lookPage(of, { notice: null, once, ticket: "", number: hostile, more: hostile }),
    repliesPage(of, {
      number: "123456789012",
      once,
      replies: [{ kind: "answer", text: hostile, day: "2031-04-17" }],
    }),
    sentencePage(of, "closed"),
  ];
};

test.each(pageLanguages)(
  "no page of %s holds a script, an inline style, a picture or an address of elsewhere",
  (language) => {
    for (const html of pages(language)) {
      // What was typed stands in quotes or between tags, and only ever as text.
      const marked = html.replaceAll(/="[^"<>]*"/g, "=").replaceAll(/>[^<]*</g, "><");
      expect(marked).not.toMatch(/<(script|img|iframe|style|svg|object)| style=| on\w+=/i);
      expect(html).not.toMatch(/javascript:|https?:/i);
      expect(html).toContain(`<html lang="${language}"`);
      expect(
        [...html.matchAll(/(?:href|action)="([^"]*)"/g)]
          .map(([, to]) => to)
          .filter((to) => !/^\/w(\/[sxz])?$/.test(to!)),
      ).toEqual([]);
      // The way out is the first thing on it; its name for a list of visited pages says nothing.
      expect(html.indexOf('href="/w/x"')).toBeLessThan(html.indexOf("<main>"));
      expect(html).toContain(`<title>${pageWords(language)["title"]!}</title>`);
    }
    expect(Buffer.byteLength(pages(language)[1]!)).toBeLessThan(16_000);
  },
);

/** A generator that gives the same bytes every time (mulberry32). */
function chance(seed: number): () => number {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

test("whatever is posted, something is read: 1,000 bodies of noise, half fields, broken letters and too much", () => {
  const next = chance(20_310_417);
  const pieces = [
    "do=send",
    "do=constructor",
    "l=my",
    "l=xx",
    "l=__proto__",
    "where=",
    "%",
    "%00",
    "%F0%28",
    "%ED%A0%80",
    "&&",
    "=",
    "not=police",
    "not=",
    "not=other",
    "many=lots&many=9",
    "danger=life",
    "child=1",
    "answer=contact",
    "o=",
    "n=%E1%81%81",
    "t=..",
    "+",
    "\u0000",
    "\ud800",
    "🙂",
    "မြန်မာ",
    "x".repeat(9000),
    "[".repeat(500),
  ];
  for (let i = 0; i < 1000; i++) {
    const body = Array.from(
      { length: Math.floor(next() * 14) },
      () => pieces[Math.floor(next() * pieces.length)]!,
    ).join(next() < 0.7 ? "&" : "");
    const { said, once, ticket, step, number } = readPosted(body);
    expect(Object.values(said).join(" ")).not.toMatch(/\p{Surrogate}/u);
    expect(JSON.stringify(said)).not.toMatch(/\\u0000|\\u001f/);
    expect([said.where.length <= 2000, said.more.length <= 4000, said.contact.length <= 400]).toEqual([
      true,
      true,
      true,
    ]);
    expect(["", once].includes(once) && /^[\w-]{0,22}$/.test(once)).toBe(true);
    expect(ticket).toMatch(/^[\w.-]{0,80}$/);
    expect(step).toMatch(/^(open|send|look|find|more)$/);
    expect(number.length).toBeLessThanOrEqual(80);
  }
  expect(mostBytes).toBeGreaterThan(9 * (2000 + 4000 + 800));
  const long = readPosted(`l=my&do=send&where=${encodeURIComponent("က".repeat(3000))}`);
  expect([long.cut, long.said.where.length]).toEqual([true, 2000]);
});
