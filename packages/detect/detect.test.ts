// Messages as recruiters write them: what is found, where, and what must not be taken for a number.
import { readFileSync } from "node:fs";
import { given } from "../../testing/data.ts";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DetectError, find, findInPieces, fold, guessEncoding, language, longestText } from "./index.ts";

const found = (text: string, region?: string): string[] =>
  find(text, region === undefined ? {} : { region }).map(
    (one) => `${one.type} ${one.canonical}${one.valid ? "" : " !"}`,
  );

describe("a message gives up its selectors", () => {
  test.each([
    ["เบอร์โทร๐๘๑-๒๓๔-๕๖๗๘ด่วน แอดไลน์ ID：somchai_99", ["phone +66812345678", "handle line:somchai_99"]],
    [
      "Hubungi WA 0812-3456-7890 atau t.me/kerja_kamboja",
      ["phone +6281234567890", "handle telegram:kerja_kamboja"],
    ],
    ["Melly,+62 854 0000 1702,៤១២,2AX-7731", ["phone +6285400001702"]],
    ["អ្នកបើកបរ,០១៩ ០០០ ៤១៧,៤១៣", ["phone +85519000417"]],
    ["Telegram saya @melly_kerja_kh", ["handle telegram:melly_kerja_kh"]],
    ["wa.me/6281234567890?text=hi", ["handle whatsapp:+6281234567890", "phone +6281234567890"]],
    [
      "微信：wxid_abc123电话13812345678网址http://abc888.com注册",
      ["handle wechat:wxid_abc123", "phone +8613812345678", "url http://abc888.com/"],
    ],
    [
      "hxxps://evil[.]site/login, admin [at] evil (dot) com",
      ["url https://evil.site/login", "email admin@evil.com"],
    ],
    ["USDT-TRC20: TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t", ["wallet tron:TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t"]],
    ["โอนเข้าบัญชี กสิกรไทย 123-4-56789-0", ["account TH:KBANK:1234567890"]],
    [
      "Zalo 0912345678, STK 19036543210987 Techcombank",
      ["phone +84912345678", "account VN:TCB:19036543210987"],
    ],
    ["ទូរស័ព្ទ ០១២ ៣៤៥ ៦៧៨", ["phone +85512345678"]],
    ["ໂທ ໐໒໐ ໕໕໑໒ ໓໔໕໖", ["phone +8562055123456"]],
    ["ဖုန်း ၀၉ ၄၂၁ ၂၃၄ ၅၆၇", ["phone +959421234567"]],
    ["NIK: 3174095508900001", ["document id:IDN:3174095508900001"]],
    ["IMEI: 490154203237518", ["device imei:490154203237518"]],
  ])("%s", (text, expected) => expect(found(text)).toEqual(expected));
});

test.each([
  "ราคา 1000-7000 บาท วันที่ 12/03/2026 10:22",
  "order no 0812345678, gaji Rp 12.000.000, 2026-03-12",
  "The business line: government. Ends here.This is new",
])("no selector in: %s", (text) => expect(found(text)).toEqual([]));

test("a national number that two states could own is nobody's", () => {
  expect(find("please call 0812345678 now")[0]).toMatchObject({ valid: false, reason: "REGION_AMBIGUOUS" });
  expect(found("081-234-5678", "TH")).toEqual(["phone +66812345678"]);
});

test("a Burmese number with a digit too many is no number of Germany", () => {
  expect(found("လစာကောင်း အလုပ်ရှိသည် ဖုန်း ၀၉၄၅၀၀၀၁၂၃၄၅")).toEqual(["phone 094500012345 !"]);
});

test("the beginning of another state's number is no number of the state whose language is spoken", () => {
  expect(found("လစာကောင်း အလုပ်ရှိသည် 0812-3456-7890")).toEqual([]);
  expect(found("လစာကောင်း အလုပ်ရှိသည် 0812-3456")).toEqual(["phone +958123456"]);
});

test("every place points into the original, however the text was dressed up", () => {
  const text = "𝗧𝗲𝗹: 0️⃣9️⃣1️⃣7️⃣ 123 4567 tawag lang po kayo, admin [at] evil (dot) com";
  for (const one of find(text)) expect(text.slice(one.start, one.end)).toBe(one.text);
  const odd = fc.array(
    fc.constantFrom(
      "๐๘๑",
      "0812345678 ",
      "𝟬",
      "[.]",
      "com",
      "\u200b",
      " (dot) ",
      "а",
      "@abc_d1 ",
      "️⃣",
      "t.me/",
      "x",
    ),
  );
  fc.assert(
    fc.property(odd, (parts) => {
      const whole = parts.join("");
      const folded = fold(whole);
      expect(folded.exact.length).toBe(folded.text.length);
      for (let i = 1; i <= folded.text.length; i++) expect(folded.to(i)).toBeGreaterThan(folded.from(i - 1));
      for (const one of find(whole)) expect(whole.slice(one.start, one.end)).toBe(one.text);
    }),
  );
});

test("reading in pieces finds the same places as reading at once", async () => {
  const text = "โทร 081-234-5678 ด่วน\n".repeat(400);
  const parts = text.match(/[^]{1,700}/g)!;
  const inPieces = [];
  for await (const one of findInPieces(parts, { piece: 2_048 })) inPieces.push(one);
  expect(inPieces).toEqual(find(text));
});

test.each([["0 1 "], ["a."], ["http://"], ["A<".repeat(15) + "\n"], ["wa.me/6281234567890 "]])(
  "a text made to be slow is read in time that grows with its length: %s",
  (part) => {
    const started = performance.now();
    find(part.repeat(Math.ceil(200_000 / part.length)));
    expect(performance.now() - started).toBeLessThan(20_000);
  },
  30_000,
);

test("a text past the limit is refused by name", () => {
  expect(() => find("x".repeat(longestText + 1))).toThrow(DetectError);
});

test.each([
  ["th", "รับสมัครพนักงานแอดมิน รายได้ดี"],
  ["km", "ត្រូវការបុគ្គលិក ប្រាក់ខែខ្ពស់"],
  ["zh", "高薪招聘客服，包吃包住"],
  ["id", "Lowongan kerja di luar negeri, gaji besar karena perusahaan bisa mengurus paspor"],
  ["ms", "Kerja kosong di luar negara kerana syarikat boleh uruskan pasport sahaja"],
  ["fil", "Naghahanap kami ng mga tao para sa trabaho sa ibang bansa"],
  ["vi", "Tuyển dụng nhân viên đi làm việc tại Campuchia, lương cao"],
  ["en", "We are hiring customer service staff, no experience required"],
  ["pt", "Procuramos pessoas para trabalhar numa empresa no estrangeiro"],
  ["tet", "Ami buka ema atu servisu iha rai seluk ho osan boot"],
])("the language is %s", (code, text) => expect(language(text).code).toBe(code));

test("a file in TIS-620 or UTF-16 is known by its bytes", () => {
  const thai = Array.from("โทรหาเราวันนี้ สวัสดีครับทุกคน", (one) =>
    one === " " ? 0x20 : one.charCodeAt(0) - 0x0e00 + 0xa0,
  );
  expect(guessEncoding(Uint8Array.from(thai))).toBe("windows-874");
  expect(guessEncoding(Uint8Array.from([0xff, 0xfe, 0x41, 0]))).toBe("utf-16le");
  expect(guessEncoding(new TextEncoder().encode("สวัสดี"))).toBe("utf-8");
});

const ordinary = given("messages/thai_sms_ok.txt");
test.skipIf(ordinary === null)(
  "ordinary Thai messages hold no phone and no account (skipped without the given data)",
  () => {
    const lines = readFileSync(ordinary!, "utf8").split("\n");
    const numbers = lines.flatMap((line) =>
      find(line).filter((one) => one.valid && ["phone", "account", "wallet"].includes(one.type)),
    );
    expect(numbers).toEqual([]);
  },
);
