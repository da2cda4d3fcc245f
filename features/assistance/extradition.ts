// What an extradition rests on and needs: its basis between the two states, the charge, the penalty, undertakings, nationality.
import type { NodeCode } from "@simpul/model";
import { basesBetween, type LawByState } from "../offences/contract.ts";
import type { Extradition, Finding, Form } from "./contract.ts";

/** By which code of a formal request an instrument of the law by state is named; null where it is not for persons sought. */
const named = (code: string): string | null =>
  code.startsWith("bilateral-")
    ? "bilateral"
    : ({ "asean-extradition": "asean-extradition", untoc: "untoc-16", reciprocity: "reciprocity" }[code] ??
      null);

/** On what an extradition between these two may rest, what was confirmed first. */
export function extraditionBases(
  law: Pick<LawByState, "bases">,
  own: NodeCode,
  states: readonly NodeCode[],
): Extradition["bases"] {
  return states.flatMap((state) =>
    basesBetween(law, own, state, "extradition").flatMap(({ code, basis }) => {
      const as = named(code);
      const source = basis.address === "" ? basis.law : `${basis.law}: ${basis.address}`;
      return as === null ? [] : [{ state, code: as, says: basis.law, standing: basis.standing, source }];
    }),
  );
}

export interface Sought {
  form: Form;
  conditions: Extradition;
  /** Of a person among its records a charge was filed: her legal review has passed (VIC-2). */
  charged: boolean;
}

/** Errors block; what only the requested state can answer warns. */
export function checkExtradition({ form, conditions, charged }: Sought): Finding[] {
  const found: Finding[] = [];
  const add = (
    level: Finding["level"],
    code: string,
    field: string | null,
    { standing, source }: Pick<Finding, "standing" | "source">,
    facts: Finding["facts"] = {},
  ) => found.push({ level, code, field, facts, source, standing });
  const rule = { standing: "confirmed", source: "VIC-2" } as const;
  if (!charged) add("error", "not-charged", "records", rule);
  const basis = conditions.bases.find((one) => one.state === form.to && one.code === form.basis);
  if (form.basis !== "" && basis === undefined)
    add("error", "basis-not-here", "basis", { standing: "confirmed", source: "MLA-3" }, { state: form.to });
  else if (basis?.standing === "to-be-confirmed")
    add("warning", "basis-unconfirmed", "basis", basis, { state: form.to });
  const { leastYears } = conditions;
  if (form.maxYears === null) add("error", "penalty-years", "maxYears", leastYears);
  else if (leastYears.value !== null && form.maxYears < leastYears.value)
    add(leastYears.standing === "confirmed" ? "error" : "warning", "penalty", "maxYears", leastYears, {
      years: leastYears.value,
    });
  const asked = { standing: "to-be-confirmed", source: conditions.source } as const;
  for (const code of conditions.required)
    if (!form.undertakings.includes(code)) add("error", "undertaking", "undertakings", asked, { code });
  for (const code of conditions.wished)
    if (!form.undertakings.includes(code))
      add("warning", "undertaking-wished", "undertakings", asked, { code });
  // Prosecute there what is not handed over: aut dedere aut judicare.
  if (form.special["nationality"] === form.to)
    add("warning", "national", "special.nationality", asked, { state: form.to });
  return found;
}
