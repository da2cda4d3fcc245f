// A set of questions as versioned data, the answers to it, and what the rule makes of them.

/** What a person reads or hears stands in these; officers read en, id, km, fil. */
export const screeningLanguages = [
  ...(["en", "id", "km", "fil", "ms", "th"] as const),
  ...(["vi", "lo", "my", "zh", "ta", "pt"] as const),
] as const;
export type ScreeningLanguage = (typeof screeningLanguages)[number];

/** Palermo Protocol art. 3, ACTIP art. 2. */
export const elements = ["act", "means", "purpose"] as const;
export type Element = (typeof elements)[number];

export const answers = ["yes", "no", "does-not-know", "does-not-want", "not-asked"] as const;
/** None of them counts against her; the last three show nothing and close nothing. */
export type Answer = (typeof answers)[number];

export const standings = ["confirmed", "to-be-confirmed"] as const;

export interface Indicator {
  id: string;
  elements: Element[];
  /** Keys of the set's sources. */
  sources: string[];
  /** Method of control in HTCDS 2.0, where it has one. */
  htcds?: string | undefined;
}

export type Age = "adult" | "child" | "doubtful";

export interface Question {
  id: string;
  section: string;
  /** Which answer shows which indicators. */
  shows: { yes?: string[] | undefined; no?: string[] | undefined };
  /** Which answer says what of her age. */
  age?: { yes?: Age | undefined; no?: Age | undefined } | undefined;
  /** What an answer asks of those who help. */
  need?: { yes?: string | undefined; no?: string | undefined } | undefined;
  /** The interview waits on this answer until she wants to go on. */
  stopsOn?: "yes" | "no" | undefined;
  /** Announced as one that may hurt. */
  gentle?: boolean | undefined;
  /** The officer's own observation; never read to her. */
  seen?: boolean | undefined;
}

export interface QuestionSet {
  version: string;
  source: string;
  standing: (typeof standings)[number];
  sources: Record<string, { title: string; standing: (typeof standings)[number] }>;
  indicators: Indicator[];
  sections: string[];
  questions: Question[];
}

/** One answer as it was given. A later answer to the same question of the same screening stands in its place. */
export interface Given {
  /** Of this answer: sending it twice keeps it once. */
  id: string;
  question: string;
  answer: Answer;
  /** What she said beyond yes or no, in any language; empty when nothing. */
  details: string;
  at: string;
}

/** The answers that one officer was given in one conversation. */
export interface Interview {
  id: string;
  given: readonly Given[];
}

/** One reason in words: `screening.reason.<code>`. */
export interface Reason {
  code: ReasonCode;
  facts: Readonly<Record<string, string | number>>;
}
export const reasonCodes = [
  "means-and-purpose",
  "child-and-sign",
  "child",
  "age-doubtful",
  "age-not-asked",
  "age-differs",
  "missing",
  "nothing-seen",
  "not-screened",
] as const;
export type ReasonCode = (typeof reasonCodes)[number];

export interface SeenIndicator {
  indicator: string;
  elements: readonly Element[];
  /** Interviews in which it was seen. */
  interviews: readonly string[];
}

/**
 * What the rule says, never a score and never a decision (VIC-2). `nothing-yet` is not "no victim": nobody is that by
 * rule.
 */
export interface Presumption {
  kind: "not-screened" | "nothing-yet" | "indicators" | "presumed";
  age: Age;
  seen: readonly SeenIndicator[];
  /** By which indicators each element is met; an empty list where it is not. */
  met: Readonly<Record<Element, readonly string[]>>;
  /** Questions that may still show something, in the order of the set. */
  open: readonly string[];
  /** What those who help should see to, as `screening.need.<code>`. */
  needs: readonly string[];
  reasons: readonly Reason[];
}
