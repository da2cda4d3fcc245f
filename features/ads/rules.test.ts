// Reading adverts and judging labels, from values alone: formats, disguises, and reviewers who say one thing always.
import { expect, test } from "vitest";
import { gzipSync } from "node:zlib";
import { zoneOf } from "../border/testing.ts";
import type { Finding } from "./contract.ts";
import { readRecords } from "./formats/records.ts";
import { rankAdvert, readAdvert } from "./reading.ts";
import {
  beyondChance,
  columnsIn,
  countedLabels,
  likely,
  reviewers,
  reviewerWeights,
  shifted,
  suggest,
  wordingLabels,
  type Label,
} from "./rules.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const read = (name: string, text: string, mapping = {}) => readRecords(name, bytes(text), mapping);
const lone = { known: [], sharedWith: 0, size: 1, confirmed: false };

const offer =
  "Lowongan admin di Sihanoukville, gaji 15 juta, tanpa pengalaman, tiket gratis. Hubungi 0812-3456-7890";

test("text, tables, JSON of platforms, Telegram exports and feeds become adverts with where and when", () => {
  expect(read("a.txt", "one\n\n\ntwo\n---\nthree").map(({ text }) => text)).toEqual(["one", "two", "three"]);
  expect(read("a.csv", "Title;Description;Link;Label\nJob;Come, now;https://x.example;1\n")).toEqual([
    { text: "Job\nCome, now", origin: "https://x.example", postedAt: undefined, said: "1" },
  ]);
  expect(read("a.jsonl", '{"body":"one"}\n{"body":"two"}').map(({ text }) => text)).toEqual(["one", "two"]);
  expect(read("a.json", '{"items":[{"kop":"one","isi":"two"}]}', { text: ["kop", "isi"] })[0]!.text).toBe(
    "one\ntwo",
  );
  const telegram = {
    name: "EXERCISE jobs",
    messages: [
      {
        id: 7,
        type: "message",
        date_unixtime: "1900000000",
        text: ["Apply ", { type: "link", text: "here", href: "https://t.me/x" }],
      },
      { id: 8, type: "service", text: "", action: "pin_message" },
    ],
  };
  expect(read("result.json", JSON.stringify(telegram))).toEqual([
    { text: "Apply here <https://t.me/x>", origin: "EXERCISE jobs #7", postedAt: "1900000000" },
  ]);
  const page = `<!DOCTYPE html><html><head><title>Exported Data</title></head><body><div class="page_wrap"><div class="page_header">
    <div class="content"><div class="text bold">\nEXERCISE &amp; jobs \n</div></div></div><div class="page_body chat_page">
    <div class="message service" id="message-1"><div class="body details">\n12 March 2031\n</div></div>
    <div class="message default clearfix" id="message7"><div class="body">
      <div class="pull_right date details" title="12.03.2031 10:22:33 UTC+07:00">\n10:22\n</div>
      <div class="from_name">\nSomebody EXERCISE\n</div><div class="text">\nApply <a href="https://t.me/x">here</a><br>High pay</div></div></div>
    <div class="message default clearfix joined" id="message8"><div class="body"><div class="media_wrap">photo</div></div></div></div></div>`;
  expect(read("messages.html", page)).toEqual([
    {
      ...{ text: "Apply  https://t.me/x here\nHigh pay", origin: "EXERCISE & jobs #7" },
      postedAt: "2031-03-12T10:22:33+07:00",
    },
  ]);
  const atom = `<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>Job</title><link href="https://a.example/1"/>
    <updated>2031-01-01T00:00:00Z</updated><content type="html">&lt;p&gt;High pay&lt;/p&gt;</content></entry></feed>`;
  expect(read("feed.xml", atom)).toEqual([
    { text: "Job\nHigh pay", origin: "https://a.example/1", postedAt: "2031-01-01T00:00:00Z" },
  ]);
  expect(readRecords("a.txt.gz", gzipSync("packed"), {})).toEqual([{ text: "packed" }]);
});

test("a file that is no list of adverts is refused by name", () => {
  const refusal = (name: string, content: Uint8Array): string => {
    try {
      readRecords(name, content, {});
    } catch (fault) {
      return (fault as { code: string }).code;
    }
    return "";
  };
  expect(refusal("a.xml", bytes("<rss><item>"))).toBe("NOT_READABLE");
  expect(refusal("a.xml", bytes('<!DOCTYPE x [<!ENTITY a "aa">]><rss>&a;</rss>'))).toBe("NOT_READABLE");
  expect(refusal("a.json", bytes("{ torn"))).toBe("NOT_READABLE");
  expect(refusal("a.csv", bytes("colour,size\nred,3\n"))).toBe("NO_RECORDS");
  expect(refusal("a.txt", bytes(" \n "))).toBe("NO_RECORDS");
  expect(refusal("a.txt", Uint8Array.of(0x50, 0x4b, 3, 4))).toBe("NOT_READABLE");
  expect(refusal("bomb.gz", gzipSync(Buffer.alloc(66 * 1024 * 1024), { level: 1 }))).toBe("NOT_READABLE");
});

test("what columns a file has is seen in its beginning, and what they mean is suggested", () => {
  const columns = columnsIn(
    '{"job_id": "1", "title": "a \\"b\\": c", "description": "x", "fraudulent": "1"}\n{"z":1}',
  );
  expect(columns).toEqual(["job_id", "title", "description", "fraudulent"]);
  expect(suggest(columns)).toEqual({ text: ["title", "description"], said: "fraudulent" });
  expect(columnsIn("a;b\n1;2")).toEqual(["a", "b"]);
  expect(columnsIn("<rss>")).toEqual([]);
});

test.each([
  ["homoglyphs", offer.replaceAll("a", "\u0430")],
  ["marks of no width", offer.replace(/([a-z])([a-z])/g, "$1\u200b$2")],
  ["the direction turned round", `\u202e${Array.from(offer).reverse().join("")}\u202c`],
])("%s hide neither the signs nor the number", (_, text) => {
  const reading = readAdvert(text, "ID");
  expect(reading.flags.map(({ flag }) => flag)).toEqual(
    expect.arrayContaining(["disguise", "freeTravel", "noExperience", "pay"]),
  );
  expect(reading.found.map(({ canonical }) => canonical)).toContain("+6281234567890");
});

test("Burmese of an older phone is read as Burmese, and its signs are found", () => {
  const reading = readAdvert("လစာေကာင္း၊ အေတြ့အႀကံဳမလိုပါ၊ လက္မွတ္ဖရီး", "MM");
  expect(reading).toMatchObject({ zawgyi: true, language: "my" });
  expect(reading.flags.map(({ flag }) => flag)).toEqual(["pay", "noExperience", "freeTravel"]);
});

test("an advert that somebody reworded stands high by a number known from another, and low by its words alone", () => {
  const reworded = readAdvert("Butuh rekan kerja ramah. Hubungi 0812 3456 7890", "ID");
  expect(rankAdvert(reworded.flags, lone).telling).toBeLessThan(2.5);
  expect(rankAdvert(reworded.flags, { ...lone, known: ["+6281234567890"] }).telling).toBeGreaterThan(5);
});

test("limits of age and sex are shown and weigh nothing", () => {
  const limit = readAdvert("Dicari wanita usia 18-25 tahun, belum menikah", "ID");
  expect(limit.flags.map(({ flag }) => flag)).toContain("person");
  expect(
    rankAdvert(
      limit.flags.filter(({ flag }) => flag === "person"),
      lone,
    ).score,
  ).toBe(0);
});

test("a million characters are read to the end, in seconds", () => {
  const began = process.cpuUsage();
  const reading = readAdvert(`${"gaji tinggi tiket gratis ".repeat(39_990)} Hubungi 0812-3456-7890`, "ID");
  expect(reading.found.at(-1)?.canonical).toBe("+6281234567890");
  expect(reading.flags.length).toBeLessThanOrEqual(300);
  expect(process.cpuUsage(began).user / 1e6).toBeLessThan(10);
});

test("an identity paper in an advert is nobody's to match", () => {
  const zone = zoneOf({ number: "P1234567", family: "EXERCISE", given: "MARIA", birth: "990101" });
  const reading = readAdvert(`My sister is there, help.\n${zone}\nphone 0812-3456-7890`, "ID");
  expect(reading.found.map(({ type, role }) => `${type} ${role}`)).toEqual([
    "document victim",
    "phone unknown",
  ]);
});

const label = (n: number, officer: string, found: Finding, second = false): Label => ({
  ...{ advert: `advert ${n}`, officer, source: "s", found, second, telling: n % 5 },
});

test("a reviewer who labels everything fraud is noticed, and her labels count where a second reader says the same", () => {
  const labels = [
    ...Array.from({ length: 40 }, (_, n) => label(n, "one", "recruitment")),
    ...Array.from({ length: 40 }, (_, n) =>
      label(100 + n, "two", n % 2 === 0 ? "recruitment" : "legitimate"),
    ),
    label(0, "two", "recruitment", true),
    label(1, "two", "legitimate", true),
  ];
  const [one, two] = reviewers(labels);
  expect(one).toMatchObject({ officer: "one", noticed: true, second: 2, agreed: 1 });
  expect(two).toMatchObject({ officer: "two", noticed: false });
  expect(
    countedLabels(labels)
      .filter(({ officer }) => officer === "one")
      .map(({ advert }) => advert),
  ).toEqual(["advert 0"]);
  expect(countedLabels(labels).filter(({ officer }) => officer === "two")).toHaveLength(40);
});

test("one whom second readers seldom agree with is noticed too; what is unclear teaches nothing", () => {
  const labels = [
    ...Array.from({ length: 20 }, (_, n) => label(n, "one", n % 2 === 0 ? "recruitment" : "legitimate")),
    ...Array.from({ length: 12 }, (_, n) => label(n, "two", "other-fraud", true)),
    label(50, "three", "unclear"),
  ];
  expect(reviewers(labels).find(({ officer }) => officer === "one")?.noticed).toBe(true);
  expect(countedLabels(labels)).toEqual([]);
});

test("a reviewer who labels everything fraud moves no wording model, and nobody outweighs all others together", () => {
  const by = (officer: string, count: number, found: (nth: number) => Finding): Label[] =>
    Array.from({ length: count }, (_, nth) => ({
      ...{ advert: `${officer}${nth}`, officer, source: "s", found: found(nth), second: false, telling: 1 },
    }));
  const careful = by("a", 40, (nth) => (nth % 2 === 0 ? "recruitment" : "legitimate"));
  const flood = by("b", 500, () => "recruitment");
  const weights = reviewerWeights([...careful, ...flood]);
  expect(weights.get("b")).toBe(0);
  expect(wordingLabels([...careful, ...flood]).filter((one) => one.weight > 0)).toEqual(
    wordingLabels(careful),
  );
  // Just below what is noticed, her five hundred weigh no more than the forty of the other.
  const sly = by("c", 500, (nth) => (nth % 20 === 0 ? "legitimate" : "other-fraud"));
  expect(reviewerWeights([...careful, ...sly]).get("c")! * 500).toBeCloseTo(40);
  expect(wordingLabels(by("d", 2, () => "unclear"))).toEqual([]);
});

test("what a sample from below says of all below has its bounds: nothing in twenty may still be one in six", () => {
  expect(likely(0, 20).low).toBe(0);
  expect(likely(0, 20).high).toBeCloseTo(0.161, 2);
  expect(likely(5, 50).low).toBeCloseTo(0.043, 2);
});

test("the same spread has not moved, another has; and a share of few adverts moves by chance", () => {
  expect(shifted([50, 30, 20], [500, 300, 200])).toBeLessThan(0.01);
  expect(shifted([50, 30, 20], [20, 30, 50])).toBeGreaterThan(0.25);
  expect(beyondChance([10, 100], [40, 100])).toBe(true);
  expect(beyondChance([1, 10], [4, 10])).toBe(false);
  expect(beyondChance([0, 50], [0, 50])).toBe(false);
});
