// The way in, in a real browser: invited by an administrator, a passkey made and shown; and every page of the first rooms by axe.
import { openBrowser } from "@simpul/testing/browser";
import { blank, both, enter, look } from "@simpul/testing/pages";
import { nations, type Nation } from "@simpul/testing";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { withPasskeys } from "./testing-browser.ts";
import web from "../../packages/doors/web/words/id.json" with { type: "json" };
import say from "./words/id.json" with { type: "json" };

let id: Nation;
let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
  ({ id } = await nations("id"));
}, 120_000);
afterAll(() => browser.close());

test(
  "an officer is invited, makes her passkey, and from then on signs in with it",
  { timeout: 120_000 },
  async () => {
    const admin = await enter(browser, id, "tono");
    await admin.goto(`${id.web.address}/settings/people`);
    await admin
      .getByRole("row", { name: /Sari Wulandari/ })
      .getByRole("checkbox")
      .check();
    await admin.getByRole("button", { name: say["access.people.invite"] }).click();
    await admin.getByRole("button", { name: say["access.stepUp.exercise"] }).click();
    const code = await admin.locator("code").last().innerText();
    await admin.keyboard.press("Escape");
    await look(admin, "people-chosen");
    await admin.getByRole("button", { name: say["access.people.endAll"] }).click();
    await look(admin, "people-end-all");
    await admin.keyboard.press("Escape");
    await admin.getByRole("button", { name: say["access.people.endSessions"], exact: true }).click();
    await admin.getByText("Tidak ada sesi terbuka").waitFor();
    await admin.context().close();

    const page = await blank(browser);
    await withPasskeys(page);
    await page.goto(id.web.address);
    await page.getByRole("button", { name: "I have a one-time code" }).click();
    await page.getByLabel("One-time code").fill(code);
    await page.getByRole("button", { name: "Add my passkey" }).click();
    await page.getByRole("navigation").first().waitFor();

    await page.request.delete(`${id.web.address}/api/access/session`, {
      headers: { origin: id.web.address },
    });
    await page.goto(id.web.address);
    // The page speaks her language by now.
    await page.getByRole("button", { name: say["access.signIn.passkey"] }).click();
    await page.getByRole("navigation").first().waitFor();
    const session = (await (await page.request.get(`${id.web.address}/api/access/session`)).json()) as {
      officer: { name: string };
      provenAt: string | null;
    };
    expect(session).toMatchObject({ officer: { name: "Sari Wulandari" } });
    expect(session.provenAt).not.toBeNull();
    await page.context().close();
  },
);

test(
  "every page of the first rooms is free of what axe finds, on a desk and on a phone",
  { timeout: 240_000 },
  async () => {
    const outside = await blank(browser);
    await outside.goto(id.web.address);
    await outside.locator("[data-officer]").first().waitFor();
    await look(outside, "first-door");
    await outside.context().close();

    const page = await enter(browser, id, "rina");
    const { cases } = (await (await page.request.get(`${id.web.address}/api/cases`)).json()) as {
      cases: { number: string }[];
    };
    const one = `/cases/${cases[0]!.number}`;
    for (const where of ["/cases", "/cases/new", one, "/settings", "/settings/connect"]) {
      await page.goto(id.web.address + where);
      await page.getByRole("heading", { level: 1 }).waitFor();
      await look(page, `first${where.replaceAll("/", "-")}`);
    }
    await page.context().close();
  },
);

const begins: Readonly<Record<string, [path: string, rooms: string[], act: string]>> = {
  rina: ["/inbox", ["/inbox", "/cases", "/check", "/evidence"], "/cases/new"],
  sari: ["/inbox", ["/inbox", "/evidence", "/check", "/ads"], "/evidence/take-in"],
  agus: ["/inbox", ["/inbox", "/requests", "/joint", "/assistance"], "/requests/new"],
  yusuf: ["/border", ["/border", "/watch-lists", "/screening", "/inbox"], "/reviews/new"],
  intan: ["/account-freezes", ["/account-freezes", "/actors", "/inbox", "/check"], "/cases/new"],
  ratna: ["/reviews", ["/reviews", "/charges", "/assistance", "/inbox"], "/charges/new"],
  maya: ["/victims", ["/victims", "/distress", "/screening", "/surge"], "/calls/new"],
  wulan: ["/screening", ["/screening", "/departure", "/inbox", "/follow-up"], "/calls/new"],
  tuti: ["/departure", ["/departure", "/screening", "/inbox"], "/calls/new"],
  hendra: ["/oversight", ["/oversight"], "/overrides"],
};

test(
  "each desk begins where its work begins: its own rooms first, under the thumb too, and its acts one step away",
  { timeout: 300_000 },
  async () => {
    const officers = Object.keys(begins);
    const drawn = officers[Math.floor(Math.random() * officers.length)];
    for (const [officer, [path, rooms, act]] of Object.entries(begins)) {
      const page = await enter(browser, id, officer);
      await page.waitForURL(id.web.address + path);
      await page.getByRole("heading", { level: 1 }).waitFor();
      for (const where of [".s-rooms a", ".s-dock a"]) {
        const links = await page
          .locator(where)
          .evaluateAll((all) => all.map((one) => (one as unknown as { pathname: string }).pathname));
        expect(links.slice(0, rooms.length), `${officer} ${where}`).toEqual(rooms);
      }
      const acts = page.getByRole("navigation", { name: web["web.deskActs"] });
      expect(await acts.getByRole("link").first().getAttribute("href"), officer).toBe(act);
      if (both || officer === drawn) await look(page, `desk-${officer}`);
      await page.context().close();
    }
  },
);
