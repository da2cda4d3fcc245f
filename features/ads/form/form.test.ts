// The public form of a real node: opened by an officer, filled by anybody, held against floods, closed again.
import { nations, type Nation, type Person } from "@simpul/testing";
import type { Id } from "@simpul/model";
import { systemRandom } from "@simpul/store/keys";
import { beforeAll, expect, test } from "vitest";
import { offerLanguages } from "../../prevention/contract.ts";
import type { AdvertHead, Source } from "../contract.ts";
import { Flood, floodLimits } from "./flood.ts";
import { formPage, sayForm } from "./page.ts";

let id: Nation;
let sari: Person;
let source: Id;
const sources = async (): Promise<Source[]> =>
  (await sari.must<{ sources: Source[] }>("GET", "/api/ads/sources")).sources;
const formOf = async (): Promise<string> => (await sources()).find((one) => one.id === source)!.form!;
const send = async (
  path: string,
  typed: Record<string, string>,
  language = "en",
): Promise<{ status: number; page: string; headers: Headers }> => {
  const answer = await fetch(`${id.web.address}${path}?l=${language}`, {
    method: "POST",
    // One connection a letter, as visitors come: one that is kept may close just as it is used again.
    headers: { connection: "close" },
    body: new URLSearchParams(typed),
  });
  return { status: answer.status, page: await answer.text(), headers: answer.headers };
};
const adverts = async (): Promise<AdvertHead[]> =>
  (await sari.must<{ adverts: AdvertHead[] }>("GET", `/api/ads/adverts?source=${source}`)).adverts;

beforeAll(async () => {
  ({ id } = await nations("id"));
  sari = await id.as("sari");
  ({ id: source } = await sari.must<{ id: Id }>("POST", "/api/ads/sources", {
    ...{ name: "EXERCISE form", kind: "form", origin: "EXERCISE", legalBasis: "UU 21/2007" },
    ...{ givenBy: "EXERCISE public", region: "ID", daily: 4 },
  }));
}, 180_000);

test("nothing is open until an officer opens it; then anybody may send an advert, in her language, and it waits in the queue", async () => {
  expect((await sources())[0]!.form).toBeNull();
  await sari.must("POST", `/api/ads/sources/${source}/form`, { open: true });
  const path = await formOf();
  const page = await fetch(`${id.web.address}${path}`, { headers: { "accept-language": "km,en" } });
  expect(page.headers.get("set-cookie")).toBeNull();
  expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
  expect(await page.text()).toContain(sayForm("km", "title"));
  const text = "LATIHAN Dibutuhkan admin di Sihanoukville, gaji 25 juta, kirim paspor. 0854-0000-9191";
  const sent = await send(path, { text, where: "EXERCISE group", website: "" });
  expect(sent.page).toContain(sayForm("en", "thanks"));
  expect(await adverts()).toEqual([expect.objectContaining({ sourceName: "EXERCISE form", found: null })]);
  const { entries } = await sari.must<{ entries: AdvertHead[] }>("GET", "/api/ads/queue");
  expect(entries.map((one) => one.source)).toContain(source);
});

test("what is empty, too long or sent by a machine does not come in, and nothing that was typed becomes markup", async () => {
  const path = await formOf();
  expect((await send(path, { text: "  " })).status).toBe(422);
  const marked = await send(path, { text: "", where: `"><script>alert(1)</script>` });
  expect(marked.page).not.toContain("<script>");
  expect((await send(path, { text: "a".repeat(20_001) })).status).toBe(413);
  expect((await send(path, { text: "a".repeat(200_000) })).status).toBe(413);
  expect((await send(path, { text: "EXERCISE machine", website: "https://x.example" })).page).toContain(
    sayForm("en", "thanks"),
  );
  expect(await adverts()).toHaveLength(1);
});

test("a flood through the form is stopped, for one sender and for the source's day, and a closed address stays closed", async () => {
  const path = await formOf();
  const statuses: number[] = [];
  for (let nth = 0; nth < 7; nth++)
    statuses.push((await send(path, { text: `LATIHAN ${nth} ${"kata ".repeat(nth + 3)}` })).status);
  expect(statuses.filter((status) => status === 429).length).toBeGreaterThanOrEqual(3);
  expect((await adverts()).length).toBeLessThanOrEqual(4);
  await sari.must("POST", `/api/ads/sources/${source}/form`, { open: false });
  expect((await send(path, { text: "EXERCISE late" })).status).toBe(404);
  await sari.must("POST", `/api/ads/sources/${source}/form`, { open: true });
  expect(await formOf()).not.toBe(path);
  expect((await send(path, { text: "EXERCISE late" })).status).toBe(404);
  const maya = await id.as("maya");
  expect(
    (await maya.ask("POST", `/api/ads/sources/${source}/form`, { open: true })).status,
  ).toBeGreaterThanOrEqual(403);
});

test("every language has the whole form, and floods are counted by the hour", () => {
  for (const language of offerLanguages) {
    const page = formPage({
      key: "k",
      language,
      exercise: false,
      notice: null,
      done: false,
      text: "",
      where: "",
    });
    for (const word of ["title", "intro", "text", "where", "privacy", "send"] as const)
      expect(sayForm(language, word).length, `${language} ${word}`).toBeGreaterThan(1);
    expect(page).toContain(`<html lang="${language}">`);
  }
  let now = 0;
  const flood = new Flood({ clock: { now: () => new Date(now) }, random: systemRandom });
  const admitted = (sender: string): number =>
    Array.from({ length: 400 }, () => flood.admits("f", sender)).filter(Boolean).length;
  expect(admitted("a")).toBe(floodLimits.ofSender);
  for (let nth = 0; nth < 100; nth++) admitted(`s${nth}`);
  expect(admitted("late")).toBe(0);
  now = floodLimits.hourMs;
  expect(admitted("a")).toBe(floodLimits.ofSender);
});
