// The words of the open page, one small file for each language; asked for from the page's own files.
import type { OfferLanguage } from "@simpul/features/prevention/contract.ts";

export type OfferWords = Readonly<Record<string, string>>;
const files: Readonly<Record<OfferLanguage, () => Promise<{ default: { words: OfferWords } }>>> = {
  en: () => import("@simpul/features/prevention/page-words/en.json"),
  id: () => import("@simpul/features/prevention/page-words/id.json"),
  ms: () => import("@simpul/features/prevention/page-words/ms.json"),
  fil: () => import("@simpul/features/prevention/page-words/fil.json"),
  th: () => import("@simpul/features/prevention/page-words/th.json"),
  vi: () => import("@simpul/features/prevention/page-words/vi.json"),
  km: () => import("@simpul/features/prevention/page-words/km.json"),
  lo: () => import("@simpul/features/prevention/page-words/lo.json"),
  my: () => import("@simpul/features/prevention/page-words/my.json"),
  zh: () => import("@simpul/features/prevention/page-words/zh.json"),
  ta: () => import("@simpul/features/prevention/page-words/ta.json"),
  pt: () => import("@simpul/features/prevention/page-words/pt.json"),
};

export const loadOfferWords = async (language: OfferLanguage): Promise<OfferWords> =>
  (await files[language]()).default.words;
