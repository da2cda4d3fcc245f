// A record of HTCDS 2.0 and a person of ours, each made from the other. Nothing is lost on the way: what has no place here is carried.
import { readFileSync } from "node:fs";
import type { Facts, Status } from "@simpul/features/victims/contract.ts";
import { noAccount, type Account, type TraffickingEvent } from "./account.ts";
import { fieldOf, fields, type Field } from "./fields.ts";

export type Value = string | readonly string[];
/** By the standard's own names; groups that repeat lie in lists. Texts as they are in the file. */
export interface HtcdsRecord {
  fields: Readonly<Record<string, Value>>;
  hte: readonly Readonly<Record<string, string>>[];
  cco: readonly Readonly<Record<string, string>>[];
  spl: readonly Readonly<Record<string, string>>[];
}

/** What the reader could not do with a field, for the officer who looks before anything is taken in. */
export interface Doubt {
  field: string;
  kind: "unknown-field" | "unknown-value" | "no-date" | "no-number" | "left-out" | "too-long";
}

/** A person as the standard sees her: what the compartment knows, and the account in codes. */
export interface Told {
  facts: Pick<Facts, "names" | "born" | "sex" | "nationalities" | "languages" | "contacts" | "documents">;
  account: Account;
  status: Status;
}

const { codes: languageCodes } = JSON.parse(
  readFileSync(new URL("languages.json", import.meta.url), "utf8"),
) as { codes: Readonly<Record<string, string>> };
const languageOf = new Map(Object.entries(languageCodes).map(([two, three]) => [three, two]));

const sexes = {
  female: "Feminine",
  male: "Masculine",
  other: "NonConforming",
  "not-said": "NonSpecifiedUnknown",
} as const;
const statuses: Readonly<Record<Status, string | null>> = {
  "not-screened": null,
  indicators: "PossibleVictimOfTrafficking",
  presumed: "PossibleVictimOfTrafficking",
  identified: "ActualVictimOfTrafficking",
  "not-identified": "NotAVictimOfTrafficking",
};
const contacts = { prs_Email: "email", prs_HomePhone: "home-phone", prs_MobilePhone: "phone" } as const;

const one = (value: Value | undefined): string =>
  (typeof value === "string" ? value : (value?.[0] ?? "")).trim();
const many = (value: Value | undefined): string[] =>
  (typeof value === "string" ? [value] : [...(value ?? [])])
    .map((text) => text.trim())
    .filter((text) => text !== "");

const nameParts = ["prs_FirstName", "prs_MiddleName", "prs_SecondName"] as const;
const nameIn = (record: Readonly<Record<string, Value>>): string =>
  nameParts
    .map((part) => one(record[part]))
    .filter((part) => part !== "")
    .join(" ");

const wholeDate = /^(\d{4})-(\d{2})-(\d{2})$/;
const isDay = (text: string): boolean => {
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
};
/** A year from 2400 on is of the Buddhist era: nobody alive was born then. */
function bornFrom(written: string): NonNullable<Facts["born"]> {
  const [, year = "", month = "", day = ""] = wholeDate.exec(written) ?? [];
  if (year === "") return { written, read: null, calendar: "unclear" };
  const buddhist = Number(year) >= 2400;
  const common = `${String(Number(year) - (buddhist ? 543 : 0)).padStart(4, "0")}-${month}-${day}`;
  return { written, read: isDay(common) ? common : null, calendar: buddhist ? "buddhist" : "common" };
}

/** Whether a value is one that its field may have. */
function fits(field: Field, text: string): boolean {
  if (field.values !== undefined) return field.values.includes(text);
  if (field.codes === "iso-3166" && field.type !== "text") return /^[A-Z]{2}$/.test(text);
  switch (field.type) {
    case "number":
      return /^-?\d{1,6}(\.\d{1,9})?$/.test(text);
    case "yes-no":
      return /^(TRUE|FALSE)$/i.test(text);
    case "date":
      return wholeDate.test(text);
    default:
      return true;
  }
}

/** Reads a record: what of it goes where, and every doubt. Never throws. */
export function readRecord(record: HtcdsRecord): { told: Omit<Told, "status">; doubts: Doubt[] } {
  const doubts: Doubt[] = [];
  const known: Record<string, Value> = {};
  const carried: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(record.fields)) {
    const texts = many(value);
    if (texts.length === 0) continue;
    const field = fieldOf(name);
    if (field === null) {
      doubts.push({ field: name, kind: "unknown-field" });
      continue;
    }
    if (field.as === "left-out") {
      doubts.push({ field: field.name, kind: "left-out" });
      continue;
    }
    const bad = field.as === "carried" ? [] : texts.filter((text) => !fits(field, text));
    if (bad.length > 0 && field.name !== "prs_Birthdate") {
      doubts.push({ field: field.name, kind: field.type === "number" ? "no-number" : "unknown-value" });
      carried[field.name] = field.type === "many" ? bad : bad[0]!;
    }
    const good = texts.filter((text) => !bad.includes(text) || field.name === "prs_Birthdate");
    if (good.length === 0) continue;
    if (field.as === "carried") carried[field.name] = field.type === "many" ? good : good[0]!;
    else known[field.name] = field.type === "many" ? good : good[0]!;
  }
  const born = one(known["prs_Birthdate"]) === "" ? null : bornFrom(one(known["prs_Birthdate"]).slice(0, 60));
  if (born !== null && born.read === null) doubts.push({ field: "prs_Birthdate", kind: "no-date" });
  // A status in a file decides nothing; it is carried, with the sex and the parts of the name as the sender has them.
  const gender = one(known["prs_Gender"]);
  const sex = (Object.keys(sexes) as (keyof typeof sexes)[]).find((key) => sexes[key] === gender);
  for (const name of [
    "vic_TraffickingStatus",
    ...nameParts,
    ...(gender !== "" && sex === undefined ? ["prs_Gender"] : []),
  ])
    if (one(known[name]) !== "") carried[name] = one(known[name]);
  const languages = ["prs_PrimaryLanguage", "prs_SecondaryLanguage"]
    .map((name) => one(known[name]))
    .filter((text) => text !== "");
  const name = nameIn(known).slice(0, 200);
  const number = one(known["prs_IdentityNumber"]).slice(0, 100);
  const count = (field: string): number | null =>
    one(known[field]) === "" ? null : Math.trunc(Number(one(known[field])));
  const inside = (value: number | null, most: number): number | null =>
    value === null || value < 0 || value > most ? null : value;
  return {
    doubts,
    told: {
      facts: {
        names: name === "" ? [] : [{ text: name, use: "document" }],
        born,
        sex: sex ?? (gender === "" ? "not-said" : "other"),
        nationalities: many(known["prs_Citizenship"]).slice(0, 5),
        languages: languages.map(
          (text) => languageOf.get(text.toLowerCase()) ?? text.toLowerCase().slice(0, 40),
        ),
        contacts: Object.entries(contacts).flatMap(([field, how]) =>
          one(known[field]) === "" ? [] : [{ how, text: one(known[field]).slice(0, 300), safe: false }],
        ),
        documents: number === "" ? [] : [{ type: "identity", number, state: null, held: "" }],
      },
      account: {
        ...noAccount,
        recruitment: many(known["vic_MethodOfRecruitment"]),
        recruitmentApps: many(known["vic_RecruitmentWebsitesAndApps"]),
        recruitmentPlace: one(known["vic_LocationOfRecruitment"]).slice(0, 500),
        relation: one(known["vic_RelationshipToTrafficker"]) || null,
        control: many(known["vic_MethodsOfControl"]),
        controlInCentre: many(known["fcr_MethodsOfControl"]),
        exploitation: many(known["vic_TypeOfExploitation"]),
        exploitationApps: many(known["vic_ExploitationWebsitesAndApps"]),
        exploitationPlace: one(known["vic_LocationOfExploitation"]).slice(0, 500),
        industry: one(known["vic_ForcedLabourIndustry"]) || null,
        sexExploitation: many(known["vic_TypeOfSexExploitation"]),
        forcedTo: many(known["fcr_Activity"]),
        penalised: one(known["fcr_Penalised"]) || null,
        ageWhenTrafficked: inside(count("vic_AgeWhenTrafficked"), 120),
        maritalStatus: one(known["prs_MaritalStatus"]) || null,
        children: inside(count("prs_NumberOfChildren"), 40),
        education: one(known["prs_HighestLevelOfEducation"]) || null,
        deceased: one(known["prs_Deceased"]) === "" ? null : /^true$/i.test(one(known["prs_Deceased"])),
        events: record.hte.slice(0, 50).map(eventFrom),
        carried,
        carriedGroups: {
          cco: record.cco.slice(0, 200).map(cutTexts),
          spl: record.spl.slice(0, 200).map(cutTexts),
        },
      },
    },
  };
}

const cutTexts = (row: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(row)
      .slice(0, 40)
      .map(([name, text]) => [name.slice(0, 80), text.slice(0, 8000)]),
  );

const eventFields = {
  date: "hte_Date",
  country: "hte_Country",
  state: "hte_State",
  city: "hte_City",
  street: "hte_Street",
  postal: "hte_PostalCode",
  latitude: "hte_Latitude",
  longitude: "hte_Longitude",
  description: "hte_Description",
} as const;
const eventLimits = {
  date: 40,
  country: 80,
  state: 200,
  city: 200,
  street: 300,
  postal: 40,
  latitude: 40,
  longitude: 40,
  description: 8000,
};
function eventFrom(row: Readonly<Record<string, string>>): TraffickingEvent {
  const texts = Object.fromEntries(
    Object.entries(eventFields).map(([key, name]) => [
      key,
      (row[name] ?? "").trim().slice(0, eventLimits[key as keyof typeof eventFields]),
    ]),
  ) as Record<keyof typeof eventFields, string>;
  const type = (row["hte_Type"] ?? "").trim();
  return { ...texts, type: fieldOf("hte_Type")!.values!.includes(type) ? type : null };
}

/** Writes a person as a record. Fields of which nothing is known are not there: NULL is missing, never "no". */
export function writeRecord({ facts, account, status }: Told): HtcdsRecord {
  const out: Record<string, Value> = { ...account.carried };
  const set = (name: string, value: string | null | undefined): void => {
    if (value !== null && value !== undefined && value !== "") out[name] = value;
  };
  const list = (name: string, value: readonly string[]): void => {
    const before = many(out[name]);
    const all = [...value, ...before.filter((text) => !value.includes(text))];
    if (all.length > 0) out[name] = all;
  };
  const name =
    (
      facts.names.find((each) => each.use === "document") ??
      facts.names.find((each) => each.use === "latin") ??
      facts.names[0]
    )?.text ?? "";
  // The sender's parts stand as long as they make up the name; a name that was changed here is one whole name.
  if (nameIn(out) !== name) {
    for (const part of nameParts) Reflect.deleteProperty(out, part);
    set("prs_FirstName", name);
  }
  if (facts.born !== null && facts.born.read !== null && wholeDate.test(facts.born.read))
    set("prs_Birthdate", facts.born.read);
  // A code of the sender's stays as it came, unless what is known here says otherwise.
  if (
    facts.sex === "female" ||
    facts.sex === "male" ||
    (facts.sex === "other" && one(out["prs_Gender"]) === "")
  )
    set("prs_Gender", sexes[facts.sex]);
  for (const [at, field] of [
    [0, "prs_PrimaryLanguage"],
    [1, "prs_SecondaryLanguage"],
  ] as const) {
    const language = facts.languages[at];
    if (language !== undefined) set(field, languageCodes[language.split("-")[0]!] ?? language);
  }
  list("prs_Citizenship", facts.nationalities);
  set("prs_IdentityNumber", facts.documents.find((each) => each.type === "identity")?.number);
  for (const [field, how] of Object.entries(contacts))
    set(field, facts.contacts.find((each) => each.how === how)?.text);
  set("vic_TraffickingStatus", statuses[status]);
  list("vic_MethodOfRecruitment", account.recruitment);
  list("vic_RecruitmentWebsitesAndApps", account.recruitmentApps);
  set("vic_LocationOfRecruitment", account.recruitmentPlace);
  set("vic_RelationshipToTrafficker", account.relation);
  list("vic_MethodsOfControl", account.control);
  list("fcr_MethodsOfControl", account.controlInCentre);
  list("vic_TypeOfExploitation", account.exploitation);
  list("vic_ExploitationWebsitesAndApps", account.exploitationApps);
  set("vic_LocationOfExploitation", account.exploitationPlace);
  set("vic_ForcedLabourIndustry", account.industry);
  list("vic_TypeOfSexExploitation", account.sexExploitation);
  list("fcr_Activity", account.forcedTo);
  set("fcr_Penalised", account.penalised);
  set("vic_AgeWhenTrafficked", account.ageWhenTrafficked?.toString());
  set("prs_MaritalStatus", account.maritalStatus);
  set("prs_NumberOfChildren", account.children?.toString());
  set("prs_HighestLevelOfEducation", account.education);
  set("prs_Deceased", account.deceased === null ? null : account.deceased ? "TRUE" : "FALSE");
  const order = new Map(fields.map((field, at) => [field.name, at]));
  return {
    fields: Object.fromEntries(
      Object.entries(out).sort(([a], [b]) => (order.get(a) ?? 999) - (order.get(b) ?? 999)),
    ),
    hte: account.events.map((event) => ({
      ...(event.type === null ? {} : { hte_Type: event.type }),
      ...Object.fromEntries(
        Object.entries(eventFields).flatMap(([key, field]) => {
          const text = event[key as keyof typeof eventFields];
          return text === "" ? [] : [[field, text]];
        }),
      ),
    })),
    cco: account.carriedGroups.cco,
    spl: account.carriedGroups.spl,
  };
}

/** For each field what becomes of it, for the page and the document: one line per field, none forgotten. */
export const fates = (): Pick<Field, "name" | "as" | "to" | "why" | "note">[] =>
  fields.map(({ name, as, to, why, note }) => ({ name, as, to, why, note }));
