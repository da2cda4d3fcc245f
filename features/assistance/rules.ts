// Decisions of mutual legal assistance, from values alone: what a draft lacks for the state that is asked, and the clocks.
import type { NodeCode } from "@simpul/model";
import { checkExtradition, type Sought } from "./extradition.ts";
import { transmissions } from "./contract.ts";
import type {
  Codes,
  Finding,
  Form,
  Ruled,
  Standing,
  StateRules,
  Transmission,
  TypeRules,
} from "./contract.ts";

export { openOf, restsOn, type Rest } from "./standing.ts";

/** How much one request may say. */
export const most = { line: 300, text: 8000, long: 20_000, records: 100, items: 100, list: 200 } as const;

export const emptyForm = (type: string, to: NodeCode): Form => ({
  type,
  to,
  subject: "",
  office: "",
  competent: "",
  basis: "",
  basisText: "",
  stage: "",
  matter: "",
  offence: "",
  lawText: "",
  penalty: "",
  maxYears: null,
  facts: "",
  connection: "",
  sought: "",
  grounds: "",
  location: "",
  procedure: "",
  questions: "",
  privilege: "",
  confidential: true,
  confidentialWhy: "",
  neededBy: null,
  timeWhy: "",
  allowances: "",
  undertakings: [],
  language: "en",
  translation: { language: "", translator: "", text: "" },
  copies: null,
  certification: "",
  urgent: false,
  urgencyReason: "",
  records: [],
  items: [],
  special: {},
});

/** Sections of the form in the order in which it is filled in and printed, by field; freezing asks the short ones. */
export const sections: readonly { id: string; formal: readonly string[]; preservation: readonly string[] }[] =
  [
    {
      id: "to",
      formal: ["subject", "office", "competent", "basis", "basisText", "urgent", "urgencyReason"],
      preservation: ["subject", "office", "basis", "basisText", "urgent", "urgencyReason"],
    },
    {
      id: "matter",
      formal: ["stage", "matter", "offence", "lawText", "penalty", "maxYears", "facts"],
      preservation: ["offence", "facts"],
    },
    {
      id: "sought",
      formal: ["special", "sought", "connection", "grounds", "location", "records"],
      preservation: ["special", "connection", "grounds", "records"],
    },
    {
      id: "how",
      formal: [
        "procedure",
        "questions",
        "privilege",
        "confidential",
        "confidentialWhy",
        "neededBy",
        "timeWhy",
      ],
      preservation: ["confidential", "confidentialWhy"],
    },
    {
      id: "paper",
      formal: [
        "undertakings",
        "allowances",
        "language",
        "translation.language",
        "translation.translator",
        "translation.text",
        "copies",
        "certification",
        "items",
      ],
      preservation: ["language", "translation.language", "translation.translator", "translation.text"],
    },
  ];

/** ASEAN MLAT art. 6 and MLA-1: what every request says. */
const always = {
  formal: [
    "subject",
    "office",
    "competent",
    "basis",
    "stage",
    "matter",
    "offence",
    "lawText",
    "penalty",
    "facts",
    "connection",
    "sought",
    "grounds",
    "location",
    "language",
    "certification",
  ],
  preservation: ["subject", "office", "basis", "offence", "facts", "connection", "grounds", "language"],
} as const;

export const valueOf = (form: Form, field: string): string => {
  if (field.startsWith("special.")) return form.special[field.slice(8)] ?? "";
  if (field.startsWith("translation.")) return form.translation[field.slice(12) as keyof Form["translation"]];
  const value = (form as unknown as Record<string, unknown>)[field];
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    ? String(value)
    : "";
};

export interface Checked {
  form: Form;
  type: TypeRules;
  /** Null: nothing is known of this state. */
  rules: StateRules | null;
  /** How many things chosen others' terms stop (HC-6). */
  stopped: number;
  /** It was begun from an enquiry between police. */
  enquired: boolean;
  /** Of an extradition, what it needs beside. */
  sought: Omit<Sought, "form"> | null;
  today: string;
}

const contents = "ASEAN MLAT art. 6; MLA-1";

/** MLA-3: run beside the draft, before it is submitted and once more before it leaves. */
export function check({ form, type, rules, stopped, enquired, sought, today }: Checked): Finding[] {
  // Whether she may be asked for at all stands before what is still to be written.
  const found: Finding[] = sought === null ? [] : checkExtradition({ form, ...sought });
  const formal = type.kind === "formal";
  const add = (
    level: Finding["level"],
    code: string,
    field: string | null,
    source: string,
    standing: Standing,
    facts: Finding["facts"] = {},
  ) => found.push({ level, code, field, facts, source, standing });
  const empty = (field: string): boolean => valueOf(form, field).trim() === "";

  for (const field of always[type.kind])
    if (empty(field)) add("error", "missing", field, contents, "confirmed", { field });
  for (const one of type.special)
    if (one.required && empty(`special.${one.name}`))
      add("error", "missing", `special.${one.name}`, `${type.articles}; MLA-2`, "confirmed", {
        field: `special.${one.name}`,
      });
  if (["bilateral", "reciprocity"].includes(form.basis) && empty("basisText"))
    add("error", "basis-unnamed", "basisText", contents, "confirmed");
  if (form.urgent && empty("urgencyReason"))
    add("error", "missing", "urgencyReason", "RFI-2; MLA-6", "confirmed", { field: "urgencyReason" });
  if (formal && form.confidential && empty("confidentialWhy"))
    add("error", "missing", "confidentialWhy", "ASEAN MLAT art. 9", "confirmed", {
      field: "confidentialWhy",
    });
  if (form.neededBy !== null && form.neededBy < today)
    add("error", "day-passed", "neededBy", contents, "confirmed");
  if (formal && form.neededBy !== null && empty("timeWhy"))
    add("error", "missing", "timeWhy", contents, "confirmed", { field: "timeWhy" });
  const until = form.special["until"] ?? "";
  if (!formal && until !== "" && until <= today)
    add("error", "day-passed", "special.until", type.articles, "confirmed");
  if (stopped > 0) add("error", "terms", "records", "HC-6; MLA-8", "confirmed", { count: stopped });
  for (const field of ["records", "items"] as const)
    if (form[field].some((one) => one.link.trim() === ""))
      add("error", "link", field, "RFI-1; MLA-1", "confirmed");
  if (formal && !enquired) add("warning", "no-enquiry", null, "MLA-4", "confirmed");
  if (rules === null) {
    add("warning", "state-unknown", null, "", "to-be-confirmed");
    return found;
  }
  state(form, rules, formal, sought !== null, add, empty);
  return found.toSorted((a, b) => Number(a.level === "warning") - Number(b.level === "warning"));
}

type Add = (
  level: Finding["level"],
  code: string,
  field: string | null,
  source: string,
  standing: Standing,
  facts?: Finding["facts"],
) => void;

/** What this one state asks beside. Where its rule is to be confirmed, only what can be mended at home blocks. */
function state(
  form: Form,
  rules: StateRules,
  formal: boolean,
  extradition: boolean,
  add: Add,
  empty: (field: string) => boolean,
): void {
  const { languages, certification, copies, dualCriminality, minimumPenaltyYears, undertakings, urgent } =
    rules;
  const basis = rules.bases.find((one) => one.code === form.basis);
  // On what a person is handed over is asked of another list (extradition.ts).
  if (extradition) add = withoutBasis(add);
  if (form.basis !== "" && basis === undefined)
    add("error", "basis-not-here", "basis", contents, "confirmed", { state: rules.state });
  else if (basis?.standing === "to-be-confirmed")
    add("warning", "basis-unconfirmed", "basis", basis.source, basis.standing, { state: rules.state });
  const reads = (language: string) => languages.accepted.includes(language);
  if (form.language !== "" && !reads(form.language) && !reads(form.translation.language))
    add("error", "language", "translation.language", languages.source, languages.standing, {
      languages: languages.accepted.join(","),
    });
  if (form.translation.language !== "")
    for (const field of ["translation.translator", "translation.text"])
      if (empty(field)) add("error", "missing", field, contents, "confirmed", { field });
  if (!formal) return;
  const { name, address } = rules.centralAuthority;
  if (name.value === "" || name.standing === "to-be-confirmed")
    add("warning", "central-authority", null, name.source, name.standing, { state: rules.state });
  if (address.value === "")
    add("warning", "address", null, address.source, address.standing, { state: rules.state });
  if (form.certification !== "" && !certification.accepted.includes(form.certification))
    add(
      certification.standing === "confirmed" ? "error" : "warning",
      "certification",
      "certification",
      certification.source,
      certification.standing,
      { accepted: certification.accepted.join(",") },
    );
  if ((form.copies ?? 0) < copies.number)
    add("warning", "copies", "copies", copies.source, copies.standing, { number: copies.number });
  if (
    form.offence !== "" &&
    dualCriminality.required !== false &&
    !dualCriminality.offences.includes(form.offence)
  )
    add("warning", "dual-criminality", "lawText", dualCriminality.source, dualCriminality.standing, {
      state: rules.state,
    });
  const least = minimumPenaltyYears.value;
  if (least !== null && form.maxYears !== null && form.maxYears < least)
    add(
      minimumPenaltyYears.standing === "confirmed" ? "error" : "warning",
      "penalty",
      "maxYears",
      minimumPenaltyYears.source,
      minimumPenaltyYears.standing,
      { years: least },
    );
  if (form.maxYears === null)
    add("warning", "penalty-years", "maxYears", minimumPenaltyYears.source, minimumPenaltyYears.standing);
  for (const code of undertakings.required)
    if (!form.undertakings.includes(code))
      add("error", "undertaking", "undertakings", undertakings.source, undertakings.standing, { code });
  for (const code of undertakings.wished)
    if (!form.undertakings.includes(code))
      add("warning", "undertaking-wished", "undertakings", undertakings.source, undertakings.standing, {
        code,
      });
  if (form.urgent && urgent.accepted !== true)
    add("warning", "urgent", "urgent", urgent.source, urgent.standing, { days: urgent.formalDays });
}

/** An extradition has its own basis, penalty and undertakings. */
const withoutBasis =
  (add: Add): Add =>
  (level, code, field, ...more) => {
    if (!["basis", "maxYears", "undertakings"].includes(field ?? "")) add(level, code, field, ...more);
  };

export const errorsIn = (findings: readonly Finding[]): Finding[] =>
  findings.filter((one) => one.level === "error");

export const typeOf = (codes: Pick<Codes, "types">, code: string): TypeRules | null =>
  codes.types.find((one) => one.code === code) ?? null;
/** What a state takes; the other choices follow as long as that is to be confirmed. */
const taken = <Of extends string>(rule: Ruled & { accepted: string[] }, all: readonly Of[]): Of[] => {
  const accepted = all.filter((one) => rule.accepted.includes(one));
  return rule.standing === "confirmed" ? accepted : [...new Set([...accepted, ...all])];
};
/** How a request may go there: what that state accepts; every way where nobody knows. */
export function waysTo(codes: Pick<Codes, "states">, state: string): readonly Transmission[] {
  const rule = rulesFor(codes, state)?.centralAuthority.channel;
  return rule === undefined ? transmissions : taken(rule, transmissions);
}
/** Forms of certificate that a state takes, the one that was named first; every form where nobody knows. */
export function certificationsFor(
  codes: Pick<Codes, "states" | "certifications">,
  state: string,
  named = "",
): string[] {
  const rule = rulesFor(codes, state)?.certification;
  const forms = rule === undefined ? codes.certifications : taken(rule, codes.certifications);
  return forms.toSorted((a, b) => Number(b === named) - Number(a === named));
}
export const rulesFor = (codes: Pick<Codes, "states">, state: string): StateRules | null =>
  codes.states.find((one) => one.state === state) ?? null;

// ------------------------------------------------------------------------------------------------------- clocks

const day = 86_400_000;
export const addDays = (at: Date, days: number): Date => new Date(at.getTime() + days * day);
export const dayOf = (at: Date): string => at.toISOString().slice(0, 10);
/** A day that was written ends when it ends. */
export const endOfDay = (text: string): Date => new Date(`${text}T23:59:59.999Z`);

/** Kept no longer, or not for long any more; null where nobody has to look. */
export function expiryOf(keptUntil: string | null, warnDays: number, now: Date): "over" | "near" | null {
  if (keptUntil === null) return null;
  const end = endOfDay(keptUntil).getTime();
  if (end < now.getTime()) return "over";
  return end - now.getTime() < warnDays * day ? "near" : null;
}
