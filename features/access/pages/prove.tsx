// For a command line that was asked for a proof: she confirms here that it is she, and the command goes on there.
import { Code, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import { PageHead, useAddressValue, useWords } from "@simpul/doors/web";
import { ProveWays } from "./prove-ways.tsx";

export function Page(): ReactNode {
  const { say, sayOne } = useWords();
  const [act] = useAddressValue("act");
  const [record] = useAddressValue("record");
  const [done, setDone] = useState(false);
  return (
    <>
      <PageHead title={say("access.stepUp.title")} back={{ to: "/settings", label: say("access.room") }} />
      <Stack gap="md" maw="36rem">
        <Text fw={600}>{sayOne([`access.act.${act}`]) ?? act}</Text>
        <Code>{record}</Code>
        {done ? (
          <Text role="status">{say("access.prove.done")}</Text>
        ) : (
          <ProveWays act={act} record={record} onProven={() => setDone(true)} />
        )}
      </Stack>
    </>
  );
}
