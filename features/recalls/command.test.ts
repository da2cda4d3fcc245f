// Calling back from the command line: what left, who has it, called back, let go, answered; and what it says when it may not.
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { nations, type Nation } from "@simpul/testing";
import { linesOf, typed } from "@simpul/testing/typed";
import { afterAll, beforeAll, expect, test } from "vitest";
import { signInCommand } from "../access/command.ts";
import { chosen, prove, recordsOf, until } from "../requests/testing.ts";
import {
  answers,
  arrived,
  asks,
  passesOn,
  peopleOf,
  recallStands,
  type People,
  type Thread,
} from "../../testing/calling-back.ts";
import { recallCommand } from "./command.ts";
import type { Given, RecallHead, RecallView } from "./contract.ts";

let home: string;
let id: Nation, kh: Nation, ph: Nation;
let people: People;
let thread: Thread;
let phone: string, van: string;

const says = (...words: string[]) => typed(recallCommand, words);
const as = (nation: Nation, officer: string) =>
  typed(signInCommand, ["--node", nation.web.address, "--as", officer]);
const withdraws = (record: string) => [
  "begin",
  thread.came,
  ...["--records", record, "--kind", "withdraw", "--why", "inaccurate"],
  ...["--reason", "EXERCISE: the hotel corrected its list"],
];

beforeAll(async () => {
  home = await mkdtemp(path.join(os.tmpdir(), "simpul-cli-"));
  process.env["SIMPUL_CLI_HOME"] = home;
  ({ id, kh, ph } = await nations("id", "kh", "ph"));
  people = await peopleOf(id, kh, ph);
  thread = await asks(people);
  const { selector } = await recordsOf(people.sreymom, thread.theirs.number);
  phone = selector!.find((one) => one.type === "phone")!.id;
  van = selector!.find((one) => one.type === "vehicle")!.id;
  const open = { handling: { codes: ["H0" as const] }, link: "" };
  await answers(people, thread, { records: [chosen(phone, open), chosen(van, open)] });
  await arrived(people.rina, thread.asked);
  await passesOn(people, thread.ours.number, [phone]);
}, 180_000);
afterAll(() => rm(home, { recursive: true }));

test("what left is listed, called back by its desk, let go by another officer, and answered over there by name", async () => {
  await as(kh, "sreymom");
  const given = linesOf(await says("given", thread.came, "--json")) as unknown as Given[];
  expect(given.find((one) => one.record === phone)).toMatchObject({ what: "selector", to: ["id"] });
  expect((await says("given", thread.came)).text).toContain(`${phone}\tselector\tid\twithdraw,`);
  const begun = await says(...withdraws(phone));
  expect(begun).toMatchObject({ exit: 0, wrong: "" });
  const recall = begun.text.trim();
  expect(await says("show", recall)).toMatchObject({
    exit: 0,
    text: expect.stringContaining("you may: recall.drop") as string,
  });
  // Whoever wrote it does not let it go, proven or not.
  expect(await says("approve", recall)).toMatchObject({ exit: 1 });
  await prove(people.sreymom, "recall.approve", recall);
  expect(await says("approve", recall)).toMatchObject({ exit: 1 });

  await as(kh, "sophea");
  expect((await says("list", "--box", "ours", "--state", "open")).text).toContain(
    `${recall}\tours\twithdraw\tsubmitted\t-\t0/0 answered\tinaccurate\n`,
  );
  expect(await says("approve", recall, "--reason", "EXERCISE")).toMatchObject({
    exit: 0,
    text: "called back\n",
  });

  // Indonesia passed it on, so an officer there answers; the Philippines made nothing of it.
  await recallStands(people.rina, recall, ({ flags }) => flags.length > 0);
  await as(id, "rina");
  const [came] = linesOf(await says("list", "--box", "theirs", "--json")) as unknown as RecallHead[];
  expect(came).toMatchObject({ id: recall, ours: false, originator: "kh", state: "open" });
  const shown = await says("show", recall);
  expect(shown.text).toContain("EXERCISE: the hotel corrected its list");
  expect(shown.text).toContain("made of it: request");
  expect(shown.text).toContain("you may: recall.answer");
  expect(await says("answer", recall, "--outcome", "partly")).toMatchObject({
    exit: 2,
    wrong: expect.stringContaining("--ground") as string,
  });
  const part = ["answer", recall, "--outcome", "partly", "--ground", "used-in-proceedings"];
  expect(await says(...part)).toMatchObject({
    exit: 1,
    wrong: expect.stringContaining("REASON_NEEDED") as string,
  });
  expect(await says(...part, "--reason", "EXERCISE: named in a report to the prosecutor")).toMatchObject({
    exit: 0,
    text: "answered: partly\n",
  });
  expect(await says("answer", recall, "--outcome", "complied")).toMatchObject({
    exit: 1,
    wrong: expect.stringContaining("NOT_NOW") as string,
  });

  await as(kh, "sophea");
  const tree = await until(
    async () => linesOf(await says("show", recall, "--json"))[0] as unknown as RecallView,
    (view) => view.tree.length === 2 && view.tree.every((one) => one.answeredAt !== null),
  );
  expect(tree.tree.find((one) => one.holder === "id")).toMatchObject({
    outcome: "partly",
    code: "used-in-proceedings",
  });
  const told = (await says("show", recall)).text;
  expect(told).toContain("kh > id: partly");
  expect(told).toContain("id > ph: complied");
  expect((await says("list", "--state", "closed", "--request", thread.came)).text).toContain("2/2 answered");
});

test("before it leaves it goes back to its author, who gives it up", async () => {
  await as(kh, "sreymom");
  const recall = (await says(...withdraws(van))).text.trim();
  expect(await says(...withdraws(van))).toMatchObject({
    exit: 1,
    wrong: expect.stringContaining("WAITS_ALREADY") as string,
  });
  await as(kh, "sophea");
  expect(await says("return", recall, "--reason", "EXERCISE: which of the two?")).toMatchObject({ exit: 0 });
  await as(kh, "sreymom");
  expect((await says("list", "--box", "ours")).text).toContain(`${recall}\tours\twithdraw\treturned`);
  expect(await says("drop", recall)).toMatchObject({ exit: 0, text: "given up\n" });
  expect(await says("drop", recall)).toMatchObject({
    exit: 1,
    wrong: expect.stringContaining("NOT_NOW") as string,
  });
});

test("stricter terms and a lower grade are said in the field's own codes", async () => {
  await as(kh, "sreymom");
  const begin = (kind: string, ...more: string[]) =>
    says("begin", thread.came, "--records", van, "--kind", kind, "--reason", "EXERCISE", ...more);
  const restrict = (...more: string[]) => begin("restrict", "--why", "terms-too-wide", ...more);
  for (const unusable of [
    await restrict(),
    await restrict("--codes", "H9"),
    // H3 says which restriction.
    await restrict("--codes", "H1,H3"),
    await begin("regrade", "--why", "source-doubted"),
    await begin("regrade", "--why", "source-doubted", "--grade", "D5"),
    await begin("melt", "--why", "inaccurate"),
    await begin("withdraw", "--why", "inaccurate", "--codes", "H1"),
  ])
    expect(unusable).toMatchObject({
      exit: 2,
      text: "",
      wrong: expect.stringContaining("UNUSABLE") as string,
    });
  const made = await restrict("--codes", "H1, H2,H3", "--terms", "EXERCISE: at the desk only");
  expect(made).toMatchObject({ exit: 0, wrong: "" });
  const [view] = linesOf(await says("show", made.text.trim(), "--json")) as unknown as RecallView[];
  expect(view).toMatchObject({
    kind: "restrict",
    endsGrants: true,
    handling: { codes: ["H1", "H2", "H3"], text: "EXERCISE: at the desk only" },
  });
  await says("drop", made.text.trim());
  const kept = await restrict("--codes", "H1,H2", "--keep-permissions");
  expect(linesOf(await says("show", kept.text.trim(), "--json"))[0]).toMatchObject({ endsGrants: false });
});

test("codes are listed; what cannot be done is said by its code", async () => {
  await as(kh, "sreymom");
  const listed = (await says("codes")).text;
  expect(listed).toContain("begin\tperson-at-risk\twithdraw,correct,destroy,restrict\tsafety\n");
  expect(listed).toContain("answer\tduty-to-keep\trefused\n");
  const why = (code: string) => [...withdraws(phone).slice(0, -3), code, "--reason", "EXERCISE"];
  expect(await says(...why("because"))).toMatchObject({
    exit: 1,
    wrong: expect.stringContaining("NOT_A_LISTED_CODE") as string,
  });
  const nowhere = "01890000-0000-7000-8000-000000000000";
  for (const words of [
    ["show", nowhere],
    ["approve", nowhere],
    ["given", nowhere],
  ])
    expect(await says(...words)).toMatchObject({
      exit: 1,
      wrong: expect.stringContaining("NOT_FOUND") as string,
    });
  // An officer whose desk has no part in it learns nothing of it.
  await as(id, "sari");
  expect(await says("list")).toMatchObject({ exit: 0, text: "" });
});
