// One run: what has come to her desk with what is expected of it, and in front of who directs the board of all states.
import { Anchor, Button, Card, Group, Stack, Text, Title } from "@mantine/core";
import { useEffect, useState } from "react";
import type { ReactNode } from "react";
import {
  api,
  Awaited,
  Link,
  LinkButton,
  PageHead,
  Problem,
  TimeText,
  useHasPage,
  useLive,
  useParam,
  useQuery,
  useQueryClient,
  useWords,
} from "@simpul/doors/web";
import type { RunAct, RunView, StepView } from "../contract.ts";
import { Board } from "./board.tsx";
import { RunTag, StepTag, useMoment, useTold } from "./data.tsx";

/** What gets late does so without anybody's doing. */
const lookAgain = 15_000;

export function Page(): ReactNode {
  const id = useParam("id");
  useLive(["exercise"]);
  const query = useQuery({
    queryKey: ["exercise", id],
    queryFn: ({ signal }) => api.get<RunView>(`/api/exercises/${id}`, { signal }),
    refetchInterval: lookAgain,
  });
  return (
    <Awaited query={query} back="/exercises">
      {(view) => <Run view={view} />}
    </Awaited>
  );
}

function Run({ view }: { view: RunView }): ReactNode {
  const { say, state } = useWords();
  const told = useTold();
  const queries = useQueryClient();
  const [fault, setFault] = useState<unknown>(null);
  const { head } = view;
  const at = `/api/exercises/${head.id}`;
  const act = async (path: string): Promise<void> => {
    setFault(null);
    try {
      await api.post(`${at}/${path}`, {});
    } catch (no) {
      setFault(no);
    }
    await queries.invalidateQueries({ queryKey: ["exercise"] });
  };
  const plays = view.mine.length > 0;
  useEffect(() => {
    // That nobody looked is what the director sees; the page itself loses nothing by it.
    if (plays) void api.post(`${at}/seen`, {}).catch(() => undefined);
  }, [plays, at]);
  return (
    <>
      <PageHead
        title={told(head.title)}
        back={{ to: "/exercises", label: say("exercises.room") }}
        marks={<RunTag of={head} />}
        act={<Acts view={view} act={act} />}
      />
      <Stack gap="lg" maw="56rem">
        {fault !== null && <Problem fault={fault} />}
        <Stack gap={4}>
          <Text>{told(view.story)}</Text>
          <Text size="sm" c="dimmed" component="div">
            {say("exercises.leads", { state: state(head.lead) })}
            {view.director === null ? "" : ` (${view.director})`} · <TimeText at={head.startsAt} />
          </Text>
          {head.state === "ended" && (
            <Link to={`/exercises/${head.id}/hot-wash`}>{say("exercises.hotWash.open")}</Link>
          )}
        </Stack>
        {view.mine.map((role) => (
          <Stack key={role.id} gap="sm" component="section">
            <Title order={2} size="h4">
              {say("exercises.youPlay", { roles: told(role.title) })}
            </Title>
            {role.steps.length === 0 && (
              <Text>
                {head.state === "announced" ? <Begins at={head.startsAt} /> : say("exercises.nothingYet")}
              </Text>
            )}
            {role.steps.toReversed().map((step) => (
              <Step key={step.id} of={step} run={head.id} over={head.state === "ended"} />
            ))}
          </Stack>
        ))}
        {view.board !== null && <Board view={view} act={act} />}
      </Stack>
    </>
  );
}

function Begins({ at }: { at: string }): ReactNode {
  const { say } = useWords();
  const time = useMoment();
  return say("exercises.notBegun", { time: time(at) });
}

function Acts({ view, act }: { view: RunView; act: (path: string) => Promise<void> }): ReactNode {
  const { say } = useWords();
  const [sure, setSure] = useState(false);
  const may = (one: RunAct): boolean => view.may.includes(one);
  if (sure)
    return (
      <>
        <Button variant="default" onClick={() => setSure(false)}>
          {say("exercises.notYet")}
        </Button>
        <Button onClick={() => void act("end").then(() => setSure(false))}>
          {say("exercises.end.sure")}
        </Button>
      </>
    );
  return (
    <>
      {view.head.directs && (
        <LinkButton to={`/exercises/${view.head.id}/hot-wash`} variant="default">
          {say("exercises.hotWash")}
        </LinkButton>
      )}
      {may("take-over") && (
        <Button variant="default" onClick={() => void act("take-over")}>
          {say("exercises.takeOver")}
        </Button>
      )}
      {may("end") && (
        <Button variant="default" onClick={() => setSure(true)}>
          {say("exercises.end")}
        </Button>
      )}
      {may("rest") && <Button onClick={() => void act("rest")}>{say("exercises.rest")}</Button>}
      {may("go-on") && <Button onClick={() => void act("go-on")}>{say("exercises.goOn")}</Button>}
    </>
  );
}

function Step({ of, run, over }: { of: StepView; run: string; over: boolean }): ReactNode {
  const { say } = useWords();
  const time = useMoment();
  const told = useTold();
  const waits = of.kind === "open" || of.kind === "late";
  const has = useHasPage(of.to ?? "/");
  return (
    <Card withBorder component="article" aria-label={told(of.title)}>
      <Stack gap="xs">
        <Group gap="xs">
          <StepTag kind={of.kind} />
          <Text size="sm" c="dimmed">
            {say(`exercises.by.${of.by}`)}
            {of.opensAt === null ? "" : `, ${time(of.opensAt)}`}
          </Text>
        </Group>
        <Text>{told(of.inject)}</Text>
        <Title order={3} size="h5">
          {told(of.title)}
        </Title>
        <Text size="sm">
          <strong>{say("exercises.goodToKnow")}:</strong> {told(of.guidance)}
        </Text>
        <Group gap="md">
          {of.file !== null && (
            <Anchor href={`/api/exercises/${run}/steps/${of.id}/file`} download={of.file}>
              {say("exercises.takeFile", { name: of.file })}
            </Anchor>
          )}
          {waits && !over && of.to !== null && has && <Link to={of.to}>{say("exercises.toWork")}</Link>}
          <Text size="sm" c="dimmed">
            {of.doneAt !== null
              ? say("exercises.doneAt", { time: time(of.doneAt) })
              : of.dueAt === null
                ? ""
                : say("exercises.due", { time: time(of.dueAt) })}
          </Text>
        </Group>
      </Stack>
    </Card>
  );
}
