// The page for a held person as HTML: plain forms for an old phone, no script, nothing from elsewhere, one address for all.
import { localeFacts } from "@simpul/doors/i18n";
import { longest, pageLanguages, type PageLanguage, type Said } from "./contract.ts";
import type { Reply } from "./number.ts";
import { pageWords } from "./page-words.ts";
import { grouped } from "./rules.ts";

/** Where it stands. The word says nothing, and every step has the same address: a list of visited pages shows one line. */
export const openPath = "/w";

const escaped = (text: string): string =>
  text.replaceAll(/[&<>"']/g, (mark) => `&#${String(mark.charCodeAt(0))};`);

export type Say = (key: string, values?: Readonly<Record<string, string>>) => string;
/** The texts of one language, ready for HTML; what is filled in is text and never markup. */
export const sayIn = (language: PageLanguage): Say => {
  const words = pageWords(language);
  return (key, values = {}) =>
    escaped(words[key] ?? key).replaceAll(/\{(\w+)\}/g, (_, name: string) => escaped(values[name] ?? ""));
};

interface About {
  language: PageLanguage;
  /** ISO 3166 code of this state. */
  state: string;
  exercise: boolean;
}

function whole(of: About, body: string): string {
  const say = sayIn(of.language);
  return `<!doctype html>
<html lang="${of.language}" dir="${localeFacts[of.language].direction}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex"><title>${say("title")}</title><link rel="stylesheet" href="${openPath}/s">${of.language === "zh" ? `<link rel="stylesheet" href="${openPath}/z">` : ""}</head><body>
<a class="out" href="${openPath}/x" rel="noreferrer">✕ ${say("leave")}</a>
<main>${of.exercise ? `<p class="box say">${say("exercise")}</p>` : ""}${body}</main></body></html>
`;
}

const form = (step: string, language: PageLanguage, body: string): string =>
  `<form method="post" action="${openPath}" accept-charset="utf-8" autocomplete="off"><input type="hidden" name="do" value="${step}"><input type="hidden" name="l" value="${language}">${body}</form>`;

/** Another step, by one button. */
const step = (name: string, language: PageLanguage, words: string): string =>
  form(name, language, `<button>${words}</button>`);

/** The languages by their own names; the first page, and all that a search engine or a guard would ever see. */
export function languagesPage(of: About): string {
  const names = pageLanguages.map(
    (one) => `<button name="l" value="${one}" lang="${one}">${localeFacts[one].name}</button>`,
  );
  return whole(
    of,
    `<h1>${sayIn(of.language)("languages")}</h1><form method="post" action="${openPath}" class="names">${names.join("")}</form>`,
  );
}

type Typed = Pick<
  Said,
  "where" | "many" | "danger" | "child" | "answer" | "contact" | "not" | "notOther" | "more" | "for"
>;
export const nothingTyped: Typed = {
  where: "",
  many: null,
  danger: null,
  child: false,
  answer: null,
  contact: "",
  not: [],
  notOther: "",
  more: "",
  for: null,
};

const area = (name: string, value: string, most: number, rows: number, more = ""): string =>
  `<textarea id="${name}" name="${name}" rows="${String(rows)}" maxlength="${String(most)}" autocomplete="off" spellcheck="false"${more}>${escaped(value)}</textarea>`;
const line = (name: string, value: string, most: number, more = ""): string =>
  `<input type="text" id="${name}" name="${name}" maxlength="${String(most)}" autocomplete="off" value="${escaped(value)}"${more}>`;

/** The questions. `say` is what went wrong or must wait, above them; what was typed stays. */
export function questionsPage(
  of: About,
  carried: { once: string; ticket: string; typed: Typed; notice: string | null },
): string {
  const say = sayIn(of.language);
  const { typed } = carried;
  const choices = (
    kind: "radio" | "checkbox",
    name: string,
    legend: string,
    all: readonly (readonly [string, string])[],
    chosen: readonly (string | null)[],
    after = "",
  ): string =>
    `<fieldset><legend>${say(legend)}</legend>${all
      .map(
        ([value, words]) =>
          `<label><input type="${kind}" name="${name}" value="${value}"${chosen.includes(value) ? " checked" : ""}>${say(words)}</label>`,
      )
      .join("")}${after}</fieldset>`;
  const state = new Intl.DisplayNames([of.language, "en"], { type: "region" }).of(of.state.toUpperCase());
  return whole(
    of,
    `${carried.notice === null ? "" : `<p class="box say" role="alert">${carried.notice}</p>`}
<h1>${say("intro")}</h1><p>${say("cost")}</p><p>${say("tell", { state: state ?? of.state })}</p>
<div class="box"><h2>${say("hides")}</h2><p>${say("keeps")}</p><p>${say("cannot")}</p></div>
${form(
  "send",
  of.language,
  `<input type="hidden" name="o" value="${carried.once}"><input type="hidden" name="t" value="${carried.ticket}">
<p>${say("only")}</p><fieldset><label for="where"><b>${say("where")}</b> *</label><small id="h">${say("whereHint")}</small>${area("where", typed.where, longest.where, 4, ' required aria-describedby="h"')}</fieldset>
${choices(
  "radio",
  "many",
  "many",
  [
    ["one", "manyOne"],
    ["few", "manyFew"],
    ["some", "manySome"],
    ["lots", "manyLots"],
    ["unknown", "unknown"],
  ],
  [typed.many],
)}
${choices(
  "radio",
  "danger",
  "danger",
  [
    ["life", "dangerLife"],
    ["hurt", "dangerHurt"],
    ["no", "dangerNo"],
    ["unknown", "unknown"],
  ],
  [typed.danger],
  `<label><input type="checkbox" name="child" value="1"${typed.child ? " checked" : ""}>${say("child")}</label>`,
)}
${choices(
  "checkbox",
  "not",
  "not",
  [
    ["police", "notPolice"],
    ["guards", "notGuards"],
    ["immigration", "notImmigration"],
    ["embassy", "notEmbassy"],
    ["family", "notFamily"],
  ],
  typed.not,
  `<label for="notOther">${say("notOther")}</label>${line("notOther", typed.notOther, longest.other)}`,
)}
${choices(
  "radio",
  "answer",
  "answer",
  [
    ["code", "answerCode"],
    ["contact", "answerContact"],
    ["none", "answerNone"],
  ],
  [typed.answer],
  `<label for="contact">${say("contact")}</label>${line("contact", typed.contact, longest.contact)}`,
)}
${choices(
  "radio",
  "for",
  "for",
  [
    ["me", "forMe"],
    ["other", "forOther"],
  ],
  [typed.for],
)}
<fieldset><label for="more"><b>${say("more")}</b></label>${area("more", typed.more, longest.more, 3)}</fieldset>
<p><button class="main">${say("send")}</button></p>`,
)}
<hr>${step("look", of.language, say("haveCode"))}<form action="${openPath}"><button>${say("languages")}</button></form>`,
  );
}

/** It arrived, with the number; a form sent twice shows the same. */
export function arrivedPage(of: About, number: string): string {
  const say = sayIn(of.language);
  return whole(
    of,
    `<h1>${say("sent")}</h1><p>${say("code")}</p><p class="number">${grouped(number)}</p><p>${say("codeHow")}</p><p>${say("cannot")}</p>`,
  );
}

/** Where a number is typed; what she wrote to go with it stays while she waits. */
export function lookPage(
  of: About,
  carried: { notice: string | null; once: string; ticket: string; number?: string; more?: string },
): string {
  const say = sayIn(of.language);
  const more = carried.more ?? "";
  return whole(
    of,
    `${carried.notice === null ? "" : `<p class="box say" role="alert">${carried.notice}</p>`}
<h1>${say("haveCode")}</h1>${form(
      more === "" ? "find" : "more",
      of.language,
      `<input type="hidden" name="o" value="${carried.once}"><input type="hidden" name="t" value="${carried.ticket}"><label for="n">${say("codeLabel")}</label><input type="tel" id="n" name="n" maxlength="40" autocomplete="off" required value="${escaped(carried.number ?? "")}">${
        more === "" ? "" : `<label for="more">${say("again")}</label>${area("more", more, longest.more, 4)}`
      }<p><button class="main">${more === "" ? say("look") : say("send")}</button></p>`,
    )}<form action="${openPath}"><button>${say("languages")}</button></form>`,
  );
}

/** What stands behind a number, and a way to write again; the number goes along in the form, never in the address. */
export function repliesPage(
  of: About,
  found: { number: string; once: string; replies: readonly Reply[] },
): string {
  const say = sayIn(of.language);
  const answers = found.replies.filter((one) => one.kind === "answer");
  const read = answers.length > 0 || found.replies.some((one) => one.kind === "read");
  const day = new Intl.DateTimeFormat(of.language, { dateStyle: "medium", timeZone: "UTC" });
  return whole(
    of,
    `<h1>${read ? say("read") : say("waits")}</h1>${answers
      .map(
        (one) =>
          `<div class="box"><h2>${say("reply")}, ${escaped(day.format(new Date(one.day)))}</h2>${escaped(
            one.text,
          )
            .split("\n")
            .map((text) => `<p>${text}</p>`)
            .join("")}</div>`,
      )
      .join("")}
${form(
  "more",
  of.language,
  `<input type="hidden" name="n" value="${found.number}"><input type="hidden" name="o" value="${found.once}"><label for="more">${say("again")}</label>${area("more", "", longest.more, 4, " required")}<p><button class="main">${say("send")}</button></p>`,
)}`,
  );
}

/** One sentence and nothing else: closed, too long. */
export const sentencePage = (of: About, key: "closed" | "tooLong"): string =>
  whole(of, `<h1>${sayIn(of.language)(key)}</h1>`);
