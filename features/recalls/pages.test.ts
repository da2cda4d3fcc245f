// Calling back as officers of two states do it: three questions, the red button, and what it shows where the others work.
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { loadPolicy, type TwoPersons } from "@simpul/policy";
import { cedar } from "@simpul/policy/cedar";
import { nations, type Nation } from "@simpul/testing";
import { openBrowser } from "@simpul/testing/browser";
import { enter, look } from "@simpul/testing/pages";
import { typed } from "@simpul/testing/typed";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { signInCommand } from "../access/command.ts";
import { takeInCommand } from "../evidence/command.ts";
import type { Export } from "../evidence/contract.ts";
import { chosen, prove, recordsOf, until } from "../requests/testing.ts";
import {
  answers,
  arrived,
  asks,
  callsBack,
  fileOf,
  held,
  passesOn,
  peopleOf,
  recallStands,
  why,
  type People,
  type Thread,
} from "../../testing/calling-back.ts";
import { casesNode } from "../../apps/server/cases.ts";
import { checksNode } from "../../apps/server/checks.ts";
import { recallsNode } from "../../apps/server/recalls.ts";
import { requestsNode } from "../../apps/server/requests.ts";
import { retentionNode } from "../../apps/server/retention.ts";
import { checksForOthers } from "../checks/others.ts";
import { reviewKept } from "../retention/jobs.ts";
import frame from "../../packages/doors/i18n/words/en.json" with { type: "json" };
import access from "../access/words/en.json" with { type: "json" };
import cases from "../cases/words/en.json" with { type: "json" };
import kept from "../retention/words/en.json" with { type: "json" };
import requests from "../requests/words/en.json" with { type: "json" };
import say from "./words/en.json" with { type: "json" };

let id: Nation, kh: Nation, ph: Nation;
/** So that the test reads. */
const english = { language: "en" };
let browser: Browser;
let home: string;
let people: People;
let thread: Thread;
let item: string, phone: string, van: string;
let recall: string;
let rina: Page, sreymom: Page, sophea: Page;

beforeAll(async () => {
  home = await mkdtemp(path.join(os.tmpdir(), "simpul-recalls-"));
  process.env["SIMPUL_CLI_HOME"] = home;
  browser = await openBrowser();
  ({ id, kh, ph } = await nations("id", "kh", "ph"));
  people = await peopleOf(id, kh, ph);
  thread = await asks(people);
  const file = await fileOf("registration.csv", "date,name,phone\n2031-02-05,Melly,+62 854-0000-1702\n");
  await typed(signInCommand, ["--node", kh.web.address, "--as", "sreymom"]);
  const said = await typed(takeInCommand, [file, "--case", thread.theirs.id, "--json"]);
  item = (JSON.parse(said.text) as { id: string }).id;
  const { selector } = await recordsOf(people.sreymom, thread.theirs.number);
  phone = selector!.find((one) => one.type === "phone")!.id;
  van = selector!.find((one) => one.type === "vehicle")!.id;
  const open = { handling: { codes: ["H0" as const] }, link: "" };
  await answers(people, thread, {
    records: [chosen(phone, open), chosen(van, { ...open, evaluation: { source: "A", information: "1" } })],
    items: [chosen(item, { ...open, grants: { case: true, court: true, recipients: [] } })],
  });
  await arrived(people.rina, thread.asked);
  await until(
    () => held(people.rina, thread.ours.number),
    ({ items }) => items[0]?.arrival.state === "sealed",
  );
  // What Indonesia makes of it: a request to the Philippines, a selector of its own case, a bundle for its court.
  await passesOn(people, thread.ours.number, [van]);
  await people.rina.must("POST", `/api/cases/${thread.ours.number}/records/selector`, {
    fields: { type: "phone", written: "+62 854-0000-1702", role: "suspect", subject: null },
    source: { kind: "item", item },
  });
  await prove(people.rina, "evidence.export", thread.ours.id);
  await people.rina.must("POST", "/api/evidence/exports", {
    case: thread.ours.id,
    items: [item],
    recipient: "EXERCISE: Pengadilan Negeri",
    recipientState: "id",
    reason: "EXERCISE",
    fields: [],
    unproven: "EXERCISE: no other state is needed here",
  });
  await until(
    () => people.rina.must<{ exports: Export[] }>("GET", "/api/evidence/exports"),
    ({ exports }) => exports[0]?.state === "ready",
    60,
  );
  [rina, sreymom, sophea] = [
    await enter(browser, id, "rina", english),
    await enter(browser, kh, "sreymom", english),
    await enter(browser, kh, "sophea", english),
  ];
}, 240_000);
afterAll(async () => {
  await browser.close();
  await rm(home, { recursive: true });
});

const press = (page: Page, name: string): Promise<void> =>
  page.getByRole("button", { name, exact: true }).click();
/** Every red button that can be seen: what it says. */
const red = (page: Page): Promise<string[]> => page.locator("main .s-leave").allInnerTexts();

test("her desk calls back what it gave by three questions; nothing leaves before a second officer presses the red button", async () => {
  await sreymom.goto(`${kh.web.address}/requests/${thread.came}`);
  await sreymom.getByRole("link", { name: requests["requests.back.begin"] }).click();
  await sreymom.getByLabel("registration.csv").check();
  await look(sreymom, "recalls-what");
  await press(sreymom, "Continue");
  await sreymom.getByRole("radio", { name: say["recalls.kind.withdraw"] }).check();
  await look(sreymom, "recalls-how");
  await press(sreymom, "Continue");
  await sreymom.getByRole("combobox", { name: say["recalls.why"] }).click();
  await sreymom.getByRole("option", { name: say["recalls.reason.inaccurate"] }).click();
  await sreymom.getByLabel(say["recalls.inWords"]).fill("EXERCISE: the hotel corrected its list.");
  await look(sreymom, "recalls-why");
  await press(sreymom, "Continue");
  await sreymom.getByText("Check your answers").waitFor();
  await sreymom.getByText("7 days", { exact: true }).waitFor();
  await look(sreymom, "recalls-check");
  // It goes to a colleague, not abroad.
  expect(await red(sreymom)).toEqual([]);
  await press(sreymom, say["recalls.submit"]);
  await sreymom.waitForURL(/\/recalls\/[0-9a-f-]{36}$/);
  recall = sreymom.url().split("/").at(-1)!;
  await sreymom.getByText(say["recalls.state.submitted"]).first().waitFor();
  expect(await red(sreymom)).toEqual([]);

  await sophea.goto(`${kh.web.address}/recalls`);
  await sophea.getByRole("link", { name: /Stop using · by us/ }).waitFor();
  await look(sophea, "recalls-list");
  await sophea.getByRole("link", { name: /Stop using · by us/ }).click();
  await sophea.getByText(say["recalls.inWords"]).or(sophea.getByText("registration.csv")).first().waitFor();
  expect(await red(sophea)).toEqual([say["recalls.letGo"]]);
  await look(sophea, "recalls-approve");
  await press(sophea, say["recalls.letGo"]);
  const dialog = sophea.getByRole("dialog").filter({ hasText: "Exactly what they will see" });
  // No name of ours goes along, no title of what it is.
  await dialog.getByText("EXERCISE: the hotel corrected its list.").waitFor();
  expect(await dialog.innerText()).not.toContain("registration.csv");
  await look(sophea, "recalls-leave");
  await dialog.getByLabel("Why does this leave the state?").fill("EXERCISE: agreed");
  await dialog.getByRole("button", { name: say["recalls.letGo"] }).click();
  await press(sophea, "EXERCISE: confirm with a click");
  await dialog.waitFor({ state: "detached" });
  await sophea.getByText(say["recalls.tree"]).waitFor();
  expect(await red(sophea)).toEqual([]);
}, 120_000);

test("over there the request, the case, its number and the bundle say who called back what, when and why", async () => {
  await recallStands(people.rina, recall, ({ flags }) => flags.length > 1);
  // Beside it a grade that was lowered: the record stays, with its mark.
  const lowered = await callsBack(
    people,
    thread.came,
    why("regrade", [van], { evaluation: { source: "C", information: "4" }, safety: true }),
  );
  await recallStands(people.rina, lowered, ({ flags }) => flags.length > 0);
  const told = requests["requests.back.withdraw"].replace(/\{state\}(.*?)\{.*/u, "Cambodia$1");
  await rina.goto(`${id.web.address}/requests/${thread.asked}`);
  await rina.getByText(told).waitFor();
  await look(rina, "recalls-request");

  await rina.goto(`${id.web.address}/cases/${thread.ours.number}`);
  const alert = rina.getByRole("alert").filter({ hasText: cases["cases.back"] });
  await alert.getByText(told).waitFor();
  await alert.getByText(say["recalls.reason.inaccurate"]).waitFor();
  await look(rina, "recalls-case");
  await rina.goto(`${id.web.address}/cases/${thread.ours.number}/selectors`);
  const number = rina.getByRole("row").filter({ hasText: "+6285400001702" });
  await number.getByRole("link", { name: "Its source · Stop using · Cambodia" }).waitFor();
  await look(rina, "recalls-selectors");
  await rina.goto(`${id.web.address}/cases/${thread.ours.number}/abroad`);
  await rina.getByRole("link", { name: "Another grade · Cambodia" }).waitFor();
  await look(rina, "recalls-abroad");

  for (const where of [`?case=${thread.ours.number}`, ""]) {
    await rina.goto(`${id.web.address}/evidence/export${where}`);
    const bundle = rina.getByRole("article").filter({ hasText: "EXERCISE: Pengadilan Negeri" });
    await bundle.getByText(told).waitFor();
    await bundle.getByText(say["recalls.reason.inaccurate"]).waitFor();
    // It is there, as it was given; the node hands it out no more.
    expect(await bundle.getByRole("link", { name: /^Fetch the bundle/ }).count()).toBe(0);
  }
  await look(rina, "recalls-bundles");
  await rina.getByRole("link", { name: requests["requests.back.look"] }).click();
  await rina.waitForURL(new RegExp(`/recalls/${recall}$`));
}, 120_000);

test("she answers by name, in part and with its ground; the state that called back sees it in its tree", async () => {
  await rina.getByText(say["recalls.answerIt"]).first().waitFor();
  await rina.getByRole("radio", { name: say["recalls.outcome.partly"] }).check();
  await rina.getByRole("combobox", { name: say["recalls.ground"] }).click();
  await rina.getByRole("option", { name: say["recalls.answer.used-in-proceedings"] }).click();
  await rina.getByLabel(say["recalls.inWords"]).fill("EXERCISE: named to the court.");
  expect(await red(rina)).toEqual(["Answer Cambodia"]);
  await look(rina, "recalls-answer");
  await press(rina, "Answer Cambodia");
  const dialog = rina.getByRole("dialog").filter({ hasText: "Exactly what they will see" });
  await look(rina, "recalls-answer-leaves");
  await dialog.getByRole("button", { name: "Answer Cambodia" }).click();
  await dialog.waitFor({ state: "detached" });
  await rina.getByText(say["recalls.ourAnswer"]).first().waitFor();
  expect(await red(rina)).toEqual([]);
  await look(rina, "recalls-answered");
  const tree = sophea.getByRole("region", { name: say["recalls.tree"] });
  await tree.getByText("EXERCISE: named to the court.").waitFor();
  await look(sophea, "recalls-tree");
}, 120_000);

test("with a correction the officer who lets it go reads the new version before it leaves", async () => {
  const { selector } = await recordsOf(people.sreymom, thread.theirs.number);
  const kept = selector!.find((one) => one.id === phone)!;
  await people.sreymom.must("PATCH", `/api/cases/${thread.theirs.number}/records/selector/${phone}`, {
    field: "role",
    value: "facilitator",
    read: (kept as unknown as { versions: Record<string, number> }).versions["role"] ?? 1,
  });
  const made = await people.sreymom.must<{ id: string }>(
    "POST",
    `/api/recalls/given/${thread.came}`,
    why("correct", [phone]),
  );
  await sophea.goto(`${kh.web.address}/recalls/${made.id}`);
  await press(sophea, say["recalls.letGo"]);
  const dialog = sophea.getByRole("dialog").filter({ hasText: "Exactly what they will see" });
  await dialog.getByText(/^New version:.*Facilitator/).waitFor();
  await dialog.getByText(say["recalls.sameCodes"]).waitFor();
  await look(sophea, "recalls-correct");
}, 60_000);

test("what is due for review asks its owner: she holds it for a court with her reason, and ends the hold; deleting takes a colleague's word here", async () => {
  const its = casesNode(kh.node);
  const requesting = requestsNode(kh.node, its, checksForOthers(checksNode(kh.node, its)));
  const room = retentionNode(kh.node, requesting, recallsNode(kh.node, requesting));
  const { kinds } = room.terms;
  // As if the first period of contact data were over.
  const over = { ...room.terms, kinds: { ...kinds, selector: { ...kinds.selector, days: 0 } } };
  await reviewKept({ ...room, terms: over });
  // A start with this state's own setting: deleting takes a colleague's word.
  const twoPersons: TwoPersons = { version: "EXERCISE", rules: [{ act: "retention.delete", persons: 2 }] };
  Object.assign(kh.node, { policy: loadPolicy(cedar, { twoPersons }) });
  await kh.leave();
  await kh.comeBack();
  await sreymom.goto(`${kh.web.address}/retention`);
  const card = sreymom.getByRole("listitem").filter({ hasText: "+6285400001702" }).first();
  await card.getByText(/deleted after/).waitFor();
  await look(sreymom, "retention-due");
  await card.getByRole("button", { name: kept["retention.act.hold"] }).click();
  await card.getByLabel(kept["retention.reason"]).fill("EXERCISE: the court asked for it.");
  await look(sreymom, "retention-hold");
  await card.getByRole("button", { name: kept["retention.act.hold"] }).last().click();
  await card.getByText(kept["retention.isHeld"], { exact: true }).waitFor();
  await sreymom.getByRole("tab", { name: kept["retention.held"] }).click();
  const held = sreymom
    .getByRole("tabpanel")
    .getByRole("listitem")
    .filter({ hasText: "EXERCISE: the court asked" });
  await held.getByRole("button", { name: kept["retention.act.release"] }).click();
  await sreymom.getByText(kept["retention.none.held"]).waitFor();
  await look(sreymom, "retention-held-none");

  await sreymom.getByRole("tab", { name: kept["retention.due"] }).click();
  await card.getByRole("button", { name: kept["retention.act.delete"] }).click();
  await card.getByLabel(kept["retention.reason"]).fill("EXERCISE: not needed any more.");
  await card.getByRole("button", { name: kept["retention.act.delete"] }).last().click();
  const dialog = sreymom.getByRole("dialog").filter({ hasText: access["access.second.title"] });
  await dialog.getByRole("combobox", { name: access["access.second.whom"] }).click();
  await sreymom.getByRole("option", { name: /sophea/ }).click();
  await dialog.getByLabel(access["access.second.why"]).fill("EXERCISE: the number is nobody's any more.");
  await look(sreymom, "second-ask");
  await dialog.getByRole("button", { name: access["access.second.ask"] }).click();
  await dialog.waitFor({ state: "detached" });
  await sreymom.getByText(frame["problem.SECOND_WORD"]).waitFor();
  await sophea.goto(`${kh.web.address}/settings/two-persons`);
  const asked = sophea.getByRole("region", { name: access["access.second.waiting"] });
  await asked.getByText("EXERCISE: the number is nobody's any more.").waitFor();
  await look(sophea, "second-asked");
  await asked.getByRole("button", { name: access["access.second.agree"] }).click();
  await asked.getByText(access["access.second.youAgreed"]).waitFor();
}, 120_000);
