// The page for a held person and the emergency desk: what she writes reaches the open desk alone, the answer reaches her, and
// whoever is suspected sees nothing.
import { readFileSync } from "node:fs";
import type { InboxView } from "@simpul/features/inbox/contract.ts";
import type { RosterView } from "@simpul/features/requests/contract.ts";
import { nations } from "@simpul/testing";
import type { Nation, Person } from "@simpul/testing";
import { openVictimDesk, type VictimDesk } from "@simpul/testing/victim-desk";
import pg from "pg";
import { beforeAll, expect, test } from "vitest";
import type { DeskState, MessageHead, MessageView, Place, Told } from "./contract.ts";
import { escalateMessages } from "./escalate.ts";
import { pageWords } from "./page-words.ts";
import { numberIn } from "./rules.ts";

let id: Nation;
let maya: VictimDesk;
let lestari: VictimDesk;
const where = "EXERCISE ကြာပန်းလမ်း၊ အပြာရောင်တံခါး";
const more = "EXERCISE we are beaten when we do not reach the quota";

beforeAll(async () => {
  ({ id } = await nations("id"));
  [maya, lestari] = [await openVictimDesk(id, "maya"), await openVictimDesk(id, "lestari")];
}, 120_000);

const page = (fields: Record<string, string | string[]> | null, headers: Record<string, string> = {}) =>
  fetch(`${id.web.address}/w`, {
    redirect: "manual",
    ...(fields === null
      ? { headers }
      : {
          method: "POST",
          headers: { "content-type": "application/x-www-form-urlencoded", ...headers },
          body: new URLSearchParams(
            Object.entries(fields).flatMap(([name, value]) =>
              [value].flat().map((one): [string, string] => [name, one]),
            ),
          ).toString(),
        }),
  });
const hidden = (html: string, name: string): string =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? "";
const numberOn = (html: string): string => numberIn(/class="number">([\d ]+)</.exec(html)?.[1] ?? "") ?? "";
const list = (who: VictimDesk) =>
  who.person.must<{ messages: MessageHead[]; unread: number }>("GET", "/api/distress/messages");
const view = (who: VictimDesk, of: string) =>
  who.person.must<MessageView>("GET", `/api/distress/messages/${of}`);
const act = (who: VictimDesk, of: string, what: string, body: unknown = {}) =>
  who.person.ask<{ error?: { code: string } }>("POST", `/api/distress/messages/${of}/${what}`, body);

let number: string;
let message: string;

test("an old phone without script or origin writes; no page sets a cookie, is kept, or names itself", async () => {
  const first = await page(null, { "accept-language": "my-MM,en;q=0.5" });
  const names = await first.text();
  expect(names).toContain('<html lang="my"');
  const asked = await page({ l: "my" });
  const form = await asked.text();
  const send = {
    do: "send",
    l: "my",
    o: hidden(form, "o"),
    where,
    more,
    many: "few",
    danger: "life",
    child: "1",
    not: ["police", "guards"],
    answer: "code",
  };
  const arrived = await page(send);
  const html = await arrived.text();
  number = numberOn(html);
  expect(number).toMatch(/^\d{12}$/);
  expect(html).toContain(pageWords("my")["sent"]);
  // A line that breaks, a finger that presses twice: one message, one number.
  expect(numberOn(await (await page(send)).text())).toBe(number);
  const look = await page({ do: "look", l: "my" });
  const found = await page({ do: "find", l: "my", n: "၁".repeat(12) });
  const exit = await fetch(`${id.web.address}/w/x`, { redirect: "manual" });
  expect([exit.status, exit.headers.get("location")]).toEqual([303, "https://exit.example/"]);
  expect(exit.headers.get("clear-site-data")).toBe('"cache"');
  expect(await found.text()).toContain(pageWords("my")["none"]);
  const style = await fetch(`${id.web.address}/w/s`);
  const letters = await fetch(`${id.web.address}/w/f/myanmar`);
  expect([letters.status, (await fetch(`${id.web.address}/w/f/__proto__`)).status]).toEqual([200, 404]);
  for (const answer of [first, asked, arrived, look, found, exit, style, letters]) {
    expect(answer.headers.getSetCookie()).toEqual([]);
    expect(answer.headers.get("cache-control")).toBe("no-store, max-age=0");
    expect(answer.headers.get("referrer-policy")).toBe("no-referrer");
    expect(answer.headers.get("content-security-policy")).toMatch(
      /^default-src 'none'; style-src 'self'; font-src 'self'; form-action 'self';/,
    );
    expect(answer.headers.get("etag") ?? answer.headers.get("x-reference")).toBeNull();
    // Nothing of a message or a number is ever in an address.
    expect(answer.url === "" || new URL(answer.url).search === "").toBe(true);
  }
  // The officers' own pages keep their headers.
  const others = await fetch(`${id.web.address}/`);
  expect(others.headers.get("content-security-policy")).toContain("script-src 'self'");
  expect(others.headers.get("cache-control")).toBe("no-cache");
});

test("the database owner finds nothing of it, and no leaf and no log names it", async () => {
  const client = new pg.Client({ connectionString: id.node.settings.databaseUrl! });
  await client.connect();
  const { rows: tables } = await client.query<{ name: string }>(
    "select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname = 'simpul'",
  );
  let looked = 0;
  // An owner can take row security away; he takes it away and looks.
  await client.query("begin");
  for (const { name } of tables) {
    await client.query(`alter table ${name} disable row level security`);
    const { rows } = await client.query<{ row: string }>(`select t::text as row from ${name} t`);
    for (const { row } of rows) {
      looked += 1;
      for (const needle of ["EXERCISE က", "ကြာပန်း", "beaten", number, '"danger"', "quota"])
        expect(row, name).not.toContain(needle);
    }
  }
  expect(looked).toBeGreaterThan(100);
  const { rows } = await client.query<{ jwe: string; clock: Date }>(
    "select jwe, clock_at as clock from simpul.distress_messages",
  );
  expect(rows).toHaveLength(1);
  expect(rows[0]!.clock.getTime() % 300_000).toBe(0);
  await client.query("rollback");
  await client.end();
});

test("only an open desk of the list reads it; to everybody else the room is not there", async () => {
  const { messages } = await list(maya);
  expect(messages).toMatchObject([
    { via: "page", language: "my", where, danger: "life", child: true, state: "waits" },
  ]);
  message = messages[0]!.id;
  expect((await view(lestari, message)).said[0]!.said).toMatchObject({
    where,
    more,
    many: "few",
    not: ["police", "guards"],
  });
  for (const key of ["sari", "rina", "bima", "agus", "tono", "hendra", "ratna", "yusuf"]) {
    const stranger = await id.as(key);
    for (const path of [
      "/api/distress/desk",
      "/api/distress/messages",
      `/api/distress/messages/${message}`,
      "/api/distress/places",
    ])
      expect((await stranger.ask("GET", path)).status, `${key} ${path}`).toBe(404);
    expect((await stranger.ask("POST", `/api/distress/messages/${message}/take`, {})).status, key).toBe(404);
    expect((await stranger.ask("PUT", "/api/distress/phones", { phones: [] })).status, key).toBe(404);
    const { entries } = await stranger.must<InboxView>("GET", "/api/inbox");
    expect(
      entries.filter((one) => one.kind.startsWith("distress")),
      key,
    ).toEqual([]);
  }
  const closed = await id.as("maya");
  await closed.must("PATCH", "/api/access/session", { purpose: "victim-assistance" });
  const shut = await closed.ask<{ error: { code: string } }>("GET", "/api/distress/messages");
  expect([shut.status, shut.body.error.code]).toEqual([409, "DESK_CLOSED"]);
  expect(await closed.must<DeskState>("GET", "/api/distress/desk")).toMatchObject({
    onList: true,
    open: false,
    waiting: 1,
  });
});

test("another state is told of a message, and opens none: such a place is refused", async () => {
  const place = { use: "opens", to: { kind: "state", id: "kh" }, why: "EXERCISE: as agreed" };
  expect((await maya.person.ask("POST", "/api/distress/places", place)).status).toBe(422);
});

test("the clock runs whatever it says: duty, supervisors, telephone; who takes it stops it, and she sees that it was read", async () => {
  const node = id.clock;
  const waits = async (who = maya) =>
    (await who.person.must<InboxView>("GET", "/api/inbox")).entries.filter((one) =>
      one.kind.startsWith("distress"),
    );
  expect(await waits()).toMatchObject([{ kind: "distress", title: "" }]);
  const desk = (await import("@simpul/server")).distressNode(id.node, maya.room);
  // The roster of the desk has Lestari on duty: she is told, Maya reads whom the clock told.
  const roster = "/api/requests/duty/roster";
  const { week, version } = await lestari.person.must<RosterView>("GET", roster);
  const shifts = Array.from({ length: 7 }, (_, n) => ({
    ...{ officer: lestari.person.id, from: "00:00", until: "00:00" },
    day: new Date(Date.parse(week) + n * 86_400_000).toISOString().slice(0, 10),
  }));
  await lestari.person.must("PUT", `${roster}/${week}`, { version, shifts });
  node.offMs = 16 * 60_000;
  expect(await escalateMessages(desk)).toBe(1);
  expect(await escalateMessages(desk)).toBe(0);
  expect(await waits()).toMatchObject([{ for: "desk", told: [{ name: "Lestari Widodo" }] }]);
  expect(await waits(lestari)).toMatchObject([{ for: "me" }]);
  node.offMs = 95 * 60_000;
  expect(await escalateMessages(desk)).toBe(2);
  node.offMs = 0;
  expect(await waits()).toMatchObject([{ kind: "distress-call" }]);
  await lestari.person.must("PUT", "/api/distress/phones", {
    phones: [{ name: "EXERCISE Lestari", phone: "+62 800 555 01" }],
  });
  expect(await maya.person.must<DeskState>("GET", "/api/distress/desk")).toMatchObject({
    call: true,
    phones: [{ phone: "+62 800 555 01" }],
  });
  const waiting = await (await page({ do: "find", l: "my", n: number })).text();
  expect(waiting).toContain(pageWords("my")["waits"]);
  expect((await act(maya, message, "take")).status).toBe(200);
  expect(await waits()).toEqual([]);
  expect((await list(maya)).messages[0]).toMatchObject({
    state: "taken",
    takenBy: "Maya Anggraini",
    clock: null,
  });
  expect(await (await page({ do: "find", l: "my", n: number })).text()).toContain(pageWords("my")["read"]);
});

test("the answer reaches whoever has the number, in any digits; she writes again, and the clock begins anew", async () => {
  expect(
    (await act(maya, message, "answer", { text: "LATIHAN: jangan keluar sendiri.\nKami menghitung orang." }))
      .status,
  ).toBe(200);
  const typed = Array.from(number, (digit) => digit)
    .map((digit) => String.fromCodePoint(0x1040 + Number(digit)))
    .join("");
  const html = await (await page({ do: "find", l: "my", n: typed })).text();
  expect(html).toContain("<p>LATIHAN: jangan keluar sendiri.</p><p>Kami menghitung orang.</p>");
  const again = await page({
    do: "more",
    l: "my",
    n: number,
    o: hidden(html, "o"),
    more: "EXERCISE now nine of us",
  });
  expect(numberOn(await again.text())).toBe(number);
  const seen = await view(maya, message);
  expect(seen.said.map((one) => one.said.more)).toEqual([more, "EXERCISE now nine of us"]);
  expect(seen.state).toBe("waits");
  expect((await act(lestari, message, "take")).status).toBe(200);
  expect((await list(maya)).messages).toHaveLength(1);
});

test("nothing is told without two officers, never to whom the caller named, and the told desk reads that text alone", async () => {
  const places = await maya.person.must<Place[]>("GET", "/api/distress/places");
  const to = (agency: string) =>
    places.find((one) => one.use === "told" && one.agency.startsWith(agency))!.to;
  const [police, immigration] = [to("Satuan Tugas"), to("Imigrasi")];
  const text = "LATIHAN: lima orang ditahan, pintu biru. Jangan datangi sebelum kami bicara.";
  const why = "EXERCISE: a life is in danger";
  // The caller said: not the police.
  expect((await act(maya, message, "tell", { to: police, text, why })).body.error?.code).toBe("EXCLUDED");
  const kept = (await view(maya, message)).recipients.find((one) => one.to.id === police.id)!;
  expect(kept.keptOut).toEqual({ by: "caller", word: "police" });
  expect(
    (await act(maya, message, "tell", { to: { kind: "desk", id: maya.who.officer.desk }, text, why })).body
      .error?.code,
  ).toBe("NOT_ON_LIST");
  expect((await act(maya, message, "tell", { to: immigration, text, why })).status).toBe(200);
  const [draft] = (await view(maya, message)).tellings;
  expect(draft).toMatchObject({ state: "waits", text, may: ["drop"] });
  const yusuf = await id.as("yusuf");
  const told = () => yusuf.must<Told[]>("GET", "/api/distress/told");
  expect(await told()).toEqual([]);
  // Not by herself, and not without a fresh factor.
  const agree = (who: VictimDesk) => act(who, message, "tell/agree", { of: draft!.id });
  const proof = (who: VictimDesk) =>
    who.person.must("POST", "/api/access/step-up/exercise", { act: "distress.tell", record: draft!.id });
  await proof(maya);
  expect((await agree(maya)).body.error?.code).toBe("SECOND_PERSON");
  expect((await agree(lestari)).body.error?.code).toBe("STEP_UP");
  await proof(lestari);
  expect((await agree(lestari)).status).toBe(200);
  expect((await agree(lestari)).body.error?.code).toBe("SETTLED");
  const [got] = await told();
  expect(got).toMatchObject({ text, answer: null });
  expect(JSON.stringify(got)).not.toContain(message);
  expect((await yusuf.must<InboxView>("GET", "/api/inbox")).entries.map((one) => one.kind)).toContain(
    "distress-told",
  );
  // Nobody of another desk reads it.
  for (const key of ["sari", "rina", "agus", "tono", "hendra"]) {
    const other = await id.as(key);
    expect(await other.must<Told[]>("GET", "/api/distress/told"), key).toEqual([]);
    expect((await other.ask("POST", `/api/distress/told/${got!.id}/answer`, { text: "x" })).status, key).toBe(
      404,
    );
  }
  await yusuf.must("POST", `/api/distress/told/${got!.id}/answer`, {
    text: "LATIHAN: tidak ada petugas di dekatnya",
  });
  expect((await view(maya, message)).tellings[0]).toMatchObject({
    state: "told",
    answer: { text: "LATIHAN: tidak ada petugas di dekatnya" },
  });
  // Suspected afterwards: what the desk was told is taken from it, and it is told nothing more.
  expect((await act(maya, message, "exclude", { who: { kind: "officer", id: yusuf.id }, why })).status).toBe(
    200,
  );
  expect(await told()).toEqual([]);
  expect((await act(maya, message, "tell", { to: immigration, text, why })).body.error?.code).toBe(
    "EXCLUDED",
  );
});

test("a suspected officer of the desk itself sees nothing: not in the list, not by its address, not by a count", async () => {
  const why = "EXERCISE: named in the message";
  expect(
    (await act(maya, message, "exclude", { who: { kind: "officer", id: maya.who.officer.id }, why })).body
      .error?.code,
  ).toBe("OWN_DESK");
  expect(
    (await act(maya, message, "exclude", { who: { kind: "officer", id: lestari.who.officer.id }, why }))
      .status,
  ).toBe(200);
  expect(await list(lestari)).toEqual({ messages: [], unread: 0, calledBack: [] });
  expect((await lestari.person.ask("GET", `/api/distress/messages/${message}`)).status).toBe(404);
  for (const what of ["take", "note", "answer"])
    expect((await act(lestari, message, what, what === "take" ? {} : { text: "x" })).status).toBe(404);
  const { excluded } = await view(maya, message);
  const hers = excluded.find((one) => one.name === "Lestari Widodo") ?? excluded.at(-1)!;
  expect((await act(maya, message, "let-in", { of: hers.id, why })).status).toBe(200);
  expect((await list(lestari)).messages).toHaveLength(1);
});

test("a caller's word stays until she says otherwise, and then it is on the record how that is known", async () => {
  expect(
    (await act(maya, message, "said-otherwise", { word: "family", how: "EXERCISE: not said" })).status,
  ).toBe(404);
  expect(
    (
      await act(maya, message, "said-otherwise", {
        word: "police",
        how: "EXERCISE: wrote again by her number",
      })
    ).status,
  ).toBe(200);
  const seen = await view(maya, message);
  expect(seen.not.map((one) => one.word)).toEqual(["guards"]);
  expect(seen.recipients.find((one) => one.agencyKind === "police")!.keptOut).toBeNull();
});

test("a call is kept as it is typed, broken off or not, and earlier calls show in the open desk alone", async () => {
  const said = (more: object, call: object) => ({
    ...{ language: "id", where: "", ...more },
    call: {
      caller: "family",
      callerName: "LATIHAN Ibu Wati",
      phone: "0812-3456-7891",
      person: "Dewi Lestari",
      finished: false,
      ...call,
    },
  });
  const put = (of: string, token: string, body: unknown, who: Person = maya.person) =>
    who.ask<{ error?: { code: string } }>("PUT", `/api/distress/calls/${of}`, { token, said: body });
  const [a, b, t] = [crypto.randomUUID(), crypto.randomUUID(), "t".repeat(22)];
  expect((await put(a, t, said({}, {}))).status).toBe(204);
  expect((await put(a, t, said({ where: "LATIHAN dekat sungai" }, {}))).status).toBe(204);
  // Not over another form's call, and not once it is finished.
  expect((await put(a, "x".repeat(22), said({}, {}))).body.error?.code).toBe("SETTLED");
  expect((await put(a, t, said({ where: "LATIHAN dekat sungai besar" }, { finished: true }))).status).toBe(
    204,
  );
  expect((await put(a, t, said({}, {}))).body.error?.code).toBe("SETTLED");
  expect((await put(b, t, said({ more: "again from +62 812 3456 7891" }, { finished: true }))).status).toBe(
    204,
  );
  const sari = await id.as("sari");
  expect((await put(crypto.randomUUID(), t, said({}, {}), sari)).status).toBe(404);
  const seen = await view(maya, b);
  expect(seen.alike).toMatchObject([{ id: a, because: ["phone", "name"] }]);
  expect((await view(maya, a)).said).toMatchObject([
    {
      via: "hotline",
      by: "Maya Anggraini",
      said: { where: "LATIHAN dekat sungai besar", call: { finished: true } },
    },
  ]);
  expect((await act(maya, a, "answer", { text: "x" })).body.error?.code).toBe("NO_NUMBER");
  expect((await act(maya, b, "close", { why: "double", text: "" })).status).toBe(200);
});

test("she becomes a person of the compartment by the desk's act, and of whom there is no reference there is none", async () => {
  const [call] = (await list(maya)).messages.filter((one) => one.via === "hotline");
  expect((await act(maya, call!.id, "link", { person: "ID-0000-0000" })).status).toBe(404);
  const linked = await maya.person.must<{ person: string }>(
    "POST",
    `/api/distress/messages/${call!.id}/link`,
    { person: null },
  );
  const person = (await maya.desk()).byPseudonym(linked.person)!;
  expect(person.facts.names).toEqual([{ text: "Dewi Lestari", use: "called" }]);
  expect(person.entries.map((one) => one.kind)).toContain("distress.message");
  expect((await view(maya, call!.id)).people).toEqual([{ pseudonym: linked.person }]);
});

test("the list is kept by two persons: put by one, agreed by a supervisor with her factor, taken off by one", async () => {
  const sari = await id.as("sari");
  const desk = (await sari.must<{ officer: { desk: { id: string } } }>("GET", "/api/access/session")).officer
    .desk.id;
  const places = await maya.person.must<Place[]>("GET", "/api/distress/places");
  const there = places.find((one) => one.to.id === desk)!;
  const why = "EXERCISE: asked their supervisor twice";
  const put = (who: VictimDesk) =>
    who.person.ask<{ id: string }>("POST", "/api/distress/places", {
      use: "told",
      to: { kind: "desk", id: desk },
      why,
    });
  expect((await put(maya)).status).toBe(409);
  expect((await maya.person.ask("POST", `/api/distress/places/${there.id}/end`, { why })).status).toBe(204);
  const made = (await put(lestari)).body.id;
  const agree = (who: VictimDesk) =>
    who.person.ask<{ error?: { code: string } }>("POST", `/api/distress/places/${made}/agree`);
  const proof = (who: VictimDesk) =>
    who.person.must("POST", "/api/access/step-up/exercise", { act: "distress.place", record: made });
  await proof(lestari);
  expect((await agree(lestari)).body.error?.code).toBe("SECOND_PERSON");
  await proof(maya);
  expect((await agree(maya)).body.error?.code).toBe("NOT_ALLOWED");
  // Until somebody agreed, nothing can be told there.
  const text = "LATIHAN: belum boleh";
  expect(
    (await act(maya, message, "tell", { to: { kind: "desk", id: desk }, text, why })).body.error?.code,
  ).toBe("NOT_ON_LIST");
});

test("a flood is slowed, and nobody's words are lost meanwhile", async () => {
  const form = await (await page({ l: "th" })).text();
  let html = form;
  for (let i = 0; i < 25 && !html.includes('role="alert"'); i++)
    html = await (
      await page({
        do: "send",
        l: "th",
        o: String(i).padStart(22, "f"),
        where: `EXERCISE flood ${String(i)}`,
      })
    ).text();
  const hers = await (
    await page({ do: "send", l: "th", o: hidden(form, "o"), where: "EXERCISE ประตูสีแดง" })
  ).text();
  expect(hers).toContain('role="alert"');
  expect(hers).toContain("EXERCISE ประตูสีแดง</textarea>");
  id.clock.offMs = 21_000;
  const through = await page({
    do: "send",
    l: "th",
    o: hidden(hers, "o"),
    t: hidden(hers, "t"),
    where: "EXERCISE ประตูสีแดง",
  });
  expect(numberOn(await through.text())).toMatch(/^\d{12}$/);
  id.clock.offMs = 0;
  expect((await list(maya)).messages.find((one) => one.where === "EXERCISE ประตูสีแดง")).toMatchObject({
    slowed: true,
  });
});

test("noise, too much and other methods harm nothing, and the door answers in words", async () => {
  const body = (text: string, type = "application/x-www-form-urlencoded") =>
    fetch(`${id.web.address}/w`, { method: "POST", headers: { "content-type": type }, body: text });
  expect((await body(`do=send&l=vi&where=${"x".repeat(120_000)}`)).status).toBe(413);
  for (const text of [
    "",
    "\u0000",
    "do=send&l=km",
    '{"do":"send"}',
    "do=send&l=km&where=%00%00",
    "do=find&l=km&n=%F0%28",
    "do=more&l=km&n=123456789012&more=x",
  ])
    expect((await body(text)).status, text).toBe(200);
  expect((await body("do=send&l=km&where=", "text/plain")).status).toBe(200);
  // All that the page lets her type, in letters that take three bytes each.
  const [longWhere, longMore] = ["က".repeat(2000), "ခ".repeat(4000)];
  id.clock.offMs = 700_000;
  const full = await page({ do: "send", l: "my", o: "z".repeat(22), where: longWhere, more: longMore });
  id.clock.offMs = 0;
  expect(numberOn(await full.text())).toMatch(/^\d{12}$/);
  const long = (await list(maya)).messages.find((one) => one.where === longWhere.slice(0, 300))!;
  expect((await view(maya, long.id)).said[0]).toMatchObject({
    said: { where: longWhere, more: longMore },
    cut: false,
  });
  expect((await fetch(`${id.web.address}/w`, { method: "DELETE" })).status).toBe(200);
  expect(readFileSync(new URL("open-page.css", import.meta.url), "utf8")).not.toMatch(/url\(|@import/);
});
