// What stands about a person in codes: needs, risks, status, and how old she counts as.
export const needs = [
  "shelter",
  "medical",
  "psychological",
  "food-clothing",
  "legal",
  "interpreter",
  "documents",
  "family-contact",
  "return",
  "child-care",
  "disability",
] as const;
export type Need = (typeof needs)[number];

export const risks = [
  "trafficker-near",
  "retaliation",
  "family-threatened",
  "debt",
  "self-harm",
  "detained",
  "facing-charge",
  "facing-removal",
  "recruiter-in-contact",
] as const;
export type Risk = (typeof risks)[number];

/** VIC-2. `not-screened` is what stands before anybody decided; an authority says the others. */
export const statuses = ["not-screened", "indicators", "presumed", "identified", "not-identified"] as const;
export type Status = (typeof statuses)[number];

/** `doubt` counts as child (Palermo Protocol art. 3(d); doubt about age: ACTIP art. 14(2)). `not-said`: nobody asked yet. */
export type Age = "child" | "doubt" | "adult" | "not-said";

/** What can be released to a case; where she is and how to reach her never leave the desk by this way. */
export const releasable = [
  "names",
  "born",
  "age",
  "sex",
  "nationalities",
  "languages",
  "documents",
  "heldAt",
  "status",
] as const;
export type Releasable = (typeof releasable)[number];

/** A recorded testimony has at most so many bytes, and comes in pieces of so many. */
export const mostTestimony = 500_000_000;
export const testimonyPart = 786_432;

interface Born {
  /** `YYYY`, `YYYY-MM` or `YYYY-MM-DD` in the common era, null where what was written is no date. */
  read: string | null;
}

/** The age by what is said and by the date of birth, the younger of the two: a child recorded as adult is a child. */
export function ageOf(facts: { ageSaid: Age; born: Born | null }, now: Date): Age {
  const byDate = facts.born?.read === null || facts.born === null ? "not-said" : ageBy(facts.born.read, now);
  const order: readonly Age[] = ["child", "doubt", "adult", "not-said"];
  return order.find((one) => one === facts.ageSaid || one === byDate)!;
}

/** A year alone may be its first day or its last. */
function ageBy(read: string, now: Date): Age {
  const [year, month, day] = read.split("-").map(Number) as [number, number?, number?];
  const first = Date.UTC(year, (month ?? 1) - 1, day ?? 1);
  const last = month === undefined ? Date.UTC(year, 11, 31) : Date.UTC(year, month - 1, day ?? 28);
  const eighteen = Date.UTC(now.getUTCFullYear() - 18, now.getUTCMonth(), now.getUTCDate());
  if (first > eighteen) return "child";
  return last > eighteen ? "doubt" : "adult";
}

/** The form of a pseudonym, for fields that take one. */
export const referenceForm = /^[A-Z]{2}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/;
