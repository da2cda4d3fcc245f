// scenario 9: an officer with no rights looks for what is hidden, by every way of looking that the interface has.
import { beforeAll, expect, test } from "vitest";
import { canaries, hide, live, stage, type Made, type Player, type Stage } from "./stage.ts";
import { takeIn } from "./take-in.ts";

let at: Stage;
let hidden: Made;
let ordinary: Made;
let sari: Player;
let rina: Player;
beforeAll(async () => {
  at = await stage();
  ordinary = await live(at);
  hidden = await hide(at);
  [sari, rina] = [await at.signIn("sari"), await at.signIn("rina")];
}, 240_000);

/** What stands nowhere, of the same form as what is hidden. */
const nobodys = {
  title: "Melati Kuning",
  name: "Zubaidah Mangkurat",
  phone: "+6285500990098",
  file: "rekaman-gudang-delapan",
} as const;

/** An answer with the word that was asked taken out, so that two askings can be compared. */
const said = ({ status, text }: { status: number; text: string }, ...words: string[]): string =>
  words.reduce(
    (all, word) => all.replaceAll(word, "<asked>"),
    `${status} ${text.replace(/"reference":"[^"]*"/, "")}`,
  );

test("scenario 9: searches, filters and suggestions answer for the hidden as for what was never there", async () => {
  const ways: [string, string, string][] = (["title", "name", "phone", "file"] as const).flatMap((what) =>
    [
      "/api/cases/search?q=",
      "/api/cases?q=",
      "/api/cases?selector=",
      "/api/evidence/items?text=",
      "/api/requests?text=",
    ].flatMap((way) => [
      [way, canaries[what], nobodys[what]] as [string, string, string],
      // As a box suggests while she types.
      [way, canaries[what].slice(0, -2), nobodys[what].slice(0, -2)] as [string, string, string],
    ]),
  );
  ways.push(
    ["/api/cases/search?q=", hidden.number, "ID-2026-999998"],
    ["/api/cases/", hidden.number, "ID-2026-999998"],
    ["/api/requests?text=", hidden.number, "ID-2026-999998"],
    ["/api/evidence/items?case=", hidden.number, "ID-2026-999998"],
    ["/api/evidence/exports?case=", hidden.id, "01a21dd4-0000-7000-8000-000000000000"],
    ["/api/checks?case=", hidden.number, "ID-2026-999998"],
    ["/api/cases?covert=true&q=", canaries.title, nobodys.title],
  );
  for (const [way, real, unreal] of ways) {
    const [one, other] = [
      await at.ask(sari, "GET", way + encodeURIComponent(real)),
      await at.ask(sari, "GET", way + encodeURIComponent(unreal)),
    ];
    expect(`${way} ${said(one, real)}`).toBe(`${way} ${said(other, unreal)}`);
  }
  // The same search in the hands of her who may: it is there to be found.
  expect(
    (await at.ask(rina, "GET", `/api/cases/search?q=${encodeURIComponent(canaries.name)}`)).text,
  ).toContain(hidden.id);
});

test("scenario 9: writing down a hidden number counts no other case, and the same bytes are taken in as new", async () => {
  const counted: string[] = [];
  for (const written of [canaries.phone, nobodys.phone]) {
    const made = await at.must<{ elsewhere: number }>(
      sari,
      "POST",
      `/api/cases/${ordinary.number}/records/selector`,
      { fields: { type: "phone", written, role: "suspect" } },
    );
    counted.push(String(made.elsewhere));
  }
  expect(counted).toEqual(["0", "0"]);
  const bytes = `LATIHAN ${canaries.phone} ${canaries.note}\n`;
  const item = await takeIn(at, sari, { name: "sama.txt", text: bytes, case: ordinary.id });
  expect(item).not.toBe(hidden.item);
  const mine = await at.ask(sari, "GET", `/api/evidence/items/${item}/story`);
  expect(mine.text).not.toContain(hidden.item);
  expect(mine.text).not.toContain(canaries.file);
});

test("scenario 9: numbers of cases follow each other as if the hidden one were not there", async () => {
  const open = (who: Player, covert: boolean) =>
    at.must<{ number: string }>(who, "POST", "/api/cases", {
      title: "LATIHAN",
      crimeType: "trafficking-forced-criminality",
      covert,
    });
  const serial = ({ number }: { number: string }): number => Number(number.split("-")[2]);
  const first = serial(await open(sari, false));
  await open(rina, true);
  await open(rina, true);
  expect(serial(await open(sari, false))).toBe(first + 1);
});

test("scenario 9: the live stream is silent about the hidden case, and tells of her own", async () => {
  const answer = await at.app.fetch(
    new Request(`${at.address}/api/live`, { headers: { cookie: sari.cookie!, origin: at.address } }),
  );
  const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
  let heard = "";
  const listening = (async () => {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      heard += value;
    }
  })();
  const note = (who: Player, number: string) =>
    at.must(who, "POST", `/api/cases/${number}/records/note`, {
      fields: { body: "LATIHAN", language: "id" },
    });
  await until(() => heard.includes("ready"));
  for (let i = 0; i < 3; i++) await note(rina, hidden.number);
  await note(sari, ordinary.number);
  await until(() => heard.includes(ordinary.id));
  expect(heard).not.toContain(hidden.id);
  expect(heard.match(/event: change/g)?.length).toBeLessThanOrEqual(2);
  await reader.cancel();
  await listening;
});

test("scenario 9: looking for the hidden takes as long as looking for nothing", async () => {
  const took = { real: [] as number[], unreal: [] as number[] };
  const ask = async (list: number[], word: string): Promise<void> => {
    const before = performance.now();
    await at.ask(sari, "GET", `/api/cases/search?q=${encodeURIComponent(word)}`);
    list.push(performance.now() - before);
  };
  for (let i = 0; i < 40; i++) {
    await ask(took.real, canaries.phone);
    await ask(took.unreal, nobodys.phone);
  }
  const median = (list: number[]): number => list.toSorted((a, b) => a - b)[list.length / 2]!;
  const [real, unreal] = [median(took.real), median(took.unreal)];
  // Both look at the same indexes and rows; a busy machine differs more from itself than they from each other.
  expect(Math.abs(real - unreal)).toBeLessThan(Math.max(5, unreal * 0.5));
});

async function until(so: () => boolean): Promise<void> {
  for (let i = 0; i < 200; i++) {
    if (so()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("it did not come");
}
