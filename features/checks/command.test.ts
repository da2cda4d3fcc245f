// Asking other states at the command line: one line per selector and state, and what stops it.
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { numbers, wallets } from "@simpul/demo";
import { casesNode, checksNode } from "@simpul/server";
import { nations, type Person } from "@simpul/testing";
import { linesOf, typed } from "@simpul/testing/typed";
import { afterAll, beforeAll, expect, test } from "vitest";
import { signInCommand } from "../access/command.ts";
import type { InboxView } from "../inbox/contract.ts";
import { ask, draft } from "../requests/testing.ts";
import { checkCommand, checksCommand } from "./command.ts";
import { buildIndex } from "./holding/build.ts";
import { caseWith } from "./testing.ts";

let home: string;
let number: string;
let sari: Person, agus: Person;
beforeAll(async () => {
  home = await mkdtemp(path.join(os.tmpdir(), "simpul-cli-"));
  process.env["SIMPUL_CLI_HOME"] = home;
  const { id, kh } = await nations("id", "kh");
  await buildIndex(checksNode(kh.node, casesNode(kh.node)));
  [sari, agus] = [await id.as("sari"), await id.as("agus")];
  ({ number } = await caseWith(sari, [
    { type: "phone", written: numbers.recruiterPhone, role: "suspect" },
    { type: "wallet", written: wallets.tickets, role: "suspect" },
    { type: "phone", written: numbers.workerPhone, role: "victim" },
  ]));
  await typed(signInCommand, ["--node", id.web.address, "--as", "sari"]);
}, 120_000);
afterAll(async () => {
  await rm(home, { recursive: true });
});

test("a check asked and answered, one line per selector and state", async () => {
  const first = await typed(checkCommand, [
    number,
    "--offence",
    "online-fraud",
    "--basis",
    "untoc-27",
    "--json",
  ]);
  expect(first.exit).toBe(0);
  expect(linesOf(first)).toEqual([
    expect.objectContaining({ canonical: numbers.recruiterPhone, state: "kh", result: "hit" }),
    expect.objectContaining({ type: "wallet", state: "kh", result: "no-hit" }),
  ]);
  expect(first.text).not.toContain(numbers.workerPhone);
  // Offence and basis are remembered with the case.
  const again = await typed(checkCommand, [number, "--selectors", numbers.recruiterPhone, "--states", "kh"]);
  expect(again).toMatchObject({ exit: 0, text: `${numbers.recruiterPhone}\tkh\thit\n` });
  const listed = linesOf(await typed(checksCommand, ["--case", number, "--json"]));
  expect(listed).toHaveLength(2);
  const shown = await typed(checksCommand, ["--show", String(listed[0]!["id"])]);
  expect(shown.text).toBe(again.text);
});

test("a hit waits in her inbox until that state is asked about it", async () => {
  const hits = async () =>
    (await sari.must<InboxView>("GET", "/api/inbox")).entries.filter((one) => one.kind === "check-hit");
  expect(await hits()).toHaveLength(2);
  await sari.must("POST", "/api/requests", draft(number, ["kh"]));
  expect(await hits()).toHaveLength(2);
  await ask(sari, agus, draft(number, ["kh"]));
  expect(await hits()).toEqual([]);
});

test("what may not be asked, and what is missing, is said with what to type", async () => {
  const victim = await typed(checkCommand, [number, "--selectors", numbers.workerPhone]);
  expect(victim.exit).toBe(1);
  expect(victim.wrong).toContain("NEVER_ASKED");
  const unknown = await typed(checkCommand, [number, "--selectors", "+6285400009999"]);
  expect(unknown).toMatchObject({ exit: 2 });
  expect(unknown.wrong).toContain("no selector +6285400009999");
  const parking = await typed(checkCommand, [number, "--offence", "parking"]);
  expect(parking.wrong).toContain("FACT_MISSING");
  const nowhere = await typed(checkCommand, [number, "--states", "zz"]);
  expect(nowhere.wrong).toContain("NO_STATE");
  const malformed = await typed(checkCommand, ["ID-2031"]);
  expect(malformed).toMatchObject({ exit: 2 });
  expect(malformed.wrong).toContain("BAD_INPUT case: ");
});
