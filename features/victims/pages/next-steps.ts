// What helps a person next, from what stands on her page: an offer for whoever has read no manual, never an order and never a gate.
import type { PersonView } from "../contract.ts";

export const nextSteps = [
  "now",
  "guardian",
  "review",
  "help",
  "screen",
  "decide",
  "consular",
  "testimony",
  "home",
] as const;
export type NextStep = (typeof nextSteps)[number];
export interface Next {
  step: NextStep;
  to: string;
}

type Known = Pick<PersonView, "id" | "age" | "elsewhere"> & {
  facts: Pick<PersonView["facts"], "needs" | "risks">;
  statuses: readonly Pick<PersonView["statuses"][number], "status">[];
  testimonies: readonly unknown[];
  history: readonly Pick<PersonView["history"][number], "kind">[];
};

/** What comes first stands first: safety and help before any question, and none of it waits for another. Empty once she moved away. */
export function nextFor({ id, age, elsewhere, facts, statuses, testimonies, history }: Known): Next[] {
  if (elsewhere !== null) return [];
  const done = (kind: string): boolean => history.some((one) => one.kind === kind);
  const is = (...which: string[]): boolean => statuses.some(({ status }) => which.includes(status));
  const victim = is("presumed", "identified");
  const refused = !victim && is("not-identified");
  const page = `/victims/${id}`;
  const steps: [NextStep, boolean, string][] = [
    ["now", facts.needs.length === 0 && !done("referrals.referral"), `${page}/change`],
    [
      "guardian",
      (age === "child" || age === "doubt") && !done("referrals.consent"),
      `/referrals/people/${id}`,
    ],
    ["review", facts.risks.some((risk) => /^facing-/.test(risk)), "/reviews/compare"],
    ["help", facts.needs.length > 0 && !done("referrals.referral"), `/referrals/people/${id}`],
    ["screen", statuses.length === 0 && !done("screening.told"), `${page}?tab=screenings`],
    ["decide", !victim && !refused && (done("screening.told") || is("indicators")), `${page}?tab=status`],
    ["consular", refused, `/referrals/people/${id}/refer`],
    ["testimony", victim && testimonies.length === 0, `${page}?tab=testimony`],
    ["home", (victim || refused) && !done("returns.choice"), `/returns/people/${id}`],
  ];
  return steps.filter(([, fits]) => fits).map(([step, , to]) => ({ step, to }));
}
