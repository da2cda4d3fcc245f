// What others may know of the law by state: offences and their elements, who charges, whom it does not punish, and bases.
import type { NodeCode } from "@simpul/model";

export * from "./contract/reading.ts";

export const standings = ["confirmed", "to-be-confirmed"] as const;
export type Standing = (typeof standings)[number];

/** What a law says, where it says so, and by which public address it was read; empty where nobody saw it yet. */
export interface Fact {
  /** In English, shortened. */
  says: string;
  law: string;
  section: string;
  address: string;
  standing: Standing;
}

export const offenceKinds = [
  "trafficking",
  "trafficking-child",
  "online-fraud",
  "laundering",
  "confinement",
  "immigration",
] as const;
export type OffenceKind = (typeof offenceKinds)[number];

/** What has to be proven; words: `offences.element.<code>`. */
export const elements = [
  "act",
  "means",
  "purpose",
  "age",
  "deception",
  "handed-over",
  "gain",
  "proceeds",
  "dealing",
  "knowledge",
  "confined",
  "unlawful",
  "crossing",
] as const;
export type Element = (typeof elements)[number];

/** A kind of offence as international law has it; a state's own wording stands with the state. */
export interface KindOfOffence {
  kind: OffenceKind;
  elements: Element[];
  general: Fact;
}

/** The law's own words in one language, as the state entered them. */
export interface Wording {
  /** BCP 47, e.g. `km`. */
  language: string;
  text: string;
  /** Where they can be read; empty where nowhere in public. */
  address: string;
}

export interface Offence {
  kind: OffenceKind;
  text: Fact;
  /** None ship: a text of law is entered by its state, not copied from a page. */
  wording: Wording[];
  penalty: Fact;
  /** Years; null where no number of years is known. */
  maxYears: number | null;
  life: boolean;
}

/** What its courts ask of evidence that comes from outside. */
export const courtNeeds = [
  "certificate",
  "authentication",
  "translation",
  "witness",
  "earlyTestimony",
] as const;
export type CourtNeed = (typeof courtNeeds)[number];

/** What is asked of each exhibit; a witness may be heard live, by video, or before the trial. */
export const exhibitNeeds = ["certificate", "authentication", "translation", "witness"] as const;
export type ExhibitNeed = (typeof exhibitNeeds)[number];
/** Of which exhibits: of items of evidence, of what comes from another state, of all, of none. */
export const askedOf = ["items", "foreign", "all", "none"] as const;
export type AskedOf = (typeof askedOf)[number];

export interface StateLaw {
  state: NodeCode;
  offences: Offence[];
  /** Who may charge. */
  charging: Fact;
  nonPunishment: Fact;
  /** `asks`: where its courts ask otherwise than most. */
  court: { languages: string[]; asks: Partial<Record<ExhibitNeed, AskedOf>> } & Record<CourtNeed, Fact>;
}

export const basisUses = ["assistance", "extradition"] as const;
export type BasisUse = (typeof basisUses)[number];

/** An instrument between states; `parties` are those between whom it may be named. */
export interface Basis {
  code: string;
  of: BasisUse[];
  parties: NodeCode[];
  basis: Fact;
}

export interface LawByState {
  version: string;
  note: string;
  kinds: KindOfOffence[];
  /** What is prepared for a court as long as nobody wrote down that it asks otherwise. */
  asks: Record<ExhibitNeed, AskedOf>;
  states: StateLaw[];
  bases: Basis[];
}

/*
 * Doors, below /api/offences: GET / gives LawByState, the same for everybody who is signed in.
 */
