// Identity documents, devices and number plates: by the words before them, by checksum, by the lines of an MRZ.
import { luhn, mrzLines, normalise } from "@simpul/match/profiles";
import { candidate, type Candidate, type Page } from "./candidate.ts";

const value = "([A-Z]{0,2}[ -]?\\d[\\dA-Z .-]{4,22}[\\dA-Z])";
const passportWords = new RegExp(
  `(?:passport|paspor|pasport|pasaporte|passaporte|หนังสือเดินทาง|พาสปอร์ต|hộ chiếu|លិខិតឆ្លងដែន|ໜັງສືຜ່ານແດນ|ပတ်စပို့|护照|護照|கடவுச்சீட்டு)(?: ?(?:no|number|nomor|nombor|số|เลขที่|numero|号码|号|លេខ))?[ .:：#-]{0,3}([A-Z]{0,2}\\d{5,9}[A-Z]?)(?![A-Z0-9])`,
  "giu",
);
const idWords = new RegExp(
  `(?:national id|id card|identity card|nik|ktp|e-ktp|nric|fin|ic no|no\\.? ?ic|i\\/c|mykad|kad pengenalan|cccd|cmnd|căn cước|chứng minh|philsys|psn|nrc|hkid|เลขบัตรประชาชน|บัตรประชาชน|เลขประจำตัวประชาชน|អត្តសញ្ញាណប័ណ្ណ|ບັດປະຈຳຕົວ|မှတ်ပုံတင်|身份证|身份證)(?: ?(?:no|number|nomor|nombor|số|เลขที่|号码|号|លេខ))?[ .:：#-]{0,3}${value}`,
  "giu",
);
const issuers: readonly (readonly [RegExp, string])[] = [
  [/nik|ktp/i, "ID"],
  [/nric|fin\b/i, "SG"],
  [/ic no|no\.? ?ic|i\/c|mykad|pengenalan/i, "MY"],
  [/cccd|cmnd|căn cước|chứng minh/i, "VN"],
  [/philsys|psn/i, "PH"],
  [/hkid/i, "HK"],
  [/ประชาชน/, "TH"],
  [/អត្តសញ្ញាណ/, "KH"],
  [/ບັດປະຈຳຕົວ/, "LA"],
  [/身份[证證]/, "CN"],
];
const burmese =
  /(?<!\d)(?:1[0-4]|[1-9])\/[A-Za-z\u1000-\u109F]{3,18}\((?:N|C|P|E|Naing|နိုင်|ပြု|ဧည့်)\)\d{6}(?!\d)/g;
const thai = /(?<![\d-])\d-\d{4}-\d{5}-\d{2}-\d(?![\d-])/g;
const singapore = /(?<![A-Za-z0-9])[STFGM]\d{7}[A-Z](?![A-Za-z0-9])/g;
const malaysia = /(?<![\d-])\d{6}-\d{2}-\d{4}(?![\d-])/g;
const zone = /(?<![^\n])[ \t]{0,8}(?:[A-Z0-9<]{30}|[A-Z0-9<]{36}|[A-Z0-9<]{44})[ \t\r]{0,8}(?![^\n])/g;
const imei = /imei(?:\s?[12])?[\s:：#.-]{0,3}(\d[\d /-]{12,20}\d)/gi;
const mac = /(?<![0-9a-f:-])[0-9a-f]{2}(?:([:-])[0-9a-f]{2})(?:\1[0-9a-f]{2}){4}(?![0-9a-f:-])/gi;
const plate = new RegExp(
  "(?:number plate|licen[cs]e plate|plate (?:no|number)|plat nomor|nopol|no\\.? ?plat|nombor plat|no\\.? pendaftaran|plaka|biển số(?: xe)?|ทะเบียน(?:รถ)?|เลขทะเบียน|ផ្លាកលេខ|ປ້າຍລົດ|ယာဉ်နံပါတ်|车牌(?:号)?)[ .:：#-]{0,3}([\\dA-Zก-ฮក-អກ-ຮ]{1,4}[ -]?[\\dA-Z]{1,6}(?:[ .-]?[\\dA-Z]{1,5})?)",
  "giu",
);

/** Consecutive lines of equal width that together are a zone. */
function* zones(page: Page): Generator<Candidate> {
  const { text } = page.folded;
  if (!text.includes("<<")) return;
  const lines = [...text.matchAll(zone)].map((hit) => ({ start: hit.index, end: hit.index + hit[0].length }));
  for (let i = 0; i < lines.length; i++)
    for (const count of [3, 2]) {
      const last = lines[i + count - 1];
      const together =
        last &&
        lines.slice(i, i + count).every((one, n, all) => n === 0 || one.start === all[n - 1]!.end + 1);
      const written = together ? text.slice(lines[i]!.start, last.end) : "";
      if (!together || !written.includes("<<") || !mrzLines(written)) continue;
      const lead = /^\s*/.exec(written)![0].length;
      const span = { start: lines[i]!.start + lead, end: lines[i]!.start + written.trimEnd().length };
      yield candidate("document", span, normalise("document", written), 3);
      i += count - 1;
      break;
    }
}

function* numbered(page: Page): Generator<Candidate> {
  const { text } = page.folded;
  for (const hit of text.matchAll(passportWords)) {
    const here = page.region ?? page.home(hit.index);
    const span = { start: hit.index + hit[0].length - hit[1]!.length, end: hit.index + hit[0].length };
    yield candidate(
      "document",
      span,
      normalise("document", `passport:${hit[1]!}`, here ? { region: here } : {}),
      3,
    );
  }
  for (const hit of text.matchAll(idWords)) {
    const number = hit[1]!.replace(/[ .-]+[A-Z ]*$/i, "");
    const start = hit.index + hit[0].length - hit[1]!.length;
    const here = page.region ?? page.home(hit.index);
    const region = issuers.find(([word]) => word.test(hit[0]))?.[1] ?? here;
    const read = normalise("document", `id:${number}`, region ? { region } : {});
    if (read.valid || number.replace(/\D/g, "").length >= 8)
      yield candidate("document", { start, end: start + number.length }, read, 3);
  }
}

export function* papers(page: Page): Generator<Candidate> {
  const { text } = page.folded;
  yield* zones(page);
  yield* numbered(page);
  for (const [shape, region] of [
    [burmese, "MM"],
    [thai, "TH"],
    [singapore, "SG"],
    [malaysia, "MY"],
  ] as const)
    // prettier-ignore
    for (const hit of text.matchAll(shape)) {
      const read = normalise("document", `id:${hit[0]}`, { region });
      if (read.valid) yield candidate("document", { start: hit.index, end: hit.index + hit[0].length }, read, 3);
    }
  for (const hit of text.matchAll(imei)) {
    const digits = hit[1]!.replace(/\D/g, "");
    if (digits.length < 14 || digits.length > 16) continue;
    const start = hit.index + hit[0].length - hit[1]!.length;
    yield candidate(
      "device",
      { start, end: start + hit[1]!.length },
      normalise("device", digits),
      luhn(digits) ? 3 : 2,
    );
  }
  for (const hit of text.matchAll(mac))
    yield candidate(
      "device",
      { start: hit.index, end: hit.index + hit[0].length },
      normalise("device", hit[0]),
      2,
    );
  for (const hit of text.matchAll(plate)) {
    if (!/\d/.test(hit[1]!)) continue;
    const here = page.region ?? page.home(hit.index);
    const span = { start: hit.index + hit[0].length - hit[1]!.length, end: hit.index + hit[0].length };
    const read = normalise("vehicle", hit[1]!, here ? { region: here } : {});
    yield candidate("vehicle", span, read, 2);
  }
}
