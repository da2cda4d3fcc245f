// Which free texts a request holds, and whether a machine may be asked to translate one.
import { createHash } from "node:crypto";
import type { Handling, Id, NodeCode } from "@simpul/model";
import type { AskDraft, FreeText, NoMachine, Translator } from "./contract.ts";
import type { AnswerRow } from "./node.ts";
import { conditionsOf } from "./rules.ts";

export const digestOfText = (text: string): Buffer => createHash("sha256").update(text, "utf8").digest();

/** Everything that somebody wrote freely in a request and in the answers that left or came, empty ones left out. */
export function freeTexts(
  request: { id: Id; draft: AskDraft; from: NodeCode },
  answers: readonly { row: Pick<AnswerRow, "id" | "content">; from: NodeCode }[],
): FreeText[] {
  const { id: about, draft, from } = request;
  const said = (field: string, text: string): FreeText => ({
    ...{ about, field, text, language: draft.language },
    ...{ handling: draft.handling, evaluation: null, originator: from },
  });
  const all: FreeText[] = [
    said("subject", draft.subject),
    ...draft.questions.map((one, at) => said(`questions.${String(at)}`, one.text)),
    ...draft.facts.map((one, at) => ({ about, field: `facts.${String(at)}`, originator: from, ...one })),
    said("whyThere", draft.whyThere),
    said("legalBasisText", draft.legalBasisText),
    said("urgencyText", draft.urgencyText),
    said("restrictions", draft.restrictions),
    ...answers.flatMap(({ row, from: whose }) =>
      row.content.narrative.map((one, at) => ({
        ...{ about: row.id, field: `narrative.${String(at)}`, originator: whose },
        ...one,
      })),
    ),
  ];
  return all.filter((one) => one.text.trim() !== "");
}

/** Purposes under which the texts themselves are about a victim. */
const aboutVictims = ["victim-identification", "victim-assistance"];

/**
 * Why no machine may have this text; null where one may. A victim's never goes to any, whoever runs it. Another state's
 * words under H2 or H3 go to nobody else without that state: only a service of this state's own may have them (HC-6).
 */
export function noMachine(
  text: Pick<FreeText, "text" | "handling" | "originator">,
  here: {
    code: NodeCode;
    purpose: string;
    translator: Pick<Translator, "own"> | null;
    /** Names and values of victims, witnesses and relatives in the case, as written. */
    hidden: readonly string[];
  },
): NoMachine | null {
  if (here.translator === null) return "off";
  if (aboutVictims.includes(here.purpose) || conditionsOf(text.handling).victimSensitive === true)
    return "victim";
  const plain = text.text.normalize("NFKC").toLocaleLowerCase("und");
  if (here.hidden.some((one) => plain.includes(one))) return "victim";
  const bound = text.originator !== here.code && binds(text.handling);
  return bound && !here.translator.own ? "terms" : null;
}

const binds = (handling: Handling): boolean => handling.codes.includes("H2") || handling.codes.includes("H3");
