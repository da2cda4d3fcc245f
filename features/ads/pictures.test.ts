// Pictures on a real node: posters rendered in a browser are read in their languages, corrected, sealed and ranked like any
// advert; what is no picture, or only pretends to be one, is refused by name and shown to nobody.
import { createHash } from "node:crypto";
import { crc32, deflateSync } from "node:zlib";
import type { Digest, Id } from "@simpul/model";
import { fromBase64 } from "@simpul/seal";
import { nations, type Nation, type Person } from "@simpul/testing";
import { openBrowser } from "@simpul/testing/browser";
import { letterError, photographed, poster, posterTexts } from "@simpul/testing/posters";
import { sql } from "kysely";
import sharp from "sharp";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { AdvertView, Dispute, PictureHead, PictureView } from "./contract.ts";
import { jobStanding } from "./node.ts";
import { readsKhmer } from "./pictures/packs.ts";
import { readAdvert } from "./reading.ts";

let id: Nation;
let browser: Browser;
let sari: Person, bima: Person;
let source: Id;
beforeAll(async () => {
  [{ id }, browser] = await Promise.all([nations("id"), openBrowser()]);
  [sari, bima] = [await id.as("sari"), await id.as("bima")];
  source = (
    await sari.must<{ id: Id }>("POST", "/api/ads/sources", {
      ...{ name: "EXERCISE posters", kind: "pasted", origin: "EXERCISE group", legalBasis: "UU 21/2007" },
      ...{ givenBy: "EXERCISE NGO", region: null, daily: 1000 },
    })
  ).id;
}, 120_000);
afterAll(() => browser.close());

const codeOf = (answer: { status: number; body: unknown }): string =>
  answer.status < 300 ? "" : (answer.body as { error: { code: string } }).error.code;
async function begin(bytes: Buffer, fileName: string, languages: string[] = []): Promise<Id> {
  const { id: at } = await sari.must<{ id: Id }>("POST", "/api/ads/pictures", {
    ...{ source, fileName, size: bytes.length, languages },
  });
  const size = 512 * 1024;
  for (let part = 0; part * size < bytes.length; part++)
    await sari.must("POST", `/api/ads/pictures/${at}/parts/${part}`, {
      bytes: bytes.subarray(part * size, (part + 1) * size).toString("base64"),
    });
  return at;
}
const whole = (at: Id, bytes: Buffer) =>
  sari.ask("POST", `/api/ads/pictures/${at}/read`, {
    digest: createHash("sha256").update(bytes).digest("hex") as Digest,
  });
async function send(bytes: Buffer, fileName: string, languages: string[] = []): Promise<Id> {
  const at = await begin(bytes, fileName, languages);
  expect(codeOf(await whole(at, bytes))).toBe("");
  return at;
}
const view = (of: Id) => sari.must<PictureView>("GET", `/api/ads/pictures/${of}`);
async function ended(of: Id): Promise<PictureView> {
  for (let n = 0; n < 1500; n++) {
    const one = await view(of);
    if (one.state !== "waiting") return one;
    await new Promise((next) => setTimeout(next, 100));
  }
  throw new Error("the reading does not end");
}
test("posters in Thai, Vietnamese, Indonesian and Chinese are read; scripts and the marks of Vietnamese are told by themselves", async () => {
  const sent: [code: keyof typeof posterTexts, Id][] = [];
  for (const code of ["th", "vi", "id", "zh"] as const)
    sent.push([
      code,
      await send(
        await poster(browser, posterTexts[code]),
        `EXERCISE ${code}.png`,
        code === "th" || code === "vi" ? [] : [code],
      ),
    ]);
  for (const [code, at] of sent) {
    const one = await ended(at);
    expect(one.state, code).toBe("read");
    expect(one.read!.languages, code).toEqual([code]);
    const { heading, text } = posterTexts[code];
    const wrong = letterError(one.read!.text, `${heading} ${text}`);
    expect(wrong, `${code}: ${one.read!.text}`).toBeLessThan(code === "zh" ? 0.08 : 0.03);
  }
}, 240_000);

test("the signs of a Burmese poster are found, and of a Khmer one where the system has a tesseract for it; where not it is said", async () => {
  const signs = async (code: "my" | "km"): Promise<string[]> => {
    const one = await ended(await send(await poster(browser, posterTexts[code]), "EXERCISE.png", [code]));
    return readAdvert(one.read!.text, null).flags.map(({ flag }) => flag);
  };
  const told = ["hotspot", "noExperience", "freeTravel", "papers"];
  expect(await signs("my")).toEqual(expect.arrayContaining(told));
  if (await readsKhmer()) expect(await signs("km")).toEqual(expect.arrayContaining(told));
  else {
    const ask = { source, fileName: "EXERCISE.png", size: 9, languages: ["km"] };
    expect(codeOf(await sari.ask("POST", "/api/ads/pictures", ask))).toBe("NO_KHMER");
  }
}, 240_000);

test("what an officer corrected becomes an advert with its signs; picture, reading and correction stay, and the node signed for the picture", async () => {
  const bytes = await poster(browser, posterTexts.id);
  const at = await send(bytes, "EXERCISE poster.png", ["id"]);
  const read = await ended(at);
  const text = `${read.read!.text}\nLATIHAN: dibaca oleh petugas`;
  const made = await sari.must<{ id: Id }>("POST", `/api/ads/pictures/${at}/advert`, { text });
  const advert = await sari.must<AdvertView & { names: Record<string, string> }>(
    "GET",
    `/api/ads/adverts/${made.id}`,
  );
  expect(advert.body).toBe(text);
  expect(advert.signs).toEqual(expect.arrayContaining(["noExperience", "papers", "hotspot"]));
  expect(advert.selectors.map((one) => one.type)).toContain("phone");
  const [picture] = advert.pictures;
  const digest = createHash("sha256").update(bytes).digest("hex");
  expect(picture).toMatchObject({ id: at, state: "judged", digest, text, advert: made.id });
  expect(picture!.read!.text).toBe(read.read!.text);
  expect(advert.names[picture!.by!]).toBeDefined();
  const seal = await id.node.store.read(jobStanding, async (db) => {
    const { rows } = await sql<{ seal: string }>`select seal from simpul.ad_adverts where id = ${made.id}`.execute(db.rows); // prettier-ignore
    return JSON.parse(rows[0]!.seal) as { payload: string };
  });
  const said = JSON.parse(new TextDecoder().decode(fromBase64(seal.payload))) as { picture: object };
  expect(said.picture).toEqual({ id: at, digest });
  expect(codeOf(await sari.ask("POST", `/api/ads/pictures/${at}/advert`, { text }))).toBe(
    "PICTURE_NOT_READY",
  );
  expect(codeOf(await sari.ask("DELETE", `/api/ads/pictures/${at}`))).toBe("PICTURE_NOT_READY");
  // Who has no business with adverts learns of no picture, and alters none: a victim desk, an administrator, a prosecutor.
  for (const key of ["maya", "tono", "ratna"]) {
    const who = await id.as(key);
    const asked: [string, string, unknown?][] = [
      ["GET", ""],
      ["GET", `/${at}`],
      ["GET", `/${at}/preview`],
      ["POST", "", { source, fileName: "a.png", size: 9, languages: [] }],
      ["POST", `/${at}/parts/0`, { bytes: "AAAA" }],
      ["POST", `/${at}/read`, { digest }],
      ["POST", `/${at}/advert`, { text: "x" }],
      ["DELETE", `/${at}`],
    ];
    for (const [method, path, body] of asked)
      expect(
        codeOf(await who.ask(method, `/api/ads/pictures${path}`, body)),
        `${key} ${method} ${path}`,
      ).toMatch(/NOT_ALLOWED|NOT_FOUND/);
  }
  // A purge takes the picture along.
  const dispute = await sari.must<{ id: Id }>("POST", `/api/ads/adverts/${made.id}/disputes`, {
    ...{ employer: "EXERCISE Ltd", reason: "EXERCISE: not their poster" },
  });
  const decided = { state: "purged" satisfies Dispute["state"], decision: "EXERCISE", selectors: [] };
  await bima.must("POST", `/api/ads/disputes/${dispute.id}`, decided);
  expect((await sari.ask("GET", `/api/ads/pictures/${at}/preview`)).status).toBe(404);
  const left = await id.node.store.read(jobStanding, async (db) => {
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from simpul.ad_picture_parts
      where picture_id = ${at}`.execute(db.rows);
    return rows[0]!.n;
  });
  expect(left).toBe(0);
}, 120_000);

test("a photographed screen is read; where the camera wrote down where it stood, no page and no answer of the node says it", async () => {
  const jpeg = await sharp(await photographed(browser, posterTexts.en))
    .jpeg({ quality: 90 })
    .withExif({ IFD0: { Make: "EXERCISECAM" }, IFD3: { GPSLatitudeRef: "N", GPSLatitude: "13/1 40/1 0/1" } })
    .toBuffer();
  expect(jpeg.includes("EXERCISECAM")).toBe(true);
  // A sound JPEG that is an archive and a page besides: what follows the picture is not shown either.
  const both = Buffer.concat([jpeg, Buffer.from("PK\u0003\u0004<script>alert('EXERCISE')</script>")]);
  const at = await send(both, "EXERCISE photo.jpg", ["en"]);
  const one = await ended(at);
  expect(one.state).toBe("read");
  const { heading, text } = posterTexts.en;
  expect(letterError(one.read!.text, `${heading} ${text}`), one.read!.text).toBeLessThan(0.05);
  expect(JSON.stringify(one)).not.toMatch(/EXERCISECAM|GPS|<script/);
  const shown = await fetch(`${id.web.address}/api/ads/pictures/${at}/preview`, {
    headers: { cookie: sari.cookie },
  });
  expect(shown.headers.get("content-type")).toBe("image/webp");
  const bytes = Buffer.from(await shown.arrayBuffer());
  expect(await sharp(bytes).metadata()).toMatchObject({ format: "webp" });
  for (const gone of ["EXERCISECAM", "script", "PK\u0003\u0004", "Exif"])
    expect(bytes.includes(gone), gone).toBe(false);
  await sari.must("DELETE", `/api/ads/pictures/${at}`);
  expect((await sari.ask("GET", `/api/ads/pictures/${at}`)).status).toBe(404);
}, 60_000);

/** A PNG of one bit a pixel, all of it there: small to send, and too large to unpack. */
function bomb(side: number): Buffer {
  const chunk = (name: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(name), data]);
    const frame = Buffer.alloc(8);
    frame.writeUInt32BE(data.length, 0);
    frame.writeUInt32BE(crc32(body), 4);
    return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(side, 0);
  head.writeUInt32BE(side, 4);
  head[8] = 1;
  const rows = deflateSync(Buffer.alloc(side * (1 + Math.ceil(side / 8))), { level: 1 });
  return Buffer.concat([Buffer.from("\u0089PNG\r\n\u001a\n", "latin1"), chunk("IHDR", head), chunk("IDAT", rows), chunk("IEND", Buffer.alloc(0))]); // prettier-ignore
}

test("a drawing in code named .png, a page, a torn photo and a picture of 30,000 by 30,000 are refused by name", async () => {
  const svg = Buffer.from(
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="file:///etc/passwd"/></svg>',
  );
  const at = await begin(svg, "EXERCISE.png");
  expect(codeOf(await whole(at, svg))).toBe("NOT_A_PICTURE");
  const page = Buffer.from("%PDF-1.7 EXERCISE");
  const other = await begin(page, "EXERCISE.webp");
  expect(codeOf(await whole(other, page))).toBe("NOT_A_PICTURE");
  expect(codeOf(await whole(other, svg))).toBe("NOT_AS_SENT");
  const jpeg = await sharp(await poster(browser, posterTexts.en))
    .jpeg()
    .toBuffer();
  const torn = await ended(await send(jpeg.subarray(0, Math.round(jpeg.length / 2)), "EXERCISE torn.jpg"));
  expect(torn).toMatchObject({ state: "refused", refusal: "PICTURE_TORN" });
  const began = Date.now();
  const large = await ended(await send(bomb(30_000), "EXERCISE large.png"));
  expect(large).toMatchObject({ state: "refused", refusal: "PICTURE_TOO_LARGE" });
  expect(Date.now() - began).toBeLessThan(20_000);
  // An empty sheet is a picture without a text: an officer may write down what she sees.
  const empty = await ended(await send(await sharp({ create: { width: 400, height: 300, channels: 3, background: "#fff" } }).png().toBuffer(), "EXERCISE empty.png", ["en"])); // prettier-ignore
  expect(empty).toMatchObject({ state: "refused", refusal: "PICTURE_UNREAD" });
  await sari.must("POST", `/api/ads/pictures/${empty.id}/advert`, { text: "EXERCISE: nothing stands on it" });
  const { pictures } = await sari.must<{ pictures: PictureHead[] }>("GET", "/api/ads/pictures");
  expect(pictures.map((one) => one.id)).toEqual(expect.arrayContaining([at, other, torn.id, large.id]));
  const size = 13 * 1024 * 1024;
  const huge = { source, fileName: "EXERCISE.png", size, languages: [] };
  expect(codeOf(await sari.ask("POST", "/api/ads/pictures", huge))).toBe("PICTURE_TOO_LARGE");
}, 120_000);
