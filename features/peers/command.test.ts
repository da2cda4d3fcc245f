// The same room from the command line: two administrators of the node, each on an account of her own.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { nations } from "@simpul/testing";
import { typed, type Typed } from "@simpul/testing/typed";
import { afterAll, beforeAll, expect, test } from "vitest";
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
});

function as(who: string, command: "sign-in" | "peers", ...words: string[]): Promise<Typed> {
  process.env["SIMPUL_CLI_HOME"] = path.join(home, who);
  return typed(command === "sign-in" ? signInCommand : peersCommand, words);
}

test("one enters the file, another confirms what she heard, a third learns nothing", async () => {
  for (const who of ["tono", "wahyu", "sari"]) await as(who, "sign-in", "--node", idAddress, "--as", who);
  expect((await as("tono", "peers")).wrong).toContain("No other state yet");
  const own = await as("tono", "peers", "card");
  expect(JSON.parse(own.text)).toMatchObject({ node: "id" });
  expect(own.wrong).toMatch(/Fingerprint to read out:( [0-9a-f]{4}){16}/);

  const file = path.join(home, "kh.json");
  await writeFile(file, JSON.stringify(khCard.card));
  expect((await as("tono", "peers", "enter", file)).wrong).toContain(khCard.fingerprint.join(" "));
  const own2 = await as("tono", "peers", "confirm", "kh", heard(khCard));
  expect([own2.exit, own2.wrong]).toEqual([1, expect.stringContaining("SAME_PERSON")]);
  const wrong = await as("wahyu", "peers", "confirm", "kh", "0000-0000-0000-0000");
  expect([wrong.exit, wrong.wrong]).toEqual([1, expect.stringContaining("FINGERPRINT_DIFFERS")]);
  const done = await as("wahyu", "peers", "confirm", "kh", heard(khCard).replaceAll(" ", "-"), "--json");
  expect(JSON.parse(done.text)).toMatchObject({ node: "kh", state: "confirmed" });
  expect((await as("sari", "peers")).wrong).toContain("NOT_FOUND");
});

test("a stop needs its reason; a file that is no card is named as none", async () => {
  const unsaid = await as("tono", "peers", "stop", "kh");
  expect([unsaid.exit, unsaid.wrong]).toEqual([2, expect.stringContaining("--reason")]);
  const stopped = await as("tono", "peers", "stop", "kh", "--reason", "exercise of the kill switch");
  expect(stopped.text).toMatch(/^kh {2}stopped/);
  const file = path.join(home, "no-card.txt");
  await writeFile(file, "hello");
  expect((await as("tono", "peers", "enter", file)).wrong).toContain("NOT_A_CARD");
  expect((await as("tono", "peers", "letters", "kh", "--json")).text).toBe("");
  expect((await as("tono", "peers", "dance")).exit).toBe(2);
});
