// On what a formal request rests: the articles and the rules of the state that is asked, each confirmed or still to be (MLA-3).
import type { Codes, Form, Ruled } from "./contract.ts";

/** `says`: the articles, or the code of the basis; null where the name of the rule tells which it is. */
export interface Rest extends Ruled {
  rule: string;
  says: string | null;
}

type Lists = Pick<Codes, "types" | "states" | "extradition">;

/** In the order in which the form asks. Empty where nothing is known of that state. */
export function restsOn(codes: Lists, form: Pick<Form, "type" | "to" | "basis">): Rest[] {
  const type = codes.types.find((one) => one.code === form.type);
  const rules = codes.states.find((one) => one.state === form.to);
  if (type === undefined || rules === undefined) return [];
  const rest = (rule: string, of: Ruled, says: string | null = null): Rest => ({
    ...{ rule, says, standing: of.standing, source: of.source, confirmation: of.confirmation },
  });
  const articles = rest(
    "articles",
    { standing: type.articlesStanding, source: type.articlesSource },
    type.articles,
  );
  if (form.type === "extradition") {
    const { bases, leastYears, source } = codes.extradition;
    const basis = bases.find((one) => one.state === form.to && one.code === form.basis);
    return [
      articles,
      ...(basis === undefined ? [] : [rest("basis", basis, basis.code)]),
      ...[rest("authority", rules.centralAuthority.name), rest("address", rules.centralAuthority.address)],
      rest("channel", rules.centralAuthority.channel),
      ...[rest("languages", rules.languages), rest("penalty", leastYears)],
      rest("undertakings", { standing: "to-be-confirmed", source }),
    ];
  }
  const basis = rules.bases.find((one) => one.code === form.basis);
  const always = [
    articles,
    ...(basis === undefined ? [] : [rest("basis", basis, basis.code)]),
    rest("languages", rules.languages),
  ];
  if (type.kind === "preservation") return always;
  return [
    ...always,
    ...[rest("authority", rules.centralAuthority.name), rest("address", rules.centralAuthority.address)],
    rest("channel", rules.centralAuthority.channel),
    ...[rest("certification", rules.certification), rest("copies", rules.copies)],
    ...[rest("dual", rules.dualCriminality), rest("penalty", rules.minimumPenaltyYears)],
    ...[rest("undertakings", rules.undertakings), rest("refusals", rules.refusals)],
    rest("urgent", rules.urgent),
  ];
}

export const openOf = <Of extends Ruled>(rests: readonly Of[]): Of[] =>
  rests.filter((one) => one.standing === "to-be-confirmed");
