// The link chart: who, what and where, with what each edge rests on one click away, and the same as a table.
import { Group, Stack, Text } from "@mantine/core";
import { useMemo, useState } from "react";
import type { ReactNode } from "react";
import { Awaited, ChoiceField, Empty, Link, SidePeek, useAddressValue, useWords } from "@simpul/doors/web";
import type { Id } from "@simpul/model";
import type { Names, Records } from "../contract.ts";
import type { Side as Given } from "./case.tsx";
import { chartOf } from "./chart-model.ts";
import type { Chart, ChartEdge } from "./chart-model.ts";
import { Picture, Relations } from "../contract/chart-picture.tsx";
import { useCodes, useRecords } from "./data.tsx";
import { AddForm } from "./editing.tsx";
import { Marks, MarksFields, SourceText, Who, asKept, plainName, usualMarks } from "./parts.tsx";

export function Side(given: Given): ReactNode {
  const query = useRecords(given.view.number, ["subject", "selector", "place", "link", "event"]);
  return (
    <Awaited query={query}>
      {({ records, names }) => <Body records={records} names={names} {...given} />}
    </Awaited>
  );
}

function Body({ records, names, ...given }: Given & { records: Records; names: Names }): ReactNode {
  const { say } = useWords();
  const chart = useMemo(() => chartOf(records), [records]);
  const [shown, setShown] = useAddressValue("edge");
  const line = chart.lines.find((one) => one.edges.some((edge) => edge.id === shown));
  const node = chart.nodes.find((one) => one.id === shown);
  const beside =
    line?.edges ?? (node && chart.edges.filter((one) => one.from === node.id || one.to === node.id));
  return (
    <Stack gap="md">
      <Add records={records} {...given} />
      {chart.nodes.length === 0 ? (
        <Empty title={say("cases.chart.empty")}>{say("cases.chart.empty.text")}</Empty>
      ) : (
        <>
          <div className="s-list" data-peek={beside !== undefined}>
            <div className="s-list-main">
              <Picture chart={chart} shown={shown} onShow={setShown} />
              {chart.kept > 0 && (
                <Text size="sm" mt="xs">
                  {say("cases.chart.kept", { count: chart.kept })}
                </Text>
              )}
            </div>
            {beside !== undefined && (
              <SidePeek
                title={node?.label ?? beside.map((one) => say(one.words)).join(" · ")}
                onClose={() => setShown("")}
                {...(node && { to: `/cases/${given.view.number}/${node.tab}?at=${node.id}` })}
              >
                {beside.length === 0 && <Text size="sm">{say("cases.chart.none")}</Text>}
                <Stack gap="md">
                  {beside.map((edge) => (
                    <Provenance
                      key={edge.id}
                      edge={edge}
                      chart={chart}
                      names={names}
                      number={given.view.number}
                    />
                  ))}
                </Stack>
              </SidePeek>
            )}
          </div>
          {chart.edges.length === 0 ? (
            <Text size="sm">{say("cases.chart.none")}</Text>
          ) : (
            <Relations
              chart={chart}
              shown={shown}
              onShow={setShown}
              columns={[
                {
                  label: say("cases.selectors.source"),
                  cell: (edge) => <SourceText source={edge.source} />,
                },
                { label: say("cases.selectors.marks"), cell: (edge) => <Marks of={edge} /> },
              ]}
            />
          )}
        </>
      )}
    </Stack>
  );
}

/** On what the edge rests, and who stated it. */
function Provenance({
  edge,
  chart,
  names,
  number,
}: {
  edge: ChartEdge;
  chart: Chart;
  names: Names;
  number: string;
}): ReactNode {
  const { say } = useWords();
  const end = (id: Id): ReactNode => {
    const node = chart.nodes.find((one) => one.id === id);
    return node === undefined ? null : (
      <Link to={`/cases/${number}/${node.tab}?at=${node.id}`}>{node.label}</Link>
    );
  };
  return (
    <Stack gap={4}>
      <Text size="sm" component="div">
        {end(edge.from)} <b>{say(edge.words)}</b> → {end(edge.to)}
      </Text>
      <Text size="sm" component="div">
        {say("cases.selectors.source")}: <SourceText source={edge.source} />
      </Text>
      <Text size="sm" component="div">
        {say("cases.chart.statedBy")}: <Who id={edge.createdBy} names={names} />
      </Text>
      <Marks of={edge} />
    </Stack>
  );
}

function Add({ records, acts, may }: Given & { records: Records }): ReactNode {
  const { say } = useWords();
  const codes = useCodes();
  const [from, setFrom] = useState<string | null>(null);
  const [kind, setKind] = useState<string | null>(null);
  const [to, setTo] = useState<string | null>(null);
  const [marks, setMarks] = useState(usualMarks);
  const subjects = records.subject.map((one) => ({ value: one.id, label: plainName(one) }));
  const ends = [
    ...records.subject.map((one) => ({ value: `subject ${one.id}`, label: plainName(one) })),
    ...records.selector.map((one) => ({ value: `selector ${one.id}`, label: one.canonical })),
    ...records.place.map((one) => ({ value: `place ${one.id}`, label: plainName(one) })),
  ];
  return (
    <AddForm
      label={say("cases.links.add")}
      quiet
      may={may("case.edit") && records.subject.length > 0}
      onSend={async () => {
        const [toKind, id] = (to ?? "").split(" ");
        await acts.add("link", {
          fields: {
            kind: kind ?? "",
            from: (from ?? "") as Id,
            toKind: toKind as "subject",
            to: (id ?? "") as Id,
          },
          ...asKept(marks),
        });
      }}
    >
      <Group grow align="flex-start" preventGrowOverflow={false}>
        <ChoiceField
          label={say("cases.chart.from")}
          required
          value={from}
          choices={subjects}
          onChange={setFrom}
        />
        <ChoiceField
          label={say("cases.chart.how")}
          required
          value={kind}
          choices={(codes.data?.cases.links ?? []).map((one) => ({
            value: one,
            label: say(`cases.link.kind.${one}`),
          }))}
          onChange={setKind}
        />
        <ChoiceField label={say("cases.chart.to")} required value={to} choices={ends} onChange={setTo} />
      </Group>
      <MarksFields value={marks} onChange={setMarks} />
    </AddForm>
  );
}
