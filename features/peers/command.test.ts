// The same room from the command line: two administrators of the node, each on an account of her own.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { nations } from "@simpul/testing";
import { runCommand } from "citty";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { signInCommand } from "../access/command.ts";
import { peersCommand } from "./command.ts";
import type { OwnCard } from "./contract.ts";
import { heard } from "./testing.ts";

let home: string;
let idAddress: string;
let khCard: OwnCard;
beforeAll(async () => {
  const { id } = await nations("id");
  const { kh } = await nations("kh");
  idAddress = id.web.address;
  khCard = await (await kh.as("ratana")).must<OwnCard>("GET", "/api/peers/card");
  home = await mkdtemp(path.join(os.tmpdir(), "simpul-cli-"));
});
afterAll(async () => {
  await rm(home, { recursive: true });
  process.exitCode = 0;
});

async function as(who: string, ...rawArgs: string[]): Promise<{ out: string; err: string; exit: unknown }> {
  process.env["SIMPUL_CLI_HOME"] = path.join(home, who);
  const said = { out: "", err: "" };
  const spies = (["out", "err"] as const).map((which) =>
    vi.spyOn(process[which === "out" ? "stdout" : "stderr"], "write").mockImplementation((chunk) => {
      said[which] += String(chunk);
      return true;
    }),
  );
  const run = rawArgs[0] === "sign-in" ? signInCommand : peersCommand;
  await runCommand(run as never, { rawArgs: rawArgs.slice(1) }).finally(() => {
    for (const spy of spies) spy.mockRestore();
  });
  return { ...said, exit: process.exitCode };
}

test("one enters the file, another confirms what she heard, a third learns nothing", async () => {
  for (const who of ["tono", "wahyu", "sari"]) await as(who, "sign-in", "--node", idAddress, "--as", who);
  expect((await as("tono", "peers")).err).toContain("No other state yet");
  const own = await as("tono", "peers", "card");
  expect(JSON.parse(own.out)).toMatchObject({ node: "id" });
  expect(own.err).toMatch(/Fingerprint to read out:( [0-9a-f]{4}){16}/);

  const file = path.join(home, "kh.json");
  await writeFile(file, JSON.stringify(khCard.card));
  expect((await as("tono", "peers", "enter", file)).err).toContain(khCard.fingerprint.join(" "));
  const own2 = await as("tono", "peers", "confirm", "kh", heard(khCard));
  expect([own2.exit, own2.err]).toEqual([2, expect.stringContaining("SAME_PERSON")]);
  const wrong = await as("wahyu", "peers", "confirm", "kh", "0000-0000-0000-0000");
  expect([wrong.exit, wrong.err]).toEqual([2, expect.stringContaining("FINGERPRINT_DIFFERS")]);
  const done = await as("wahyu", "peers", "confirm", "kh", heard(khCard).replaceAll(" ", "-"), "--json");
  expect(JSON.parse(done.out)).toMatchObject({ node: "kh", state: "confirmed" });
  expect((await as("sari", "peers")).err).toContain("NOT_FOUND");
});

test("a stop needs its reason; a file that is no card is named as none", async () => {
  expect((await as("tono", "peers", "stop", "kh")).err).toContain("say why");
  const stopped = await as("tono", "peers", "stop", "kh", "--reason", "exercise of the kill switch");
  expect(stopped.out).toMatch(/^kh {2}stopped/);
  const file = path.join(home, "no-card.txt");
  await writeFile(file, "hello");
  expect((await as("tono", "peers", "enter", file)).err).toContain("NOT_A_CARD");
  expect((await as("tono", "peers", "letters", "kh", "--json")).out).toBe("");
  expect((await as("tono", "peers", "dance")).exit).toBe(2);
});
