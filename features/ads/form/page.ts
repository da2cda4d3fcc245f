// The public form as a page without a script: one text, where it was seen, a button; in twelve languages.
import { languageNames, offerLanguages, offerPath, type OfferLanguage } from "../../prevention/contract.ts";
import words from "./form-words.json" with { type: "json" };

export const formPath = "/advert";
export const formLimits = { text: 20_000, where: 500, bytes: 131_072 } as const;

export type FormWord = keyof (typeof words)["en"];
export const sayForm = (language: OfferLanguage, word: FormWord): string => words[language][word];
export const isFormLanguage = (code: string): code is OfferLanguage =>
  (offerLanguages as readonly string[]).includes(code);

const safe = (text: string): string => text.replace(/[&<>"']/g, (one) => `&#${one.charCodeAt(0)};`);

export interface FormPage {
  key: string;
  language: OfferLanguage;
  exercise: boolean;
  /** What is to be said above the form, or instead of it. */
  notice: FormWord | null;
  done: boolean;
  text: string;
  where: string;
}

export function formPage({ key, language, exercise, notice, done, text, where }: FormPage): string {
  const say = (word: FormWord): string => safe(sayForm(language, word));
  const here = `${formPath}/${safe(key)}`;
  const languages = offerLanguages
    .map(
      (code) =>
        `<a href="${here}?l=${code}" lang="${code}"${code === language ? ' aria-current="true"' : ""}>${safe(languageNames[code])}</a>`,
    )
    .join(" ");
  const form = `<form method="post" action="${here}?l=${language}">
<label for="text">${say("text")}</label>
<textarea id="text" name="text" rows="8" maxlength="${formLimits.text}" required dir="auto">${safe(text)}</textarea>
<label for="where">${say("where")}</label>
<input id="where" name="where" maxlength="${formLimits.where}" value="${safe(where)}" dir="auto">
<p class="trap" aria-hidden="true"><input name="website" tabindex="-1" autocomplete="off"></p>
<p>${say("privacy")}</p>
<button type="submit">${say("send")}</button>
</form>`;
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${say("title")}</title><link rel="stylesheet" href="${formPath}/style.css"></head>
<body><main>${exercise ? `<p class="exercise">EXERCISE</p>` : ""}
<nav aria-label="Language">${languages}</nav>
<h1>${say("title")}</h1>
${notice === null ? "" : `<p role="status" class="notice">${say(notice)}</p>`}
${done ? `<p><a href="${here}?l=${language}">${say("again")}</a></p>` : `<p>${say("intro")}</p>\n${form}`}
<p><a href="${offerPath}">${say("check")}</a></p>
</main></body></html>`;
}

export const formStyle = `:root{color-scheme:light dark}
body{margin:0;font:1.05rem/1.5 open,system-ui,sans-serif}
main{max-width:38rem;margin:0 auto;padding:1rem}
nav{display:flex;flex-wrap:wrap;gap:.25rem .5rem;font-size:.95rem}nav a{padding:.5rem .25rem;min-height:1.5rem}nav a[aria-current]{font-weight:700}
h1{font-size:1.5rem;line-height:1.25}label{display:block;font-weight:600;margin:1rem 0 .25rem}
textarea,input{width:100%;box-sizing:border-box;font:inherit;padding:.6rem;border:1px solid GrayText;border-radius:.4rem}
button{width:100%;font:inherit;font-weight:600;padding:.9rem;border:0;border-radius:.4rem;background:#1b4f8a;color:#fff}
.trap{position:absolute;left:-200vw}.notice{border-inline-start:.3rem solid #1b4f8a;padding:.5rem .75rem}.exercise{font-weight:700}
:focus-visible{outline:3px solid #1b4f8a;outline-offset:2px}
@media (prefers-color-scheme:dark){button{background:#8ab4f0;color:#000}:focus-visible{outline-color:#8ab4f0}}`;
