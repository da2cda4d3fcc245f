// A formal request as a letter to a state without a node: everything that the form holds, in the letter's fields (MLA-1).
import { readFileSync } from "node:fs";
import type { AskDraft } from "../requests/contract.ts";
import type { Form, TypeRules } from "./contract.ts";
import { sections, valueOf } from "./rules.ts";

/** Fields that the letter has a place of its own for. */
const elsewhere: readonly string[] = [
  ...["subject", "office", "basis", "basisText", "urgent", "urgencyReason", "offence", "facts"],
  ...["sought", "grounds", "records", "items", "neededBy", "language", "special"],
  ...["translation.language", "translation.translator", "translation.text"],
];

const spoken = ["en", "id", "km", "fil"];
/** The words of the form, in the request's language where this room has them. */
function wordsIn(language: string): Readonly<Record<string, string>> {
  const one = spoken.includes(language) ? language : "en";
  return JSON.parse(readFileSync(new URL(`words/${one}.json`, import.meta.url), "utf8")) as Record<
    string,
    string
  >;
}

/** What the form asks beyond a letter's own fields, each line under its name, as one text in the request's language. */
function more(form: Form): string {
  const words = wordsIn(form.language);
  const coded = (list: string, code: string): string => words[`assistance.${list}.${code}`] ?? code;
  const yes = words["assistance.yes"] ?? "";
  const said = (field: string): string => {
    if (field === "undertakings") return form.undertakings.map((one) => coded("undertaking", one)).join("; ");
    if (field === "confidential") return form.confidential ? yes : "";
    const value = valueOf(form, field);
    return value !== "" && ["stage", "certification"].includes(field) ? coded(field, value) : value;
  };
  return sections
    .flatMap((one) => one.formal)
    .filter((field) => !elsewhere.includes(field) && said(field).trim() !== "")
    .map((field) => `${words[`assistance.field.${field}`] ?? field}: ${said(field)}`)
    .join("\n");
}

/** The details of its type, each under its name. */
function details(type: TypeRules, form: Form): string[] {
  const words = wordsIn(form.language);
  return type.special.flatMap(({ name }) => {
    const value = form.special[name] ?? "";
    const shown = name === "mode" ? (words[`assistance.mode.${value}`] ?? value) : value;
    return value.trim() === "" ? [] : [`${words[`assistance.field.special.${name}`] ?? name}: ${shown}`];
  });
}

/** The same request as its letter says it: everything that the form holds, and its translation by a named officer. */
export function asLetter(draft: AskDraft, to: string, type: TypeRules, form: Form): AskDraft {
  const [terms] = draft.facts;
  const asked = [form.sought, ...details(type, form)].filter((one) => one.trim() !== "").join("\n");
  const { language, translator, text } = form.translation;
  const texts = [
    { text: more(form), language: form.language },
    { text: text.trim() === "" ? "" : `${text}\n(${translator})`, language },
  ].filter((one) => one.text.trim() !== "");
  return {
    ...draft,
    to: [],
    letters: [to],
    questions: draft.questions.map((one) => ({ ...one, text: asked.slice(0, 8000) })),
    facts: [
      ...draft.facts,
      ...texts.map((one) => ({
        ...one,
        handling: terms?.handling ?? draft.handling,
        evaluation: terms?.evaluation ?? { source: "X" as const, information: "4" as const },
      })),
    ],
  };
}
