// What the rule says of the answers, in words: which elements were seen by which indicators, what is needed, what to do.
import { List, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { useWords } from "@simpul/doors/web";
import { elements } from "../contract.ts";
import type { Presumption } from "../contract.ts";
import "./screening.css";

export function Verdict({
  presumption,
  titled = true,
}: {
  presumption: Presumption;
  titled?: boolean;
}): ReactNode {
  const { say } = useWords();
  const { kind, reasons, met, needs, open, age } = presumption;
  return (
    <section className="sp-verdict" data-kind={kind} aria-label={say("screening.verdict")}>
      {titled && (
        <Text size="sm" c="dimmed">
          {say("screening.verdict")}
        </Text>
      )}
      <Title order={2} size="h3">
        {say(`screening.kind.${kind}`)}
      </Title>
      <Text>{say(`screening.todo.${kind}`)}</Text>
      <List>
        {reasons.map((one) => (
          <List.Item key={`${one.code} ${JSON.stringify(one.facts)}`}>
            {say(`screening.reason.${one.code}`, one.facts)}
          </List.Item>
        ))}
      </List>
      {kind !== "not-screened" && (
        <dl className="sp-elements">
          {elements.map((element) => (
            <div key={element}>
              <dt>{say(`screening.element.${element}`)}</dt>
              <dd>
                {met[element].length > 0
                  ? met[element].map((one) => say(`screening.indicator.${one}`)).join(" · ")
                  : say(
                      element === "means" && age !== "adult"
                        ? "screening.element.notNeeded"
                        : "screening.element.none",
                    )}
              </dd>
            </div>
          ))}
        </dl>
      )}
      {needs.length > 0 && (
        <Stack gap={4}>
          <Text fw={600}>{say("screening.needs")}</Text>
          <List>
            {needs.map((one) => (
              <List.Item key={one}>{say(`screening.need.${one}`)}</List.Item>
            ))}
          </List>
        </Stack>
      )}
      {kind !== "presumed" && <Text size="sm">{say("screening.stillOpen", { count: open.length })}</Text>}
      <Text size="sm" c="dimmed">
        {say("screening.rule")}
      </Text>
    </section>
  );
}
