// What an old phone posts, read once: unknown fields dropped, unknown answers taken as not given, long texts cut and marked.
import {
  answerWays,
  dangers,
  howMany,
  longest,
  notToTell,
  type NotToTell,
  type PageLanguage,
  type Said,
} from "./contract.ts";
import { isPageLanguage } from "./page-words.ts";

/** A body of the page at most; Burmese takes nine bytes a letter on the way. */
export const mostBytes = 96 * 1024;

export const steps = ["open", "send", "look", "find", "more"] as const;
export interface Posted {
  step: (typeof steps)[number];
  language: PageLanguage | null;
  once: string;
  ticket: string;
  number: string;
  said: Said;
  /** Something was longer than the page lets anybody type. */
  cut: boolean;
}

/** Control characters go, line breaks stay; the text is otherwise left as it was typed, Zawgyi too. */
const cleaned = (text: string): string =>
  text
    .replaceAll(/\r\n?/g, "\n")

    .replaceAll(/[\u0000-\u0009\u000b-\u001f\u007f]/g, " ")
    .replaceAll(/\p{Surrogate}/gu, "\ufffd")
    .trim();

const oneOf = <Value extends string>(all: readonly Value[], text: string | null): Value | null =>
  all.find((one) => one === text) ?? null;

/** Never throws: whatever comes in, something is read from it. */
export function readPosted(body: string): Posted {
  const fields = new URLSearchParams(body);
  let cut = false;
  const text = (name: string, most: number): string => {
    const whole = cleaned(fields.get(name) ?? "");
    if (whole.length <= most) return whole;
    cut = true;
    return whole.slice(0, most).replace(/\p{Surrogate}$/u, "");
  };
  const language = fields.get("l");
  const word = (name: string, shape: RegExp): string => {
    const value = fields.get(name) ?? "";
    return shape.test(value) ? value : "";
  };
  const not = new Set(fields.getAll("not").slice(0, 20));
  const notOther = text("notOther", longest.other);
  if (notOther !== "") not.add("other");
  const said: Said = {
    language: isPageLanguage(language) ? language : "en",
    where: text("where", longest.where),
    many: oneOf(howMany, fields.get("many")),
    danger: oneOf(dangers, fields.get("danger")),
    child: fields.get("child") === "1",
    answer: oneOf(answerWays, fields.get("answer")),
    contact: text("contact", longest.contact),
    not: notToTell.filter((one: NotToTell) => not.has(one)),
    notOther,
    more: text("more", longest.more),
    for: oneOf(["me", "other"] as const, fields.get("for")),
    call: null,
  };
  return {
    step: oneOf(steps, fields.get("do")) ?? "open",
    language: isPageLanguage(language) ? language : null,
    once: word("o", /^[\w-]{22}$/),
    ticket: word("t", /^[\w.-]{1,80}$/),
    number: (fields.get("n") ?? "").slice(0, 80),
    said,
    cut,
  };
}
