// What a new request holds before anybody types: everything that the case and the check know already.
import type { Words } from "@simpul/doors/i18n";
import type { Id, NodeCode } from "@simpul/model";
import type { CaseView } from "../../cases/contract.ts";
import { aboutIn } from "./choose.tsx";
import type { AskDraft, Choice, Chosen, Codes, UnaskedKind } from "../contract.ts";

/** Of a check, what a request takes over. */
export interface CheckFacts {
  purpose: string;
  offence: string;
  legalBasis: string;
  askedAt: string;
}
interface Known {
  view: Pick<CaseView, "number" | "crimeType">;
  check: CheckFacts | null;
  hit: string | null;
  codes: Codes;
  to: readonly string[];
  /** Records and items that the address named, e.g. the selector that was hit. */
  wanted: readonly string[];
  choices: { records: readonly Choice[]; items: readonly Choice[] };
  purpose: string;
  /** What the state tells without having been asked; null where it asks. */
  unasked: UnaskedKind | null;
}

/** A letter between desks: of no case and nobody. */
export const administrativeDraft = (words: Words, codes: Codes, to: readonly string[]): AskDraft => ({
  ...{ case: "", hit: null, unasked: "administrative", subject: "", questions: [], facts: [], offence: "" },
  to: codes.states.filter((one) => to.includes(one)),
  ...{ whyThere: "", purpose: "", legalBasis: "", legalBasisText: "", restrictions: "" },
  ...{ urgent: false, urgencyReason: null, urgencyText: "", evidenceForeseen: false, neededBy: null },
  ...{ language: words.locale, languages: [], records: [], items: [] },
  handling: { codes: ["H1", "H2"] },
});

const listed = (of: readonly string[], value: string | undefined): string =>
  value !== undefined && of.includes(value) ? value : "";

export function firstDraft(words: Words, known: Known): AskDraft {
  const { say } = words;
  const { codes, check } = known;
  const mine = (of: readonly Choice[]): Choice[] =>
    of.filter((one) => known.wanted.includes(one.id) && one.stop === null);
  const records = mine(known.choices.records);
  const items = mine(known.choices.items);
  const about = (choice: Choice): string => {
    const { title, about: word } = aboutIn(words, choice);
    return word === "" ? title : word;
  };
  const offence = listed(codes.offences, check?.offence ?? known.view.crimeType);
  const types = [...new Set(records.map(about))];
  const day = check === null ? "" : words.date(check.askedAt);
  const choose = (choice: Choice): Chosen => ({
    id: choice.id,
    handling: choice.handling,
    evaluation: choice.evaluation,
    link:
      check === null
        ? say("requests.link.usual", { about: about(choice) })
        : say("requests.link.hit", { day }),
  });
  const firstQuestion = (): AskDraft["questions"][number] => ({
    text: records.length === 0 ? "" : say("requests.new.question", { count: records.length }),
    category:
      codes.categories.find((one) => one.code === "case-information")?.code ?? codes.categories[0]!.code,
  });
  return {
    case: known.view.number,
    hit: known.hit as Id | null,
    to: known.to.filter((one) => codes.states.includes(one as NodeCode)) as NodeCode[],
    // Without personal data (MSG-1): what kind of thing, in what kind of matter.
    subject:
      types.length === 0
        ? ""
        : say("requests.new.subject", {
            what: words.list(types),
            matter: words.sayOne([`requests.offences.${offence}`, `cases.crime.${offence}`]) ?? "",
          }).slice(0, 300),
    questions: known.unasked === null ? [firstQuestion()] : [],
    ...(known.unasked === null ? {} : { unasked: known.unasked }),
    facts: [],
    offence,
    whyThere:
      check === null ? "" : say("requests.new.whyThere", { day, state: words.state(known.to[0] ?? "") }),
    purpose: listed(codes.purposes, check?.purpose) || listed(codes.purposes, known.purpose),
    // A check keeps its basis in words; said once, it is not asked again.
    legalBasis: codes.legalBases.find((one) => one.text !== "" && one.text === check?.legalBasis)?.code ?? "",
    legalBasisText: "",
    urgent: false,
    urgencyReason: null,
    urgencyText: "",
    evidenceForeseen: false,
    restrictions: "",
    language: words.locale,
    languages: [...new Set([words.locale, "en"])].filter((one) => codes.languages.includes(one)),
    neededBy: null,
    handling: { codes: ["H1", "H2"] },
    records: records.map(choose),
    items: items.map(choose),
  };
}
