// Files that a reload or a lost line interrupted: the node keeps what arrived; the same file, chosen again, goes on.
import { Button, FileButton, Group, Paper, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { TimeText, useProblemWords, useQueryClient, useTellProblem, useWords } from "@simpul/doors/web";
import type { Intake } from "../contract.ts";
import { addFiles, giveUp } from "./work.ts";

export function Unfinished({ left }: { left: readonly Intake[] }): ReactNode {
  const { say, bytes } = useWords();
  const queries = useQueryClient();
  const tellProblem = useTellProblem();
  const problem = useProblemWords();
  if (left.length === 0) return null;
  return (
    <Stack gap="xs" component="section">
      <Title order={2} size="h5">
        {say("evidence.unfinished")}
      </Title>
      <Text size="sm">{say("evidence.unfinished.text")}</Text>
      {left.map((one) => (
        <Paper key={one.id} withBorder p="sm">
          <Text fw={600} size="sm">
            {one.fileName}
          </Text>
          <Text size="sm">
            {say("evidence.unfinished.part", { received: bytes(one.received), size: bytes(one.size) })} ·{" "}
            <TimeText at={one.startedAt} ago />
          </Text>
          {one.refusal !== null && <Text size="sm">{problem(one.refusal).what}</Text>}
          <Group gap="xs" mt={4}>
            <FileButton onChange={(file) => file !== null && addFiles([{ file, name: file.name }])}>
              {(props) => (
                <Button {...props} size="compact-sm" variant="default">
                  {say("evidence.unfinished.again")}
                </Button>
              )}
            </FileButton>
            <Button
              size="compact-sm"
              variant="subtle"
              onClick={() =>
                void giveUp(one.item)
                  .then(() => queries.invalidateQueries({ queryKey: ["intake"] }))
                  .catch(tellProblem)
              }
            >
              {say("evidence.unfinished.giveUp")}
            </Button>
          </Group>
        </Paper>
      ))}
    </Stack>
  );
}
