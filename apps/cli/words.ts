// What a refusal's code means and what to do next, in the words that the screens use, in the language of the account.
import { existsSync, readdirSync } from "node:fs";
import type { Facts } from "@simpul/doors/cli";
import { pickLocale } from "@simpul/doors/i18n";
import { wordsFromFiles } from "@simpul/doors/i18n/node";

const features = new URL("../../features/", import.meta.url);

/** Every folder of words below `features`. */
function folders(): URL[] {
  const rooms = readdirSync(features, { withFileTypes: true }).filter((one) => one.isDirectory());
  return rooms
    .map(({ name }) => new URL(`${name}/words/`, features))
    .filter((folder) => existsSync(new URL("en.json", folder)));
}

/** `SIMPUL_LANGUAGE`, else what the account's locale says (`km_KH.UTF-8`). */
const language = (env: NodeJS.ProcessEnv) =>
  pickLocale(
    [env["SIMPUL_LANGUAGE"], env["LC_ALL"], env["LC_MESSAGES"], env["LANG"]].map((one) =>
      one?.replaceAll(/[_.]/g, "-"),
    ),
  );

/** Null for a code without words. */
export function explain(
  code: string,
  facts: Facts,
  env: NodeJS.ProcessEnv = process.env,
): Promise<string | null> {
  const words = wordsFromFiles(language(env), folders());
  // At the command line nothing is marked: the fields are said.
  const keys =
    code === "BAD_INPUT" && facts["fields"] !== undefined
      ? ["problem.BAD_INPUT.fields"]
      : [`problem.${code}`, `problem.${code}.todo`];
  const parts = keys.filter((key) => words.has(key));
  return Promise.resolve(parts.length === 0 ? null : parts.map((key) => words.say(key, facts)).join(" "));
}
