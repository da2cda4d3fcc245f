// A piece of page for rooms that draw a link chart: the same picture twice, what hangs on one subject folded in a large one, labels that stay readable.
import { Button, Card, Group, Table, Text, UnstyledButton, useComputedColorScheme } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import type { ReactNode } from "react";
import type Sigma from "sigma";
import { useWords } from "@simpul/doors/web";
import { colours, draw, font } from "../pages/chart-draw.ts";
import { chartOf, foldsOf } from "../pages/chart-model.ts";
import type { Chart, ChartEdge, ChartKind, Drawn } from "../pages/chart-model.ts";
import { usePlaces } from "../pages/use-places.ts";

export { chartOf };
export type { ChartKind, Drawn };

export function Picture({
  chart,
  shown,
  onShow,
}: {
  chart: Drawn;
  /** An edge or a node of it. */
  shown: string;
  onShow: (id: string) => void;
}): ReactNode {
  const { say } = useWords();
  const theme = useComputedColorScheme("light");
  const holder = useRef<HTMLDivElement>(null);
  const drawn = useRef<Sigma | null>(null);
  const [failed, setFailed] = useState(false);
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const latest = useRef({ onShow, shown, open });
  const places = usePlaces(chart);
  useEffect(() => {
    latest.current = { onShow, shown, open };
  });
  useEffect(() => void drawn.current?.refresh({ skipIndexation: true }), [shown, open]);
  useEffect(() => {
    if (holder.current === null || places === null) return undefined;
    let sigma: Sigma;
    try {
      sigma = draw(holder.current, chart, { places, theme, say, now: () => latest.current });
    } catch {
      // Without WebGL the table below says the same.
      setFailed(true);
      return undefined;
    }
    const folds = foldsOf(chart);
    sigma.on("clickEdge", ({ edge }) => latest.current.onShow(edge));
    sigma.on("clickNode", ({ node }) => {
      if (folds.has(node))
        setOpen(
          (before) =>
            new Set(before.has(node) ? [...before].filter((one) => one !== node) : [...before, node]),
        );
      latest.current.onShow(node);
    });
    drawn.current = sigma;
    // A canvas draws with what is loaded: scripts whose font comes later are drawn anew.
    const labels = [...new Set(chart.nodes.map((node) => node.label).join(""))].join("");
    void Promise.all(font.split(", ").map((one) => document.fonts.load(`14px "${one}"`, labels))).then(() =>
      drawn.current?.refresh(),
    );
    return () => {
      drawn.current = null;
      sigma.kill();
    };
  }, [chart, places, theme, say]);
  if (failed) return <Text size="sm">{say("cases.chart.noPicture")}</Text>;
  const says = say("cases.chart.label", {
    nodes: chart.nodes.length,
    edges: chart.lines.reduce((sum, one) => sum + one.edges.length, 0),
  });
  const camera = (): ReturnType<Sigma["getCamera"]> | undefined => drawn.current?.getCamera();
  return (
    <div className="s-noprint">
      <Group gap="xs" mb="xs">
        <Button size="compact-sm" variant="default" onClick={() => void camera()?.animatedZoom()}>
          {say("cases.map.nearer")}
        </Button>
        <Button size="compact-sm" variant="default" onClick={() => void camera()?.animatedUnzoom()}>
          {say("cases.map.farther")}
        </Button>
        <Button size="compact-sm" variant="default" onClick={() => void camera()?.animatedReset()}>
          {say("cases.chart.whole")}
        </Button>
      </Group>
      <Card withBorder padding={0} bg="var(--s-raised)">
        {places === null && (
          <Text size="sm" p="md" role="status">
            {say("cases.chart.laying", { nodes: chart.nodes.length })}
          </Text>
        )}
        <div
          ref={holder}
          role="img"
          aria-label={says}
          aria-busy={places === null}
          style={{ height: "min(52vh, 34rem)" }}
        />
      </Card>
      <Group gap="md" mt="xs">
        {(Object.keys(colours.light) as ChartKind[])
          .filter((kind) => chart.nodes.some((node) => node.kind === kind))
          .map((kind) => (
            <Text size="xs" key={kind}>
              <svg width="10" height="10" aria-hidden="true">
                <circle cx="5" cy="5" r="5" fill={colours[theme][kind]} />
              </svg>{" "}
              {say(`cases.chart.${kind}`)}
            </Text>
          ))}
      </Group>
    </div>
  );
}

export interface Column {
  label: string;
  cell: (edge: ChartEdge) => ReactNode;
}

/** The same as a table: for the keyboard, for those who hear it, for paper. */
export function Relations({
  chart,
  shown,
  onShow,
  columns,
}: {
  chart: Chart;
  shown: string;
  onShow: (edge: string) => void;
  columns: readonly Column[];
}): ReactNode {
  const { say } = useWords();
  const label = new Map(chart.nodes.map((node) => [node.id, node.label]));
  return (
    <div className="s-scroll" tabIndex={0} role="region" aria-label={say("cases.chart.table")}>
      <Table className="s-table" aria-label={say("cases.chart.table")}>
        <Table.Thead>
          <Table.Tr>
            {["from", "how", "to"].map((one) => (
              <Table.Th key={one} scope="col">
                {say(`cases.chart.${one}`)}
              </Table.Th>
            ))}
            {columns.map((one) => (
              <Table.Th key={one.label} scope="col">
                {one.label}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {chart.edges.map((edge) => (
            <Table.Tr key={edge.id} data-peeked={edge.id === shown}>
              <Table.Td data-label={say("cases.chart.from")} className="s-long">
                {label.get(edge.from)}
              </Table.Td>
              <Table.Td data-main data-label={say("cases.chart.how")}>
                <UnstyledButton
                  className="s-sort"
                  title={say("cases.chart.open")}
                  onClick={() => onShow(edge.id)}
                >
                  {say(edge.words)}
                </UnstyledButton>
              </Table.Td>
              <Table.Td data-label={say("cases.chart.to")} className="s-long">
                {label.get(edge.to)}
              </Table.Td>
              {columns.map((one) => (
                <Table.Td key={one.label} data-label={one.label}>
                  {one.cell(edge)}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}
