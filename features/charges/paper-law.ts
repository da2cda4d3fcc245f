// The law on paper: where each fact stands, and what an offence says in the languages of both courts.
import { inBoth, type Both, type Words } from "@simpul/doors/i18n";
import type { NodeCode } from "@simpul/model";
import { offenceOf, type Fact, type OffenceKind } from "../offences/contract.ts";
import type { ChargesNode, PaperLine } from "./node.ts";

/** The law and section of a fact, and that it is to be confirmed where it is. */
export function placeOf(fact: Fact | undefined, both: Both): string {
  if (fact === undefined || fact.law === "") return both("offences.tbc");
  const place =
    fact.section === "" ? `${fact.law}, ${both("offences.noSection")}` : `${fact.law}, ${fact.section}`;
  return fact.standing === "confirmed" ? place : `${place} (${both("offences.tbc")})`;
}

interface Courts {
  node: Pick<ChargesNode, "law">;
  states: readonly NodeCode[];
  /** Words of the court that tries, and of the other one. */
  words: Words;
  other: Words;
}

/** Of each state the law's own words in the languages of both courts; where they are not here, our short ones, and that they are ours. */
export function wordings(
  { node, states, words, other }: Courts,
  offence: OffenceKind,
  both: Both,
): PaperLine[] {
  const wanted = [...new Set([words.locale, other.locale])];
  return states.flatMap((code): PaperLine[] => {
    const law = offenceOf(node.law, code, offence);
    const own = (law?.wording ?? []).filter((one) => (wanted as string[]).includes(one.language));
    const missing = wanted.filter((language) => !own.some((one) => one.language === language));
    const ours = missing.length === 0 ? "" : (law?.text.says ?? "");
    const remark = (key: string): PaperLine => ({
      text: both(key, (each) => ({ languages: each.list(missing.map((one) => each.language(one))) })),
      ...{ size: 8, soft: true, indent: 24 },
    });
    return [
      {
        text: `${inBoth(words, other, (each) => each.state(code))}: ${placeOf(law?.text, both)}`,
        ...{ size: 9, indent: 12 },
      },
      ...own.map(({ text }) => ({ text, size: 9, indent: 24 })),
      ...(ours === "" ? [] : [{ text: ours, size: 9, soft: true, indent: 24 }]),
      ...(missing.length === 0 ? [] : [remark("charges.wording.missing")]),
      ...(ours === "" ? [] : [remark("charges.wording.ours")]),
    ];
  });
}
