// Subject access in a real browser: entered, agreed to, decided, and the letter as she gets it, in her script.
import { nations } from "@simpul/testing";
import { openBrowser } from "@simpul/testing/browser";
import { enter, look } from "@simpul/testing/pages";
import { expect, test } from "vitest";
import say from "./words/id.json" with { type: "json" };

test(
  "a person's asking goes from the counter to the letter in her language",
  { timeout: 180_000 },
  async () => {
    const { id } = await nations("id");
    const sari = await id.as("sari");
    const asked = { title: "LATIHAN", crimeType: "online-fraud" };
    const { number } = await sari.must<{ number: string }>("POST", "/api/cases", asked);
    const fields = { kind: "person", role: "suspect", names: [{ text: "Sok Sopheap", language: "km" }] };
    await sari.must("POST", `/api/cases/${number}/records/subject`, { fields });

    const browser = await openBrowser();
    const page = await enter(browser, id, "hendra");
    await page.goto(`${id.web.address}/subject-access`);
    await page.getByLabel(say["subject-access.checkedHow"]).fill("LATIHAN: paspor di loket");
    await page.getByLabel(say["subject-access.checkedBy"], { exact: false }).first().fill("LATIHAN: loket 3");
    const names = page.getByLabel(say["subject-access.names"], { exact: false }).first();
    await names.fill("Sok Sopheap");
    await names.press("Enter");
    await page.getByLabel(say["subject-access.language"], { exact: false }).first().click();
    await page.getByRole("option", { name: "ភាសាខ្មែរ" }).click();
    await page.getByLabel(say["subject-access.contact"], { exact: false }).first().fill("LATIHAN");
    await page.getByLabel(say["subject-access.askedOn"], { exact: false }).first().fill("2031-03-01");
    await look(page, "subject-access-enter");
    await page.getByRole("button", { name: say["subject-access.enter.act"] }).click();
    await page.getByText(say["subject-access.waits"]).waitFor();
    const of = page.url().split("/").at(-1)!;
    const putri = await id.as("putri");
    await putri.must("POST", "/api/access/step-up/exercise", { act: "subject.agree", record: of });
    await putri.must("POST", `/api/subject-access/${of}/agree`);
    await page.reload();
    await page.getByRole("radio", { name: say["subject-access.decision.tell"], exact: true }).check();
    await look(page, "subject-access-decide");
    await page.getByRole("button", { name: say["subject-access.keep"] }).click();
    await page.getByRole("button", { name: say["subject-access.answer"] }).click();
    await page.getByRole("link", { name: /ភាសាខ្មែរ/ }).waitFor();
    await page.goto(`${id.web.address}/api/subject-access/${of}/letter`);
    expect(await page.getByRole("heading", { level: 1 }).innerText()).toContain("ចម្លើយ");
    await look(page, "subject-access-letter");
    await browser.close();
  },
);
