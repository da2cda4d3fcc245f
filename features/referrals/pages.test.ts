// The screens of a caseworker: she asks in her language, refers, hands a link to a shelter that answers on a phone, and takes back.
import { openBrowser } from "@simpul/testing/browser";
import { blank, enter, look } from "@simpul/testing/pages";
import { nations, type Nation } from "@simpul/testing";
import type { Id } from "@simpul/model";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { exercisePassphrase } from "../victims/opening.ts";
import { helper, newPerson, nurul, says, service, word, type Helper } from "../../testing/shares.ts";

let id: Nation;
let browser: Browser;
let maya: Helper;
let page: Page;
let person: Id;
let shelter: Id;

beforeAll(async () => {
  [{ id }, browser] = await Promise.all([nations("id"), openBrowser()]);
  maya = await helper(id, "maya");
  person = await newPerson(maya, { ...nurul, languages: ["my"] });
  ({ id: shelter } = await maya.person.must<{ id: Id }>("POST", "/api/referrals/services", service()));
  page = await enter(browser, id, "maya", { language: "en" });
  await page.request.patch(`${id.web.address}/api/access/session`, {
    data: { purpose: "victim-assistance" },
    headers: { origin: id.web.address, "x-simpul": "page" },
  });
}, 180_000);
afterAll(() => browser.close());

const go = (path: string) => page.goto(id.web.address + path);

test("the desk is opened in place, and she is asked in her own language beside the officer's", async () => {
  await go(`/referrals/people/${person}/ask`);
  await page.getByLabel("Passphrase", { exact: true }).fill(exercisePassphrase);
  await page.getByRole("button", { name: "Open", exact: true }).click();
  await page.getByRole("combobox", { name: "Who will be told" }).click();
  await page.getByRole("option", { name: /Rumah Aman/ }).click();
  await page.getByRole("combobox", { name: "What for" }).click();
  await page.getByRole("option", { name: "help", exact: true }).click();
  await page.getByRole("combobox", { name: "What they will be told" }).click();
  await page.getByRole("option", { name: "Name" }).click();
  await page.getByRole("option", { name: "Languages" }).click();
  await page.keyboard.press("Escape");
  await page.locator("[lang=my]", { hasText: "Rumah Aman" }).first().waitFor();
  await page.getByRole("radio", { name: "with an interpreter" }).click();
  await page.getByRole("textbox", { name: "Interpreter" }).fill("Daw Khin (EXERCISE)");
  await look(page, "consent-ask");
  await page.getByRole("button", { name: "She says yes" }).click();
  await page.getByText("Daw Khin (EXERCISE)").waitFor();
  await look(page, "consent");
}, 120_000);

test("a shelter opens the link on a phone, says yes, and the link is dead", async () => {
  await go(`/referrals/people/${person}/refer`);
  await page.getByRole("combobox", { name: "Who will be told" }).click();
  await page.getByRole("option", { name: /Rumah Aman/ }).click();
  await page.getByLabel("Urgent").check();
  await page.getByRole("textbox", { name: "Name" }).fill("Nurul Hidayah EXERCISE");
  await page.getByRole("textbox", { name: "Languages" }).fill("မြန်မာ");
  await look(page, "refer");
  await page.getByRole("button", { name: "Make the link" }).click();
  const link = (await page.locator("pre", { hasText: "/handed/" }).textContent()) ?? "";
  expect(link).toContain("#");
  await look(page, "referral");

  const phone = await blank(browser, { width: 390 });
  const asked: string[] = [];
  phone.on("request", (request) => asked.push(request.url() + (request.postData() ?? "")));
  // A preview of the link, as messengers make it, opens nothing: the key never reaches a server.
  expect((await phone.request.get(link.split("#")[0]!)).status()).toBe(200);
  await phone.goto(link);
  await phone.getByText("Nurul Hidayah EXERCISE").waitFor();
  const key = link.split("#")[1]!;
  expect(asked.some((one) => one.includes(key))).toBe(false);
  expect(phone.url()).not.toContain(key);
  await look(phone, "handed");
  await phone.getByLabel("Your name").fill("Ibu Melati (EXERCISE)");
  await phone.getByRole("button", { name: "Yes, we can" }).click();
  await phone.getByText(/does not open again/).waitFor();
  await look(phone, "handed-yes");
  await phone.goto("about:blank");
  await phone.goto(link);
  await phone.getByText("This link does not open any more").waitFor();

  await page.getByText("Ibu Melati (EXERCISE)").waitFor();
  await go("/referrals?tab=out");
  await page.getByText("accepted").first().waitFor();
  await page.getByText("Next: arrived").waitFor();
  await look(page, "board");
}, 180_000);

test("she takes it back: the shelter that read it is to be called, and the board says so until somebody did", async () => {
  await go(`/referrals/people/${person}`);
  await page.getByRole("button", { name: "She takes it back" }).first().click();
  await page.getByRole("button", { name: "She takes it back" }).last().click();
  await page.getByText(/1 recipient is told/).waitFor();
  await page.getByText("she took it back").first().click();
  await page.getByText("told, not confirmed yet").waitFor();
  await page.getByRole("button", { name: "I told them to stop using it" }).click();
  await page.getByText("confirmed: no longer used").waitFor();
}, 60_000);

test("directory, keys and clocks read well on a desk and on a phone", async () => {
  await says(
    maya,
    person,
    word({ recipient: { kind: "service", id: shelter }, recipientName: "Rumah Aman" }),
  );
  for (const [path, text] of [
    ["services", "Rumah Aman"],
    ["desk-keys", "No other victim desk"],
    ["tracks", "Urgent shelter"],
  ] as const) {
    await go(`/referrals/${path}`);
    await page.getByText(text).first().waitFor();
    await look(page, `referrals-${path}`);
  }
}, 90_000);
