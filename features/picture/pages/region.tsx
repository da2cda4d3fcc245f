// What the states know together: which are in, one figure at a time by month, table and map, how sure it is, and carried away.
import { Group, Paper, SimpleGrid, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import {
  api,
  Awaited,
  ChoiceField,
  Empty,
  LinkButton,
  PageHead,
  StateTag,
  useAddressValues,
  useLive,
  useQuery,
  useWords,
} from "@simpul/doors/web";
import { regionStates } from "@simpul/model";
import { definitions, monthAfter, type Overview, type Release } from "../contract.ts";
import { Figure } from "./figure.tsx";
import { useMonth } from "./parts.tsx";

export function Page(): ReactNode {
  const { say } = useWords();
  useLive(["picture"]);
  const query = useQuery({
    queryKey: ["picture", "overview"],
    queryFn: ({ signal }) => api.get<Overview>("/api/picture", { signal }),
  });
  const may = query.data?.may ?? [];
  return (
    <>
      <PageHead
        title={say("picture.room")}
        act={
          may.includes("work") ? (
            <LinkButton to="/picture/work">{say("picture.work")}</LinkButton>
          ) : may.includes("hand-over") ? (
            <LinkButton to="/picture/hand-over">{say("picture.handOver")}</LinkButton>
          ) : undefined
        }
      />
      <Awaited query={query}>
        {(view) =>
          view.months === null ? (
            <Empty title={say("picture.empty")}>{say("picture.empty.text")}</Empty>
          ) : (
            <Region view={view} months={view.months} />
          )
        }
      </Awaited>
    </>
  );
}

/** Without a choice: a year up to the newest month. */
function Region({ view, months }: { view: Overview; months: NonNullable<Overview["months"]> }): ReactNode {
  const { say, state } = useWords();
  const month = useMonth();
  const [values, change] = useAddressValues();
  const published = new Set(view.heads.map((one) => one.figure));
  const until = values["until"] ?? months.until;
  const usual = monthAfter(until, -11);
  const from = values["from"] ?? (usual < months.from ? months.from : usual);
  const figure = values["figure"] ?? view.heads[0]!.figure;
  const of = values["state"] ?? "";
  const all: string[] = [];
  for (let one = months.from; one <= months.until; one = monthAfter(one, 1)) all.push(one);
  const chosen = all.map((value) => ({ value, label: month(value) }));
  const out = regionStates.filter((one) => !view.states.some((each) => (each.state as string) === one));
  return (
    <Stack gap="md">
      <Paper withBorder p="sm">
        <Text size="sm" fw={600}>
          {say("picture.states")}
        </Text>
        <Group gap="xs" mt={4}>
          {view.states.map((one) => (
            <StateTag key={one.state} tone="good">
              {say("picture.states.last", { state: state(one.state), month: month(one.last) })}
            </StateTag>
          ))}
        </Group>
        {out.length > 0 && (
          <Text size="xs" c="dimmed" mt={4}>
            {say("picture.states.out", { states: out.map((one) => state(one)).join(", ") })}
          </Text>
        )}
      </Paper>
      <SimpleGrid cols={{ base: 1, sm: 2, lg: 4 }} spacing="sm" className="s-noprint">
        <ChoiceField
          label={say("picture.figure")}
          value={figure}
          choices={definitions
            .filter((one, nth, each) => each.findIndex((two) => two.figure === one.figure) === nth)
            .filter((one) => published.has(one.figure) || one.figure === figure)
            .map((one) => ({ value: one.figure, label: say(`picture.figure.${one.figure}`) }))}
          onChange={(to) => change({ figure: to })}
        />
        <ChoiceField
          label={say("picture.state")}
          value={of}
          choices={[
            { value: "", label: say("picture.state.all") },
            ...view.states.map((one) => ({ value: one.state, label: state(one.state) })),
          ]}
          onChange={(to) => change({ state: to === "" ? null : to })}
        />
        <ChoiceField
          label={say("picture.from")}
          value={from}
          choices={chosen}
          onChange={(to) => change({ from: to })}
        />
        <ChoiceField
          label={say("picture.until")}
          value={until}
          choices={chosen.filter((one) => one.value >= from)}
          onChange={(to) => change({ until: to })}
        />
      </SimpleGrid>
      <Tables figure={figure} from={from} until={until} of={of} />
    </Stack>
  );
}

function Tables({
  figure,
  from,
  until,
  of,
}: {
  figure: string;
  from: string;
  until: string;
  of: string;
}): ReactNode {
  const query = useQuery({
    queryKey: ["picture", "figure", figure, from, until],
    queryFn: ({ signal }) =>
      api.get<{ releases: Release[] }>(`/api/picture/figures/${figure}`, {
        ...{ query: { from, until, earlier: "yes" }, signal },
      }),
  });
  return (
    <Awaited query={query}>
      {({ releases }) => (
        <Figure
          figure={figure}
          releases={releases.filter((one) => of === "" || one.state === of)}
          months={{ from, until }}
        />
      )}
    </Awaited>
  );
}
