// The ledgers' standing: both logs, who cosigned them and when, what we cosigned for others, and alarms.
import { Alert, Button, Card, Code, List, SimpleGrid, Stack, Table, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { Awaited, PageHead, TimeText, api, saveFile, useNow, useQuery, useWords } from "@simpul/doors/web";
import type { CosignedLog, EntryPolicy, LedgerStanding, LogStanding, SplitView } from "../contract.ts";
import { Sides } from "./sides.tsx";

export function Page(): ReactNode {
  const { say } = useWords();
  const query = useQuery({
    queryKey: ["oversight", "ledgers"],
    queryFn: ({ signal }) => api.get<LedgerStanding>("/api/oversight/ledger", { signal }),
    refetchInterval: 30_000,
  });
  return (
    <>
      <PageHead title={say("oversight.ledgers")} />
      <Sides />
      <Awaited query={query}>
        {({ logs, cosigns, splitViews }) => (
          <Stack gap="lg">
            <Alarms logs={logs} splitViews={splitViews} />
            <SimpleGrid cols={{ base: 1, sm: 2 }}>
              {logs.map((log) => (
                <LogCard key={log.log} log={log} />
              ))}
            </SimpleGrid>
            <ForOthers cosigns={cosigns} />
            <PolicyToHandOn />
          </Stack>
        )}
      </Awaited>
    </>
  );
}

function Alarms({
  logs,
  splitViews,
}: {
  logs: readonly LogStanding[];
  splitViews: readonly SplitView[];
}): ReactNode {
  const { say, number, time } = useWords();
  return (
    <>
      {logs
        .filter((log) => log.cosignersKnow !== null)
        .map((log) => (
          <Alert
            key={log.log}
            role="alert"
            variant="default"
            className="s-problem"
            title={say("oversight.ledger.behind.title")}
          >
            <Code>{log.origin}</Code>{" "}
            {say("oversight.ledger.behind", {
              known: number(log.cosignersKnow ?? 0),
              size: number(log.size),
            })}
          </Alert>
        ))}
      {logs
        .filter((log) => log.cosignersKnow === null && log.restoredAt !== null)
        .map((log) => (
          <Alert key={log.log} role="status" variant="default" title={say("oversight.ledger.restored.title")}>
            <Code>{log.origin}</Code> {say("oversight.ledger.restored", { at: time(log.restoredAt ?? "") })}
          </Alert>
        ))}
      {splitViews.length > 0 && (
        <Alert
          role="alert"
          variant="default"
          className="s-problem"
          title={say("oversight.split.title", { count: splitViews.length })}
        >
          <Text size="sm">{say("oversight.split.text")}</Text>
          <List size="sm">
            {splitViews.map((view) => (
              <List.Item key={`${view.origin} ${view.size} ${view.seenAt}`}>
                {say("oversight.split.seen", {
                  origin: view.origin,
                  size: number(view.size),
                  at: time(view.seenAt),
                })}{" "}
                <Button
                  size="compact-sm"
                  variant="default"
                  onClick={() =>
                    saveFile(
                      `${view.origin.replaceAll(/[^a-z.]/g, "-")}-${view.size}.txt`,
                      `${view.first}\n----\n\n${view.second}`,
                    )
                  }
                >
                  {say("oversight.split.save")}
                </Button>
              </List.Item>
            ))}
          </List>
        </Alert>
      )}
    </>
  );
}

/** Older than this, somebody should ask why. */
const oldAfter = 3_600_000;

function LogCard({ log }: { log: LogStanding }): ReactNode {
  const { say, number, state } = useWords();
  const now = useNow(30_000);
  const newest = Math.max(0, ...log.cosigned.map((one) => new Date(one.at).getTime()));
  return (
    <Card withBorder component="section">
      <Title order={2} size="h5">
        {say(`oversight.ledger.${log.log}`)}
      </Title>
      <Code>{log.origin}</Code>
      <Text mt="xs">{say("oversight.ledger.size", { count: log.size })}</Text>
      {log.signedAt !== null && (
        <Text size="sm" component="div">
          {say("oversight.ledger.head")}: <TimeText at={log.signedAt} />
          <div>
            {say("oversight.ledger.root")}: <Code style={{ overflowWrap: "anywhere" }}>{log.root}</Code>
          </div>
        </Text>
      )}
      <Title order={3} size="h6" mt="sm">
        {say("oversight.ledger.cosigners")}
      </Title>
      {log.cosigned.length === 0 ? (
        <Text size="sm">{say("oversight.ledger.nobody")}</Text>
      ) : (
        <List size="sm">
          {log.cosigned.map((one) => (
            <List.Item key={one.node}>
              {state(one.node)}: <TimeText at={one.at} ago /> ·{" "}
              {say("oversight.ledger.upto", { size: number(one.size) })}
            </List.Item>
          ))}
        </List>
      )}
      {log.cosigned.length > 0 && now.getTime() - newest > oldAfter && (
        <Text size="sm" fw={600} role="status">
          {say("oversight.ledger.old")}
        </Text>
      )}
    </Card>
  );
}

function ForOthers({ cosigns }: { cosigns: readonly CosignedLog[] }): ReactNode {
  const { say, number } = useWords();
  return (
    <section>
      <Title order={2} size="h5">
        {say("oversight.ledger.for-others")}
      </Title>
      {cosigns.length === 0 ? (
        <Text size="sm">{say("oversight.ledger.for-others.none")}</Text>
      ) : (
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{say("oversight.ledger.log")}</Table.Th>
              <Table.Th scope="col">{say("oversight.ledger.entries")}</Table.Th>
              <Table.Th scope="col">{say("oversight.ledger.when")}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {cosigns.map((one) => (
              <Table.Tr key={one.origin}>
                <Table.Td>{one.origin}</Table.Td>
                <Table.Td>{number(one.size)}</Table.Td>
                <Table.Td>
                  <TimeText at={one.at} ago />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </section>
  );
}

/** Whoever checks an entry must have this by another way than the entry. */
function PolicyToHandOn(): ReactNode {
  const { say } = useWords();
  const query = useQuery({
    queryKey: ["oversight", "policies"],
    queryFn: ({ signal }) => api.get<EntryPolicy[]>("/api/oversight/policies", { signal }),
  });
  return (
    <section>
      <Title order={2} size="h5">
        {say("oversight.policy")}
      </Title>
      <Awaited query={query}>
        {(policies) => (
          <Stack gap="xs" align="flex-start">
            <Text size="sm">{say("oversight.policy.says")}</Text>
            {policies.map(({ log, text, digest }) => (
              <div key={log}>
                <Code style={{ overflowWrap: "anywhere" }}>SHA-256 {digest}</Code>{" "}
                <Button
                  size="compact-sm"
                  variant="default"
                  onClick={() => saveFile(`policy-${log}.txt`, text)}
                >
                  {say("oversight.policy.save", { file: `policy-${log}.txt` })}
                </Button>
              </div>
            ))}
          </Stack>
        )}
      </Awaited>
    </section>
  );
}
