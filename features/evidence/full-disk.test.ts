// A disk that is full while evidence is taken in: said as what it is, what arrived is kept, and it goes on from there.
import { spawn, type ChildProcess } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { execFileSync } from "node:child_process";
import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { clientFor, readProfile } from "@simpul/doors/cli";
import { migrations } from "@simpul/server";
import { nations, type Nation } from "@simpul/testing";
import { openBrowser, widths } from "@simpul/testing/browser";
import { linesOf, typed } from "@simpul/testing/typed";
import { whole } from "@simpul/testing/whole";
import { afterAll, expect, test, vi } from "vitest";
import { dropDatabase, testDatabase } from "../../testing/database.ts";
import { freePort } from "../../testing/ports.ts";
import { signInCommand } from "../access/command.ts";
import { takeInCommand } from "./command.ts";
import type { Intake, Item } from "./contract.ts";
import { sealWhatFits } from "./intake/jobs.ts";

const program = fileURLToPath(new URL("../../apps/demo/node.ts", import.meta.url));
const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
let child: ChildProcess | null = null;
afterAll(() => child?.kill("SIGKILL"));

/** Starts a node that may write files of `blocks` times 512 bytes, or of any size; waits until it answers. */
async function start(env: NodeJS.ProcessEnv, blocks: number | null): Promise<void> {
  const limit = blocks === null ? "" : `ulimit -f ${blocks}; `;
  const script = `${limit}exec "$0" --import tsx "$1"`;
  const node = spawn("/bin/sh", ["-c", script, process.execPath, program], { env, stdio: "ignore" });
  child = node;
  await vi.waitFor(
    async () => {
      expect(node.exitCode).toBeNull();
      expect((await fetch(`http://localhost:${env["SIMPUL_PORT"]!}/healthz`)).ok).toBe(true);
    },
    { timeout: 60_000, interval: 200 },
  );
}

async function stop(): Promise<void> {
  const node = child!;
  const ended = new Promise((resolve) => node.once("exit", resolve));
  node.kill("SIGTERM");
  await ended;
  child = null;
}

// Half a minute of starting nodes: before a landing.
test.runIf(whole)(
  "a node that may write no further says so at once, keeps what arrived, and the same call goes on from there",
  async () => {
    const home = await mkdtemp(path.join(os.tmpdir(), "simpul-full-"));
    const { url } = await testDatabase(migrations);
    const env: NodeJS.ProcessEnv = {
      PATH: process.env["PATH"],
      HOME: home,
      SIMPUL_NODE: "id",
      SIMPUL_HOME: home,
      SIMPUL_DATABASE_URL: url,
      SIMPUL_EXERCISE: "1",
      SIMPUL_LOG: "silent",
      SIMPUL_PORT: String(await freePort()),
      SIMPUL_PEER_PORT: String(await freePort()),
    };
    process.env["SIMPUL_CLI_HOME"] = home;
    // The kernel refuses to write on past this, as it does on a full disk, and needs no root for it.
    const blocks = 3000;
    await start(env, blocks);
    await typed(signInCommand, ["--node", `http://localhost:${env["SIMPUL_PORT"]!}`, "--as", "sari"]);
    const bytes = randomBytes(4_000_000);
    const file = path.join(home, "EXERCISE.bin");
    await writeFile(file, bytes);

    const full = await typed(takeInCommand, [file, "--no-read"]);
    expect([full.exit, full.text]).toEqual([1, ""]);
    expect(full.wrong).toMatch(/REFUSED: NO_ROOM size=4000000 \(reference \S+\)/);
    const door = clientFor((await readProfile(process.env))!);
    const kept = (await door.call<{ intakes: Intake[] }>("GET", "/api/evidence/intakes")).intakes;
    expect(kept).toMatchObject([{ state: "open", received: blocks * 512, size: bytes.length }]);
    expect((await door.call<{ items: Item[] }>("GET", "/api/evidence/items")).items).toEqual([]);

    await stop();
    await start(env, null);
    const [item] = linesOf(await typed(takeInCommand, [file, "--no-read", "--json"]));
    expect(item).toMatchObject({ id: kept[0]!.id, digest: sha256(bytes) });
    const original = await door.fetch(`/api/evidence/items/${kept[0]!.id}/original`);
    expect(sha256(new Uint8Array(await original.arrayBuffer()))).toBe(sha256(bytes));
    await stop();
    await dropDatabase(url);
    await rm(home, { recursive: true, force: true });
  },
  180_000,
);

/** Puts a real small disk in the place of a folder; gives how to size it anew, and how to take it away. */
async function smallDisk(folder: string, size: string) {
  const before = await mkdtemp(path.join(os.tmpdir(), "simpul-before-"));
  await cp(folder, before, { recursive: true });
  execFileSync("mount", ["-t", "tmpfs", "-o", `size=${size},mode=700`, "tmpfs", folder], { stdio: "ignore" });
  await cp(before, folder, { recursive: true });
  await rm(before, { recursive: true });
  return {
    resize: (to: string) => execFileSync("mount", ["-o", `remount,size=${to}`, folder], { stdio: "ignore" }),
    remove: () => execFileSync("umount", ["-l", folder], { stdio: "ignore" }),
  };
}

const mountable = ((): boolean => {
  if (process.getuid?.() !== 0) return false;
  const at = execFileSync("mktemp", ["-d"], { encoding: "utf8" }).trim();
  try {
    execFileSync("mount", ["-t", "tmpfs", "tmpfs", at], { stdio: "ignore" });
    execFileSync("umount", [at], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
})();

async function pageOf(id: Nation, where: string, width: number) {
  const browser = await openBrowser();
  const sari = await id.as("sari");
  await sari.must("PATCH", "/api/access/session", { language: "en" });
  const context = await browser.newContext({ viewport: { width, height: 844 }, locale: "en-GB" });
  const [name, value] = sari.cookie.split("=") as [string, string];
  await context.addCookies([{ name, value, url: id.web.address }]);
  const page = await context.newPage();
  await page.goto(`${id.web.address}${where}`);
  await page.getByRole("heading", { level: 1 }).waitFor();
  return { page, sari, close: () => browser.close() };
}

test.skipIf(!mountable)(
  "on a real full disk (a small tmpfs; needs root) the page says what was kept and what to do, and goes on when there is room",
  async () => {
    const { id } = await nations("id");
    const { evidence } = id.node;
    const staging = await smallDisk(evidence.staging, "300m");
    const store = await smallDisk(path.join(id.node.settings.home, "evidence"), "100m");
    const { page, sari, close } = await pageOf(id, "/evidence/take-in", widths.phone);
    try {
      const buffer = randomBytes(9_000_000);
      const file = { name: "EXERCISE.bin", mimeType: "application/octet-stream", buffer };
      // The disk shrinks while the file is on its way.
      let pieces = 0;
      await page.route("**/api/evidence/upload/*", async (route) => {
        if (route.request().method() === "PATCH" && ++pieces === 2) staging.resize("6m");
        await route.continue();
      });
      await page.locator("main input[type=file]").first().setInputFiles([file]);
      await page.getByText("Ready for your signature; nothing was sent yet").waitFor();
      await page.getByLabel("Handed over").check();
      await page.getByLabel("From whom or what").fill("EXERCISE");
      await page.getByRole("button", { name: /^Sign and take in/ }).click();
      await page.getByText("The node has no room left for this file.").waitFor();
      await page
        .getByText(/what arrived is kept at the node; the file on your device is untouched/)
        .waitFor();
      await page.getByText(/Tell your administrator; then try again/).waitFor();
      const intakes = async () =>
        (await sari.must<{ intakes: Intake[] }>("GET", "/api/evidence/intakes")).intakes;
      const [open] = await intakes();
      expect(open).toMatchObject({ state: "open", size: buffer.length });
      expect(open!.received).toBeGreaterThan(4_000_000);
      expect(open!.received).toBeLessThan(6 * 1024 * 1024);

      // Room for the bytes as they come, none for the sealed file.
      staging.resize("300m");
      store.resize("8m");
      await page.getByRole("button", { name: "Try again" }).click();
      await expect
        .poll(async () => (await intakes())[0], { timeout: 30_000 })
        .toMatchObject({
          state: "refused",
          received: buffer.length,
          refusal: { code: "NO_ROOM" },
        });
      await page.getByText("The node has no room left for this file.").waitFor();
      expect((await sari.ask("GET", `/api/evidence/items/${open!.id}`)).status).toBe(404);

      // Once there is room, the node seals it by itself; nobody has to be there.
      store.resize("100m");
      expect(await sealWhatFits(evidence)).toBe(1);
      await expect
        .poll(async () => (await sari.ask<Item>("GET", `/api/evidence/items/${open!.id}`)).body, {
          timeout: 30_000,
        })
        .toMatchObject({ digest: sha256(buffer) });
      expect(await sealWhatFits(evidence)).toBe(0);
    } finally {
      await close();
      staging.remove();
      store.remove();
    }
  },
  180_000,
);
