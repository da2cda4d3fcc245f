// The inbox at the command line: the same entries as on the page, each with its clock, narrowed to oneself or a kind.
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { nations } from "@simpul/testing";
import type { Nation } from "@simpul/testing";
import { linesOf, typed } from "@simpul/testing/typed";
import { afterAll, beforeAll, expect, test } from "vitest";
import { signInCommand } from "../access/command.ts";
import { caseCommand } from "../cases/command.ts";
import { clockOf, inboxCommand } from "./command.ts";
import type { DoneDeeds, InboxEntry, InboxView } from "./contract.ts";

let home: string;
let number: string;
let id: Nation;
beforeAll(async () => {
  home = await mkdtemp(path.join(os.tmpdir(), "simpul-cli-"));
  process.env["SIMPUL_CLI_HOME"] = home;
  ({ id } = await nations("id"));
  await typed(signInCommand, ["--node", id.web.address, "--as", "sari"]);
  const made = await typed(caseCommand, ["open", "EXERCISE: The Park", "--crime-type", "online-fraud"]);
  number = made.text.trim();
}, 120_000);
afterAll(() => rm(home, { recursive: true }));

test("many pages of all desks ask at once, and no room waits for a second connection while it holds one", async () => {
  const keys = ["sari", "bima", "rina", "ratna", "yusuf", "intan", "wulan", "maya", "hendra", "tono"];
  const officers = await Promise.all(keys.map((key) => id.as(key)));
  // Far more than the node has connections.
  const asked = Array.from({ length: 4 }, () =>
    officers.map((one) => one.must<InboxView>("GET", "/api/inbox")),
  );
  for (const { missing } of await Promise.all(asked.flat())) expect(missing).toEqual([]);
});

test("a task with a day stands there with its clock, is found by its kind, and is not hers before she takes it", async () => {
  const task = ["add", number, "task", "title=EXERCISE: call the sister", "due=2020-01-31"];
  expect((await typed(caseCommand, task)).wrong).toBe("");
  const [line] = (await typed(inboxCommand, ["--kind", "task"])).text
    .split("\n")
    .filter((one) => one.includes("call the sister"));
  expect(line).toMatch(/^[0-9a-f-]{36}\ttask\tOVERDUE \d+ d \d+ h\tfor your desk\tID-\d{4}-\d{6}\tEXERCISE/);
  const all = linesOf(await typed(inboxCommand, ["--json"])) as unknown as InboxEntry[];
  expect(all.find((one) => one.title === "EXERCISE: call the sister")).toMatchObject({
    kind: "task",
    for: "desk",
    case: { number },
  });
  const mine = linesOf(await typed(inboxCommand, ["--mine", "--json"]));
  expect(mine.every((one) => one["for"] === "me")).toBe(true);
  expect(mine.length).toBeLessThan(all.length);
  expect(await typed(inboxCommand, ["--kind", "no-such-kind"])).toMatchObject({
    exit: 0,
    text: "",
    wrong: "nothing waits\n",
  });
});

test("a view that she named at the page and what she put off are there at the command line too", async () => {
  const task = ["add", number, "task", "title=EXERCISE: read the ledger"];
  expect((await typed(caseCommand, task)).wrong).toBe("");
  const sari = await id.as("sari");
  const { entries } = await sari.must<InboxView>("GET", "/api/inbox");
  const sister = entries.find((one) => one.title === "EXERCISE: call the sister")!;
  await sari.must("POST", "/api/inbox/views", { name: "Late", filters: { due: "over" } });
  const late = linesOf(await typed(inboxCommand, ["--view", "Late", "--json"]));
  expect(late.map((one) => one["title"])).toContain(sister.title);
  expect(late.length).toBeLessThan(entries.length);
  expect(await typed(inboxCommand, ["--view", "None"])).toMatchObject({ exit: 2, text: "" });

  const quiet = entries.find((one) => one.title.includes("ledger"))!;
  const until = new Date(Date.now() + 3_600_000).toISOString();
  await sari.must("POST", "/api/inbox/later", { entries: [{ kind: quiet.kind, id: quiet.id }], until });
  expect((await typed(inboxCommand, ["--later"])).text).toMatch(
    new RegExp(`^${quiet.id}\ttask\tput off until ${until}\t.*read the ledger\n$`),
  );
});

test("several are taken, given and finished at once; what is refused says so, and the rest is done", async () => {
  const [sari, bima] = [await id.as("sari"), await id.as("bima")];
  const officerOf = async (who: typeof sari) =>
    (await who.must<{ officer: { id: string; name: string } }>("GET", "/api/access/session")).officer;
  const ours = async (who: typeof sari) =>
    (await who.must<InboxView>("GET", "/api/inbox")).entries.filter((one) => one.case?.number === number);
  const deed = (who: typeof sari, of: readonly InboxEntry[], what: object) =>
    who.must<DoneDeeds>("POST", "/api/inbox/deeds", {
      entries: of.map((one) => ({ kind: one.kind, id: one.id })),
      deed: what,
    });
  const wait = await ours(sari);
  expect(wait.length).toBeGreaterThan(0);
  expect(
    wait.every((one) => one.for === "desk" && one.may?.includes("give") && one.may.includes("done")),
  ).toBe(true);
  const me = (await officerOf(sari)).id;
  const nobody = { kind: "task", id: me, title: "" } as InboxEntry;
  const taken = await deed(sari, [...wait, nobody], { act: "give", to: me });
  expect(taken).toEqual({
    done: wait.map(({ kind, id: of }) => ({ kind, id: of })),
    refused: [{ kind: "task", id: me, code: "NOT_FOUND" }],
  });
  expect((await ours(sari)).map((one) => one.for)).toEqual(wait.map(() => "me"));
  // Who may do nothing in the case is given none of it, and what no room does is done by nobody.
  const theirs = (await officerOf(await id.as("yusuf"))).id;
  const given = await deed(sari, wait, { act: "give", to: theirs });
  expect(given).toMatchObject({ done: [], refused: wait.map(() => ({ code: "NOT_FOR_HER" })) });
  const other = { kind: "request-new", id: wait[0]!.id } as InboxEntry;
  expect((await deed(sari, [other], { act: "done" })).refused).toMatchObject([{ code: "NOT_FOUND" }]);
  // Whoever does not see the case does nothing with what lies in it, whatever she asks for.
  expect((await deed(await id.as("yusuf"), wait, { act: "done" })).done).toEqual([]);

  const seen = (await ours(bima)).length;
  const toBima = await deed(sari, wait, { act: "give", to: (await officerOf(bima)).id });
  expect(toBima.done).toHaveLength(wait.length);
  expect((await ours(bima)).length).toBe(seen + wait.length);
  expect((await deed(bima, wait, { act: "done" })).done).toHaveLength(wait.length);
  expect(await ours(bima)).toHaveLength(seen);
  expect((await deed(bima, wait, { act: "reopen" })).done).toHaveLength(wait.length);
  expect((await deed(bima, wait, { act: "give", to: null })).done).toHaveLength(wait.length);
  expect(await ours(sari)).toHaveLength(wait.length);
});

test.each([
  [null, "since 2031-04-01"],
  ["2031-04-12", "due 2031-04-12 in 2 d 11 h"],
  ["2031-04-10T15:30:00Z", "due 2031-04-10 in 3 h 30 min"],
  ["2031-04-10T12:00:10Z", "due 2031-04-10 in 1 min"],
  ["2031-04-10T09:00:00Z", "OVERDUE 3 h 1 min"],
  ["2031-04-10", "due 2031-04-10 in 11 h 59 min"],
])("what is due %j says %s", (due, says) => {
  const now = new Date("2031-04-10T12:00:00Z");
  expect(clockOf({ due, since: "2031-04-01T08:00:00.000Z" }, now)).toBe(says);
});
