// "Check the offer you got": reads a pasted offer in the visitor's own browser, sends nothing, keeps nothing.
import "./offer.css";
import { find, flags, unicodeBurmese } from "@simpul/detect";
import { languageNames, offerLanguages, type OfferLanguage } from "@simpul/features/prevention/contract.ts";
import help from "@simpul/features/prevention/help.json";
import { firstLanguage } from "@simpul/features/prevention/rules.ts";
import { element, listOf } from "./build.ts";
import { result } from "./result.ts";
import { loadOfferWords, type OfferWords } from "./words.ts";

/** More than any offer says; a longer text is read to here, and the field takes no more. */
const longest = 20_000;
const root = document.getElementById("offer")!;
let state = "";
let written = "";

function numbersOf(code: string, words: OfferWords): HTMLElement {
  const one = help.states.find((each) => each.code === code);
  if (one === undefined || one.numbers.length === 0) return element("p", {}, words["noNumber"]!);
  return element(
    "ul",
    { class: "numbers" },
    ...one.numbers.map(({ number, confirmed }) =>
      element(
        "li",
        {},
        element("a", { href: `tel:${number.replace(/[^\d+]/g, "")}` }, number),
        confirmed ? "" : ` (${words["confirm"]!})`,
      ),
    ),
  );
}

function calls(language: OfferLanguage, words: OfferWords): HTMLElement {
  const names = new Intl.DisplayNames([language], { type: "region" });
  const pick = element(
    "select",
    { id: "state" },
    element("option", { value: "" }, "–"),
    ...help.states.map(({ code }) => element("option", { value: code }, names.of(code) ?? code)),
  );
  pick.value = state;
  const answer = element("div", { "aria-live": "polite" });
  const show = (): void => {
    state = pick.value;
    answer.replaceChildren(...(state === "" ? [] : [numbersOf(state, words)]));
  };
  pick.addEventListener("change", show);
  show();
  return element(
    "section",
    {},
    element("h2", {}, words["call"]!),
    element("p", { class: "danger" }, words["danger"]!),
    element("label", { for: "state" }, words["state"]!),
    pick,
    answer,
  );
}

function offer(words: OfferWords): HTMLElement {
  const field = element("textarea", {
    id: "text",
    rows: "7",
    maxlength: String(longest),
    autocomplete: "off",
    spellcheck: "false",
    dir: "auto",
  });
  field.value = written;
  const check = element("button", { type: "submit" }, words["check"]!);
  const clear = element("button", { type: "button", class: "quiet" }, words["clear"]!);
  const answer = element("div", { role: "status", class: "answer" });
  const read = (): void => {
    written = field.value.slice(0, longest);
    const { text } = unicodeBurmese(written.trim());
    answer.replaceChildren(...(text === "" ? [] : result(text, flags(text), find(text), words)));
  };
  clear.addEventListener("click", () => {
    field.value = "";
    read();
    field.focus();
  });
  const form = element(
    "form",
    {},
    element("label", { for: "text" }, words["paste"]!),
    field,
    element("div", { class: "acts" }, check, clear),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    read();
    answer.scrollIntoView({ block: "nearest" });
  });
  if (written !== "") read();
  return element("section", {}, form, answer);
}

/** Fetched whole and at once: later the line may be gone. */
async function drawChinese(text: string): Promise<void> {
  await import("./chinese.css");
  await document.fonts.load('1em "Simpul Chinese"', text);
}

async function show(language: OfferLanguage): Promise<void> {
  const words = await loadOfferWords(language);
  document.documentElement.lang = language;
  if (language === "zh") void drawChinese(Object.values(words).join(""));
  document.title = words["title"]!;
  const pick = element(
    "select",
    { id: "language", "aria-label": words["language"]! },
    ...offerLanguages.map((code) => element("option", { value: code, lang: code }, languageNames[code])),
  );
  pick.value = language;
  pick.addEventListener("change", () => {
    written = document.querySelector("textarea")?.value ?? written;
    void show(pick.value as OfferLanguage).then(() => document.getElementById("language")?.focus());
  });
  const kept = element("p", { class: "kept", hidden: "" }, words["kept"]!);
  root.replaceChildren(
    pick,
    element("h1", {}, words["title"]!),
    element("p", {}, words["intro"]!),
    element("p", { class: "privacy" }, words["privacy"]!),
    offer(words),
    element(
      "section",
      {},
      element("h2", {}, words["do"]!),
      listOf(["do1", "do2", "do3", "do4", "do5"].map((key) => words[key]!)),
    ),
    calls(language, words),
    kept,
    element("p", { class: "source" }, words["source"]!),
  );
  if ("serviceWorker" in navigator) void navigator.serviceWorker.ready.then(() => (kept.hidden = false));
}

void show(firstLanguage(navigator.languages, offerLanguages));
// A page opened by a link inside an app may lie in the browser's own cache of pages: what was typed goes when she leaves.
addEventListener("pagehide", () => {
  written = "";
  document.querySelector("textarea")?.replaceWith();
});
addEventListener("pageshow", (event) => {
  if (event.persisted) void show(firstLanguage(navigator.languages, offerLanguages));
});
// Fonts follow the first screen; they show nothing of what was pasted.
void import("../field/fonts.ts");
if ("serviceWorker" in navigator)
  void navigator.serviceWorker.register("/offer-sw.js", { scope: "/offer" }).catch(() => undefined);
