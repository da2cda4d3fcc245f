// The answer about one person: nothing, compare or listed; what to do, whom to call, and what she decides.
import { Alert, Button, Card, Group, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import { api, HandlingBadge, Problem, StateTag, useQueryClient, useWords } from "@simpul/doors/web";
import { Evaluation, Handling } from "@simpul/model";
import { decisions, type BorderChecked, type Decision, type Hit } from "../contract.ts";

const tones = { nothing: "green", compare: "yellow", listed: "red" } as const;

export function Answer({ of, children }: { of: BorderChecked; children: ReactNode }): ReactNode {
  const { say, state, list, date } = useWords();
  const { name, birth, document, expired, stateKnown } = of.read;
  const unasked = [...of.away, ...of.limited];
  return (
    <Stack gap="md" role="status" aria-live="assertive">
      <Alert color={tones[of.answer]} variant="light" p="md">
        <Title order={2} size="h2">
          {say(`border.answer.${of.answer}`)}
        </Title>
        <Text>{say(`border.answer.${of.answer}.text`, { count: of.lists })}</Text>
      </Alert>
      <Text size="sm" component="div">
        {[name, document, birth === null ? "" : date(birth)]
          .filter((one) => one !== "" && one !== null)
          .join(" · ")}{" "}
        {expired && <StateTag tone="waiting">{say("border.expired")}</StateTag>}
      </Text>
      {!stateKnown && document !== null && (
        <Alert color="yellow" variant="light">
          {say("border.unknownState", { letters: document.split(":")[1] ?? "" })}
        </Alert>
      )}
      {unasked.length > 0 && (
        <Alert color="yellow" variant="light">
          {say("border.away", { states: list(unasked.map((one) => state(one))) })}
        </Alert>
      )}
      {of.hits.map((hit) => (
        <HitCard key={hit.id} of={hit} />
      ))}
      {of.hits.length > 0 && <Text size="sm">{say("border.withHer")}</Text>}
      {children}
    </Stack>
  );
}

export function HitCard({ of }: { of: Hit }): ReactNode {
  const { say, state, date } = useWords();
  const { entry } = of;
  const facts = entry === null ? [] : [entry.document, entry.birth === null ? null : date(entry.birth)];
  return (
    <Card withBorder component="article" aria-label={entry?.name ?? of.list}>
      <Stack gap="xs">
        <Text fw={700} size="lg">
          {say(entry === null ? "border.do.call" : `watch-lists.do.${entry.whatToDo}`)}
        </Text>
        <Text fw={600}>{say("border.callWhom", { call: of.call })}</Text>
        {entry !== null && (
          <Group gap="xs">
            <Text>{entry.name}</Text>
            <HandlingBadge handling={Handling.usual} evaluation={Evaluation.parse(entry.evaluation)} />
            <Text size="sm">{facts.filter((one) => one !== null).join(" · ")}</Text>
          </Group>
        )}
        {entry !== null && entry.note !== "" && <Text size="sm">{entry.note}</Text>}
        <Text size="sm" c="dimmed">
          {state(of.origin)}: {of.list} · {say(`border.by.${of.by}`)}
        </Text>
        <Decide hit={of.id} />
      </Stack>
    </Card>
  );
}

function Decide({ hit }: { hit: string }): ReactNode {
  const { say } = useWords();
  const queries = useQueryClient();
  const [done, setDone] = useState<Decision | null>(null);
  const [fault, setFault] = useState<unknown>(null);
  async function decide(is: Decision): Promise<void> {
    setFault(null);
    try {
      await api.post(`/api/border/hits/${hit}`, { is });
      setDone(is);
      if (is !== "unsure") await queries.invalidateQueries({ queryKey: ["border"] });
    } catch (no) {
      setFault(no);
    }
  }
  if (done !== null) return <StateTag tone="accent">{say(`border.decided.${done}`)}</StateTag>;
  return (
    <>
      <Group gap="xs">
        {decisions.map((one) => (
          <Button key={one} variant="default" onClick={() => void decide(one)}>
            {say(`border.decide.${one}`)}
          </Button>
        ))}
      </Group>
      {fault !== null && <Problem fault={fault} />}
    </>
  );
}
