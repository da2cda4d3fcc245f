// Keys of victim desks abroad: ours to read out, theirs to be compared by two before anything is sealed to a new one.
import { Button, Card, Code, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  Awaited,
  Empty,
  PageHead,
  Problem,
  StateTag,
  TextField,
  TimeText,
  api,
  useLive,
  useQuery,
  useSession,
  useWords,
} from "@simpul/doors/web";
import type { PeerDeskKey } from "../contract.ts";
import { useFresh } from "./data.ts";

interface Keys {
  own: { kid: string; fingerprint: string } | null;
  keys: (PeerDeskKey & { comparedBy: string | null })[];
}

export function Page(): ReactNode {
  const { say } = useWords();
  useLive(["shares"]);
  const query = useQuery({
    queryKey: ["shares", "desk-keys"],
    queryFn: ({ signal }) => api.get<Keys>("/api/referrals/desk-keys", { signal }),
  });
  return (
    <>
      <PageHead title={say("referrals.deskKeys")} back={{ to: "/referrals", label: say("referrals.room") }} />
      <Awaited query={query}>
        {({ own, keys }) => (
          <Stack gap="md" maw="44rem">
            {own !== null && (
              <Text>
                {say("referrals.ownKey")} <Code fz="md">{own.fingerprint}</Code>
              </Text>
            )}
            {keys.length === 0 ? (
              <Empty title={say("referrals.noDesks")}>{say("referrals.noDesks.text")}</Empty>
            ) : (
              keys.map((one) => <One key={one.peer + one.kid} of={one} />)
            )}
          </Stack>
        )}
      </Awaited>
    </>
  );
}

function One({ of }: { of: Keys["keys"][number] }): ReactNode {
  const { say, state } = useWords();
  const { officer } = useSession();
  const fresh = useFresh();
  const [heard, setHeard] = useState("");
  const [fault, setFault] = useState<unknown>(null);
  async function compare(): Promise<void> {
    setFault(null);
    try {
      await api.post(`/api/referrals/desk-keys/${of.peer}`, { heard });
      setHeard("");
      await fresh();
    } catch (no) {
      setFault(no);
    }
  }
  return (
    <Card withBorder padding="sm">
      <Group justify="space-between" gap="xs">
        <Text fw={600}>{say("referrals.deskOf", { state: state(of.peer) })}</Text>
        <StateTag tone={of.state === "trusted" ? "good" : "bad"}>{say(`referrals.key.${of.state}`)}</StateTag>
      </Group>
      <Text size="sm" c="dimmed" component="div">
        {of.state === "trusted" && (
          <>
            <Code>{of.fingerprint}</Code>{" "}
          </>
        )}
        <TimeText at={of.at} />
      </Text>
      {of.state === "changed" && (
        <Stack gap="xs" mt="xs">
          <Text size="sm">
            {say(of.comparedBy === officer.id ? "referrals.key.other" : "referrals.key.compare")}
          </Text>
          {of.comparedBy !== officer.id && (
            <>
              <TextField
                label={say("referrals.key.heard")}
                value={heard}
                onChange={setHeard}
                maxLength={60}
              />
              {fault !== null && <Problem fault={fault} />}
              <Group>
                <Button disabled={heard.trim() === ""} onClick={() => void compare()}>
                  {say("referrals.key.same")}
                </Button>
              </Group>
            </>
          )}
        </Stack>
      )}
    </Card>
  );
}
