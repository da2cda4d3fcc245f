// The planner, one way home, a notice and a list as the officers of two desks see them, on a desk and on a phone.
import { accessNode } from "@simpul/server";
import { nations, type Nation } from "@simpul/testing";
import { openBrowser } from "@simpul/testing/browser";
import { enter, look } from "@simpul/testing/pages";
import type { Id } from "@simpul/model";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { referralsNode } from "../../apps/server/referrals.ts";
import {
  handOver,
  helper,
  newPerson,
  nurul,
  says,
  stands,
  until,
  word,
  type Helper,
} from "../../testing/shares.ts";
import { tellDeskKey } from "../referrals/desk-keys/keys.ts";
import { randomId } from "../victims/contract.ts";
import { exercisePassphrase } from "../victims/opening.ts";

let id: Nation, kh: Nation;
let browser: Browser;
let maya: Helper, sreypov: Helper;
let page: Page, theirs: Page;
let person: Id;

async function desk(nation: Nation, officer: string): Promise<Page> {
  const made = await enter(browser, nation, officer, { language: "en" });
  await made.request.patch(`${nation.web.address}/api/access/session`, {
    data: { purpose: "victim-assistance" },
    headers: { origin: nation.web.address, "x-simpul": "page" },
  });
  await made.goto(`${nation.web.address}/returns`);
  await made.getByLabel("Passphrase", { exact: true }).fill(exercisePassphrase);
  await made.getByRole("button", { name: "Open", exact: true }).click();
  return made;
}

beforeAll(async () => {
  [{ id, kh }, browser] = await Promise.all([nations("id", "kh"), openBrowser()]);
  maya = await helper(id, "maya");
  sreypov = await helper(kh, "sreypov");
  for (const [nation, of] of [
    [id, maya],
    [kh, sreypov],
  ] as const)
    await tellDeskKey(referralsNode(nation.node, accessNode(nation.node, nation.web.address), of.room));
  for (const of of [maya, sreypov])
    await until(async () => {
      const { states } = await of.person.must<{ states: string[] }>("GET", "/api/returns/states");
      return states.length === 1 ? states : null;
    }, "the desks never learnt each other's keys");
  person = await newPerson(maya, { ...nurul, nationalities: ["ET"] });
  [page, theirs] = [await desk(id, "maya"), await desk(kh, "sreypov")];
}, 180_000);
afterAll(() => browser.close());

test("her choice comes first, and the departure waits for it", async () => {
  await page.goto(`${id.web.address}/returns/people/${person}`);
  await page.getByText(/she was not asked/).waitFor();
  await look(page, "return-plan");
  await page.getByRole("radio", { name: "to go home" }).check();
  await page.getByRole("textbox", { name: "In her words" }).fill("EXERCISE");
  await page.getByRole("button", { name: "Save" }).first().click();
  await page.getByRole("button", { name: "She says something else now" }).waitFor();
  await page.getByRole("combobox", { name: "What" }).click();
  await page.getByRole("option", { name: "Departure" }).click();
  await page.getByRole("button", { name: "Save" }).last().click();
  await page.getByText("Something stands in the way of leaving.").waitFor();
  await page.goto(`${id.web.address}/returns`);
  await page.getByText(/risks were not weighed/).waitFor();
  await look(page, "return-planner");
}, 120_000);

test("a notice and a list are answered at the other desk, person by person", async () => {
  const thread = randomId();
  await maya.prove(thread);
  const notice = {
    ...{ kind: "missing", names: "Siti EXERCISE", sex: "female", born: "2003", nationality: "ID" },
    ...{ lastSeen: "EXERCISE: Batam", marks: "", asks: "her sister" },
  };
  await maya.person.must("POST", "/api/returns/missing", { thread, to: ["kh"], notice });
  await newPerson(sreypov, { ...nurul, names: [{ text: "Siti Aminah EXERCISE", use: "own" }] });
  await says(maya, person, word({ purpose: "return", data: ["name", "sex-age", "documents"] }));
  const list = randomId();
  await maya.prove(list);
  await maya.person.must("POST", "/api/returns/nationality", { thread: list, to: "kh", people: [person] });
  await theirs.goto(`${kh.web.address}/returns/missing`);
  await theirs.getByRole("link", { name: "Somebody is missing" }).click();
  await theirs.getByText("same name").waitFor();
  await look(theirs, "notice");
  await theirs.getByRole("radio", { name: /She is safe/ }).check();
  await theirs.getByRole("button", { name: "Answer", exact: true }).click();
  await theirs.getByText("answered").waitFor();
  await theirs.goto(`${kh.web.address}/returns/nationality`);
  await theirs.getByRole("link", { name: /from Indonesia/ }).click();
  await theirs.getByRole("combobox", { name: "Answer" }).click();
  await theirs.getByRole("option", { name: "not found" }).click();
  await look(theirs, "nationality");
  await theirs.getByRole("button", { name: "Answer", exact: true }).click();
  await page.goto(`${id.web.address}/returns/nationality`);
  await page.getByText("1 answer").waitFor();
  await page.getByRole("link", { name: /to Cambodia/ }).click();
  await page.getByRole("button", { name: "Keep the answers with each person" }).click();
  await page.getByText("Kept with 1 person.").waitFor();
  expect((await maya.desk()).person(person)!.entries.at(-1)!.kind).toBe("returns.nationality");
}, 120_000);

test("looking for somebody leaves the state by the red button alone", async () => {
  await page.goto(`${id.web.address}/returns/missing/new`);
  await page.getByRole("textbox", { name: "Names" }).fill("Pisey (EXERCISE)");
  await look(page, "missing-new");
  await page.goto(`${id.web.address}/returns/nationality/new`);
  await page.getByText("Only those who agreed").waitFor();
  await look(page, "nationality-new");
}, 90_000);

test("who moved to another state's desk is nowhere offered what would be refused", async () => {
  const moved = await newPerson(maya, nurul);
  await says(maya, moved, word({ purpose: "care-elsewhere", data: ["file"] }));
  const offer = await handOver(maya, moved, "kh");
  await stands(sreypov, offer, "pending");
  await page.goto(`${id.web.address}/victims/${moved}`);
  await page.getByText("The hand-over to Cambodia waits for their answer").waitFor();
  await sreypov.person.must("POST", `/api/referrals/shares/${offer}/accept`, {});
  await stands(maya, offer, "accepted");
  for (const path of [
    "victims/:id",
    "victims/:id/change",
    "referrals/people/:id/refer",
    "referrals/people/:id/ask",
    "returns/people/:id",
  ]) {
    await page.goto(`${id.web.address}/${path.replace(":id", moved)}`);
    await page.getByText("Cambodia looks after her now").waitFor();
    expect(await page.getByRole("textbox").filter({ visible: true }).count(), path).toBe(0);
  }
  await look(page, "return-moved");
  await page.goto(`${id.web.address}/referrals/people/${moved}`);
  await page.getByRole("button", { name: "Send as a proposal" }).waitFor();
  await look(page, "sharing-moved");
  await page.goto(`${id.web.address}/victims`);
  await page.getByText("with Cambodia").waitFor();
  await look(page, "victims-moved");
}, 120_000);
