// The victim desk's queue: who is under review beside whom the desk knows, with reasons; two persons say whether it is she.
import { Button, Card, Code, Group, List, SimpleGrid, Stack, Text, Title } from "@mantine/core";
import { useEffect, useState } from "react";
import type { ReactNode } from "react";
import {
  Awaited,
  ClockText,
  Empty,
  Guided,
  Link,
  LongTextField,
  PageHead,
  Problem,
  RadioField,
  Refused,
  StateTag,
  TextField,
  api,
  useQuery,
  useQueryClient,
  useSession,
  useWords,
} from "@simpul/doors/web";
import type { Candidate, CompareView, Reader4Desk } from "../contract.ts";
import { Closed, Known, Said } from "./parts.tsx";

export function Page(): ReactNode {
  const { say } = useWords();
  const queries = useQueryClient();
  const query = useQuery({
    queryKey: ["review-compare"],
    queryFn: ({ signal }) => api.get<CompareView>("/api/reviews/compare", { signal }),
    retry: false,
  });
  const open = query.data !== undefined;
  // Opening the queue compares all that is pending at once, whoever it is about.
  useEffect(() => {
    if (open)
      void api.post("/api/reviews/compare").then(
        () => queries.invalidateQueries({ queryKey: ["inbox"] }),
        () => undefined,
      );
  }, [open, queries]);
  const closed = query.error instanceof Refused && query.error.code === "DESK_CLOSED";
  return (
    <>
      <PageHead title={say("reviews.compare")} back={{ to: "/reviews", label: say("reviews.room") }} />
      {closed ? <Closed /> : <Awaited query={query}>{(view) => <Queue view={view} />}</Awaited>}
    </>
  );
}

function Queue({ view }: { view: CompareView }): ReactNode {
  const { say } = useWords();
  const waiting = view.readers.filter((one) => one.state === "waits");
  return (
    <Stack gap="md" maw="60rem">
      <Said>{say("reviews.compare.text", { count: view.pending })}</Said>
      {waiting.map((one) => (
        <LetIn key={one.key} of={one} name={view.names[one.officer] ?? "–"} />
      ))}
      {view.candidates.length === 0 ? (
        <Empty title={say("reviews.compare.none")}>{say("reviews.compare.none.text")}</Empty>
      ) : (
        <Guided by="reviews.guide.compare">
          <Stack gap="md">
            {view.candidates.map((one) => (
              <Pair key={`${one.review} ${one.person}`} of={one} names={view.names} />
            ))}
          </Stack>
        </Guided>
      )}
    </Stack>
  );
}

function Pair({ of, names }: { of: Candidate; names: Record<string, string> }): ReactNode {
  const { say, state, time } = useWords();
  const { officer } = useSession();
  const mine = of.words.some((one) => one.by === officer.id);
  const tone = of.outcome === "open" ? "waiting" : of.outcome === "same" ? "accent" : "plain";
  return (
    <Card withBorder padding="sm" component="article">
      <Stack gap="sm">
        <Group justify="space-between" gap="xs">
          <Title order={2} size="h5">
            <Link to={`/reviews/${of.review}`}>{say(`reviews.kind.${of.kind}`)}</Link> ·{" "}
            <Link to={`/victims/${of.person}`}>{of.pseudonym}</Link>
          </Title>
          <Group gap="xs">
            {of.late && <StateTag tone="bad">{say("reviews.late")}</StateTag>}
            <StateTag tone={tone}>{say(`reviews.outcome.${of.outcome}`)}</StateTag>
            {of.outcome === "open" && !of.late && <ClockText due={of.dueAt} />}
          </Group>
        </Group>
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
          <div>
            <Text size="sm" fw={600}>
              {say("reviews.theirs")}
            </Text>
            <Known of={of.theirs} />
          </div>
          <div>
            <Text size="sm" fw={600}>
              {say("reviews.ours")} · {say(`reviews.status.${of.status}`)}
              {of.peer !== null && ` (${state(of.peer)})`}
            </Text>
            <Known of={of.ours} />
          </div>
        </SimpleGrid>
        <List size="sm">
          {of.why.map((one) => (
            <List.Item key={one}>{say(`reviews.why.${one}`)}</List.Item>
          ))}
        </List>
        {of.words.map((one) => (
          <Text size="sm" key={`${one.by} ${one.at}`}>
            <strong>{say(`reviews.says.${one.says}`)}</strong> · {names[one.by] ?? "–"} · {time(one.at)} ·{" "}
            {one.reason}
          </Text>
        ))}
        {of.ruling !== null && (
          <Text size="sm">
            {say("reviews.prosecutor")}: <strong>{say(`reviews.ruling.${of.ruling.ruling}`)}</strong> ·{" "}
            {time(of.ruling.at)} {of.ruling.reason !== "" && `· ${of.ruling.reason}`}
          </Text>
        )}
        {of.reopen && <Said>{say("reviews.reopen.desk")}</Said>}
        {of.outcome === "open" && mine && <Said>{say("reviews.second")}</Said>}
        {(of.outcome === "open" ? !mine : false) && <Word of={of} />}
      </Stack>
    </Card>
  );
}

function Word({ of }: { of: Candidate }): ReactNode {
  const { say } = useWords();
  const queries = useQueryClient();
  const [says, setSays] = useState<string | null>(null);
  const [reason, setReason] = useState("");
  const [fault, setFault] = useState<unknown>(null);
  async function send(): Promise<void> {
    setFault(null);
    try {
      await api.post("/api/reviews/compare/words", { review: of.review, person: of.person, says, reason });
      await queries.invalidateQueries({ queryKey: ["review-compare"] });
    } catch (no) {
      setFault(no);
    }
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <Stack gap="sm" maw="40rem">
        <RadioField
          label={say("reviews.says")}
          value={says}
          choices={(["same", "other"] as const).map((one) => ({
            value: one,
            label: say(`reviews.says.${one}`),
            hint: say(`reviews.says.${one}.text`),
          }))}
          onChange={setSays}
        />
        <LongTextField
          label={say("reviews.says.reason")}
          required
          rows={2}
          maxLength={1000}
          value={reason}
          onChange={setReason}
        />
        {fault !== null && <Problem fault={fault} kept={say("reviews.kept")} />}
        <div>
          <Button type="submit" disabled={says === null || reason.trim().length < 3}>
            {say("reviews.says.act")}
          </Button>
        </div>
      </Stack>
    </form>
  );
}

function LetIn({ of, name }: { of: Reader4Desk; name: string }): ReactNode {
  const { say } = useWords();
  const queries = useQueryClient();
  const [letters, setLetters] = useState("");
  const [fault, setFault] = useState<unknown>(null);
  const send = (): void =>
    void api
      .post(`/api/reviews/readers/${of.key}`, { letters })
      .then(() => queries.invalidateQueries({ queryKey: ["review-compare"] }))
      .catch(setFault);
  return (
    <Card withBorder padding="sm">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <Stack gap="sm" maw="36rem">
          <Title order={2} size="h5">
            {say("reviews.letIn", { name })}
          </Title>
          <Said>
            {say("reviews.letIn.text")} <Code>{of.letters.slice(0, 4)} …</Code>
          </Said>
          <TextField
            label={say("reviews.letIn.letters")}
            required
            maxLength={60}
            value={letters}
            onChange={setLetters}
          />
          {fault !== null && <Problem fault={fault} />}
          <div>
            <Button type="submit" variant="default" disabled={letters.trim().length < 24}>
              {say("reviews.letIn.act")}
            </Button>
          </div>
        </Stack>
      </form>
    </Card>
  );
}
