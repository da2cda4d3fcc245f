// Coming back after every passkey was lost: two officers say that they saw her; then she gets a code of half an hour.
import { Button, Card, Code, Group, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  api,
  Awaited,
  LongTextField,
  PageHead,
  Problem,
  TimeText,
  useActing,
  useSession,
  useWords,
} from "@simpul/doors/web";
import type { Recovery } from "../contract.ts";
import { ColleagueField } from "./colleague-field.tsx";

const topic = "access.recoveries";

export function Page(): ReactNode {
  const { say } = useWords();
  const { officer } = useSession();
  const [code, setCode] = useState<{ code: string; expiresAt: string; name: string } | null>(null);
  const query = useQuery({
    queryKey: [topic],
    queryFn: ({ signal }) => api.get<Recovery[]>("/api/access/recoveries", { signal }),
  });
  const vouches = officer.roles.some((role) => ["administrator", "supervisor"].includes(role));
  return (
    <>
      <PageHead title={say("access.recovery.title")} back={{ to: "/settings", label: say("access.room") }} />
      <Stack gap="lg" maw="40rem">
        <Text>{say("access.recovery.text")}</Text>
        {code !== null && (
          <Card withBorder role="status">
            <Text>{say("access.recovery.code", { name: code.name })}</Text>
            <Code fz="xl">{code.code}</Code>
            <Text size="sm" component="div">
              {say("access.recovery.until")} <TimeText at={code.expiresAt} />
            </Text>
          </Card>
        )}
        <Awaited query={query}>
          {(all) => (
            <>
              {all.map((one) => (
                <One
                  key={one.id}
                  of={one}
                  onCode={(given) => setCode({ ...given, name: one.officer.name })}
                />
              ))}
            </>
          )}
        </Awaited>
        {vouches && <Begin />}
      </Stack>
    </>
  );
}

function One({
  of,
  onCode,
}: {
  of: Recovery;
  onCode: (code: { code: string; expiresAt: string }) => void;
}): ReactNode {
  const { say } = useWords();
  const [saw, setSaw] = useState("");
  const { busy, fault, run } = useActing(topic);
  return (
    <Card withBorder component="section" aria-label={of.officer.name}>
      <Text fw={600}>{of.officer.name}</Text>
      <Text size="sm" component="div">
        {say("access.recovery.first", { name: of.first.name })}, <TimeText at={of.first.at} />: {of.first.saw}
      </Text>
      {of.second !== null && (
        <Text size="sm" component="div">
          {say("access.recovery.second", { name: of.second.name })}, <TimeText at={of.second.at} />
        </Text>
      )}
      {of.mine && of.second !== null && <Text size="sm">{say("access.recovery.mine")}</Text>}
      {of.may.length > 0 && (
        <Stack gap="xs" mt="xs">
          <Text size="sm" component="div">
            {say("access.recovery.waits")} <TimeText at={of.until} />
          </Text>
          {of.may.includes("vouch") && (
            <LongTextField
              label={say("access.recovery.saw")}
              hint={say("access.recovery.saw.hint")}
              rows={2}
              maxLength={500}
              value={saw}
              onChange={setSaw}
            />
          )}
          {fault !== null && <Problem fault={fault} />}
          <Group>
            {of.may.includes("vouch") && (
              <Button
                loading={busy}
                disabled={saw.trim().length < 10}
                onClick={() =>
                  void run(async () =>
                    onCode(await api.post(`/api/access/recoveries/${of.id}/vouch`, { saw: saw.trim() })),
                  )
                }
              >
                {say("access.recovery.vouch")}
              </Button>
            )}
            <Button
              variant="default"
              disabled={busy}
              onClick={() => void run(() => api.post(`/api/access/recoveries/${of.id}/drop`))}
            >
              {say("access.recovery.drop")}
            </Button>
          </Group>
        </Stack>
      )}
    </Card>
  );
}

function Begin(): ReactNode {
  const { say } = useWords();
  const [officer, setOfficer] = useState<string | null>(null);
  const [saw, setSaw] = useState("");
  const { busy, fault, run } = useActing(topic);
  async function begin(): Promise<void> {
    if (!(await run(() => api.post("/api/access/recoveries", { officer, saw: saw.trim() })))) return;
    setOfficer(null);
    setSaw("");
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void begin();
      }}
    >
      <Stack gap="sm">
        <Title order={2} size="h4">
          {say("access.recovery.begin")}
        </Title>
        <ColleagueField label={say("access.recovery.who")} value={officer} onChange={setOfficer} />
        <LongTextField
          label={say("access.recovery.saw")}
          hint={say("access.recovery.saw.hint")}
          rows={2}
          maxLength={500}
          value={saw}
          onChange={setSaw}
        />
        {fault !== null && <Problem fault={fault} />}
        <Group>
          <Button type="submit" loading={busy} disabled={officer === null || saw.trim().length < 10}>
            {say("access.recovery.vouch")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
