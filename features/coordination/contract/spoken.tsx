// Words between a unit and a party as both read them: what was said, the hour of a call, what was answered or waits for it.
import { Button, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import { api, Problem, StateTag, TimeText, useQueryClient, useWords } from "@simpul/doors/web";
import { partyAnswers, type Spoken } from "./words.ts";

/** `answers`: she speaks for the party and may answer. */
export function Words({ of, answers }: { of: readonly Spoken[]; answers: boolean }): ReactNode {
  return of.map((one) => <Word key={`${one.unit} ${one.id}`} of={one} answers={answers} />);
}

function Word({ of, answers }: { of: Spoken; answers: boolean }): ReactNode {
  const { say, state } = useWords();
  const queries = useQueryClient();
  const [fault, setFault] = useState<unknown>(null);
  async function answer(says: string): Promise<void> {
    setFault(null);
    try {
      await api.post(`/api/coordination/words/${of.unit}/${of.id}/answer`, { says });
      await queries.invalidateQueries({ queryKey: ["coordination"] });
    } catch (no) {
      setFault(no);
    }
  }
  return (
    <Stack gap={4} component="article" aria-label={say(`coordination.word.${of.says}`)}>
      <Text size="sm" component="div">
        {say("coordination.said", { unit: state(of.unit), party: state(of.party) })}{" "}
        <b>{say(`coordination.word.${of.says}`)}</b>
        {of.when !== null && (
          <>
            {" "}
            <TimeText at={of.when} other={of.party} />
          </>
        )}{" "}
        · <TimeText at={of.at} ago />
      </Text>
      {of.answer !== null ? (
        <Text size="sm" component="div">
          <StateTag tone="plain">{say(`coordination.answer.${of.answer.says}`)}</StateTag>{" "}
          <TimeText at={of.answer.at} ago />
        </Text>
      ) : answers ? (
        <Group gap="xs" className="s-noprint">
          {partyAnswers.map((one) => (
            <Button key={one} size="compact-md" variant="default" onClick={() => void answer(one)}>
              {say(`coordination.answer.${one}`)}
            </Button>
          ))}
        </Group>
      ) : (
        <Text size="sm" c="dimmed">
          {say("coordination.answer.none")}
        </Text>
      )}
      {fault !== null && <Problem fault={fault} />}
    </Stack>
  );
}
