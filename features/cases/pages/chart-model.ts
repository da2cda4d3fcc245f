// The link chart as values: what stands in it, on what each edge rests, what is folded while it is large.
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
/** What a picture needs of a chart. */
export interface Drawn {
  nodes: readonly {
    id: string;
    kind: ChartKind;
    label: string;
    /** Stands out: larger, and with its name from afar. */
    key?: boolean;
  }[];
  lines: readonly { id: string; from: string; to: string; edges: readonly { words: string }[] }[];
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
export function foldsOf({ nodes, lines }: Drawn): ReadonlyMap<string, readonly string[]> {
  const folds = new Map<string, string[]>();
  if (nodes.length <= many) return folds;
  const others = new Map<string, string[]>();
  for (const { from, to } of lines) {
    others.set(from, [...(others.get(from)?.slice(0, 1) ?? []), to]);
    others.set(to, [...(others.get(to)?.slice(0, 1) ?? []), from]);
  }
  for (const { id, kind } of nodes) {
    const [holder, ...more] = others.get(id) ?? [];
    if (kind !== "selector" || holder === undefined || more.length > 0) continue;
    const inside = folds.get(holder);
    if (inside === undefined) folds.set(holder, [id]);
    else inside.push(id);
  }
  return folds;
}
