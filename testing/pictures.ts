// `npm run pictures`: takes every page of a running exercise as its officers see it, and says what does not fit.
import { existsSync, mkdirSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { openBrowser } from "./browser.ts";
import { addressesOf } from "./main-job/index.ts";
import { pages, unseen } from "./pictures/pages.ts";
import { take } from "./pictures/take.ts";
import type { Look } from "./pictures/take.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    to: { type: "string", default: path.join(os.tmpdir(), "simpul-pictures") },
    languages: { type: "string", default: "en" },
    themes: { type: "string", default: "light" },
    widths: { type: "string", default: "1280,390" },
    /** Only pages whose name begins with one of these. */
    only: { type: "string", default: "" },
    /** The page as paper, too. */
    paper: { type: "boolean", default: false },
    axe: { type: "boolean", default: false },
  },
});
const list = (text: string): string[] => text.split(",").filter((one) => one !== "");
mkdirSync(values.to, { recursive: true });
for (const route of unseen()) process.stdout.write(`No picture is taken of ${route}\n`);

const looks = list(values.languages).flatMap((language) =>
  list(values.themes).flatMap((theme) =>
    list(values.widths).map((width): Look => ({
      language,
      theme: theme === "dark" ? "dark" : "light",
      width: Number(width),
    })),
  ),
);
const wanted = pages.filter(
  ({ name }) => values.only === "" || list(values.only).some((begin) => name.startsWith(begin)),
);
const browser = await openBrowser();
let wrong = 0;
try {
  for (const look of looks)
    for (const { name, says } of await take(browser, {
      addresses: addressesOf(positionals),
      pages: wanted,
      look,
      to: values.to,
      paper: values.paper,
      axe: values.axe,
    })) {
      wrong += 1;
      process.stdout.write(`${name} ${look.language} ${look.theme} ${look.width}: ${says}\n`);
    }
} finally {
  await browser.close();
}
if (!existsSync(values.to)) process.exitCode = 2;
process.stdout.write(`Pictures lie in ${values.to}; ${wrong} to look at.\n`);
process.exitCode = wrong === 0 ? 0 : 1;
