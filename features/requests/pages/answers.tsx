// Reading an answer: what it says, each record and item with its terms in words, what one may do with it, where it lies.
import { Card, Group, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import {
  Empty,
  HandlingBadge,
  Link,
  LinkButton,
  StateTag,
  TimeText,
  address,
  useSession,
  useWords,
} from "@simpul/doors/web";
import { permissionAddress } from "../contract.ts";
import type { AnswerView, ReceivedItem, ReceivedRecord, RequestView, Thread } from "../contract.ts";
import { useReceived, useRequestCodes } from "./data.ts";
import type { Named } from "./data.ts";
import { AnsweredText } from "./preview.tsx";
import { Items, Records } from "./shared.tsx";
import { GradeNote } from "./called-back.tsx";
import { Evidences } from "./evidences.tsx";
import { Asked } from "./stops.tsx";
import { MayLines } from "./terms.tsx";
import { ThreeTimes } from "./texts.tsx";

export function Answers({ view }: { view: Named<RequestView> }): ReactNode {
  const { say } = useWords();
  const threads = view.full.filter((one) => one.answers.length > 0);
  const received = useReceived({ request: view.id }, view.box === "outgoing" && threads.length > 0);
  if (threads.length === 0)
    return <Empty title={say("requests.answers.none")}>{say("requests.answers.none.text")}</Empty>;
  return (
    <Stack gap="lg">
      {threads.flatMap((thread) =>
        thread.answers.map((answer) => (
          <Answer
            key={answer.id}
            view={view}
            thread={thread}
            answer={answer}
            records={received.data?.records ?? []}
            items={received.data?.items ?? []}
          />
        )),
      )}
    </Stack>
  );
}

function Answer({
  view,
  thread,
  answer,
  records,
  items,
}: {
  view: Named<RequestView>;
  thread: Thread;
  answer: AnswerView;
  records: readonly ReceivedRecord[];
  items: readonly ReceivedItem[];
}): ReactNode {
  const words = useWords();
  const { say, state } = words;
  const { node } = useSession();
  const from = view.box === "outgoing" ? thread.peer : node.code;
  return (
    <article className="r-sheet" aria-label={say("requests.answer.from", { state: state(from) })}>
      <Group justify="space-between" align="flex-start" gap="xs">
        <Title order={2} size="h4">
          {say("requests.answer.from", { state: state(from) })}
        </Title>
        <HandlingBadge handling={answer.handling} from={from} />
      </Group>
      <Text size="sm" c="dimmed" component="div" mb="sm">
        <ThreeTimes at={answer.at} other={thread.peer} /> · {thread.reference} ·{" "}
        {say("requests.originators", { states: words.list(answer.originators.map((one) => state(one))) })}{" "}
        {view.box === "incoming" && <StateTag>{say(`requests.answer.state.${answer.state}`)}</StateTag>}
      </Text>
      <Evidences of={answer.evidences} peer={thread.peer} />
      <AnsweredText of={answer} about={answer.id} from={from} questions={view.draft.questions} />
      {answer.records.length > 0 && (
        <section aria-label={say("requests.records")}>
          <Title order={3} size="h5" mt="md" mb="xs">
            {say("requests.records")}
          </Title>
          <Records
            of={answer.records}
            beneath={(record) => {
              const held = records.find((one) => one.id === record.id);
              return held === undefined ? null : <Held of={held} id={held.copy} caseRef={caseOf(view)} />;
            }}
          />
        </section>
      )}
      {answer.items.length > 0 && (
        <section aria-label={say("requests.items")}>
          <Title order={3} size="h5" mt="md" mb="xs">
            {say("requests.items")}
          </Title>
          <Items
            of={answer.items.map((item) => items.find((one) => one.id === item.id) ?? item)}
            open={view.box === "outgoing"}
            beneath={(item) => {
              const held = items.find((one) => one.id === item.id);
              return held === undefined ? null : <Held of={held} id={held.id} caseRef={caseOf(view)} />;
            }}
          />
        </section>
      )}
      {view.box === "outgoing" && answer.records.length + answer.items.length > 0 && view.case !== null && (
        <Text size="sm" mt="sm">
          {say("requests.lies")} <Link to={`/cases/${view.case.number}`}>{view.case.number}</Link>.
        </Text>
      )}
    </article>
  );
}

const caseOf = (view: RequestView): string | null => view.case?.number ?? null;

/** "What may I do with it?", and what to do when it may not. */
export function Held({
  of,
  id,
  caseRef,
}: {
  of: ReceivedRecord | ReceivedItem;
  /** This node's id of it. */
  id: string;
  caseRef: string | null;
}): ReactNode {
  const { say, state } = useWords();
  // Only a state with a node can be asked here; any other is asked by letter.
  const codes = useRequestCodes();
  const asks = codes.data?.states.includes(of.originator) ?? false;
  const ask = (action: "onward" | "court"): string =>
    permissionAddress({ records: [id], action, recipients: [], case: caseRef, originator: of.originator });
  return (
    <Card withBorder padding="xs" mt="xs" component="section" aria-label={say("requests.may.title")}>
      <Text size="sm" fw={600}>
        {say("requests.may.title")}
      </Text>
      <MayLines may={of.may} from={of.originator} />
      <Asked of={of.permissions} />
      <GradeNote of={of} />
      <Group gap="xs" mt={6} className="s-noprint">
        <LinkButton
          size="compact-sm"
          variant="default"
          to={address("/requests/new", { case: caseRef, records: of.id })}
        >
          {say("requests.pass")}
        </LinkButton>
        {asks && (
          <LinkButton
            size="compact-sm"
            variant="default"
            to={address("/recalls/grades/new", { request: of.request, record: of.id })}
          >
            {say("requests.grade.propose")}
          </LinkButton>
        )}
        {asks && of.may.onward !== "all" && (
          <LinkButton size="compact-sm" variant="default" to={ask("onward")}>
            {say("requests.ask.onward", { state: state(of.originator) })}
          </LinkButton>
        )}
        {asks && !of.may.court && (
          <LinkButton size="compact-sm" variant="default" to={ask("court")}>
            {say("requests.ask.court", { state: state(of.originator) })}
          </LinkButton>
        )}
      </Group>
      <Text size="xs" c="dimmed" mt={4} component="div">
        {say("requests.received.at")} <TimeText at={of.at} other={of.from} />
      </Text>
    </Card>
  );
}
