// A case at the command line, from the returned worker's chat to a case with selectors, subjects and a task.
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { runCommand } from "citty";
import { nations } from "@simpul/testing";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { signInCommand } from "../access/command.ts";
import { confirmCommand, readCommand, takeInCommand } from "../evidence/command.ts";
import { caseCommand, casesCommand } from "./command.ts";

const chat = fileURLToPath(new URL("../../apps/demo/story/files/id-whatsapp-chat.txt", import.meta.url));
let home: string;
beforeAll(async () => {
  home = await mkdtemp(path.join(os.tmpdir(), "simpul-cli-"));
  process.env["SIMPUL_CLI_HOME"] = home;
  const { id } = await nations("id");
  await says(signInCommand, ["--node", id.web.address, "--as", "sari"]);
});
afterAll(async () => {
  await rm(home, { recursive: true });
  process.exitCode = 0;
});

/** What a command said on standard output and how it ended. */
async function says(
  which: unknown,
  rawArgs: string[],
): Promise<{ text: string; exit: unknown; wrong: string }> {
  let text = "";
  let wrong = "";
  process.exitCode = 0;
  const out = vi
    .spyOn(process.stdout, "write")
    .mockImplementation((chunk) => ((text += String(chunk)), true));
  const err = vi
    .spyOn(process.stderr, "write")
    .mockImplementation((chunk) => ((wrong += String(chunk)), true));
  await runCommand(which as Parameters<typeof runCommand>[0], { rawArgs }).finally(() => {
    out.mockRestore();
    err.mockRestore();
  });
  return { text, exit: process.exitCode, wrong };
}
const lines = (text: string): Record<string, unknown>[] =>
  text.trim() === ""
    ? []
    : text
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line) as Record<string, unknown>);

test("from a chat to a case whose selectors each say whose they are", async () => {
  const [item] = lines((await says(takeInCommand, [chat, "--json"])).text);
  const found = lines((await says(readCommand, [String(item!["id"]), "--findings", "--json"])).text);
  const phones = found.filter((one) => one["type"] === "phone").map((one) => String(one["canonical"]));
  expect(phones).toContain("+6285400001702");
  await says(confirmCommand, [String(item!["id"]), "+6285400001702", "--role", "suspect"]);

  const opened = await says(caseCommand, [
    "open",
    "LATIHAN: perekrut Kak Melly",
    "--crime-type",
    "trafficking-forced-criminality",
    "--items",
    String(item!["id"]),
  ]);
  const number = opened.text.trim();
  expect(number).toMatch(/^ID-\d{4}-\d{6}$/);

  const subject = await says(caseCommand, [
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
  const id = String(lines(subject.text)[0]!["id"]);
  const edited = await says(caseCommand, [
    "edit",
    number,
    "subject",
    id,
    "note=LATIHAN: suara perempuan",
    "--json",
  ]);
  expect(lines(edited.text)).toMatchObject([{ field: "note" }]);

  const shown = lines((await says(caseCommand, ["show", number, "--json"])).text);
  expect(shown.filter((one) => one["record"] === "selector")).toMatchObject([
    { canonical: "+6285400001702", role: "suspect", source: { kind: "item", item: item!["id"] } },
  ]);
  expect(shown.find((one) => one["id"] === id)).toMatchObject({
    evaluation: { source: "C", information: "3" },
  });
  expect((await says(casesCommand, ["--find", "0854-0000-1702"])).text).toContain(number);
  expect((await says(caseCommand, ["activity", number])).text).toContain("case.opened");
});

test("a word that is no field, an unknown kind and a case that is not there end with a code and change nothing", async () => {
  const nowhere = "ID-2031-999999";
  for (const [args, code] of [
    [["show", nowhere], "NOT_FOUND"],
    [["add", nowhere, "rumour", "title=x"], "NOT_FOUND"],
    [["add", nowhere, "note", "no field"], "NOT_A_FIELD"],
    [["add", nowhere, "note", "body:={"], "NOT_A_FIELD"],
    [["add", nowhere, "note", "body=x", "--grade", "Z9"], "NOT_AN_EVALUATION"],
  ] as const) {
    const { wrong, exit } = await says(caseCommand, [...args]);
    expect(wrong).toContain(code);
    expect(exit).toBe(2);
  }
});
