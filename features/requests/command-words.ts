// A request or an answer told in flags at the command line: what a file of JSON would hold, from a case and a check.
import { ClientError, type Client } from "@simpul/doors/cli";
import { Evaluation, Handling, type HandlingCode, type Id, type NodeCode } from "@simpul/model";
import type { ArgsDef } from "citty";
import type { Records } from "../cases/contract.ts";
import type { CheckView } from "../checks/contract.ts";
import { answerKinds, unaskedKinds } from "./contract.ts";
import type { AskAnswer, AskDraft, Choice, Chosen, Codes, GrantTicks, RequestView } from "./contract.ts";

const text = (description: string) => ({ type: "string", description }) as const;
const flag = (description: string) => ({ type: "boolean", description }) as const;
export const listOf = (words: string | undefined): string[] =>
  (words ?? "")
    .split(",")
    .map((one) => one.trim())
    .filter((one) => one !== "");

/** Flags that say how something is graded and handled. */
const graded = {
  handling: text("H0, or of H1,H2; of the words H1,H2 unless given, of records as their case has it"),
  grade: text("4x4, e.g. B2; not evaluated unless given"),
  language: { ...text("the language it is written in"), default: "en" },
} as const satisfies ArgsDef;

export const draftWords = {
  case: { type: "positional", required: true, description: "the case, e.g. ID-2031-000417" },
  to: text("states, e.g. kh"),
  letters: text("whoever has no node, by codes of `simpul letter to`, e.g. mm-atipd"),
  subject: { ...text("subject, without personal data"), required: true },
  hit: text("a check, by id: what it found with them is put in, with its offence and legal basis"),
  with: text("records and items of the case, by id, value or name, separated by commas"),
  link: text("what these have to do with it"),
  question: text("what is asked"),
  category: { ...text("what kind of data that is, a code"), default: "case-information" },
  fact: text("what is known"),
  why: text("why it should be held there"),
  offence: text("a code"),
  basis: text("legal basis, a code"),
  purpose: { ...text("a code"), default: "crime-investigation" },
  urgent: text("the reason for urgency, a code"),
  court: flag("use in court is foreseen"),
  by: text("the day by which it is needed"),
  reads: { ...text("languages in which an answer is read"), default: "en" },
  ...graded,
} as const satisfies ArgsDef;

/** What nobody asked for (MSG-2). */
export const tellWords = {
  case: { type: "positional", required: false, description: "the case; none for what is administrative" },
  kind: { ...text(unaskedKinds.join(", ")), default: "information" },
  to: { ...text("states, e.g. kh"), required: true },
  subject: draftWords.subject,
  fact: { ...text("what they should know"), required: true },
  with: draftWords.with,
  link: draftWords.link,
  offence: draftWords.offence,
  basis: draftWords.basis,
  purpose: text("a code; crime-investigation unless given"),
  urgent: text("the reason for urgency, a code; a warning needs one"),
  ...graded,
} as const satisfies ArgsDef;

export const answerWords = {
  case: text("your case from which it is answered"),
  kind: { ...text(answerKinds.join(", ")), default: "full" },
  text: text("the answer"),
  with: text("records and items of that case, by id, value or name, separated by commas"),
  searched: text("where was searched, codes separated by commas"),
  "for-case": flag("everybody who works on that case over there may see what is given"),
  court: flag("they may use it in court"),
  pass: text("states to which they may pass it on"),
  open: flag("yes, H0: anybody may use it for anything"),
  ...graded,
} as const satisfies ArgsDef;

type Given<D extends ArgsDef> = {
  readonly [K in keyof D]?: (D[K] extends { type: "boolean" } ? boolean : string) | undefined;
};

const grades = (words: string | undefined): Evaluation => {
  const { source, information } = Evaluation.parse(words ?? "X4");
  return { source, information };
};
const codes = (words: string | undefined): Handling =>
  Handling.parse({ codes: listOf(words ?? "H1,H2") as HandlingCode[] });

/** Own selectors by their canonical form, so that a number is found however it was written. */
async function canonical(door: Client, of: string): Promise<Map<string, string>> {
  const { records } = await door.call<{ records: Pick<Records, "selector"> }>(
    "GET",
    `/api/cases/${encodeURIComponent(of)}/records?kinds=selector`,
  );
  return new Map(records.selector.map((one) => [one.id, one.canonical]));
}

/** What was named, with its codes; throws `UNUSABLE` for a name that is nothing or several things of the case. */
async function chosen(
  door: Client,
  from: { case: string; to: string },
  named: readonly string[],
  words: Pick<Given<typeof draftWords>, "handling" | "grade" | "link"> & { grants?: GrantTicks },
): Promise<{ records: Chosen[]; items: Chosen[] }> {
  if (named.length === 0) return { records: [], items: [] };
  const query = new URLSearchParams({ case: from.case, to: from.to });
  const all = await door.call<{ records: Choice[]; items: Choice[] }>(
    "GET",
    `/api/requests/choices?${query.toString()}`,
  );
  const values = await canonical(door, from.case);
  const list = [...all.records, ...all.items];
  const found = named.map((name): Choice => {
    const those = list.filter((one) => [one.id, one.title, values.get(one.id)].includes(name));
    if (those.length === 1) return those[0]!;
    const which = those.map((one) => `${one.kind} ${one.id} of ${one.originator}`).join(", ");
    throw new ClientError("UNUSABLE", `${name} is ${which === "" ? "nothing" : which} in ${from.case}`);
  });
  const put = (one: Choice): Chosen => ({
    id: one.id,
    // Another state's codes do not change here (HC-5).
    handling: one.foreign || words.handling === undefined ? one.handling : codes(words.handling),
    evaluation: one.foreign || words.grade === undefined ? one.evaluation : grades(words.grade),
    link: words.link ?? "",
    ...(words.grants !== undefined && !one.foreign && { grants: words.grants }),
  });
  return {
    records: found.filter((one) => one.kind !== "item").map(put),
    items: found.filter((one) => one.kind === "item").map(put),
  };
}

/** A draft from flags; with `hit`, from what that check found. Throws `UNUSABLE`, and the node's own refusals. */
export async function draftFrom(door: Client, given: Given<typeof draftWords>): Promise<AskDraft> {
  const of = given.case ?? "";
  const to = listOf(given.to);
  const letters = listOf(given.letters);
  if (to.length + letters.length === 0)
    throw new ClientError("UNUSABLE", "say --to or --letters: who is asked");
  const check =
    given.hit === undefined
      ? null
      : await door.call<CheckView>("GET", `/api/checks/${encodeURIComponent(given.hit)}`);
  const hits = (check?.list ?? [])
    .filter((one) => one.results.some(({ node, result }) => to.includes(node) && result === "hit"))
    .map((one) => one.record as string);
  if (check !== null && hits.length === 0)
    throw new ClientError("UNUSABLE", `check ${check.id} found nothing in ${to.join(", ")}`);
  const { legalBases } = await door.call<Codes>("GET", "/api/requests/codes");
  const basis = legalBases.find((one) => one.text !== "" && one.text === check?.legalBasis)?.code;
  const put = await chosen(
    door,
    { case: of, to: [...new Set([...to, ...letters.map((one) => one.slice(0, 2))])].join(",") },
    [...hits, ...listOf(given.with)],
    given,
  );
  const words = { language: given.language ?? "en", handling: codes(given.handling) };
  return {
    case: of,
    hit: check?.id ?? null,
    to: to as NodeCode[],
    ...(letters.length > 0 && { letters }),
    subject: given.subject ?? "",
    questions: given.question === undefined ? [] : [{ text: given.question, category: given.category ?? "" }],
    facts: given.fact === undefined ? [] : [{ ...words, text: given.fact, evaluation: grades(given.grade) }],
    offence: given.offence ?? check?.offence ?? "",
    whyThere: given.why ?? "",
    purpose: given.purpose ?? "",
    legalBasis: given.basis ?? basis ?? "",
    legalBasisText: "",
    urgent: given.urgent !== undefined,
    urgencyReason: given.urgent ?? null,
    urgencyText: "",
    evidenceForeseen: given.court ?? false,
    restrictions: "",
    languages: listOf(given.reads),
    neededBy: given.by ?? null,
    ...words,
    ...put,
  };
}

/** The same for what nobody asked for; throws `UNUSABLE` for a kind that is none, or one without its case. */
export async function toldFrom(door: Client, given: Given<typeof tellWords>): Promise<AskDraft> {
  const unasked = unaskedKinds.find((one) => one === given.kind);
  if (unasked === undefined) throw new ClientError("UNUSABLE", `--kind: one of ${unaskedKinds.join(", ")}`);
  const matter = unasked !== "administrative";
  if (matter !== (given.case !== undefined))
    throw new ClientError("UNUSABLE", matter ? "say of which case" : "what is administrative has no case");
  const purpose = matter ? (given.purpose ?? draftWords.purpose.default) : "";
  return { ...(await draftFrom(door, { ...given, purpose })), unasked, languages: [] };
}

/** An answer from flags, in the name of whoever is signed in. */
export async function answerFrom(
  door: Client,
  request: string,
  given: Given<typeof answerWords>,
): Promise<AskAnswer> {
  const kind = answerKinds.find((one) => one === given.kind);
  if (kind === undefined) throw new ClientError("UNUSABLE", `--kind: one of ${answerKinds.join(", ")}`);
  const { from } = await door.call<RequestView>("GET", `/api/requests/${request}`);
  const named = listOf(given.with);
  if (named.length > 0 && given.case === undefined)
    throw new ClientError("UNUSABLE", "say --case: of which case these are");
  const grants: GrantTicks = {
    case: given["for-case"] ?? false,
    court: given.court ?? false,
    recipients: listOf(given.pass) as NodeCode[],
  };
  const { handling, grade } = given;
  const put = await chosen(door, { case: given.case ?? "", to: from }, named, { handling, grade, grants });
  const words = { language: given.language ?? "en", handling: codes(handling), evaluation: grades(grade) };
  const on = new Date().toISOString().slice(0, 10);
  return {
    case: given.case ?? null,
    kind,
    narrative: given.text === undefined ? [] : [{ ...words, text: given.text }],
    ...put,
    refused: [],
    searched: listOf(given.searched).map((source) => ({ source, by: door.profile.officer.id as Id, on })),
    confirmH0: given.open ?? false,
  };
}
