// The texts that a person reads or hears: one file a language, loaded when it is needed.
import { localeFacts } from "@simpul/doors/i18n";
import type { ScreeningLanguage } from "../contract/set.ts";
import type en from "../texts/en.json";

export type TextKey = keyof typeof en;
export type Texts = Readonly<Record<TextKey, string>>;

const files: Readonly<Record<ScreeningLanguage, () => Promise<{ default: Texts }>>> = {
  en: () => import("../texts/en.json"),
  id: () => import("../texts/id.json"),
  km: () => import("../texts/km.json"),
  fil: () => import("../texts/fil.json"),
  ms: () => import("../texts/ms.json"),
  th: () => import("../texts/th.json"),
  vi: () => import("../texts/vi.json"),
  lo: () => import("../texts/lo.json"),
  my: () => import("../texts/my.json"),
  zh: () => import("../texts/zh.json"),
  ta: () => import("../texts/ta.json"),
  pt: () => import("../texts/pt.json"),
};

/** One language as the pages show it. */
export interface Spoken {
  language: ScreeningLanguage;
  direction: "ltr" | "rtl";
  say: (key: string, values?: Readonly<Record<string, string | number>>) => string;
}

/** Throws when the file cannot be fetched (no line, and not kept on this device). */
export async function spoken(language: ScreeningLanguage): Promise<Spoken> {
  const texts: Readonly<Record<string, string>> = (await files[language]()).default;
  return {
    language,
    direction: localeFacts[language].direction,
    say: (key, values = {}) =>
      (texts[key] ?? key).replaceAll(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? "")),
  };
}
