// One entry in full: who, for which desk and purpose, why it was allowed, the record itself, and its proof.
import { Button, Code, Group, List, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import {
  Awaited,
  Link,
  NameText,
  Shield,
  TimeText,
  api,
  saveFile,
  useLive,
  useQuery,
  useWords,
} from "@simpul/doors/web";
import type { LogEntry, ProofOfEntry, ProvenEntry } from "../contract.ts";
import { useEntryWords, Who } from "./words.tsx";

/** Asked again while it waits for its place, which takes seconds. */
const useProven = (log: string, id: string) =>
  useQuery({
    queryKey: ["oversight", "entry", log, id],
    queryFn: ({ signal }) => api.get<ProvenEntry>(`/api/oversight/log/${log}/${id}`, { signal }),
    refetchInterval: (query) => (query.state.data?.proof === null ? 5_000 : false),
  });

export function EntryBeside({ entry }: { entry: LogEntry }): ReactNode {
  return <EntryInFull log={entry.log} id={entry.id} />;
}

export function EntryInFull({ log, id }: { log: string; id: string }): ReactNode {
  useLive(["oversight"]);
  const query = useProven(log, id);
  return (
    <Awaited query={query} back="/oversight">
      {({ entry, record, proof }) => (
        <Stack gap="md">
          <Story entry={entry} />
          <Facts entry={entry} record={record} />
          <Proof entry={entry} proof={proof} />
        </Stack>
      )}
    </Awaited>
  );
}

function Story({ entry }: { entry: LogEntry }): ReactNode {
  const { say } = useWords();
  const { what, why } = useEntryWords();
  const reasons = why(entry);
  return (
    <section>
      <Text fw={600}>
        <Who entry={entry} /> · {what(entry)}
      </Text>
      <Text size="sm" component="div">
        <TimeText at={entry.at} /> · {say(`purpose.${entry.purpose}`)}
        {entry.desk !== null && (
          <div>
            {say("oversight.column.desk")}:{" "}
            <NameText text={entry.desk.name} romanised={entry.desk.nameLatin} />
          </div>
        )}
        {entry.case !== null && (
          <div>
            {say("oversight.column.case")}: {entry.case.number ?? entry.case.id}
          </div>
        )}
      </Text>
      {reasons.length > 0 && (
        <>
          <Title order={3} size="h6" mt="sm">
            {say("oversight.entry.why")}
          </Title>
          <List size="sm">
            {reasons.map((reason) => (
              <List.Item key={reason}>{reason}</List.Item>
            ))}
          </List>
          {entry.because.length > 0 && (
            <Text size="xs" c="dimmed">
              {say("oversight.why.as-told")}: <Code>{entry.because.join(", ")}</Code>
            </Text>
          )}
        </>
      )}
      <Group gap="md" mt="sm" className="s-noprint">
        {typeof entry.case?.number === "string" && (
          <Link to={`/oversight?case=${entry.case.number}`}>{say("oversight.entry.activity")}</Link>
        )}
        {entry.officer !== null && (
          <Link to={`/oversight?officer=${entry.officer.id}`}>{say("oversight.entry.of-officer")}</Link>
        )}
      </Group>
    </section>
  );
}

function Facts({ entry, record }: { entry: LogEntry; record: string | null }): ReactNode {
  const { say } = useWords();
  const facts = Object.entries(entry.about);
  if (entry.forgotten) return <Text size="sm">{say("oversight.entry.forgotten")}</Text>;
  return (
    <section>
      <Title order={3} size="h6">
        {say("oversight.entry.facts")}
      </Title>
      {facts.length === 0 ? (
        <Text size="sm">{say("oversight.entry.facts.none")}</Text>
      ) : (
        <List size="sm" listStyleType="none">
          {facts.map(([name, value]) => (
            <List.Item key={name}>
              <Code>{name}</Code>{" "}
              <span style={{ overflowWrap: "anywhere" }}>
                {typeof value === "string" ? value : JSON.stringify(value)}
              </span>
            </List.Item>
          ))}
        </List>
      )}
      <details>
        <summary>{say("oversight.entry.raw")}</summary>
        <Code block style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
          {record}
        </Code>
      </details>
    </section>
  );
}

function Proof({ entry, proof }: { entry: LogEntry; proof: ProofOfEntry | null }): ReactNode {
  const { say, number, state } = useWords();
  const name = `${entry.log}-${entry.index ?? entry.id}.entry.json`;
  return (
    <section>
      <Title order={3} size="h6">
        {say("oversight.proof")}
      </Title>
      {proof === null ? (
        <Text size="sm">{say("oversight.proof.waiting")}</Text>
      ) : (
        <Stack gap={4} align="flex-start">
          <Shield
            state={
              proof.cosigned.length === 0
                ? { kind: "sealed" }
                : { kind: "cosigned", by: proof.cosigned.map((one) => one.node) }
            }
          />
          <Text size="sm" component="div">
            {say("oversight.proof.place", { index: number(proof.index), size: number(proof.size) })},{" "}
            <TimeText at={proof.signedAt} />
          </Text>
          {proof.cosigned.length === 0 && <Text size="sm">{say("oversight.proof.nobody")}</Text>}
          {proof.cosigned.map((one) => (
            <Text size="sm" key={one.node} component="div">
              {state(one.node)}: <TimeText at={one.at} />
            </Text>
          ))}
          <Button
            size="xs"
            variant="default"
            className="s-noprint"
            onClick={() => saveFile(name, proof.file, "application/json")}
          >
            {say("oversight.proof.save")}
          </Button>
          <Text size="xs" className="s-noprint">
            {say("oversight.proof.how")}
          </Text>
          <Code className="s-noprint">{`simpul verify ${name} --policy policy-${entry.log}.txt`}</Code>
        </Stack>
      )}
    </section>
  );
}
