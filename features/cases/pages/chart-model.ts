// The link chart as a graph: what stands in it, on what each edge rests, and a layout that comes out the same twice.
import Graph from "graphology";
import forceAtlas2 from "graphology-layout-forceatlas2";
import type { Handling, Id } from "@simpul/model";
import type { Graded, Records, Source } from "../contract.ts";
import { isProtected, mainName } from "../rules.ts";

export type ChartKind = "suspect" | "other" | "organisation" | "selector" | "place";
export interface ChartNode {
  id: Id;
  kind: ChartKind;
  label: string;
  tab: "subjects" | "selectors" | "places";
}
/** What an edge rests on: the record that states it, its source, how sure it is, what may be done with it. */
export interface ChartEdge {
  id: string;
  from: Id;
  to: Id;
  /** Key of its words. */
  words: string;
  source: Source;
  evaluation: Graded;
  handling: Handling;
  createdBy: Id | null;
}
/** What the picture draws between two: every statement about them, in one line. */
export interface ChartLine {
  /** That of the first statement. */
  id: string;
  from: Id;
  to: Id;
  edges: ChartEdge[];
}
export interface Chart {
  nodes: ChartNode[];
  edges: ChartEdge[];
  lines: ChartLine[];
  /** How many are left out because they are protected (VIC-7). */
  kept: number;
}

/** VIC-7: victims, witnesses, families and their selectors are in no chart. */
export function chartOf(records: Pick<Records, "subject" | "selector" | "place" | "link" | "event">): Chart {
  const nodes = new Map<Id, ChartNode>();
  let kept = 0;
  for (const one of records.subject) {
    if (isProtected(one.role)) kept++;
    else {
      const kind =
        one.kind === "organisation" ? "organisation" : one.role === "suspect" ? "suspect" : "other";
      nodes.set(one.id, { id: one.id, kind, label: nameOf(one), tab: "subjects" });
    }
  }
  for (const one of records.selector) {
    if (isProtected(one.role)) kept++;
    else nodes.set(one.id, { id: one.id, kind: "selector", label: one.canonical, tab: "selectors" });
  }
  for (const one of records.place) {
    nodes.set(one.id, { id: one.id, kind: "place", label: nameOf(one), tab: "places" });
  }
  const edges: ChartEdge[] = [];
  const edge = (
    id: string,
    from: Id,
    to: Id,
    words: string,
    of: Omit<ChartEdge, "id" | "from" | "to" | "words">,
  ): void => {
    const { source, evaluation, handling, createdBy } = of;
    if (nodes.has(from) && nodes.has(to))
      edges.push({ id, from, to, words, source, evaluation, handling, createdBy });
  };
  for (const one of records.link) edge(one.id, one.from, one.to, `cases.link.kind.${one.kind}`, one);
  for (const one of records.selector)
    if (one.subject !== null) edge(`holds ${one.id}`, one.subject, one.id, "cases.link.holds", one);
  for (const one of records.event)
    for (const who of one.subjects)
      if (one.place !== null) edge(`${one.id} ${who}`, who, one.place, `cases.event.kind.${one.kind}`, one);
  edges.sort((a, b) => (a.id < b.id ? -1 : 1));
  return {
    nodes: [...nodes.values()].sort((a, b) => (a.id < b.id ? -1 : 1)),
    edges,
    lines: linesOf(edges),
    kept,
  };
}

/** In its own script first, as everywhere. */
function nameOf(of: Parameters<typeof mainName>[0]): string {
  const { text, romanised } = mainName(of);
  return romanised === undefined || romanised === text ? text : `${text} · ${romanised}`;
}

function linesOf(edges: readonly ChartEdge[]): ChartLine[] {
  const lines = new Map<string, ChartLine>();
  for (const edge of edges) {
    const pair = [edge.from, edge.to].sort().join(" ");
    const line = lines.get(pair);
    if (line === undefined) lines.set(pair, { id: edge.id, from: edge.from, to: edge.to, edges: [edge] });
    else line.edges.push(edge);
  }
  return [...lines.values()];
}

/** More than this is not taken in at one look: then what only one subject holds stays folded until it is asked for. */
const many = 40;

/** By holder: the selectors that hang on nobody else. Empty while the chart is small. */
export function foldsOf(chart: Chart): ReadonlyMap<Id, readonly Id[]> {
  const folds = new Map<Id, Id[]>();
  if (chart.nodes.length <= many) return folds;
  for (const node of chart.nodes) {
    if (node.kind !== "selector") continue;
    const lines = chart.lines.filter((line) => line.from === node.id || line.to === node.id);
    const [only] = lines;
    if (only === undefined || lines.length > 1) continue;
    const holder = only.from === node.id ? only.to : only.from;
    folds.set(holder, [...(folds.get(holder) ?? []), node.id]);
  }
  return folds;
}

const round = (value: number): number => Math.round(value * 100) / 100;

/** Lays the chart out from fixed places with a fixed number of steps: the same records give the same picture. */
export function layOut(chart: Chart): Graph {
  const graph = new Graph();
  chart.nodes.forEach((node, i) => {
    const angle = (2 * Math.PI * i) / Math.max(1, chart.nodes.length);
    graph.addNode(node.id, {
      x: Math.cos(angle) * 100,
      y: Math.sin(angle) * 100,
      kind: node.kind,
      label: node.label,
    });
  });
  for (const line of chart.lines) graph.addEdgeWithKey(line.id, line.from, line.to, {});
  if (chart.nodes.length > 1)
    forceAtlas2.assign(graph, {
      iterations: 300,
      settings: {
        ...forceAtlas2.inferSettings(graph),
        gravity: 1,
        scalingRatio: 12,
        strongGravityMode: true,
      },
    });
  graph.updateEachNodeAttributes((_, attributes) => ({
    ...attributes,
    x: round(attributes["x"] as number),
    y: round(attributes["y"] as number),
  }));
  return graph;
}
