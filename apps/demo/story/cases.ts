// What each state's desks know when the exercise begins, as cases that were opened there before.
import type { Fields, RecordKind } from "@simpul/features/cases/contract.ts";
import type { Evaluation } from "@simpul/model";
import { broker, companies, numbers, places, vehicles, wallets } from "./facts.ts";

/** A record of a story's case; `key` names it for `from`, `to`, `place` and `subjects` of later ones. */
export interface StoryRecord {
  kind: RecordKind;
  key?: string;
  fields: Record<string, unknown>;
  /** 4x4, as in `B3`; not evaluated when it is not there. */
  grade?: `${Evaluation["source"]}${Evaluation["information"]}`;
}

export interface StoryCase {
  /** Short name of the officer who opens and leads it. */
  by: string;
  title: string;
  crimeType: string;
  covert?: boolean;
  summary: string;
  language: string;
  records: StoryRecord[];
}

const subject = (
  key: string,
  fields: Partial<Fields["subject"]>,
  grade?: StoryRecord["grade"],
): StoryRecord => ({
  kind: "subject",
  key,
  fields,
  ...(grade === undefined ? {} : { grade }),
});
const selector = (
  key: string,
  type: Fields["selector"]["type"],
  written: string,
  role: Fields["selector"]["role"],
  more: { subject?: string; grade?: StoryRecord["grade"]; note?: string } = {},
): StoryRecord => ({
  kind: "selector",
  key,
  fields: { type, written, role, subject: more.subject ?? null, note: more.note ?? "" },
  ...(more.grade === undefined ? {} : { grade: more.grade }),
});
const site = (key: string, at: (typeof places)[keyof typeof places], kind: string): StoryRecord => ({
  kind: "place",
  key,
  fields: {
    names: [{ text: at.name, language: "km", romanised: at.latin, how: "other" }],
    kind,
    country: "KH",
    province: at.province,
    position: { latitude: at.lat, longitude: at.lon, radius: at.radiusKm * 1000 },
  },
});
const event = (
  kind: string,
  title: string,
  began: string,
  more: { place?: string; subjects?: string[] } = {},
): StoryRecord => ({
  kind: "event",
  fields: { kind, title, began, place: more.place ?? null, subjects: more.subjects ?? [] },
});
const link = (
  kind: string,
  from: string,
  toKind: Fields["link"]["toKind"],
  to: string,
  grade: StoryRecord["grade"] = "B3",
): StoryRecord => ({
  kind: "link",
  fields: { kind, from, toKind, to },
  grade,
});
const note = (body: string, language: string): StoryRecord => ({ kind: "note", fields: { body, language } });
const task = (title: string, due: string): StoryRecord => ({ kind: "task", fields: { title, due } });

/** Cases by node. `id` leaves the phone of the returned worker to the learner: that case is not open yet. */
export const cases: Readonly<Record<string, readonly StoryCase[]>> = {
  id: [
    {
      by: "rina",
      title: "LATIHAN: pembayar tiket rombongan ke Phnom Penh",
      crimeType: "trafficking-forced-criminality",
      summary:
        "LATIHAN. Dua belas tiket dibayar oleh satu orang antara Desember 2030 dan Februari 2031. Penumpang berangkat sebagai turis; tiga di antaranya dilaporkan hilang oleh keluarga.",
      language: "id",
      records: [
        subject(
          "broker",
          {
            kind: "person",
            role: "suspect",
            names: [{ text: broker.id.name, language: "id" }],
            birth: broker.id.born,
            nationalities: ["KH"],
          },
          "B3",
        ),
        subject("worker", { kind: "person", role: "victim" }),
        selector("fixer", "phone", numbers.fixerPhone, "facilitator", { subject: "broker", grade: "B3" }),
        selector("family", "phone", numbers.familyPhone, "family"),
        event("travel", "LATIHAN: rombongan enam orang terbang ke Phnom Penh", "2031-02-05"),
        link("pays", "broker", "selector", "fixer", "C3"),
        note("LATIHAN: agen perjalanan mengingat nomor Filipina sebagai kontak pembayar.", "id"),
        task("LATIHAN: minta daftar penumpang lengkap", "2031-03-14"),
      ],
    },
  ],
  kh: [
    {
      by: "sreymom",
      title: "លំហាត់៖ វិវាទការងារ សណ្ឋាគារ ទន្លេក្រហម",
      crimeType: "labour-dispute",
      summary: "លំហាត់។ បុគ្គលិកសណ្ឋាគារប្តឹងថាមិនបានប្រាក់ខែ ហើយរាយការណ៍អំពីក្រុមភ្ញៀវបរទេសដែលមកពេលយប់។",
      language: "km",
      records: [
        site("hotel", places.hotel, "transit"),
        subject(
          "recruiter",
          {
            kind: "person",
            role: "suspect",
            names: [{ text: "Melly", language: "id", alias: true }],
            nationalities: ["ID"],
          },
          "C3",
        ),
        selector("phone", "phone", numbers.recruiterPhone, "suspect", { subject: "recruiter", grade: "B2" }),
        selector("van", "vehicle", `KH ${vehicles.van}`, "facilitator", { grade: "B2" }),
        event("contact", "លំហាត់៖ ចុះឈ្មោះស្នាក់នៅ ភ្ញៀវ ៦ នាក់", "2031-02-05", {
          place: "hotel",
          subjects: ["recruiter"],
        }),
        event("contact", "លំហាត់៖ ចុះឈ្មោះស្នាក់នៅ ភ្ញៀវ ៤ នាក់", "2031-02-11", {
          place: "hotel",
          subjects: ["recruiter"],
        }),
        link("seen-at", "recruiter", "place", "hotel", "B2"),
      ],
    },
    {
      by: "sreymom",
      title: "លំហាត់៖ ត្រួតពិនិត្យចរាចរណ៍ រថយន្តដឹកអ្នកដំណើរ",
      crimeType: "immigration",
      summary: "លំហាត់។ រថយន្តពណ៌សដឹកមនុស្ស ៦ នាក់ពេលយប់ ដោយគ្មានលិខិតឆ្លងដែនជាមួយខ្លួន។",
      language: "km",
      records: [
        subject(
          "driver",
          {
            kind: "person",
            role: "facilitator",
            names: [{ text: "ឈឹម បូរ៉ា", language: "km", romanised: "Chhim Bora", how: "ungegn" }],
            nationalities: ["KH"],
          },
          "A2",
        ),
        selector("driver-phone", "phone", numbers.driverPhone, "facilitator", {
          subject: "driver",
          grade: "A1",
        }),
        selector("van", "vehicle", `KH ${vehicles.van}`, "facilitator", { subject: "driver", grade: "A1" }),
        site("road", places.border, "transit"),
        event("travel", "លំហាត់៖ បញ្ឈប់រថយន្តនៅយប់ម៉ោង ២", "2031-02-06", { place: "road", subjects: ["driver"] }),
        link("uses", "driver", "selector", "van", "A1"),
        link("transports", "driver", "place", "road", "A2"),
      ],
    },
    {
      by: "dara",
      title: "លំហាត់៖ ការជួលអគារ សួនឧស្សាហកម្ម មរកត",
      crimeType: "illegal-confinement",
      covert: true,
      summary: "លំហាត់។ អ្នកជួលអគារ B និង C គឺជាបុគ្គលដដែលដែលបានបង់ថ្លៃសំបុត្រយន្តហោះ។",
      language: "km",
      records: [
        subject(
          "tenant",
          {
            kind: "person",
            role: "suspect",
            names: [{ text: broker.kh.name, language: "km", romanised: broker.kh.latin, how: "ungegn" }],
            birth: broker.kh.born,
            nationalities: ["KH"],
          },
          "B2",
        ),
        subject(
          "landlord",
          {
            kind: "organisation",
            role: "business",
            names: [
              {
                text: companies.landlord.kh,
                language: "km",
                romanised: companies.landlord.latin,
                how: "other",
              },
            ],
          },
          "B2",
        ),
        site("park", places.park, "site"),
        event("document", "លំហាត់៖ កិច្ចសន្យាជួលអគារ B និង C", "2030-09-01", {
          place: "park",
          subjects: ["tenant", "landlord"],
        }),
        link("rents-to", "landlord", "subject", "tenant", "B2"),
        link("controls", "tenant", "place", "park", "C3"),
      ],
    },
  ],
  ph: [
    {
      by: "joel",
      title: "PAGSASANAY: reklamo sa pekeng investment",
      crimeType: "online-fraud",
      summary:
        "PAGSASANAY. Nagpadala ang nagrereklamo ng 4,200 USDT sa dalawang wallet matapos makilala si “Anna” sa isang dating app.",
      language: "fil",
      records: [
        selector("tickets", "wallet", wallets.tickets, "suspect", { grade: "A2" }),
        selector("quota", "wallet", wallets.quota, "suspect", { grade: "A2" }),
        selector("site", "domain", "golden-yield.example", "suspect", { grade: "A1" }),
        selector("caller", "phone", numbers.fixerPhone, "suspect", { grade: "A2" }),
        event("payment", "PAGSASANAY: tatlong bayad na USDT", "2031-01-28"),
        note(
          "PAGSASANAY: Handang magbigay ng salaysay ang nagrereklamo; ayaw niyang pangalanan ang sarili sa ibang bansa.",
          "fil",
        ),
        task("PAGSASANAY: humingi ng freeze sa exchange", "2031-03-10"),
      ],
    },
    {
      by: "dennis",
      title: "PAGSASANAY: direktor ng kumpanya sa Cambodia",
      crimeType: "organised-group",
      summary: "PAGSASANAY. Ang hinahanap sa ibang kaso ay direktor din ng kumpanyang nagpapaupa ng gusali.",
      language: "fil",
      records: [
        subject(
          "director",
          {
            kind: "person",
            role: "suspect",
            names: [{ text: broker.ph.name, language: "en" }],
            birth: broker.ph.born,
          },
          "B2",
        ),
        subject(
          "company",
          {
            kind: "organisation",
            role: "business",
            names: [{ text: companies.landlord.latin, language: "en" }],
          },
          "B2",
        ),
        selector("caller", "phone", numbers.fixerPhone, "suspect", { subject: "director", grade: "B3" }),
        link("directs", "director", "subject", "company", "B2"),
        link("uses", "director", "selector", "caller", "B3"),
      ],
    },
  ],
};
