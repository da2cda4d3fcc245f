// The page: takes a bundle and a policy, runs the checks, and says in the reader's language what they came to.
import type { Check } from "@simpul/evidence/bundle";
import { run } from "../run.ts";
import type { Verdict } from "../run.ts";
import { canVerify, engine, fileInput, hashing } from "./machine.ts";
import { languages, pick, say, setLanguage } from "./words.ts";

const at = <E extends HTMLElement>(id: string): E => document.getElementById(id) as E;
const made = (tag: string, text: string, kind = ""): HTMLElement => {
  const one = document.createElement(tag);
  one.textContent = text;
  if (kind !== "") one.className = kind;
  return one;
};

let shown: { verdict: Verdict; checks: readonly Check[]; says: string } | null = null;
let able = true;

/** `item <id> bytes` is told as "bytes", with the item's id beside it. */
function headline({ check, ok }: Check): string {
  const [kind, , part] = check.split(" ");
  const name = part ?? kind ?? "";
  return say(`verifier.check.${name}.${ok ? "ok" : "not"}`);
}

function speak(): void {
  for (const one of document.querySelectorAll<HTMLElement>("[data-say]"))
    one.textContent = say(`verifier.${one.dataset["say"]!}`);
  at("able").hidden = able;
  at<HTMLButtonElement>("go").disabled = !able || at<HTMLInputElement>("bundle").files!.length === 0;
  if (shown === null) return;
  at("verdict").textContent = say(`verifier.verdict.${shown.verdict}`);
  at("verdict").className = shown.verdict;
  at("why").textContent = say(`verifier.verdict.${shown.verdict}.means`);
  at("checks").replaceChildren(
    ...shown.checks.map((check) => {
      const line = made("li", "", check.ok ? "ok" : "not");
      line.append(made("b", say(check.ok ? "verifier.ok" : "verifier.not")), " ", headline(check));
      const item = /^(?:item|permission) (\S+)/.exec(check.check)?.[1];
      if (item !== undefined) line.append(" ", made("code", item));
      const detail = made("small", check.says);
      detail.lang = "en";
      line.append(detail);
      return line;
    }),
  );
  at("says").textContent = shown.says;
  at("result").hidden = false;
}

async function check(): Promise<void> {
  const [bundle] = at<HTMLInputElement>("bundle").files!;
  const [policy] = at<HTMLInputElement>("policy").files!;
  if (bundle === undefined) return;
  const bar = at<HTMLProgressElement>("bar");
  at<HTMLButtonElement>("go").disabled = true;
  at("result").hidden = true;
  at("working").hidden = false;
  let told = 0;
  const zip = fileInput(bundle, (bytes) => {
    // The file is read once for its digests and its texts once more; past the end it waits at the end.
    bar.value = Math.min(1, bytes / Math.max(1, bundle.size));
    const tenth = Math.floor(10 * bar.value);
    if (tenth > told) at("far").textContent = `${(told = tenth) * 10} %`;
  });
  shown = await run({ bundle: { zip }, policy: (await policy?.text()) ?? null, engine, hashing });
  at("name").textContent = `${bundle.name} · ${policy?.name ?? "–"} · ${new Date().toISOString()}`;
  at("working").hidden = true;
  speak();
  at("verdict").focus();
}

/** Files dropped anywhere: a `.txt` is the policy, anything else the bundle. */
function drop(event: DragEvent): void {
  event.preventDefault();
  for (const file of event.dataTransfer?.files ?? []) {
    const box = new DataTransfer();
    box.items.add(file);
    at<HTMLInputElement>(/\.txt$/i.test(file.name) ? "policy" : "bundle").files = box.files;
  }
  speak();
}

const choice = at<HTMLSelectElement>("language");
for (const [code, name] of Object.entries(languages)) {
  const one = made("option", name) as HTMLOptionElement;
  one.value = code;
  one.lang = code;
  choice.append(one);
}
choice.value = pick(navigator.languages);
const turn = (): void => {
  document.documentElement.lang = setLanguage(choice.value);
  document.title = say("verifier.title");
  speak();
};
choice.addEventListener("change", turn);
document.addEventListener("dragover", (event) => event.preventDefault());
document.addEventListener("drop", drop);
for (const id of ["bundle", "policy"]) at(id).addEventListener("change", speak);
at("form").addEventListener("submit", (event) => {
  event.preventDefault();
  void check();
});
at("print").addEventListener("click", () => window.print());
turn();
able = await canVerify();
speak();
document.body.dataset["ready"] = "";
