// A case at the command line, from the returned worker's chat to a case with selectors, subjects and a task.
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { nations } from "@simpul/testing";
import { linesOf, typed } from "@simpul/testing/typed";
import { afterAll, beforeAll, expect, test } from "vitest";
import { signInCommand } from "../access/command.ts";
import { confirmCommand, readCommand, takeInCommand } from "../evidence/command.ts";
import { caseCommand, casesCommand } from "./command.ts";

const chat = fileURLToPath(new URL("../../apps/demo/story/files/id-whatsapp-chat.txt", import.meta.url));
let home: string;
beforeAll(async () => {
  home = await mkdtemp(path.join(os.tmpdir(), "simpul-cli-"));
  process.env["SIMPUL_CLI_HOME"] = home;
  const { id } = await nations("id");
  await typed(signInCommand, ["--node", id.web.address, "--as", "sari"]);
});
afterAll(async () => {
  await rm(home, { recursive: true });
});

test("from a chat to a case whose selectors each say whose they are", async () => {
  const [item] = linesOf(await typed(takeInCommand, [chat, "--json"]));
  const found = linesOf(await typed(readCommand, [String(item!["id"]), "--findings", "--json"]));
  const phones = found.filter((one) => one["type"] === "phone").map((one) => String(one["canonical"]));
  expect(phones).toContain("+6285400001702");
  await typed(confirmCommand, [String(item!["id"]), "+6285400001702", "--role", "suspect"]);

  const opened = await typed(caseCommand, [
    "open",
    "LATIHAN: perekrut Kak Melly",
    "--crime-type",
    "trafficking-forced-criminality",
    "--items",
    String(item!["id"]),
  ]);
  const number = opened.text.trim();
  expect(number).toMatch(/^ID-\d{4}-\d{6}$/);

  const subject = await typed(caseCommand, [
    "add",
    number,
    "subject",
    "kind=person",
    "role=suspect",
    'names:=[{"text":"Kak Melly","language":"id","alias":true}]',
    "--grade",
    "C3",
    "--json",
  ]);
  const id = String(linesOf(subject)[0]!["id"]);
  const edited = await typed(caseCommand, [
    "edit",
    number,
    "subject",
    id,
    "note=LATIHAN: suara perempuan",
    "--json",
  ]);
  expect(linesOf(edited)).toMatchObject([{ field: "note" }]);

  const shown = linesOf(await typed(caseCommand, ["show", number, "--json"]));
  expect(shown.filter((one) => one["record"] === "selector")).toMatchObject([
    { canonical: "+6285400001702", role: "suspect", source: { kind: "item", item: item!["id"] } },
  ]);
  expect(shown.find((one) => one["id"] === id)).toMatchObject({
    evaluation: { source: "C", information: "3" },
  });
  expect((await typed(casesCommand, ["--find", "0854-0000-1702"])).text).toContain(number);
  expect((await typed(caseCommand, ["activity", number])).text).toContain("case.opened");
});

test("a task is for her own desk and a note in her language unless she says otherwise; a wrong field is named", async () => {
  const opened = await typed(caseCommand, ["open", "LATIHAN: tugas", "--crime-type", "online-fraud"]);
  const number = opened.text.trim();
  expect((await typed(caseCommand, ["add", number, "task", "title=LATIHAN: telepon"])).exit).toBe(0);
  expect((await typed(caseCommand, ["add", number, "note", "body=LATIHAN"])).exit).toBe(0);
  const shown = linesOf(await typed(caseCommand, ["show", number, "--json"]));
  expect(shown.find((one) => one["record"] === "task")).toMatchObject({ title: "LATIHAN: telepon" });
  expect(shown.find((one) => one["record"] === "note")).toMatchObject({ body: "LATIHAN" });
  for (const [word, says] of [
    ["due=soon", "NOT_A_DATE field=due"],
    ["state=asleep", "NOT_A_VALUE field=state"],
    ["mood=good", "NOT_A_FIELD field=mood"],
  ] as const) {
    const wrong = await typed(caseCommand, ["add", number, "task", "title=LATIHAN", word]);
    expect([wrong.exit, wrong.wrong]).toEqual([1, expect.stringContaining(says)]);
  }
});

test("a word that is no field, an unknown kind and a case that is not there end with a code and change nothing", async () => {
  const nowhere = "ID-2031-999999";
  for (const [args, code, end] of [
    // The node said no.
    [["show", nowhere], "NOT_FOUND", 1],
    [["add", nowhere, "rumour", "title=x"], "NOT_FOUND", 2],
    // What was typed cannot be used.
    [["add", nowhere, "note", "no field"], "NOT_A_FIELD", 2],
    [["add", nowhere, "note", "body:={"], "NOT_A_FIELD", 2],
    [["add", nowhere, "note", "body=x", "--grade", "Z9"], "NOT_AN_EVALUATION", 2],
  ] as const) {
    const { wrong, exit } = await typed(caseCommand, args);
    expect(wrong).toContain(code);
    expect(exit, wrong).toBe(end);
  }
});
