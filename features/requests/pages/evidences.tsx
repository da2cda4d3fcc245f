// What was signed about a letter where it came: that its desk opened it, or nobody in the agreed time (MSG-4).
import { Group, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { StateTag, TimeText, useWords } from "@simpul/doors/web";
import type { Evidence } from "../contract.ts";

/** `peer`: the state at the other end. Nothing where nothing was signed yet. */
export function Evidences({ of, peer }: { of: readonly Evidence[]; peer: string }): ReactNode {
  const { say, state } = useWords();
  if (of.length === 0) return null;
  return (
    <Stack gap={2} component="ul" m={0} p={0} style={{ listStyle: "none" }}>
      {of.map((one) => (
        <li key={one.event}>
          <Group gap="xs">
            <StateTag tone={one.event === "retrieved" ? "good" : "waiting"}>
              {say(`requests.evidence.${one.event}`, { state: state(one.by) })}
            </StateTag>
            <Text size="sm" component="span">
              <TimeText at={one.at} other={peer} />
            </Text>
          </Group>
          {one.untold !== null && (
            <Text size="sm">
              {one.untold === "UNKNOWN_TYPE"
                ? say("requests.evidence.untold.old", { state: state(peer) })
                : say("requests.evidence.untold", { state: state(peer), code: one.untold })}
            </Text>
          )}
        </li>
      ))}
    </Stack>
  );
}
