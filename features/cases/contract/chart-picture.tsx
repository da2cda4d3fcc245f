// A piece of page for rooms that draw a link chart: the same picture twice, what hangs on one subject folded in a large one, labels that stay readable.
import { Button, Card, Group, Table, Text, UnstyledButton, useComputedColorScheme } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import type { ReactNode } from "react";
import Sigma from "sigma";
import { useWords } from "@simpul/doors/web";
import type { Id } from "@simpul/model";
import { chartOf, foldsOf, layOut } from "../pages/chart-model.ts";
import type { Chart, ChartEdge, ChartKind } from "../pages/chart-model.ts";

export { chartOf };

/** Told apart on each theme; the word of the kind stands in the legend and beside. */
const colours: Readonly<Record<"light" | "dark", Readonly<Record<ChartKind, string>>>> = {
  light: {
    suspect: "#b42318",
    other: "#7a5af8",
    organisation: "#b54708",
    selector: "#0e7090",
    place: "#3b7c0f",
  },
  dark: {
    suspect: "#ff8f85",
    other: "#b9a8ff",
    organisation: "#fdb022",
    selector: "#67cfe3",
    place: "#9bd26b",
  },
};
const font = "Noto Sans, Noto Sans Khmer, Noto Sans Thai, Noto Sans Lao, Noto Sans Myanmar, sans-serif";

export function Picture({
  chart,
  shown,
  onShow,
}: {
  chart: Chart;
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
  useEffect(() => {
    latest.current = { onShow, shown, open };
    drawn.current?.refresh({ skipIndexation: true });
  });
  useEffect(() => {
    if (holder.current === null) return undefined;
    let sigma: Sigma;
    try {
      sigma = draw(holder.current, chart, theme, say, () => latest.current);
    } catch {
      // Without WebGL the table below says the same.
      setFailed(true);
      return undefined;
    }
    const folds = foldsOf(chart);
    sigma.on("clickEdge", ({ edge }) => latest.current.onShow(edge));
    sigma.on("clickNode", ({ node }) => {
      if (folds.has(node as Id))
        setOpen(
          (before) =>
            new Set(before.has(node) ? [...before].filter((one) => one !== node) : [...before, node]),
        );
      latest.current.onShow(node);
    });
    drawn.current = sigma;
    // A canvas draws with what is loaded: scripts whose font comes later are drawn anew.
    const labels = chart.nodes.map((node) => node.label).join(" ");
    void Promise.all(font.split(", ").map((one) => document.fonts.load(`14px "${one}"`, labels))).then(() =>
      drawn.current?.refresh(),
    );
    return () => {
      drawn.current = null;
      sigma.kill();
    };
  }, [chart, theme, say]);
  if (failed) return <Text size="sm">{say("cases.chart.noPicture")}</Text>;
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
        <div
          ref={holder}
          role="img"
          aria-label={say("cases.chart.label", { nodes: chart.nodes.length, edges: chart.edges.length })}
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

interface Now {
  shown: string;
  open: ReadonlySet<string>;
}

function draw(
  at: HTMLElement,
  chart: Chart,
  theme: "light" | "dark",
  say: (key: string) => string,
  now: () => Now,
): Sigma {
  const graph = layOut(chart);
  const folds = foldsOf(chart);
  const foldedIn = new Map(
    [...folds].flatMap(([above, ids]) => ids.map((id) => [id as string, above as string])),
  );
  const style = getComputedStyle(at);
  const ink = style.color;
  const paper = style.getPropertyValue("--s-raised").trim() || (theme === "dark" ? "#1c2024" : "#ffffff");
  const accent = style.getPropertyValue("--s-accent").trim();
  const line = theme === "dark" ? "#69727d" : "#98a2b3";
  const narrow = at.clientWidth < 500;
  const few = chart.nodes.length <= 60;
  graph.forEachNode((node, attributes) =>
    graph.mergeNodeAttributes(node, {
      size: 7 + Math.min(9, graph.degree(node) * 1.5),
      color: colours[theme][attributes["kind"] as ChartKind],
      forceLabel: few,
    }),
  );
  for (const { id, edges } of chart.lines)
    graph.mergeEdgeAttributes(id, {
      size: 2,
      color: line,
      label: [...new Set(edges.map((one) => say(one.words)))].join(" · "),
      forceLabel: few,
    });
  /** A text that stays readable over lines. */
  const write = (on: CanvasRenderingContext2D, text: string, x: number, y: number): void => {
    on.lineJoin = "round";
    on.lineWidth = 4;
    on.strokeStyle = paper;
    on.strokeText(text, x, y);
    on.fillStyle = ink;
    on.fillText(text, x, y);
  };
  const label = (
    on: CanvasRenderingContext2D,
    data: { label?: string | null; x: number; y: number; size: number },
    settings: { labelSize: number; labelWeight: string; labelFont: string },
  ): void => {
    if (!data.label) return;
    on.font = `${settings.labelWeight} ${settings.labelSize}px ${settings.labelFont}`;
    if (narrow) {
      on.textAlign = "center";
      write(on, data.label, data.x, data.y + data.size + settings.labelSize + 2);
      on.textAlign = "left";
      return;
    }
    // Away from the middle, where the lines are.
    const left = data.x < on.canvas.clientWidth * 0.45;
    on.textAlign = left ? "right" : "left";
    const beside = (data.size + 4) * (left ? -1 : 1);
    write(on, data.label, data.x + beside, data.y + settings.labelSize / 3);
    on.textAlign = "left";
  };
  return new Sigma(graph, at, {
    enableEdgeEvents: true,
    defaultEdgeType: "arrow",
    labelFont: font,
    labelSize: 13,
    edgeLabelFont: font,
    edgeLabelSize: 12,
    edgeLabelColor: { color: ink },
    labelRenderedSizeThreshold: 4,
    renderEdgeLabels: true,
    // Texts are most of what a large chart costs to draw: they rest while it moves.
    hideLabelsOnMove: !few,
    // Labels stand beside their points.
    stagePadding: narrow ? 60 : 80,
    allowInvalidContainer: true,
    defaultDrawNodeLabel: label,
    defaultDrawNodeHover: label,
    nodeReducer: (node, data) => {
      const above = foldedIn.get(node);
      const { shown, open } = now();
      const inside = folds.get(node as Id)?.length ?? 0;
      return {
        ...data,
        hidden: above !== undefined && !open.has(above),
        highlighted: node === shown,
        ...(inside > 0 && !open.has(node) && { label: `${String(data["label"])} +${inside}` }),
      };
    },
    edgeReducer: (edge, data) => (edge === now().shown ? { ...data, color: accent, size: 4 } : data),
  });
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
