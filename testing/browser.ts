// A real browser for tests and pictures: the system's Chromium, else the one that comes as an npm package.
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import type { Browser, Page } from "playwright-core";

const cache = fileURLToPath(new URL("../.cache/", import.meta.url));

/** No call home, no update, no half-open protocols: the browser speaks to the pages and to nobody else. */
const flags = [
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-quic",
  "--no-first-run",
];

interface Found {
  path: string;
  /** Shared libraries that come with the package. */
  libraries?: string;
}

/** Unpacks @sparticuz/chromium to a folder of our own, once; its own default arguments are never used. */
async function packaged(): Promise<Found> {
  const folder = path.join(cache, "chromium-147.0.0");
  const found = { path: path.join(folder, "chromium"), libraries: path.join(folder, "al2023", "lib") };
  if (existsSync(path.join(folder, "whole"))) return found;
  const making = `${folder}.${process.pid}`;
  mkdirSync(making, { recursive: true });
  // The package unpacks its libraries only where it believes to run on Lambda, and to the system's temporary folder.
  const before = { ...process.env };
  process.env["AWS_EXECUTION_ENV"] = "AWS_Lambda_nodejs22.x";
  process.env["TMPDIR"] = making;
  try {
    const { default: pack } = await import("@sparticuz/chromium");
    await pack.executablePath();
  } finally {
    for (const name of ["AWS_EXECUTION_ENV", "TMPDIR", "FONTCONFIG_PATH", "HOME", "LD_LIBRARY_PATH"]) {
      if (before[name] === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = before[name];
    }
  }
  mkdirSync(path.join(making, "whole"));
  try {
    renameSync(making, folder);
  } catch {
    // Somebody else was first.
    rmSync(making, { recursive: true, force: true });
  }
  return found;
}

const systems = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/snap/bin/chromium",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** SIMPUL_BROWSER names one; then the system's; then the package's (x64 Linux). Throws when none can be had. */
async function find(which: "any" | "packaged"): Promise<Found> {
  const named = process.env["SIMPUL_BROWSER"];
  if (which === "any" && named !== undefined) return { path: named };
  const own = which === "any" ? systems.find((file) => existsSync(file)) : undefined;
  return own === undefined ? packaged() : { path: own };
}

/** Starts it without a window; whoever starts it closes it. */
export async function openBrowser(which: "any" | "packaged" = "any"): Promise<Browser> {
  const found = await find(which);
  const root = process.getuid?.() === 0;
  return chromium.launch({
    executablePath: found.path,
    headless: true,
    // Chromium refuses root inside its sandbox; everybody else keeps the sandbox.
    chromiumSandbox: !root,
    args: root ? [...flags, "--no-sandbox"] : flags,
    ...(found.libraries === undefined
      ? {}
      : { env: { ...env(), LD_LIBRARY_PATH: found.libraries, FONTCONFIG_FILE: fontsOf(found.path) } }),
  });
}

/**
 * The package's own list of fonts names folders of another machine, and Chromium ends itself where it finds no font at
 * all: ours names the package's fonts where they lie, beside the system's.
 */
function fontsOf(program: string): string {
  const folder = path.dirname(program);
  const file = path.join(folder, "fonts-here.conf");
  const dirs = [path.join(folder, "fonts"), "/usr/share/fonts"].map((dir) => `<dir>${dir}</dir>`).join("");
  writeFileSync(
    file,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>${dirs}<cachedir>${folder}/fonts-cache</cachedir></fontconfig>\n`,
  );
  return file;
}

const env = (): Record<string, string> =>
  Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );

export interface AxeFinding {
  id: string;
  impact: string | null;
  help: string;
  nodes: string[];
}

/** What axe finds against WCAG 2.2 AA on the page as it stands; an empty list is the aim. */
export async function axe(page: Page): Promise<AxeFinding[]> {
  const source = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
  // By the debugger, not by a script element: the page's policy allows no script of ours.
  const { readFile } = await import("node:fs/promises");
  if (!(await page.evaluate<boolean>(`"axe" in window`))) await page.evaluate(await readFile(source, "utf8"));
  return page.evaluate(async () => {
    interface Axe {
      run(
        at: unknown,
        options: object,
      ): Promise<{
        violations: {
          id: string;
          impact?: string | null;
          help: string;
          nodes: { html: string; failureSummary?: string }[];
        }[];
      }>;
    }
    const { axe: checker, document } = globalThis as unknown as { axe: Axe; document: unknown };
    const { violations } = await checker.run(document, {
      runOnly: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] },
      // What passed is not gathered: twice as fast.
      resultTypes: ["violations"],
    });
    return violations.map((one) => ({
      id: one.id,
      impact: one.impact ?? null,
      help: one.help,
      nodes: one.nodes.slice(0, 5).map((node) => `${node.html.slice(0, 200)} ${node.failureSummary ?? ""}`),
    }));
  });
}

/** Widths at which every page is looked at. */
export const widths = { desk: 1280, phone: 390 } as const;
const heightOf = (width: number): number => (width < 600 ? 844 : 900);

/** A picture of the page at a width, kept as `.cache/pictures/<name>-<width>.png`; gives its path. */
export async function picture(
  page: Page,
  name: string,
  width: number,
  height = heightOf(width),
): Promise<string> {
  const folder = path.join(cache, "pictures");
  mkdirSync(folder, { recursive: true });
  await page.setViewportSize({ width, height });
  await page.evaluate("document.fonts.ready.then(() => true)");
  await page.waitForTimeout(150);
  const file = path.join(folder, `${name}-${width}.png`);
  await page.screenshot({ path: file });
  return file;
}
