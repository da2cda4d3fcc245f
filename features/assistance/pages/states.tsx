// What each of the eleven states asks of a formal request, and its law on trafficking: with source, or to be confirmed (MLA-3).
import { Card, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { Awaited, Link, PageHead, useAddressValues, useWords } from "@simpul/doors/web";
import type { Fact, Ruled, StateRules } from "../contract.ts";
import { useCodes, useCodeWords } from "./data.ts";
import { StandingText } from "./rests.tsx";
import "./assistance.css";

export function Page(): ReactNode {
  const { say } = useWords();
  const codes = useCodes();
  const [{ of }] = useAddressValues();
  return (
    <>
      <PageHead
        title={say("assistance.states")}
        back={{ to: "/assistance", label: say("assistance.room") }}
      />
      <Awaited query={codes}>
        {({ states, statesVersion, sourcesRead }) => (
          <Stack gap="md" maw="52rem">
            <Text size="sm">{say("assistance.states.text", { version: statesVersion })}</Text>
            {states
              .filter((one) => of === undefined || of === "" || one.state === of)
              .map((one) => (
                <One key={one.state} of={one} read={sourcesRead} />
              ))}
            {of !== undefined && of !== "" && (
              <Link to="/assistance/states">{say("assistance.states.all")}</Link>
            )}
          </Stack>
        )}
      </Awaited>
    </>
  );
}

function One({ of, read }: { of: StateRules; read: string }): ReactNode {
  const words = useWords();
  const { say, state } = words;
  const code = useCodeWords();
  const line = (label: string, value: string, rule: Ruled): ReactNode => (
    <div>
      <dt>{label}</dt>
      <dd>
        {value === "" ? "–" : value}
        <StandingText of={rule} read={read} />
      </dd>
    </div>
  );
  const fact = (label: string, one: Fact): ReactNode => line(label, one.value, one);
  const list = (codes: readonly string[], field: string): string =>
    words.list(codes.map((one) => code(field, one)));
  const { minimumPenaltyYears: least, urgent } = of;
  return (
    <Card withBorder padding="md" component="section">
      <Title order={2} size="h5">
        {state(of.state)}
      </Title>
      <dl className="s-answers">
        {fact(say("assistance.rule.authority"), of.centralAuthority.name)}
        {fact(say("assistance.rule.address"), of.centralAuthority.address)}
        {line(
          say("assistance.rule.channel"),
          list(of.centralAuthority.channel.accepted, "code"),
          of.centralAuthority.channel,
        )}
        <div>
          <dt>{say("assistance.rule.bases")}</dt>
          <dd>
            {of.bases.map((one) => (
              <div key={one.code}>
                {code("basis", one.code)}
                <StandingText of={one} read={read} />
              </div>
            ))}
          </dd>
        </div>
        {line(
          say("assistance.rule.languages"),
          words.list(of.languages.accepted.map((one) => words.language(one))),
          of.languages,
        )}
        {line(
          say("assistance.rule.certification"),
          list(of.certification.accepted, "certification"),
          of.certification,
        )}
        {line(say("assistance.rule.copies"), String(of.copies.number), of.copies)}
        {line(say("assistance.rule.dual"), list(of.dualCriminality.offences, "offence"), of.dualCriminality)}
        {line(say("assistance.rule.penalty"), least.value === null ? "" : String(least.value), least)}
        {line(
          say("assistance.rule.urgent"),
          urgent.accepted === null ? "" : say(urgent.accepted ? "assistance.yes" : "assistance.no"),
          urgent,
        )}
        {line(
          say("assistance.rule.undertakings"),
          list([...of.undertakings.required, ...of.undertakings.wished], "undertaking"),
          of.undertakings,
        )}
        {fact(say("assistance.rule.law"), of.trafficking.law)}
        {fact(say("assistance.rule.lawPenalty"), of.trafficking.penalty)}
      </dl>
    </Card>
  );
}
