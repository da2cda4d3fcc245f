// What each of the eleven states asks of a formal request, and its law on trafficking: with source, or to be confirmed (MLA-3).
import { Card, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { Awaited, PageHead, useWords } from "@simpul/doors/web";
import type { Fact, Standing, StateRules } from "../contract.ts";
import { useCodes, useCodeWords } from "./data.ts";
import "./assistance.css";

export function Page(): ReactNode {
  const { say } = useWords();
  const codes = useCodes();
  return (
    <>
      <PageHead
        title={say("assistance.states")}
        back={{ to: "/assistance", label: say("assistance.room") }}
      />
      <Awaited query={codes}>
        {({ states, version }) => (
          <Stack gap="md" maw="52rem">
            <Text size="sm">{say("assistance.states.text", { version })}</Text>
            {states.map((one) => (
              <One key={one.state} of={one} />
            ))}
          </Stack>
        )}
      </Awaited>
    </>
  );
}

function One({ of }: { of: StateRules }): ReactNode {
  const words = useWords();
  const { say, state } = words;
  const code = useCodeWords();
  const line = (label: string, value: string, standing: Standing, source: string): ReactNode => (
    <div>
      <dt>{label}</dt>
      <dd>
        {value === "" ? say("assistance.tbc") : value}
        <Text size="xs" c="dimmed">
          {value !== "" && standing === "to-be-confirmed" ? say("assistance.tbc") : ""}
          {value !== "" && standing === "to-be-confirmed" && source !== "" ? " · " : ""}
          {source}
        </Text>
      </dd>
    </div>
  );
  const fact = (label: string, one: Fact): ReactNode => line(label, one.value, one.standing, one.source);
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
          say("assistance.rule.bases"),
          words.list(of.bases.map((one) => code("basis", one.code))),
          of.bases[0]!.standing,
          of.bases[0]!.source,
        )}
        {line(
          say("assistance.rule.languages"),
          words.list(of.languages.accepted.map((one) => words.language(one))),
          of.languages.standing,
          of.languages.source,
        )}
        {line(
          say("assistance.rule.certification"),
          list(of.certification.accepted, "certification"),
          of.certification.standing,
          of.certification.source,
        )}
        {line(say("assistance.rule.copies"), String(of.copies.number), of.copies.standing, of.copies.source)}
        {line(
          say("assistance.rule.penalty"),
          least.value === null ? "" : String(least.value),
          least.standing,
          least.source,
        )}
        {line(
          say("assistance.rule.urgent"),
          urgent.accepted === null ? "" : say(urgent.accepted ? "assistance.yes" : "assistance.no"),
          urgent.standing,
          urgent.source,
        )}
        {line(
          say("assistance.rule.undertakings"),
          list([...of.undertakings.required, ...of.undertakings.wished], "undertaking"),
          of.undertakings.standing,
          of.undertakings.source,
        )}
        {fact(say("assistance.rule.law"), of.trafficking.law)}
        {fact(say("assistance.rule.lawPenalty"), of.trafficking.penalty)}
      </dl>
    </Card>
  );
}
