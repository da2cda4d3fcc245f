// The link chart: who, what and where, with what each edge rests on one click away, and the same as a table.
import { Card, Group, Stack, Table, Text } from "@mantine/core";
import { useEffect, useMemo, useRef, useState } from "react";
import type { ReactNode } from "react";
import Sigma from "sigma";
import { Awaited, ChoiceField, Empty, Link, SidePeek, useAddressValue, useWords } from "@simpul/doors/web";
import type { Id } from "@simpul/model";
import type { Names, Records } from "../contract.ts";
import type { Side as Given } from "./case.tsx";
import { chartOf, layOut } from "./chart-model.ts";
import type { Chart, ChartEdge, ChartKind } from "./chart-model.ts";
import { useCodes, useRecords } from "./data.tsx";
import { AddForm, Marks, MarksFields, SourceText, Who, asKept, plainName, usualMarks } from "./parts.tsx";

/** Dark enough to be told apart on both themes; the word of the kind stands in the table and the legend. */
const colours: Readonly<Record<ChartKind, string>> = {
  suspect: "#b42318",
  other: "#7a5af8",
  organisation: "#b54708",
  selector: "#0e7090",
  place: "#3b7c0f",
};

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
  const edge = chart.edges.find((one) => one.id === shown);
  const named = new Map(chart.nodes.map((node) => [node.id, node]));
  return (
    <Stack gap="md">
      <Add records={records} {...given} />
      {chart.nodes.length === 0 ? (
        <Empty title={say("cases.chart.empty")}>{say("cases.chart.empty.text")}</Empty>
      ) : (
        <>
          <div className="s-list" data-peek={edge !== undefined}>
            <div className="s-list-main">
              <Picture chart={chart} onEdge={setShown} />
              <Group gap="md" mt="xs">
                {(Object.keys(colours) as ChartKind[]).map((kind) => (
                  <Text size="xs" key={kind}>
                    <svg width="10" height="10" aria-hidden="true">
                      <circle cx="5" cy="5" r="5" fill={colours[kind]} />
                    </svg>{" "}
                    {say(`cases.chart.${kind}`)}
                  </Text>
                ))}
              </Group>
              {chart.kept > 0 && (
                <Text size="sm" mt="xs">
                  {say("cases.chart.kept", { count: chart.kept })}
                </Text>
              )}
            </div>
            {edge !== undefined && (
              <SidePeek title={say(edge.words)} onClose={() => setShown("")}>
                <Provenance edge={edge} chart={chart} names={names} number={given.view.number} />
              </SidePeek>
            )}
          </div>
          <Table className="s-table" aria-label={say("cases.chart.table")}>
            <Table.Thead>
              <Table.Tr>
                {["from", "how", "to"].map((one) => (
                  <Table.Th key={one} scope="col">
                    {say(`cases.chart.${one}`)}
                  </Table.Th>
                ))}
                <Table.Th scope="col">{say("cases.selectors.source")}</Table.Th>
                <Table.Th scope="col">{say("cases.selectors.marks")}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {chart.edges.map((one) => (
                <Table.Tr key={one.id} data-peeked={one.id === shown}>
                  <Table.Td data-label={say("cases.chart.from")}>{named.get(one.from)?.label}</Table.Td>
                  <Table.Td data-main data-label={say("cases.chart.how")}>
                    {say(one.words)}
                  </Table.Td>
                  <Table.Td data-label={say("cases.chart.to")}>{named.get(one.to)?.label}</Table.Td>
                  <Table.Td data-label={say("cases.selectors.source")}>
                    <SourceText source={one.source} />
                  </Table.Td>
                  <Table.Td data-label={say("cases.selectors.marks")}>
                    <Marks of={one} />
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
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
    <Stack gap="xs">
      <Text size="sm">
        {end(edge.from)} → {end(edge.to)}
      </Text>
      <Text size="sm">
        {say("cases.selectors.source")}: <SourceText source={edge.source} />
      </Text>
      <Text size="sm">
        {say("cases.chart.statedBy")}: <Who id={edge.createdBy} names={names} />
      </Text>
      <Marks of={edge} />
    </Stack>
  );
}

function Picture({ chart, onEdge }: { chart: Chart; onEdge: (id: string) => void }): ReactNode {
  const { say } = useWords();
  const holder = useRef<HTMLDivElement>(null);
  const [failed, setFailed] = useState(false);
  const choose = useRef(onEdge);
  useEffect(() => {
    choose.current = onEdge;
  });
  useEffect(() => {
    if (holder.current === null) return undefined;
    const graph = layOut(chart);
    graph.forEachNode((node, attributes) => {
      const degree = graph.degree(node);
      graph.mergeNodeAttributes(node, {
        size: 7 + Math.min(9, degree * 1.5),
        color: colours[attributes["kind"] as ChartKind],
      });
    });
    graph.forEachEdge((one) => graph.mergeEdgeAttributes(one, { size: 2.5, color: "#98a2b3" }));
    const ink = getComputedStyle(holder.current).color;
    let sigma: Sigma;
    try {
      sigma = new Sigma(graph, holder.current, {
        enableEdgeEvents: true,
        defaultEdgeType: "arrow",
        labelFont: "Noto Sans, Noto Sans Khmer, Noto Sans Thai, sans-serif",
        labelColor: { color: ink },
        labelRenderedSizeThreshold: 4,
        allowInvalidContainer: true,
      });
    } catch {
      // Without WebGL the table below says the same.
      setFailed(true);
      return undefined;
    }
    sigma.on("clickEdge", ({ edge }) => choose.current(edge));
    return () => sigma.kill();
  }, [chart]);
  if (failed) return <Text size="sm">{say("cases.chart.noPicture")}</Text>;
  return (
    <Card withBorder padding={0}>
      <div
        ref={holder}
        role="img"
        aria-label={say("cases.chart.label", { nodes: chart.nodes.length, edges: chart.edges.length })}
        style={{ height: "min(60vh, 36rem)" }}
      />
    </Card>
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
