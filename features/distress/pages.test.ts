// An old phone without script writes to the node in a real browser; the desk reads, answers and tells on a desk and on a phone.
import { nations } from "@simpul/testing";
import { axe, openBrowser, picture } from "@simpul/testing/browser";
import { enter, look } from "@simpul/testing/pages";
import { openVictimDesk } from "@simpul/testing/victim-desk";
import { exercisePassphrase } from "@simpul/features/victims/opening.ts";
import { expect, test } from "vitest";
import { pageLanguages, type MessageHead } from "./contract.ts";
import { pageWords } from "./page-words.ts";
import say from "./words/id.json" with { type: "json" };

test(
  "she writes without script, the desk answers, and she reads it with her number",
  { timeout: 240_000 },
  async () => {
    const { id } = await nations("id");
    const lestari = await openVictimDesk(id, "lestari");
    const browser = await openBrowser();
    const phone = await browser.newContext({
      javaScriptEnabled: false,
      viewport: { width: 390, height: 844 },
      locale: "km",
    });
    phone.setDefaultTimeout(30_000);
    const page = await phone.newPage();
    await page.goto(`${id.web.address}/w`);
    // Each language draws its own letters, and nothing runs over the edge.
    for (const language of process.env["SIMPUL_PICTURES"] === undefined ? (["my"] as const) : pageLanguages) {
      await page.goto(`${id.web.address}/w`);
      await page.locator(`button[value="${language}"]`).click();
      await page.getByRole("heading", { level: 1 }).waitFor();
      if (process.env["SIMPUL_PICTURES"] !== undefined) {
        await page.screenshot({ path: `.cache/pictures/open-${language}.png`, fullPage: true });
      }
    }
    // Axe needs script; the page as it stands is looked at in a browser that has it.
    const scripted = await browser.newContext({ viewport: { width: 390, height: 844 } });
    const looked = await scripted.newPage();
    await looked.goto(`${id.web.address}/w`);
    await looked.locator('button[value="my"]').click();
    await looked.getByRole("heading", { level: 1 }).waitFor();
    // A phone without Burmese letters gets ours: this machine has none.
    expect(
      await looked.evaluate(
        `document.fonts.ready.then(() => [...document.fonts].filter((one) => one.status === "loaded").map((one) => one.family))`,
      ),
    ).toContain("open-my");
    for (const colorScheme of ["light", "dark"] as const) {
      await looked.emulateMedia({ colorScheme });
      expect(await axe(looked)).toEqual([]);
    }
    expect(
      await looked.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"),
    ).toBe(true);
    // Nor has it a sign of Chinese: the page brings the pieces that its words need.
    const fetched: string[] = [];
    looked.on("response", (one) => fetched.push(`${one.status()} ${new URL(one.url()).pathname}`));
    await looked.goto(`${id.web.address}/w`);
    await looked.locator('button[value="zh"]').click();
    await looked.getByRole("heading", { level: 1 }).waitFor();
    await looked.evaluate("document.fonts.ready.then(() => true)");
    expect(fetched).toContain("200 /w/f/chinese-118");
    if (process.env["SIMPUL_PICTURES"] !== undefined)
      await looked.screenshot({ path: ".cache/pictures/open-zh-scripted.png", fullPage: true });
    await scripted.close();

    await page.goto(`${id.web.address}/w`);
    await page.locator('button[value="km"]').click();
    const words = pageWords("km");
    // The one question that is needed, asked by the browser itself.
    await page.locator("#where").fill("លំហាត់ ផ្ទះពណ៌ខៀវ ក្បែរផ្សារ");
    await page.getByLabel(words["dangerLife"]!, { exact: true }).check();
    await page.getByLabel(words["notPolice"]!, { exact: true }).check();
    await page.getByRole("button", { name: words["send"]!, exact: true }).click();
    const number = await page.locator(".number").innerText();
    expect(number).toMatch(/^\d{4} \d{4} \d{4}$/);
    expect(await phone.cookies()).toEqual([]);
    expect(page.url()).toBe(`${id.web.address}/w`);
    // Back shows nothing of it: neither the number nor what was typed.
    await page.goBack().catch(() => null);
    await page.waitForTimeout(500);
    const back = await page.content().catch(() => "");
    expect(back).not.toMatch(/\d{4} \d{4} \d{4}|ផ្ទះពណ៌ខៀវ/);

    const desk = await enter(browser, id, "maya");
    await desk.request.patch(`${id.web.address}/api/access/session`, {
      data: { purpose: "victim-assistance" },
      headers: { origin: id.web.address, "x-simpul": "page" },
    });
    await desk.goto(`${id.web.address}/distress`);
    await desk.getByText(say["distress.closed"]).waitFor();
    await look(desk, "distress-closed");
    await desk.request.post(`${id.web.address}/api/victims/desk/open`, {
      data: { passphrase: exercisePassphrase },
      headers: { origin: id.web.address, "x-simpul": "page" },
    });
    await desk.reload();
    await desk.getByRole("link", { name: /ផ្ទះពណ៌ខៀវ/ }).waitFor();
    await look(desk, "distress-list");
    await desk.getByRole("link", { name: /ផ្ទះពណ៌ខៀវ/ }).click();
    await desk.getByRole("button", { name: say["distress.take"] }).click();
    await desk.getByText(say["distress.state.taken"]).first().waitFor();
    await desk.getByText(say["distress.act.answer"], { exact: true }).click();
    await desk.getByLabel(say["distress.answer.label"], { exact: false }).first().fill("លំហាត់ យើងបានអាន");
    await desk.getByRole("button", { name: say["distress.answer.send"] }).click();
    await desk.getByText(say["distress.story.answered"]).waitFor();
    // Nobody who must not be told can be chosen; another desk waits for a second officer.
    await desk.getByText(say["distress.act.tell"], { exact: true }).click();
    await desk
      .getByText(new RegExp(`${say["distress.tell.not"]}: .*${say["distress.not.police"]}`))
      .waitFor();
    await desk.getByLabel(say["distress.tell.to"], { exact: false }).first().click();
    await desk.getByRole("option", { name: /Meja Bandara/ }).click();
    await desk
      .getByLabel(say["distress.tell.text"], { exact: false })
      .first()
      .fill("LATIHAN: rumah biru dekat pasar");
    await desk.getByLabel(say["distress.why"], { exact: false }).first().fill("LATIHAN: nyawa terancam");
    await desk.getByRole("button", { name: say["distress.tell.give"] }).click();
    await desk.getByText(say["distress.telling.waits"]).waitFor();
    await look(desk, "distress-message");
    const { messages } = await lestari.person.must<{ messages: MessageHead[] }>(
      "GET",
      "/api/distress/messages",
    );
    expect(messages[0]).toMatchObject({ state: "taken", drafts: 1 });

    await desk.goto(`${id.web.address}/calls/new`);
    await desk.getByLabel(say["distress.said.where"], { exact: false }).first().fill("LATIHAN");
    await desk.getByText(/Disegel/).waitFor();
    await look(desk, "distress-call");
    await desk.goto(`${id.web.address}/distress/list`);
    await desk.getByText(say["distress.use.opens"], { exact: true }).first().waitFor();
    await look(desk, "distress-places");

    await page.goto(`${id.web.address}/w`);
    await page.locator('button[value="km"]').click();
    await page.getByRole("button", { name: words["haveCode"]! }).click();
    await page.locator("#n").fill(number);
    await page.getByRole("button", { name: words["look"]!, exact: true }).click();
    await page.getByText("លំហាត់ យើងបានអាន").waitFor();
    if (process.env["SIMPUL_PICTURES"] !== undefined) await picture(page, "open-answer", 390);
    // Away in a hurry, to what everybody reads.
    const away = page.waitForRequest("https://exit.example/");
    await page.getByRole("link", { name: words["leave"]! }).click({ noWaitAfter: true });
    expect((await away).headers()["referer"]).toBeUndefined();
    await browser.close();
  },
);
