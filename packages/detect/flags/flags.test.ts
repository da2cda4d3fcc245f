// Adverts as recruiters write them, in every language of the lists: which signs are seen, where, and what is not a sign.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { find, flagIds, flags, language, phraseLanguages, phrasesOf } from "../index.ts";

const signs = (text: string): string[] => [...new Set(flags(text).map(({ flag }) => flag))].sort();

describe("an advert shows its signs", () => {
  test.each([
    ["en", "Urgent hiring in Sihanoukville: USD 2500 per month, no experience, free ticket, WhatsApp only", ["chatOnly", "freeTravel", "hotspot", "noExperience", "pay", "urgency"]],
    ["id", "Lowongan CS di Kamboja, gaji 15 juta per bulan, tanpa pengalaman, tiket ditanggung. Kirim foto paspor", ["freeTravel", "hotspot", "noExperience", "papers", "pay", "role"]],
    ["ms", "Kerja kosong segera di Kemboja, gaji lumayan, tiada pengalaman, tiket percuma, bayar kemudian", ["debt", "freeTravel", "hotspot", "noExperience", "pay", "urgency"]],
    ["fil", "Urgent hiring CSR, malaking sahod, walang experience, libreng ticket, susunduin sa airport", ["border", "freeTravel", "noExperience", "pay", "role", "urgency"]],
    ["th", "รับสมัครด่วน แอดมิน ปอยเปต รายได้ดี ไม่ต้องมีประสบการณ์ ตั๋วฟรี ข้ามชายแดน", ["border", "freeTravel", "hotspot", "noExperience", "pay", "role", "urgency"]],
    ["vi", "Tuyển gấp, việc nhẹ lương cao, không cần kinh nghiệm, bao vé, qua biên giới Mộc Bài", ["border", "freeTravel", "hotspot", "noExperience", "pay", "urgency"]],
    ["km", "ត្រូវការបន្ទាន់ ប្រាក់ខែខ្ពស់ មិនត្រូវការបទពិសោធន៍ ក្រុងព្រះសីហនុ ប្រាក់កក់", ["debt", "hotspot", "noExperience", "pay", "urgency"]],
    ["lo", "ຮັບສະໝັກດ່ວນ ເງິນເດືອນສູງ ບໍ່ຕ້ອງມີປະສົບການ ສາມຫຼ່ຽມຄຳ ປີ້ຟຣີ", ["freeTravel", "hotspot", "noExperience", "pay", "urgency"]],
    ["my", "အမြန်လိုအပ် လစာကောင်း အတွေ့အကြုံမလို မြဝတီ နယ်စပ်ဖြတ်", ["border", "hotspot", "noExperience", "pay", "urgency"]],
    ["zh", "急招 妙瓦底 高薪 无需经验 包机票 护照由公司保管", ["freeTravel", "hotspot", "noExperience", "papers", "pay", "urgency"]],
    ["ta", "அவசர தேவை கம்போடியா அதிக சம்பளம் அனுபவம் தேவையில்லை இலவச டிக்கெட்", ["freeTravel", "hotspot", "noExperience", "pay", "urgency"]],
    ["pt", "Contratação urgente no Camboja: salário alto, sem experiência, passagem paga, empresa estrangeira", ["freeTravel", "hotspot", "noExperience", "pay", "unnamedEmployer", "urgency"]],
  ])("%s", (_, text, expected) => expect(signs(text)).toEqual(expected));
}); // prettier-ignore

test.each([
  ["marks without width inside words", "fr\u200bee tick\u200bet, no expe\u00adrience"],
  ["look-alike letters", "frее tiсkеt, nо ехperienсе"],
  ["text turned round", "\u202etekcit eerf\u202c \u202eecneirepxe on\u202c"],
  ["digits for letters and odd spaces", "fr3e  t1cket,\nn0 exper1ence"],
  ["letters in another dress", "𝗳𝗿𝗲𝗲 𝘁𝗶𝗰𝗸𝗲𝘁 ｎｏ ｅｘｐｅｒｉｅｎｃｅ"],
])("%s hide nothing", (_, text) =>
  expect(signs(text)).toEqual(expect.arrayContaining(["freeTravel", "noExperience"])),
);

test("spaces between Thai words, decomposed Vietnamese and Vietnamese without signs are read the same", () => {
  expect(signs("ไม่ ต้อง มี ประสบการณ์ ตั๋ว ฟรี")).toEqual(["freeTravel", "noExperience"]);
  expect(signs("không cần kinh nghiệm".normalize("NFD"))).toEqual(["noExperience"]);
  expect(signs("khong can kinh nghiem")).toEqual(["noExperience"]);
});

test("pay is weighed against what such work pays there, by the month", () => {
  const pay = (text: string): (number | undefined)[] => flags(text).map(({ times }) => times);
  expect(pay("gaji Rp 4.500.000")).toEqual([]);
  expect(pay("gaji Rp 15.000.000 / bulan")).toEqual([3.3]);
  expect(pay("2.000 บาท/วัน")).toEqual([3.7]);
  expect(pay("月薪2万")).toEqual([4]);
  expect(pay("salary $3,000")).toEqual([6]);
  expect(flags("gaji 15 juta", { norms: { month: { IDR: 15e6 }, above: 2.5 } })).toEqual([]);
}); // prettier-ignore

test.each([
  "We make kitchen tables in Laos and sell them in Thailand.",
  "Please send the invoice by Friday; the meeting is at 10.",
  "ขอบคุณที่ใช้บริการ ยอดชำระ 450 บาท",
  "Customer service representative wanted in our shop in Laos.",
  "Besok saya ke kantor, jangan lupa bawa kunci.",
])("no sign in: %s", (text) => expect(flags(text)).toEqual([]));

test("every phrase of every list is found where it stands, by its own sign", () => {
  for (const one of phraseLanguages)
    for (const flag of flagIds)
      for (const phrase of Object.keys(phrasesOf(flag, one)))
        expect(flags(`free ticket x ${phrase} x`).map((seen) => seen.flag), `${one}: ${phrase}`).toContain(flag);
}); // prettier-ignore

test("the work that is offered shows beside another sign, and alone says nothing", () => {
  expect(signs("招客服")).toEqual([]);
  expect(flags("招客服，包机票").find(({ flag }) => flag === "role")).toMatchObject({
    ...{ text: "客服", gloss: "customer service", language: "zh" },
  });
});

test("every sign but disguise has phrases in every language", () => {
  for (const one of phraseLanguages)
    for (const flag of flagIds)
      if (flag !== "disguise" && flag !== "hotspot")
        expect(Object.keys(phrasesOf(flag, one)).length, `${one} ${flag}`).toBeGreaterThan(4);
}); // prettier-ignore

test("every place points into the original, however the text was dressed up", () => {
  const odd = fc.array(fc.constantFrom("free ticket ", "\u202e", "\u202c", "ตั๋ว", " ", "ฟรี", "\u200b", "İ", "é", "e\u0301", "n0 exp", "3000 usd", "рa", "😀", "\n")); // prettier-ignore
  fc.assert(
    fc.property(odd, (parts) => {
      const whole = parts.join("");
      for (const one of [...flags(whole), ...find(whole)]) {
        expect(one.end).toBeGreaterThan(one.start);
        expect(whole.slice(one.start, one.end)).toBe(one.text);
      }
    }),
  );
});

test("a number that is stored backwards is read as it is seen", () => {
  const backwards = Array.from("+62 812-3456-7890").reverse().join("");
  expect(find(`WA \u202e${backwards}\u202c ya`)[0]).toMatchObject({
    canonical: "+6281234567890",
    valid: true,
  });
});

test("an advert of a million letters is read in time that grows with its length", () => {
  const text = "gaji besar tanpa pengalaman di kamboja 15 juta \u202eatuj\u202c ".repeat(22_000);
  const started = performance.now();
  expect(flags(text).length).toBeGreaterThan(1_000);
  expect(performance.now() - started).toBeLessThan(15_000);
}, 20_000);

test("Indonesian and Malay: a sentence of words that both have is said to be either, one that parts them is not", () => {
  expect(
    language("Pekerja itu dijanjikan gaji yang tinggi dan tidak pernah dibayar oleh mereka."),
  ).toMatchObject({ code: "id", either: "ms/id" });
  expect(language("Lowongan kerja karena perusahaan bisa mengurus paspor").either).toBeUndefined();
  expect(language("Kerja kosong kerana syarikat boleh uruskan pasport").either).toBeUndefined();
});
