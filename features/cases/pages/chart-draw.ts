// Drawing a chart with WebGL: labels that stay readable, what is folded hidden, a large one light enough to be moved about.
import Graph from "graphology";
import Sigma from "sigma";
import { EdgeLineProgram, NodePointProgram } from "sigma/rendering";
import { labelsOn } from "./chart-labels.ts";
import { foldsOf } from "./chart-model.ts";
import type { ChartKind, Drawn } from "./chart-model.ts";
import { drawAtRest, isMoving, restingLines } from "./chart-rest.ts";

/** Told apart on each theme; the word of the kind stands in the legend and beside. */
export const colours: Readonly<Record<"light" | "dark", Readonly<Record<ChartKind, string>>>> = {
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
export const font =
  "Noto Sans, Noto Sans Khmer, Noto Sans Thai, Noto Sans Lao, Noto Sans Myanmar, Noto Sans SC, sans-serif";

/** What is chosen and what is unfolded, asked at each drawing. */
export interface Now {
  shown: string;
  open: ReadonlySet<string>;
}
export interface Drawing {
  places: Float64Array;
  theme: "light" | "dark";
  say: (key: string) => string;
  now: () => Now;
}

/** From so many lines on, most of them rest while the chart moves, and a line is a line without an arrow. */
const largeFrom = 3000;
/** So many of a large chart are drawn while it moves: those of whoever has most. */
const alwaysDrawn = 1500;

/** Throws where the browser has no WebGL. */
export function draw(at: HTMLElement, chart: Drawn, { places, theme, say, now }: Drawing): Sigma {
  const style = getComputedStyle(at);
  const ink = style.color;
  const paper = style.getPropertyValue("--s-raised").trim() || (theme === "dark" ? "#1c2024" : "#ffffff");
  const accent = style.getPropertyValue("--s-accent").trim();
  const narrow = at.clientWidth < 500;
  const few = chart.nodes.length <= 60;
  const large = chart.lines.length >= largeFrom;
  const graph = graphOf(chart, { places, theme, say, few, large });
  const folds = foldsOf(chart);
  const foldedIn = new Map([...folds].flatMap(([above, ids]) => ids.map((id) => [id, above])));
  const label = labelsOn({ ink, paper, narrow });
  let drawn: Sigma | null = null;
  const resting = restingLines(() => drawn !== null && isMoving(drawn));
  const sigma = new Sigma(graph, at, {
    enableEdgeEvents: !large,
    defaultEdgeType: large ? "line" : "arrow",
    ...(large && { nodeProgramClasses: { point: NodePointProgram }, defaultNodeType: "point" }),
    ...(large && { edgeProgramClasses: { line: EdgeLineProgram, resting } }),
    labelFont: font,
    labelSize: 13,
    edgeLabelFont: font,
    edgeLabelSize: 12,
    edgeLabelColor: { color: ink },
    labelRenderedSizeThreshold: 4,
    ...(large && { labelGridCellSize: 250 }),
    renderEdgeLabels: !large,
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
      const inside = folds.get(node)?.length ?? 0;
      return {
        ...data,
        hidden: above !== undefined && !open.has(above),
        highlighted: node === shown,
        ...(inside > 0 && !open.has(node) && { label: `${String(data["label"])} +${inside}` }),
      };
    },
    edgeReducer: (edge, data) => (edge === now().shown ? { ...data, color: accent, size: 4 } : data),
  });
  if (large) drawAtRest(sigma);
  return (drawn = sigma);
}

function graphOf(
  { nodes, lines }: Drawn,
  { places, theme, say, few, large }: Omit<Drawing, "now"> & { few: boolean; large: boolean },
): Graph {
  const graph = new Graph();
  const colour = theme === "dark" ? "#69727d" : "#98a2b3";
  nodes.forEach(({ id, kind, label }, i) =>
    graph.addNode(id, { x: places[i * 2], y: places[i * 2 + 1], label, color: colours[theme][kind] }),
  );
  for (const { id, from, to, edges } of lines)
    graph.addEdgeWithKey(id, from, to, {
      ...{ size: 2, color: colour, forceLabel: few },
      ...(!large && { label: [...new Set(edges.map((one) => say(one.words)))].join(" · ") }),
    });
  for (const { id, key = false } of nodes) {
    const ties = graph.degree(id);
    graph.mergeNodeAttributes(id, {
      size: large ? 3 + (key ? 6 : Math.min(3, Math.log2(1 + ties) / 2)) : 7 + Math.min(9, ties * 1.5),
      forceLabel: few || key,
      zIndex: Number(key),
    });
  }
  if (large) {
    const weight = (line: Drawn["lines"][number]): number => graph.degree(line.from) + graph.degree(line.to);
    for (const { id } of lines.toSorted((a, b) => weight(b) - weight(a)).slice(alwaysDrawn))
      graph.setEdgeAttribute(id, "type", "resting");
  }
  return graph;
}
