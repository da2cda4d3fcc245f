// Who in the exercise was harmed: invented people of the victim desks, as each state's desk knows them. Data alone.
import type { Facts, Need, Risk } from "@simpul/features/victims/contract.ts";
import type { Choice, StepSaid } from "@simpul/features/returns/contract.ts";
import type { AskService } from "@simpul/features/referrals/services.ts";
import { numbers, places } from "./facts.ts";

export interface StoryPerson {
  facts: Partial<Facts>;
  /** Stands on the list of this desk under her document name; else she is entered by herself. */
  onTheList?: true;
  /** Answers of a screening, by question; what is not named was not asked. */
  told?: Readonly<Record<string, "yes" | "no" | "does-not-know" | "does-not-want">>;
  /** What an officer decides on the rule's reasons. */
  decided?: "presumed";
  /** Referred with her consent to the service of this kind. */
  referred?: { kind: "shelter" | "legal-aid"; urgent: boolean; note: string; guardian: string | null };
  choice?: { wants: Choice["wants"]; words: string };
  /** Planned or done, so many days from now. */
  steps?: readonly { step: StepSaid["step"]; state: "planned" | "done"; inDays: number }[];
}

export interface StoryDeskWork {
  code: "id" | "kh" | "ph";
  officers: "id" | "km" | "fil";
  services: readonly Omit<AskService, "vettedUntil">[];
  list: { name: string; title: string; count: number; stated: Readonly<Record<string, number>> };
  people: readonly StoryPerson[];
}

const own = (text: string, ...more: string[]) => [
  { text, use: "own" as const },
  ...more.map((latin) => ({ text: latin, use: "latin" as const })),
];
const born = (read: string) => ({ written: read, read, calendar: "common" as const });
const phone = (text: string) => ({ how: "phone", text, safe: true });
const held = places.park.latin;
const after: Need[] = ["shelter", "psychological", "legal"];
const near: Risk[] = ["debt", "family-threatened"];

/** The answers of somebody who was made to work at the Park. */
const made = {
  ...({ overheard: "no", "danger-now": "no", adult: "yes", offer: "yes", online: "yes" } as const),
  ...({ papers: "yes", "go-out": "no", guarded: "yes", strangers: "yes", refuse: "no" } as const),
  ...({ targets: "yes", ransom: "yes", violence: "does-not-want", pay: "no" } as const),
};

const help = (more: Partial<Omit<AskService, "vettedUntil">>): Omit<AskService, "vettedUntil"> => ({
  ...{ name: "", kinds: ["shelter"], languages: ["en"], serves: ["women", "men", "girls", "boys"] },
  ...{ capacity: null, place: "", contact: "", way: "hand", active: true },
  ...more,
});

export const desks: readonly StoryDeskWork[] = [
  {
    ...{ code: "id", officers: "id" },
    services: [
      help({ name: "Rumah Aman Melati (LATIHAN)", languages: ["id", "en"], capacity: 24, place: "Jakarta" }),
      help({ name: "Bantuan Hukum Sahabat (LATIHAN)", kinds: ["legal-aid"], languages: ["id"] }),
      help({ name: "Klinik Harapan (LATIHAN)", kinds: ["medical"], languages: ["id", "en"] }),
    ],
    list: {
      name: "penerbangan-pulang-LATIHAN.csv",
      title: "Total: 14",
      count: 14,
      stated: { Indonesia: 14 },
    },
    people: [
      {
        // Missing, then presumed: his family and the hotline say so; in `kh` he stands as a suspect.
        facts: {
          ...{
            names: own("Fajar Ramadhan (LATIHAN)"),
            born: born("2003-04-12"),
            ageSaid: "adult",
            sex: "male",
          },
          ...{
            nationalities: ["ID"],
            languages: ["id"],
            contacts: [phone(numbers.familyPhone)],
            heldAt: held,
          },
          ...{ needs: ["legal", "return"], risks: ["detained", "facing-charge"] },
          note: "LATIHAN: dilaporkan hilang oleh ibunya; menelepon sekali dari sebuah kompleks yang dijaga.",
        },
        told: { ...made, arrest: "yes" },
        decided: "presumed",
      },
      {
        facts: {
          ...{
            names: own("Bayu Saputro (LATIHAN)"),
            born: born("1999-09-30"),
            ageSaid: "adult",
            sex: "male",
          },
          ...{
            nationalities: ["ID"],
            languages: ["id"],
            contacts: [phone(numbers.workerPhone)],
            heldAt: held,
          },
          ...{ needs: after, risks: near },
        },
        told: made,
        decided: "presumed",
        referred: { kind: "legal-aid", urgent: false, note: "LATIHAN: ponselnya bukti", guardian: null },
        choice: { wants: "return", words: "LATIHAN: saya mau tinggal dekat ibu" },
        steps: [
          { step: "document", state: "done", inDays: -9 },
          { step: "reception", state: "planned", inDays: 2 },
        ],
      },
    ],
  },
  {
    ...{ code: "kh", officers: "km" },
    services: [
      help({ name: "ផ្ទះសុវត្ថិភាព ផ្កាឈូក (លំហាត់)", languages: ["km", "en"], capacity: 40, place: "ភ្នំពេញ" }),
      help({ name: "ជំនួយផ្លូវច្បាប់ (លំហាត់)", kinds: ["legal-aid"], languages: ["km", "en"] }),
    ],
    // The militia's list says 312; its nationalities add up to 309.
    list: {
      ...{ name: "list-312-EXERCISE.csv", title: "Total: 312 people (EXERCISE)", count: 312 },
      stated: { Indonesia: 150, Philippines: 71, Thai: 48, "Viet Nam": 38, Myanmar: 2 },
    },
    people: [
      {
        // Recorded as an adult by her passport; her answer makes her a child.
        facts: {
          ...{ names: own("Jasmine dela Cruz (EXERCISE)"), nationalities: ["PH"], languages: ["fil", "en"] },
          ...{
            needs: ["shelter", "family-contact", "child-care"],
            risks: near,
            ageSaid: "child",
            sex: "female",
          },
          note: "លំហាត់៖ លិខិតឆ្លងដែនថាអាយុ ២១ ឆ្នាំ នាងថា ១៧ ឆ្នាំ",
        },
        onTheList: true,
        told: { ...made, adult: "no", "looks-young": "yes" },
        decided: "presumed",
        referred: {
          ...{ kind: "shelter", urgent: true, note: "លំហាត់៖ ក្មេងស្រី ត្រូវការកន្លែងស្នាក់នៅយប់នេះ" },
          guardian: "Angelica dela Cruz (EXERCISE)",
        },
        choice: { wants: "not-decided", words: "EXERCISE: gusto ko munang makausap si ate" },
      },
      {
        facts: {
          ...{
            names: own("သန့်ဇင် (EXERCISE)", "Thant Zin (EXERCISE)"),
            nationalities: ["MM"],
            languages: ["my"],
          },
          ...{ ageSaid: "adult", sex: "male", needs: after, risks: near },
        },
        onTheList: true,
        told: made,
        steps: [{ step: "nationality", state: "planned", inDays: 5 }],
      },
      {
        facts: {
          ...{
            names: own("နှင်းဝေ (EXERCISE)", "Hnin Wai (EXERCISE)"),
            nationalities: ["MM"],
            languages: ["my"],
          },
          ...{ ageSaid: "adult", sex: "female", needs: ["shelter", "interpreter"] },
        },
        onTheList: true,
      },
    ],
  },
  {
    ...{ code: "ph", officers: "fil" },
    services: [
      help({ name: "Bahay Pag-asa (PAGSASANAY)", languages: ["fil", "en"], capacity: 18, place: "Manila" }),
      help({ name: "Tulong Legal (PAGSASANAY)", kinds: ["legal-aid"], languages: ["fil", "en"] }),
    ],
    list: { name: "pabalik-PAGSASANAY.csv", title: "Total: 9", count: 9, stated: { Philippines: 9 } },
    people: [
      {
        // Her sister asks for her.
        facts: {
          ...{
            names: own("Jasmine dela Cruz (PAGSASANAY)"),
            born: born("2009"),
            ageSaid: "child",
            sex: "female",
          },
          ...{ nationalities: ["PH"], languages: ["fil"], needs: ["family-contact"] },
          note: "PAGSASANAY: hinahanap ng kanyang kapatid na si Angelica dela Cruz.",
        },
      },
      {
        facts: {
          ...{
            names: own("Rogelio Mercado (PAGSASANAY)"),
            born: born("1996-01-20"),
            ageSaid: "adult",
            sex: "male",
          },
          ...{ nationalities: ["PH"], languages: ["fil", "en"], needs: after, risks: near, heldAt: held },
        },
        told: made,
        decided: "presumed",
        referred: {
          kind: "legal-aid",
          urgent: false,
          note: "PAGSASANAY: gusto niyang magsumbong",
          guardian: null,
        },
        choice: { wants: "return", words: "PAGSASANAY: gusto ko nang umuwi sa probinsya" },
        steps: [{ step: "reception", state: "planned", inDays: 3 }],
      },
    ],
  },
];
