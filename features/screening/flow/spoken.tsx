// The texts of one language for a page that shows answers: null until they are there.
import type { ScreeningLanguage } from "../contract/set.ts";
import { useLoaded } from "./loaded.tsx";
import { spoken } from "./texts.ts";
import type { Spoken } from "./texts.ts";

export const useSpoken = (language: ScreeningLanguage): Spoken | null =>
  useLoaded(language, () => spoken(language)).data;
