// The verifier as a stranger uses it: a page opened from disk in a real browser, a script in an empty folder.
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { buffer } from "node:stream/consumers";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { newSigner, nodeVerifying, systemRandom } from "@simpul/store/keys";
import { axe, openBrowser } from "@simpul/testing/browser";
import fc from "fast-check";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ZipFile } from "yazl";
import { exampleBundle } from "../../packages/evidence/bundle/example.ts";
import { Sha256 } from "./page/sha256.ts";

const house = fileURLToPath(new URL("../../", import.meta.url));
const call = promisify(execFile);
const policyOf: Record<string, string> = {};
let folder: string;

async function build(into: string): Promise<void> {
  const vite = path.join(house, "node_modules/vite/bin/vite.js");
  for (const mode of ["page", "script"]) {
    const args = ["build", "--config", "verifier.config.ts", "--mode", mode, "--outDir", into];
    await call(process.execPath, [vite, ...args, "--logLevel", "error"], {
      cwd: path.join(house, "apps/web"),
    });
  }
}

async function zipped(files: ReadonlyMap<string, Uint8Array>): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, bytes] of files) zip.addBuffer(Buffer.from(bytes), name);
  zip.end();
  return buffer(zip.outputStream);
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "simpul-verifier-"));
  await build(path.join(folder, "built"));
  const keys = { node: newSigner(), device: newSigner(), cosigner: newSigner() };
  const { files, policy } = await exampleBundle(keys, nodeVerifying, systemRandom);
  const other = await exampleBundle({ ...keys, cosigner: newSigner() }, nodeVerifying, systemRandom);
  const whole = await zipped(files);
  const changed = new Map(files);
  const original = [...files.keys()].find((name) => name.startsWith("data/"))!;
  changed.set(original, Buffer.from("not what was signed"));
  await writeFile(path.join(folder, "whole.zip"), whole);
  await writeFile(path.join(folder, "changed.zip"), await zipped(changed));
  await writeFile(path.join(folder, "torn.zip"), whole.subarray(0, whole.length - 40));
  await writeFile(path.join(folder, "policy.txt"), (policyOf["right"] = policy));
  await writeFile(path.join(folder, "foreign.txt"), (policyOf["foreign"] = other.policy));
}, 120_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

test("the running SHA-256 gives what node:crypto gives, however the bytes are cut", () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 8 }), (parts) => {
      const ours = new Sha256();
      const theirs = createHash("sha256");
      for (const part of parts) {
        ours.update(part);
        theirs.update(part);
      }
      expect(Buffer.from(ours.digest()).toString("hex")).toBe(theirs.digest("hex"));
    }),
  );
});

test("every line that page and script can reach is under 3,000, words included, and no package among them", async () => {
  const own = ["page.html", "page.css"].map((name) => `apps/verifier/page/${name}`);
  for (const [mode, beside] of [
    ["page", own],
    ["script", []],
  ] as const) {
    const read = await readFile(path.join(folder, "built", `${mode}.reached.json`), "utf8");
    const files = (JSON.parse(read) as string[]).filter((file) => !file.includes("node:"));
    expect(files.filter((file) => !/^(apps\/verifier|packages)\//.test(file))).toEqual([]);
    let lines = 0;
    for (const file of [...files, ...beside])
      lines += (await readFile(path.join(house, file), "utf8")).split("\n").length - 1;
    expect(lines, mode).toBeLessThan(3000);
    expect(lines).toBeGreaterThan(1000);
  }
});

test("the same sources give the same bytes", async () => {
  await build(path.join(folder, "again"));
  for (const name of ["verify.html", "verify.mjs"]) {
    const [one, two] = await Promise.all(
      ["built", "again"].map((which) => readFile(path.join(folder, which, name))),
    );
    expect(one!.equals(two!), name).toBe(true);
  }
}, 60_000);

describe("the script", () => {
  const script = async (...args: string[]): Promise<{ code: number; out: string; err: string }> => {
    const alone = await mkdtemp(path.join(folder, "alone-"));
    await cp(path.join(folder, "built", "verify.mjs"), path.join(alone, "verify.mjs"));
    const files = args.map((arg) => (/\.(zip|txt)$/.test(arg) ? path.join(folder, arg) : arg));
    const ran = await call(process.execPath, ["verify.mjs", ...files], { cwd: alone }).then(
      (done) => ({ code: 0, out: done.stdout, err: done.stderr }),
      (fault: unknown) => {
        const { code, stdout, stderr } = fault as { code: number; stdout: string; stderr: string };
        return { code, out: stdout, err: stderr };
      },
    );
    return ran;
  };

  test("ends with 0 for what is proven, and tells each check", async () => {
    const { code, out, err } = await script("whole.zip", "--policy", "policy.txt", "--json");
    expect({ code, err }).toEqual({ code: 0, err: "proven\n" });
    const lines = out.trim().split("\n");
    expect(lines.map((line) => Object.keys(JSON.parse(line) as object))).toEqual(
      lines.map(() => ["check", "ok", "says"]),
    );
  });
  test.each([
    ["whole.zip", "foreign.txt", 1],
    ["changed.zip", "policy.txt", 1],
    ["torn.zip", "policy.txt", 2],
    ["gone.zip", "policy.txt", 2],
    ["whole.zip", "gone.txt", 2],
  ])("%s under %s ends with %i", async (bundle, policy, expected) => {
    expect((await script(bundle, "--policy", policy)).code).toBe(expected);
  });
  test("without a policy from outside nothing is proven", async () => {
    expect((await script("whole.zip")).code).toBe(1);
  });
});

describe("the page", () => {
  let browser: Browser;
  let page: Page;
  const asked: string[] = [];
  beforeAll(async () => {
    browser = await openBrowser();
    page = await browser.newPage({ locale: "en-GB" });
    page.on("request", (request) => asked.push(request.url()));
    await page.goto(pathToFileURL(path.join(folder, "built", "verify.html")).href);
    await page.waitForSelector("body[data-ready]");
  }, 120_000);
  afterAll(() => browser.close());

  async function check(bundle: string, policy: string | null): Promise<string> {
    await page.setInputFiles("#bundle", path.join(folder, bundle));
    await page.setInputFiles("#policy", policy === null ? [] : path.join(folder, policy));
    await page.click("#go");
    await page.waitForSelector("#result:not([hidden])");
    return page.textContent("#verdict").then(String);
  }

  test("proves a whole bundle, in words for each check, and asks the network for nothing", async () => {
    expect(await check("whole.zip", "policy.txt")).toBe("Proven");
    expect(await page.locator("#checks li.ok").count()).toBe(6);
    expect(await page.locator("#checks").textContent()).not.toContain("verifier.");
    expect(asked.filter((url) => !url.startsWith("file:"))).toEqual([]);
    const tried = await page.evaluate(
      "fetch('https://example.org/').then(() => 'went out', () => 'refused')",
    );
    expect(tried).toBe("refused");
  });

  test.each([
    ["changed.zip", "policy.txt", "Not proven"],
    ["whole.zip", "foreign.txt", "Not proven"],
    ["whole.zip", null, "Not proven"],
    ["torn.zip", "policy.txt", "Unusable"],
  ])("%s under %s: %s", async (bundle, policy, verdict) => {
    expect(await check(bundle, policy)).toBe(verdict);
  });

  test("speaks four languages and is open to everybody who reads it", async () => {
    await check("changed.zip", "policy.txt");
    for (const language of ["id", "km", "fil", "en"]) {
      await page.selectOption("#language", language);
      expect(await page.getAttribute("html", "lang")).toBe(language);
      expect(await page.innerText("body")).not.toContain("verifier.");
    }
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: 800 });
      expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
      expect(await axe(page)).toEqual([]);
    }
  });

  test("a browser that cannot check signatures is told so, and judges nothing", async () => {
    const old = await browser.newPage();
    await old.addInitScript(
      "crypto.subtle.importKey = () => Promise.reject(new DOMException('Unrecognized', 'NotSupportedError'))",
    );
    await old.goto(pathToFileURL(path.join(folder, "built", "verify.html")).href);
    await old.waitForSelector("body[data-ready]");
    await old.setInputFiles("#bundle", path.join(folder, "whole.zip"));
    expect(await old.isVisible("#able")).toBe(true);
    expect(await old.isDisabled("#go")).toBe(true);
    await old.close();
  });
});
