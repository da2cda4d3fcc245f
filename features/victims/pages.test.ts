// The victim desk in a real browser: opened by passphrase, then by passkey; a person is added, shown, decided about.
import { readFile } from "node:fs/promises";
import { nations, type Nation } from "@simpul/testing";
import { openBrowser } from "@simpul/testing/browser";
import { enter, look } from "@simpul/testing/pages";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { exercisePassphrase } from "./opening.ts";
import { openVictimDesk } from "@simpul/testing/victim-desk";
import access from "../access/words/id.json" with { type: "json" };
import htcds from "../standards/words/id.json" with { type: "json" };
import say from "./words/id.json" with { type: "json" };

vi.setConfig({ testTimeout: 150_000, hookTimeout: 120_000 });

let id: Nation;
let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
  ({ id } = await nations("id"));
});
afterAll(() => browser.close());

/** A passkey that gives a secret for a salt, as phones and security keys do. */
async function withPasskey(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send("WebAuthn.enable");
  await session.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      ...{ protocol: "ctap2", ctap2Version: "ctap2_1", transport: "internal", hasPrf: true },
      ...{ hasResidentKey: true, hasUserVerification: true, isUserVerified: true },
      automaticPresenceSimulation: true,
    },
  });
  await page.evaluate(`navigator.credentials.create({ publicKey: {
    challenge: new Uint8Array(32), rp: { name: "Simpul" }, pubKeyCredParams: [{ type: "public-key", alg: -7 }],
    user: { id: new Uint8Array(16), name: "maya", displayName: "Maya" },
    authenticatorSelection: { residentKey: "required", userVerification: "required" }, extensions: { prf: {} },
  } }).then(() => true)`);
}

const open = async (page: Page): Promise<void> => {
  await page.getByLabel(say["victims.passphrase"], { exact: true }).fill(exercisePassphrase);
  await page.getByRole("button", { name: say["victims.gate.open"], exact: true }).click();
};

test("the desk opens in place, and a person is added with what she needs first", async () => {
  const maya = await enter(browser, id, "maya");
  await maya.goto(`${id.web.address}/victims`);
  await maya.getByText(say["victims.gate.shut"]).waitFor();
  await look(maya, "victims-shut");
  await open(maya);
  await maya.getByText(say["victims.empty"]).first().waitFor();
  await maya.getByRole("link", { name: say["victims.new"] }).first().click();
  const names = maya.getByRole("combobox", { name: say["victims.names"] });
  await names.fill("Ayu LATIHAN");
  await names.press("Enter");
  await maya.getByLabel(say["victims.needs"], { exact: true }).first().click();
  await maya.getByRole("option", { name: say["victims.need.shelter"] }).click();
  await maya.keyboard.press("Escape");
  await maya.getByLabel(say["victims.age.adult"], { exact: true }).check();
  await maya.getByLabel(say["victims.born"]).fill("2/4/2560");
  await maya.getByText(say["victims.born.buddhist"].replace("{read}", "2017-04-02")).waitFor();
  await maya.getByLabel(say["victims.field.place"]).fill("Rumah Aman LATIHAN");
  await look(maya, "victims-new");
  await maya.getByRole("button", { name: say["victims.new.act"], exact: true }).click();
  await maya.getByText(say["victims.age.child.means"]).waitFor();
  expect(await maya.getByText("Rumah Aman LATIHAN").count()).toBe(0);
  await look(maya, "victims-person");
  await maya.getByLabel(say["victims.reveal.why"]).fill("ambulans datang");
  await maya.getByRole("button", { name: say["victims.reveal"], exact: true }).click();
  await maya.getByText("Rumah Aman LATIHAN").waitFor();

  await maya.getByRole("tab", { name: say["victims.status"] }).click();
  await maya.getByLabel(say["victims.status.not-identified"]).check();
  await maya.getByText(say["victims.status.consular"]).waitFor();
  await maya.getByLabel(say["victims.status.presumed"], { exact: true }).check();
  await maya.getByLabel(say["victims.status.basis"]).fill("UU 21/2007");
  await maya.getByRole("button", { name: say["victims.status.keep"], exact: true }).click();
  await maya.getByText(/UU 21\/2007 ·/).waitFor();
  await look(maya, "victims-status");

  // A testimony, and what a case is let know.
  await maya.getByRole("tab", { name: say["victims.tab.testimony"] }).click();
  const file = { name: "keterangan.webm", mimeType: "video/webm", buffer: Buffer.alloc(900_000, 7) };
  await maya.locator("input[type=file]").setInputFiles(file);
  await maya.getByRole("button", { name: say["victims.testimony.open"] }).waitFor();
  await look(maya, "victims-testimony");
  const rina = await enter(browser, id, "rina");
  const asked = { title: "LATIHAN: kompleks sungai", crimeType: "trafficking-forced-criminality" };
  const opened = await (await id.as("rina")).must<{ number: string }>("POST", "/api/cases", asked);
  await maya.getByRole("tab", { name: say["victims.tab.released"] }).click();
  await maya.getByLabel(say["victims.release.case"]).fill(opened.number);
  await maya.getByLabel(say["victims.release.age"], { exact: true }).check();
  await maya.getByLabel("keterangan.webm").check();
  await maya.getByLabel(say["victims.release.why"]).fill("LATIHAN: pemeriksaan");
  await maya.getByRole("button", { name: say["victims.release.send"], exact: true }).click();
  await maya.getByText(say["victims.release.second"]).waitFor();
  await look(maya, "victims-release");
  const person = new URL(maya.url()).pathname;
  const lestari = await enter(browser, id, "lestari");
  await lestari.goto(`${id.web.address}${person}?tab=released`);
  await open(lestari);
  await lestari.getByLabel(say["victims.release.type"]).fill(opened.number);
  await lestari.getByRole("button", { name: say["victims.release.agree"], exact: true }).click();
  await lestari.getByRole("button", { name: say["victims.release.callBack"] }).waitFor();
  await rina.goto(`${id.web.address}/released`);
  await rina.getByRole("link", { name: /keterangan/ }).waitFor();
  expect(await rina.getByText("Ayu LATIHAN").count()).toBe(0);
  await look(rina, "victims-released");

  await maya.getByRole("tab", { name: say["victims.tab.seen"] }).click();
  await maya.getByText("ambulans datang").waitFor();
  await look(maya, "victims-seen");
  await maya.goto(`${id.web.address}/victims`);
  await maya.getByRole("link", { name: "Ayu LATIHAN" }).waitFor();
  await look(maya, "victims-list");
  expect(maya.url()).not.toContain("Ayu");
  await maya.goto(`${id.web.address}/victims/due`);
  await maya.getByText(say["victims.due.none"]).waitFor();
  await look(maya, "victims-due");
});

const examples = "../../conformance/htcds-forced-criminality/";
const fileOf = (buffer: Buffer) => ({ name: "latihan.json", mimeType: "application/json", buffer });
test("a file of HTCDS is looked at before it is taken in, goes out by a second officer, and says the same again", async () => {
  const given = await readFile(new URL(`${examples}valid/scam-centre.json`, import.meta.url));
  const asked = { recipient: "LATIHAN: IOM Jakarta", reason: "LATIHAN: mereka minta dibantu di sana" };
  const maya = await enter(browser, id, "maya");
  await maya.goto(`${id.web.address}/standards`);
  await open(maya);
  await maya.getByText(htcds["standards.none"]).waitFor();
  await maya.locator("input[type=file]").setInputFiles(fileOf(given));
  await maya.getByText("Dewi Anggraini").waitFor();
  await look(maya, "standards-in");
  await maya.getByRole("button", { name: /^Masukkan 2/ }).click();
  await maya.getByText(/2 orang dimasukkan/).waitFor();
  const people = [...(await (await openVictimDesk(id, "maya")).desk()).people()];
  const theirs = people.filter(({ facts }) => /Dewi Anggraini|ស្រីមុំ/.test(facts.names[0]!.text));
  await maya.getByLabel(htcds["standards.people"]).fill(theirs.map((one) => one.pseudonym).join(", "));
  await maya.getByLabel(htcds["standards.recipient"]).fill(asked.recipient);
  await maya.getByLabel(htcds["standards.reason"]).fill(asked.reason);
  await maya.getByRole("button", { name: htcds["standards.ask"] }).click();
  await maya.getByText(htcds["standards.state.asked"]).waitFor();
  await look(maya, "standards-asked");

  const lestari = await enter(browser, id, "lestari");
  await lestari.goto(`${id.web.address}/standards`);
  await open(lestari);
  await lestari.getByRole("button", { name: htcds["standards.letOut"], exact: true }).click();
  const [saved] = await Promise.all([
    lestari.waitForEvent("download"),
    lestari.getByRole("button", { name: access["access.stepUp.exercise"] }).click(),
  ]);
  await lestari.getByText(htcds["standards.state.let-out"]).waitFor();
  await look(lestari, "standards-out");
  const records = (text: Buffer) =>
    (JSON.parse(text.toString()) as { records: { prs_FirstName: string }[] }).records.toSorted((a, b) =>
      a.prs_FirstName < b.prs_FirstName ? -1 : 1,
    );
  expect(records(await readFile(await saved.path()))).toEqual(records(given));
});

test("her passkey opens it as well; whoever is not of the desk finds no such room", async () => {
  const maya = await enter(browser, id, "maya");
  await maya.goto(`${id.web.address}/victims/desk`);
  await withPasskey(maya);
  await open(maya);
  await maya.getByRole("heading", { name: say["victims.passkeys"] }).waitFor();
  await maya.getByLabel(say["victims.passphrase"], { exact: true }).fill(exercisePassphrase);
  await maya.getByRole("button", { name: say["victims.passkey.add"] }).click();
  await maya.getByText(say["victims.passkey.since"].replace(" {day}", "")).waitFor();
  await look(maya, "victims-desk");
  await maya.getByRole("button", { name: say["victims.desk.close"] }).click();
  await maya.getByRole("button", { name: say["victims.gate.passkey"] }).click();
  await maya.getByRole("button", { name: say["victims.desk.close"] }).waitFor();

  const sari = await enter(browser, id, "sari");
  await sari.goto(`${id.web.address}/victims`);
  expect(await sari.getByText(say["victims.gate.shut"]).count()).toBe(0);
  expect(await sari.getByRole("link", { name: say["victims.room"] }).count()).toBe(0);
});
