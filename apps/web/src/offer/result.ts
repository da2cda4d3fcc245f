// What was found in an offer, as elements: how many signs, the text with its marks, each sign with what to ask.
import type { Flag, Found } from "@simpul/detect";
import { advise, marked } from "@simpul/features/prevention/rules.ts";
import { element, listOf } from "./build.ts";
import type { OfferWords } from "./words.ts";

const shown = 40;

export function result(
  text: string,
  flags: readonly Flag[],
  found: readonly Found[],
  words: OfferWords,
): HTMLElement[] {
  const advice = advise(flags);
  const say = (key: string): string => words[key] ?? key;
  const head = element("h2", { class: `level ${advice.kind}` }, say(advice.kind));
  const numbers = [...new Set(found.filter(({ valid }) => valid).map((one) => one.text.trim()))].slice(
    0,
    shown,
  );
  const contacts =
    numbers.length === 0
      ? []
      : [element("h3", {}, say("contacts")), listOf(numbers), element("p", {}, say("contactsMore"))];
  if (advice.kind === "none") return [head, element("p", {}, say("noneMore")), ...contacts];
  const quoted = (flag: string): string =>
    [...new Set(flags.filter((one) => one.flag === flag).map((one) => one.text.trim()))]
      .filter((one) => /[\p{L}\p{N}]/u.test(one))
      .slice(0, 4)
      .join(" · ");
  return [
    head,
    element("p", {}, say("ask")),
    element(
      "ul",
      { class: "signs" },
      ...advice.signs.map((flag) =>
        element("li", {}, element("q", { dir: "auto" }, quoted(flag)), element("span", {}, say(flag))),
      ),
    ),
    element("h3", {}, say("signs")),
    element(
      "p",
      { class: "text", dir: "auto" },
      ...marked(text, flags).map((part) =>
        part.flag === null ? part.text : element("mark", { title: say(part.flag) }, part.text),
      ),
    ),
    ...contacts,
  ];
}
