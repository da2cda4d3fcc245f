// A command line waits for its officer: she types its code, compares, and says yes or no.
import { Button, Code, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import { api, PageHead, Problem, TextField, useSession, useWords } from "@simpul/doors/web";
import type { WaitingDevice } from "../contract.ts";

export function Page(): ReactNode {
  const { say, minute } = useWords();
  const { officer, purpose } = useSession();
  const [code, setCode] = useState("");
  const [waiting, setWaiting] = useState<WaitingDevice | null>(null);
  const [answered, setAnswered] = useState<boolean | null>(null);
  const [fault, setFault] = useState<unknown>(null);

  function go(work: () => Promise<void>): void {
    setFault(null);
    work().catch(setFault);
  }
  const answer = (approve: boolean): void =>
    go(async () => {
      await api.post("/api/access/connect/answer", { code, approve });
      setWaiting(null);
      setCode("");
      setAnswered(approve);
    });

  return (
    <>
      <PageHead title={say("access.connect.title")} back={{ to: "/settings", label: say("access.room") }} />
      <Stack gap="md" maw="36rem">
        {answered !== null && (
          <Text role="status" fw={600}>
            {say(answered ? "access.connect.approved" : "access.connect.denied")}
          </Text>
        )}
        {fault !== null && <Problem fault={fault} />}
        {waiting === null ? (
          <form
            onSubmit={(event) => {
              event.preventDefault();
              setAnswered(null);
              go(async () =>
                setWaiting(await api.post<WaitingDevice>("/api/access/connect/look-up", { code })),
              );
            }}
          >
            <Stack gap="md" align="flex-start">
              <TextField
                label={say("access.connect.code")}
                hint={say("access.connect.hint")}
                value={code}
                onChange={setCode}
                maxLength={20}
                required
                autoFocus
              />
              <Button type="submit" disabled={code.trim() === ""}>
                {say("web.steps.next")}
              </Button>
            </Stack>
          </form>
        ) : (
          <>
            <dl className="s-answers">
              <div>
                <dt>{say("access.name")}</dt>
                <dd>{waiting.name}</dd>
              </div>
              <div>
                <dt>{say("access.connect.from")}</dt>
                <dd>{waiting.from}</dd>
              </div>
              <div>
                <dt>{say("access.connect.fingerprint")}</dt>
                <dd>
                  <Code>{waiting.fingerprint}</Code>
                </dd>
              </div>
              <div>
                <dt>{say("access.connect.acts")}</dt>
                <dd>
                  {officer.desk.name} · {say(`purpose.${purpose}`)}
                </dd>
              </div>
            </dl>
            <Text size="sm">{say("access.connect.compare", { time: minute(waiting.expiresAt) })}</Text>
            <Group>
              <Button onClick={() => answer(true)}>{say("access.connect.yes")}</Button>
              <Button variant="default" onClick={() => answer(false)}>
                {say("access.connect.no")}
              </Button>
            </Group>
          </>
        )}
      </Stack>
    </>
  );
}
