// Looking back at a run: measured times against goals, beside another run, every step, and what those who played wrote.
import { Button, Stack, Table, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import {
  api,
  Awaited,
  ChoiceField,
  PageHead,
  saveTable,
  StateTag,
  useAddressValue,
  useLive,
  useParam,
  useQuery,
  useSession,
  useWords,
} from "@simpul/doors/web";
import type { HotWashView, MeasureView } from "../contract.ts";
import { RunTag, StepTag, useTold } from "./data.tsx";
import { Notes } from "./notes.tsx";

export function Page(): ReactNode {
  const id = useParam("id");
  useLive(["exercise"]);
  const [beside, setBeside] = useAddressValue("with", "");
  const query = useQuery({
    queryKey: ["exercise", id, "hot-wash", beside],
    queryFn: ({ signal }) =>
      api.get<HotWashView>(`/api/exercises/${id}/hot-wash${beside === "" ? "" : `?with=${beside}`}`, {
        signal,
      }),
  });
  return (
    <Awaited query={query} back={`/exercises/${id}`}>
      {(view) => <HotWash view={view} beside={beside} setBeside={setBeside} />}
    </Awaited>
  );
}

/** Lengths as people say them; what was not measured says so. */
function useLength(): (seconds: number | null) => string {
  const { say, duration } = useWords();
  return (seconds) => (seconds === null ? say("exercises.notMeasured") : duration(seconds * 1000));
}

function HotWash({
  view,
  beside,
  setBeside,
}: {
  view: HotWashView;
  beside: string;
  setBeside: (to: string) => void;
}): ReactNode {
  const { say, time } = useWords();
  const told = useTold();
  const { head } = view;
  return (
    <>
      <PageHead
        title={`${say("exercises.hotWash")}: ${told(head.title)}`}
        back={{ to: `/exercises/${head.id}`, label: told(head.title) }}
        marks={<RunTag of={head} />}
        act={<Takes view={view} beside={beside} />}
      />
      <Stack gap="lg" maw="56rem">
        <Text size="sm" c="dimmed">
          {time(head.startsAt)}
          {head.endedAt === null ? "" : ` – ${time(head.endedAt)}`}
        </Text>
        {view.others.length > 0 && (
          <ChoiceField
            label={say("exercises.compare")}
            value={view.with ?? "none"}
            choices={[
              { value: "none", label: say("exercises.compare.none") },
              ...view.others.map((one) => ({ value: one.id, label: time(one.startsAt) })),
            ]}
            onChange={(id) => setBeside(id === null || id === "none" ? "" : id)}
          />
        )}
        <Measures view={view} />
        <Steps view={view} />
        <Notes view={view} />
      </Stack>
    </>
  );
}

function Takes({ view, beside }: { view: HotWashView; beside: string }): ReactNode {
  const { say } = useWords();
  const { node } = useSession();
  const rows = useRows(view);
  const { id } = view.head;
  return (
    <>
      <Button variant="default" onClick={() => print()}>
        {say("exercises.print")}
      </Button>
      <Button
        variant="default"
        onClick={() =>
          saveTable(`hot-wash-${id.slice(-8)}`, rows, node.exercise ? say("web.exercise") : null)
        }
      >
        {say("exercises.csv")}
      </Button>
      <Button
        component="a"
        href={`/api/exercises/${id}/paper${beside === "" ? "" : `?with=${beside}`}`}
        download={`EXERCISE-hot-wash-${id.slice(-8)}.pdf`}
      >
        {say("exercises.pdf")}
      </Button>
    </>
  );
}

/** Measured times, then every step, in seconds: a table that a spreadsheet counts with. */
function useRows(view: HotWashView): string[][] {
  const { say, state } = useWords();
  const told = useTold();
  const number = (seconds: number | null): string => (seconds === null ? "" : String(seconds));
  return [
    [
      ...[say("exercises.measure"), say("exercises.role"), say("exercises.standing")],
      ...[say("exercises.took"), say("exercises.goalColumn"), say("exercises.beforeColumn")].map(
        (head) => `${head} (s)`,
      ),
    ],
    ...view.measures.map((one) => [
      ...[told(one.title), "", outcome(one) === null ? "" : say(`exercises.${outcome(one)!}`)],
      ...[number(one.seconds), number(one.goal), number(one.was)],
    ]),
    ...view.steps.map((one) => [
      ...[
        told(one.title),
        `${told(one.role)}${one.state === null ? "" : ` (${state(one.state)})`}`,
        say(`exercises.kind.${one.kind}`),
      ],
      ...[number(one.seconds), number(one.goal), ""],
    ]),
  ];
}

const outcome = ({ seconds, goal }: Pick<MeasureView, "seconds" | "goal">): "met" | "over" | null =>
  seconds === null ? null : seconds <= goal ? "met" : "over";

function Measures({ view }: { view: HotWashView }): ReactNode {
  const { say, duration } = useWords();
  const told = useTold();
  const length = useLength();
  return (
    <section>
      <Title order={2} size="h4" mb="xs">
        {say("exercises.measures")}
      </Title>
      <Stack gap="sm">
        {view.measures.map((one) => (
          <div key={one.id}>
            <Text fw={600}>
              {told(one.title)}: {length(one.seconds)}{" "}
              {outcome(one) !== null && (
                <StateTag tone={outcome(one) === "met" ? "good" : "bad"}>
                  {say(`exercises.${outcome(one)!}`)}
                </StateTag>
              )}
            </Text>
            <Text size="sm" c="dimmed">
              {say("exercises.goal", { length: duration(one.goal * 1000) })}
              {view.with !== null && ` · ${say("exercises.before", { length: length(one.was) })}`}
            </Text>
          </div>
        ))}
      </Stack>
    </section>
  );
}

function Steps({ view }: { view: HotWashView }): ReactNode {
  const { say, state, duration } = useWords();
  const told = useTold();
  const length = useLength();
  return (
    <section>
      <Title order={2} size="h4" mb="xs">
        {say("exercises.steps")}
      </Title>
      <Table className="s-table" aria-label={say("exercises.steps")}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{say("exercises.step")}</Table.Th>
            <Table.Th>{say("exercises.standing")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {view.steps.map((one) => (
            <Table.Tr key={one.id}>
              <Table.Td>
                {told(one.title)}
                <Text size="sm" c="dimmed">
                  {told(one.role)}
                  {one.state === null ? "" : ` (${state(one.state)})`}
                </Text>
              </Table.Td>
              <Table.Td>
                <StepTag kind={one.kind} />
                <Text size="sm" c="dimmed">
                  {one.seconds !== null && `${length(one.seconds)} · `}
                  {say("exercises.goal", { length: duration(one.goal * 1000) })}
                </Text>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
}
