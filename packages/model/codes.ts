// Handling, evaluation and the roles of a holder: the codes that travel with every piece of information.
import { ModelError } from "./errors.ts";

export const handlingCodes = ["H0", "H1", "H2", "H3"] as const;
export type HandlingCode = (typeof handlingCodes)[number];

/** Machine-readable conditions behind H3 (HC-2). */
export interface HandlingConditions {
  recipients?: string[];
  purposes?: string[];
  notAfter?: string;
  noAutomatedMatching?: boolean;
  noPrint?: boolean;
  victimSensitive?: boolean;
  destroyAfter?: string;
}

/** What a receiver may do with it: H0 alone, or any of H1 to H3; H3 carries its text (HC-2). */
export interface Handling {
  codes: HandlingCode[];
  text?: string;
  conditions?: HandlingConditions;
}
export const Handling = {
  /** HC-3: not in court, and not passed on, without asking. */
  usual: { codes: ["H1", "H2"] } as Handling,
  /** Returns the set in canonical order; throws `NOT_A_HANDLING_SET` where HC-2 forbids it. */
  parse(value: Handling): Handling {
    const codes = handlingCodes.filter((code) => value.codes.includes(code));
    const alone = codes[0] === "H0" && codes.length === 1;
    const restricted = codes.length > 0 && codes[0] !== "H0";
    if (codes.length !== new Set(value.codes).size || !(alone || restricted))
      throw new ModelError("NOT_A_HANDLING_SET", value.codes.join("+"));
    if (codes.includes("H3") && !value.text?.trim())
      throw new ModelError("NOT_A_HANDLING_SET", "H3 without its text");
    return { ...value, codes };
  },
  /** HC-4: what several items together demand. H0 yields to anything stricter. */
  union(sets: readonly Handling[]): Handling {
    const codes = handlingCodes.filter(
      (code) => code !== "H0" && sets.some((set) => set.codes.includes(code)),
    );
    const text = [...new Set(sets.map((set) => set.text?.trim()).filter((line) => line))].join("\n");
    return codes.length === 0 ? { codes: ["H0"] } : { codes, ...(text === "" ? {} : { text }) };
  },
};

export const sourceGrades = ["A", "B", "C", "X"] as const;
export const informationGrades = ["1", "2", "3", "4"] as const;
export type SourceGrade = (typeof sourceGrades)[number];
export type InformationGrade = (typeof informationGrades)[number];

/** How sure it is, in the 4x4 scheme: the source and the information are graded apart (EV-3). */
export interface Evaluation {
  source: SourceGrade;
  information: InformationGrade;
}
export const Evaluation = {
  /** EV-3: not graded is X4, shown as "not evaluated". */
  none: { source: "X", information: "4" } as Evaluation,
  /** Reads `B3`; throws `NOT_AN_EVALUATION`. */
  parse(text: string): Evaluation {
    if (!/^[ABCX][1-4]$/.test(text)) throw new ModelError("NOT_AN_EVALUATION", text.slice(0, 20));
    return { source: text[0] as SourceGrade, information: text[1] as InformationGrade };
  },
  print: (grade: Evaluation): string => grade.source + grade.information,
};

/** Whose a selector is; a person chose it (HIT-1). */
export const holderRoles = [
  "suspect",
  "facilitator",
  "business",
  "place",
  "unknown",
  "victim",
  "witness",
  "family",
] as const;
export type HolderRole = (typeof holderRoles)[number];

/** HIT-1: the only roles whose selectors are ever indexed for peers or asked of them. */
export const sharedRoles: readonly HolderRole[] = ["suspect", "facilitator", "business", "place"];

/** What can be matched exactly after normalising. */
export const selectorTypes = [
  "phone",
  "handle",
  "url",
  "domain",
  "email",
  "wallet",
  "account",
  "document",
  "vehicle",
  "device",
] as const;
export type SelectorType = (typeof selectorTypes)[number];

/** Why an officer looks or acts; asked once per session and kept with every act (AUD-1). */
export const purposes = [
  "crime-investigation",
  "victim-identification",
  "victim-assistance",
  "prosecution",
  "mutual-assistance",
  "border-control",
  "oversight",
  "administration",
] as const;
export type Purpose = (typeof purposes)[number];
