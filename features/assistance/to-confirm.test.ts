// docs/law-to-confirm.md says what a jurist of each state must still look at: written from the lists, and so never behind them.
import { expect, test } from "vitest";
import { format } from "prettier";
import type { Fact as LawFact } from "../offences/contract.ts";
import { courtNeeds } from "../offences/contract.ts";
import { readLawByState } from "../offences/law.ts";
import { readAssistanceCodes } from "./codes.ts";
import type { Ruled, StateRules } from "./contract.ts";

const name = new Intl.DisplayNames("en", { type: "region" });
const open = (fact: { standing: string }): boolean => fact.standing === "to-be-confirmed";
const place = ({ law, section, says, address }: LawFact): string =>
  [says, [law, section].filter(Boolean).join(", "), address].filter((one) => one !== "").join(" · ");

/** What each state asks of a formal request, by the name under which the list has it. */
const asked = (of: StateRules): [string, Ruled, string][] => [
  ["central authority", of.centralAuthority.name, of.centralAuthority.name.value],
  ["its address", of.centralAuthority.address, of.centralAuthority.address.value],
  ["ways of sending", of.centralAuthority.channel, of.centralAuthority.channel.accepted.join(", ")],
  ["languages", of.languages, of.languages.accepted.join(", ")],
  ["copies", of.copies, String(of.copies.number)],
  ["certification", of.certification, of.certification.accepted.join(", ")],
  ["least penalty, years", of.minimumPenaltyYears, String(of.minimumPenaltyYears.value ?? "")],
  ["dual criminality", of.dualCriminality, ""],
  ["undertakings", of.undertakings, of.undertakings.required.join(", ")],
  ["urgent ones ahead of the paper", of.urgent, `within ${of.urgent.formalDays} days`],
  ["grounds of refusal", of.refusals, ""],
  ...of.bases.map((one): [string, Ruled, string] => [`basis ${one.code}`, one, ""]),
];

async function page(): Promise<string> {
  const law = readLawByState();
  const lists = readAssistanceCodes();
  const lines = law.states.flatMap((state) => {
    const facts: [string, LawFact][] = [
      ...state.offences.flatMap((one): [string, LawFact][] => [
        [`${one.kind}: text`, one.text],
        [`${one.kind}: penalty`, one.penalty],
      ]),
      ["who may charge", state.charging],
      ["non-punishment", state.nonPunishment],
      ...courtNeeds.map((need): [string, LawFact] => [`court: ${need}`, state.court[need]]),
    ];
    const rules = asked(lists.states.find((one) => one.state === state.state)!);
    const left = facts.filter(([, fact]) => open(fact));
    const rest = rules.filter(([, rule]) => open(rule));
    return [
      `## ${name.of(state.state.toUpperCase())!}`,
      `${left.length} of ${facts.length} facts of its law and ${rest.length} of ${rules.length} rules of its central authority are to be confirmed.`,
      [
        ...left.map(([what, fact]) => `- **${what}** ${place(fact)}`.trimEnd()),
        ...rest.map(([what, rule, value]) =>
          `- **${what}** ${[value, rule.source].filter((one) => one !== "").join(" · ")}`.trimEnd(),
        ),
      ].join("\n"),
    ];
  });
  const text = [
    "# Law to confirm",
    `What no source was seen for, state by state: law by state of ${law.version}, rules of central authorities of ${lists.statesVersion}. Written by a test from \`features/offences/offences.json\` and \`features/assistance/requested-states.json\`; a state changes its part there, with source and who confirmed it, and runs \`npx vitest run -u features/assistance/to-confirm.test.ts\`.`,
    ...lines,
  ].join("\n\n");
  return format(text, { parser: "markdown", printWidth: 120 });
}

test("the page for jurists names, state by state, every fact that is to be confirmed", async () => {
  await expect(await page()).toMatchFileSnapshot("../../docs/law-to-confirm.md");
});
