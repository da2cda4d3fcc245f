// How far an item is read; why it could not be, in words; and what the reader had to decide, above the text.
import { Alert, List, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { Progress, useNow, useWords } from "@simpul/doors/web";
import type { ItemView } from "../contract.ts";

export function ReadingState({ item }: { item: ItemView }): ReactNode {
  const words = useWords();
  const { say } = words;
  const now = useNow(5_000);
  const { reading } = item;
  if (item.state === "key-destroyed")
    return (
      <Alert variant="default" title={say("evidence.destroyed")}>
        {say("evidence.destroyed.text")}
      </Alert>
    );
  if (reading.refusal !== null)
    return (
      <Alert
        variant="default"
        className="s-problem"
        title={say(`evidence.refusal.${reading.refusal.code}`)}
        role="status"
      >
        <Stack gap="xs">
          <Text size="sm">{say(`evidence.refusal.${reading.refusal.code}.todo`)}</Text>
          <Text size="sm">{say("evidence.refusal.kept")}</Text>
        </Stack>
      </Alert>
    );
  const working = reading.state !== "ready" || reading.detection !== "done";
  const since = words.ago(item.sealedAt, now);
  return (
    <Stack gap="xs" mb="sm">
      {working && (
        <Progress
          says={
            reading.state === "waiting"
              ? say("evidence.reading.waiting.long")
              : reading.state === "reading"
                ? say("evidence.reading.reading.long", { parts: reading.parts })
                : say("evidence.reading.searching")
          }
          part={reading.state === "reading" ? reading.progress : null}
          detail={say("evidence.reading.since", { since })}
        />
      )}
      {reading.warnings.length > 0 && (
        <List size="sm" listStyleType="none" className="e-warnings" aria-label={say("evidence.warnings")}>
          {reading.warnings.map((one) => (
            <List.Item key={JSON.stringify(one)}>
              {say(`evidence.warning.${one.code}`)}
              {Object.values(one.facts ?? {}).length > 0 && ` (${Object.values(one.facts ?? {}).join(", ")})`}
            </List.Item>
          ))}
        </List>
      )}
    </Stack>
  );
}
