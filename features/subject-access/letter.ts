// The letter that answers her: one static page in her language, without script, printable anywhere (decision 12).
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { localeFacts } from "@simpul/doors/i18n";
import type { AccessView, LetterLanguage } from "./contract.ts";

type Words = Readonly<Record<string, string>>;
const read = new Map<LetterLanguage, Words>();

/** The fixed sentences in one of the twelve languages. */
export function letterWords(language: LetterLanguage): Words {
  const known = read.get(language);
  if (known !== undefined) return known;
  const file = new URL(`letter-words/${language}.json`, import.meta.url);
  const words = JSON.parse(readFileSync(file, "utf8")) as Words;
  read.set(language, words);
  return words;
}

/** Scripts that many machines cannot draw; the letter brings their font along. */
export const letterScripts = ["khmer", "thai", "lao", "myanmar", "tamil"] as const;
export type LetterScript = (typeof letterScripts)[number];
const resolve = createRequire(import.meta.url).resolve;

export const letterFont = (script: LetterScript): Buffer =>
  readFileSync(
    resolve(`@fontsource/noto-sans-${script}/files/noto-sans-${script}-${script}-400-normal.woff2`),
  );

const fontOf = (language: LetterLanguage): string => {
  const { script } = localeFacts[language];
  return (letterScripts as readonly string[]).includes(script)
    ? `@font-face { font-family: letter; src: url(/api/subject-access/fonts/${script}) format("woff2"); }`
    : "";
};

const escaped = (text: string): string =>
  text.replaceAll(/[&<>"']/g, (mark) => `&#${String(mark.charCodeAt(0))};`);

/** Fills the braces; what is filled in is text and never markup. */
const filled = (sentence: string, values: Readonly<Record<string, string>>): string =>
  escaped(sentence).replaceAll(/\{(\w+)\}/g, (_, name: string) => escaped(values[name] ?? ""));

/** A day as the language writes it; Thai letters count Buddhist years as people there do. */
function day(language: LetterLanguage, date: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: "long", timeZone: "UTC" }).format(new Date(date));
}

const stateNames = (language: LetterLanguage, codes: readonly string[]): string => {
  const names = new Intl.DisplayNames([language, "en"], { type: "region" });
  return codes.map((code) => names.of(code.toUpperCase()) ?? code).join(", ");
};

/**
 * Says what is told and on which grounds something is held back; of what was found and is another person's it says
 * nothing. The sentence about protected records stands in every letter, so that it tells of none.
 */
export function letterOf(view: AccessView, node: { name: string; code: string }, nonce: string): string {
  const { language } = view;
  const words = letterWords(language);
  const say = (key: string, values: Readonly<Record<string, string>> = {}): string =>
    filled(words[key] ?? key, values);
  const name = stateNames(language, [node.code]);
  const told = view.hits.filter((one) => one.decision?.decision === "tell");
  const held = new Set(view.hits.flatMap((one) => one.decision?.ground ?? []));
  const records = told.map((one) => {
    const what = say(one.kind, {
      type: one.foundBy,
      state: one.originator === null ? "" : stateNames(language, [one.originator]),
    });
    const given =
      one.recipients.length === 0
        ? say("notGiven")
        : say("given", { states: stateNames(language, one.recipients) });
    return `<li>${what}, ${say("since", { date: day(language, one.since) })}<br>${given}</li>`;
  });
  const grounds = [...held].sort().map((one) => `<li>${say(`ground.${one}`)}</li>`);
  const answered = view.answeredAt ?? new Date(0).toISOString();
  return `<!doctype html>
<html lang="${language}" dir="${localeFacts[language].direction}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escaped(view.reference)}</title>
<style nonce="${escaped(nonce)}">
  ${fontOf(language)}
  body { font: 12pt/1.8 letter, "Noto Sans", sans-serif; max-width: 42rem; margin: 3rem auto; padding: 0 1rem; color: #111; background: #fff; }
  h1 { font-size: 1.3em; } address { font-style: normal; white-space: pre-line; } li { margin-bottom: .5em; }
  @media print { body { margin: 0; } }
</style></head>
<body>
<address>${escaped(view.contact)}</address>
<p>${say("reference")}: ${escaped(view.reference)}<br>${escaped(name)}, ${escaped(day(language, answered))}</p>
<h1>${say("title")}</h1>
<p>${escaped(view.names[0] ?? "")}</p>
<p>${say("asked", { date: day(language, view.askedOn), node: name })}
${say("checked", { how: view.checkedHow, by: view.checkedBy })}</p>
${records.length === 0 ? `<p>${say("nothing")}</p>` : `<p>${say("holds", { node: name })}</p><ul>${records.join("")}</ul>`}
${grounds.length === 0 ? "" : `<p>${say("held")}</p><ul>${grounds.join("")}</ul>`}
<p>${say("elsewhere")}</p>
<p>${say("rights")}</p>
</body></html>
`;
}
