// Campaigns of adverts as they come in: what joins, what must not, what a campaign says ever again.
import { describe, expect, test } from "vitest";
import { pairScores } from "../../../bench/detect-scores.ts";
import { makeAdverts, madeLanguages } from "../../../testing/made-adverts.ts";
import { Campaigns, ngrams, selectorLinks, sketch, template } from "../index.ts";

const adverts = [...makeAdverts({ adverts: 3_000, seed: 11 })];
const campaigns = new Campaigns();
const said = adverts.map(({ text }) => campaigns.add(text).campaign).map((one) => campaigns.now(one));

test("near-duplicates in seven scripts are gathered, and little else", () => {
  const { ari, precision } = pairScores(adverts.map(({ truth }) => truth), said); // prettier-ignore
  expect(ari).toBeGreaterThan(0.8);
  expect(precision).toBeGreaterThan(0.95);
});

test.each(madeLanguages)("of the pairs in %s more than half are found", (language) => {
  const mine = adverts.flatMap((one, nth) => (one.language === language ? [nth] : []));
  const { recall } = pairScores(mine.map((nth) => adverts[nth]!.truth), mine.map((nth) => said[nth]!)); // prettier-ignore
  expect(recall).toBeGreaterThan(0.5);
});

const offer =
  "Dibutuhkan segera staf administrasi untuk kantor baru, kerja dari pagi sampai sore, disediakan kamar dan makan, " +
  "hubungi nomor 0812 1111 2222 sebelum hari Jumat, kuota hanya sepuluh orang dari kota Medan dan sekitarnya";

describe("one advert in another dress joins the same campaign", () => {
  test.each([
    ["another number, another town", offer.replace("0812 1111 2222", "0857 9999 0000").replace("Medan", "Binjai")],
    ["marks without width", offer.replaceAll("a", "a\u200b")],
    ["look-alike letters", offer.replaceAll("a", "а").replaceAll("o", "о")],
    ["shouted, with signs between", offer.toUpperCase().replaceAll(" ", " * ")],
    ["some words exchanged", offer.replace("staf administrasi", "pegawai toko").replace("kamar", "asrama")],
  ])("%s", (_, text) => {
    const own = new Campaigns();
    expect(own.add(text).campaign).toBe(own.add(offer).campaign);
  });
}); // prettier-ignore

test("a sentence that two adverts share makes no campaign of them", () => {
  const own = new Campaigns();
  const shared = "Kami memberikan kesempatan yang sama kepada semua pelamar tanpa memandang latar belakang mereka. ";
  const first = own.add(`${shared}Bengkel motor mencari montir berpengalaman, bawa alat sendiri, masuk jam delapan, libur hari Minggu, upah dibayar tiap Sabtu sore di tempat.`);
  const second = own.add(`${shared}Toko roti kami di Bogor membuka dua cabang dan perlu penjaga kasir, lulusan SMA, rajin, jujur, tinggal dekat stasiun lebih disukai.`);
  expect(second.campaign).not.toBe(first.campaign);
}); // prettier-ignore

test("two campaigns that grow together are merged, with the history told", () => {
  const own = new Campaigns();
  const words = offer.split(" ");
  const half = (odd: number): string =>
    words.map((word, nth) => (nth % 3 === odd && nth % 2 === 0 ? `kata${nth}${odd}` : word)).join(" ");
  const events = [half(0), half(1), half(2), offer, offer, half(0), half(1)].flatMap((text) => own.add(text).events);
  expect(new Set(Array.from({ length: own.count }, (_, nth) => own.now(nth))).size).toBe(1);
  expect(own.size(0)).toBe(7);
  expect(events.map(({ kind }) => kind)).toContain("joined");
}); // prettier-ignore

test("members that do not agree with the middle leave on request, and stay together", () => {
  const own = new Campaigns();
  const members = Array.from({ length: 6 }, (_, nth) => own.add(`${offer} ${nth}`).sketch);
  const strange = "Toko roti kami di Bogor membuka dua cabang dan perlu penjaga kasir, rajin dan jujur, tinggal dekat stasiun";
  const wrong = [sketch(ngrams(strange)), sketch(ngrams(`${strange} ya`))];
  expect(own.split(0, [...members, ...wrong])).toEqual([[6, 7]]);
}); // prettier-ignore

test("the template shows what is fixed, and what stands in the slots", () => {
  const { parts, members } = template("Gaji 900 dolar, hubungi Melly di Medan", [
    "Gaji 1200 dolar, hubungi Dewi di Medan",
    "Gaji 1500 dolar, hubungi Dewi di Medan",
    "Gaji 900 dolar, hubungi Rina di Medan",
  ]);
  expect(members).toBe(4);
  expect(parts.map(({ kind }) => kind)).toEqual(["fixed", "slot", "fixed", "slot", "fixed"]);
  expect(parts[1]).toMatchObject({
    values: [
      { text: "900", count: 2 },
      { text: "1200", count: 1 },
      { text: "1500", count: 1 },
    ],
  });
});

test("campaigns that share a recruiter's number are linked; a victim's number links nothing", () => {
  const one = (campaign: number, role: "recruiter" | "victim", key: string) => ({
    advert: `${campaign}-${key}`,
    campaign,
    selectors: [{ key, role }],
  });
  expect(
    selectorLinks([one(1, "recruiter", "phone +62854"), one(2, "recruiter", "phone +62854"), one(1, "victim", "phone +62811"), one(2, "victim", "phone +62811")]),
  ).toEqual([{ selector: "phone +62854", campaigns: [1, 2], adverts: 2 }]);
}); // prettier-ignore

test("an empty advert, and one of signs alone, are campaigns of their own and harm nothing", () => {
  const own = new Campaigns();
  expect(own.add("").campaign).not.toBe(own.add("!!! ???").campaign);
});
