// For a command line that was asked for a proof: she shows her passkey here, and the command goes on there.
import { Button, Code, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import { PageHead, Problem, useAddressValue, useSession, useWords } from "@simpul/doors/web";
import { proveByClick, proveByPasskey, wasCancelled } from "./passkey.tsx";

export function Page(): ReactNode {
  const { say, sayOne } = useWords();
  const { node } = useSession();
  const [act] = useAddressValue("act");
  const [record] = useAddressValue("record");
  const [done, setDone] = useState(false);
  const [fault, setFault] = useState<unknown>(null);
  const prove = (by: (act: string, record: string) => Promise<void>): void => {
    setFault(null);
    by(act, record).then(
      () => setDone(true),
      (no: unknown) => {
        if (!wasCancelled(no)) setFault(no);
      },
    );
  };
  return (
    <>
      <PageHead title={say("access.stepUp.title")} back={{ to: "/settings", label: say("access.room") }} />
      <Stack gap="md" maw="36rem">
        <Text fw={600}>{sayOne([`access.act.${act}`]) ?? act}</Text>
        <Code>{record}</Code>
        {fault !== null && <Problem fault={fault} />}
        {done ? (
          <Text role="status">{say("access.prove.done")}</Text>
        ) : (
          <Group>
            <Button onClick={() => prove(proveByPasskey)}>{say("access.stepUp.passkey")}</Button>
            {node.exercise && (
              <Button variant="default" onClick={() => prove(proveByClick)}>
                {say("access.stepUp.exercise")}
              </Button>
            )}
          </Group>
        )}
      </Stack>
    </>
  );
}
