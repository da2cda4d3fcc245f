// A request from the command line: drafted, approved, assigned, answered, released; and what it says when it may not.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { nations, type Nation } from "@simpul/testing";
import { typed } from "@simpul/testing/typed";
import { afterAll, beforeAll, expect, test } from "vitest";
import { signInCommand } from "../access/command.ts";
import { permissionCommand, requestCommand, requestsCommand } from "./command.ts";
import type { RequestHead, RequestView } from "./contract.ts";
import { answer, caseNamed, draft, until } from "./testing.ts";

let home: string;
let id: Nation, kh: Nation;
let number: string;
beforeAll(async () => {
  home = await mkdtemp(path.join(os.tmpdir(), "simpul-cli-"));
  process.env["SIMPUL_CLI_HOME"] = home;
  ({ id, kh } = await nations("id", "kh"));
  ({ number } = await caseNamed(await id.as("rina"), "pembayar tiket"));
}, 120_000);
afterAll(async () => {
  await rm(home, { recursive: true });
});

/** What it said, without the end of its last line. */
async function says(which: unknown, ...words: string[]) {
  const said = await typed(which, words);
  return { ...said, text: said.text.trim() };
}
const as = (nation: Nation, officer: string) =>
  says(signInCommand, "--node", nation.web.address, "--as", officer);
const file = async (name: string, content: object): Promise<string> => {
  const at = path.join(home, name);
  await writeFile(at, JSON.stringify(content));
  return at;
};

test("two officers in each state take a request from its draft to its answer", async () => {
  await as(id, "rina");
  const asked = (
    await says(requestCommand, "new", await file("draft.json", draft(number, ["kh"])), "--submit")
  ).text;
  expect(asked).toMatch(/^[0-9a-f-]{36}$/);
  expect(await says(requestCommand, "approve", asked)).toMatchObject({
    exit: 1,
    wrong: expect.stringContaining("NOT_ALLOWED") as string,
  });
  await as(id, "agus");
  expect((await says(requestCommand, "preview", asked)).text).toBe("to kh: 0 records, 0 items [H1+H2]");
  expect((await says(requestCommand, "approve", asked, "--reason", "EXERCISE")).exit).toBe(0);

  await as(kh, "sophea");
  const list = async () => (await says(requestsCommand, "--box", "incoming", "--json")).text;
  const [came] = (await until(list, (text) => text !== ""))
    .split("\n")
    .map((line) => JSON.parse(line) as RequestHead);
  expect((await says(requestCommand, "assign", came!.id, "--desk", "Sreymom")).exit).toBe(0);
  await as(kh, "sreymom");
  const saved = await says(
    requestCommand,
    "answer",
    came!.id,
    "--file",
    await file("answer.json", answer()),
    "--submit",
  );
  expect(saved.exit).toBe(0);
  expect(await says(requestCommand, "release", came!.id)).toMatchObject({ exit: 1 });
  await as(kh, "sophea");
  expect((await says(requestCommand, "release", came!.id, "--reason", "EXERCISE")).text).toContain(
    "answered",
  );

  await as(id, "rina");
  const shown = async () =>
    JSON.parse((await says(requestCommand, "show", asked, "--json")).text) as RequestView;
  const got = await until(shown, (view) => view.threads[0]!.state === "answered");
  expect(got.full[0]!.answers[0]!.narrative[0]!.text).toContain("registration of 5 February");
  expect((await says(requestCommand, "close", asked, "--usefulness", "useful")).exit).toBe(0);
  expect((await says(requestsCommand, "--case", number)).text).toContain("closed");
});

test("what nobody asked for is told: with its case, and between desks without one (MSG-2)", async () => {
  const to = ["--to", "kh", "--subject", "EXERCISE: our desk"];
  const fact = ["--fact", "EXERCISE: by telephone alone until noon", "--submit"];
  const tell = (...words: string[]) => says(requestCommand, "tell", ...words, ...to, ...fact);
  expect((await tell("--kind", "rumour")).wrong).toContain(
    "--kind: one of information, warning, administrative",
  );
  expect((await tell()).wrong).toContain("say of which case");
  expect((await tell(number, "--kind", "administrative")).wrong).toContain("has no case");
  await as(id, "rina");
  expect((await tell("--kind", "administrative")).wrong).toContain("NOT_ALLOWED");
  expect((await tell(number)).wrong).toContain("INCOMPLETE");
  const matter = ["--offence", "trafficking-forced-criminality", "--basis", "untoc-27"];
  const information = await tell(number, ...matter);
  await as(id, "agus");
  const administrative = await tell("--kind", "administrative");
  await as(id, "putri");
  for (const { text } of [information, administrative]) {
    expect((await says(requestCommand, "approve", text, "--reason", "EXERCISE")).exit).toBe(0);
    const shown = JSON.parse((await says(requestCommand, "show", text, "--json")).text) as RequestView;
    expect(shown.unasked).toBe(text === information.text ? "information" : "administrative");
  }
});

test("what cannot be done is said by its code, and no file is no fault", async () => {
  await as(id, "rina");
  expect(await says(requestCommand, "new", path.join(home, "nothing.json"))).toMatchObject({
    exit: 2,
    wrong: expect.stringContaining("UNUSABLE") as string,
  });
  const nowhere = "01890000-0000-7000-8000-000000000000";
  expect((await says(requestCommand, "show", nowhere)).wrong).toContain("NOT_FOUND");
  expect((await says(permissionCommand, "list")).exit).toBe(0);
  const asking = [
    "ask",
    nowhere,
    "--case",
    number,
    "--court",
    "EXERCISE",
    "--basis",
    "untoc-27",
    "--reason",
    "EXERCISE",
  ];
  expect((await says(permissionCommand, ...asking)).wrong).toContain("OURS_ALREADY");
});
