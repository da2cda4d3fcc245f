// Which letters the engine knows: a pack for each language from npm, Khmer from the system's own tesseract where it has one.
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { PictureLanguage } from "../contract/pictures.ts";

/** Packs by language, as `@tesseract.js-data` and the system's tesseract call them. */
export const packs: Readonly<Record<PictureLanguage, string>> = {
  ...{ en: "eng", id: "ind", ms: "msa", fil: "fil", vi: "vie", pt: "por", th: "tha", lo: "lao" },
  ...{ my: "mya", ta: "tam", zh: "chi_sim", km: "khm" },
};

/**
 * One after the other until one reads it surely: Latin letters first (with the marks of Vietnamese, and the words of
 * Indonesian, beside English), then script by script.
 */
export const trials: readonly (readonly PictureLanguage[])[] = [
  ...[["en"], ["vi"], ["id"]],
  ...[["th"], ["my"], ["lo"], ["km"], ["zh"], ["ta"]],
] as readonly (readonly PictureLanguage[])[];
export const latin = 3;

let known: Promise<boolean> | null = null;

/** Whether the system has a tesseract that knows Khmer: npm has no pack of it. Asked once. */
export function readsKhmer(): Promise<boolean> {
  known ??= promisify(execFile)("tesseract", ["--list-langs"], { timeout: 10_000 }).then(
    ({ stdout }) => stdout.split("\n").includes("khm"),
    () => false,
  );
  return known;
}
