// Where each stands in the picture of what is near: itself in the middle, one link away around it, two links outside.
import type { ActorView, NearEdge, NearNode } from "../contract.ts";

export interface Placed extends NearNode {
  x: number;
  y: number;
}
export interface Drawing {
  nodes: Placed[];
  edges: NearEdge[];
  size: number;
}

const rings = { wide: [0, 150, 255], phone: [0, 125, 0] } as const;

/** The same nodes and edges give the same picture. On a phone only those one link away are drawn. */
export function drawingOf({ near }: Pick<ActorView, "near">, phone: boolean): Drawing {
  const nodes = near.nodes.filter((one) => !phone || one.steps < 2);
  const radius = rings[phone ? "phone" : "wide"];
  const angle = new Map<string, number>();
  const first = nodes.filter((one) => one.steps === 1);
  first.forEach((one, i) => angle.set(one.id, (2 * Math.PI * i) / first.length - Math.PI / 2));
  const inner = (id: string): number => {
    const edge = near.edges.find(
      (one) => (one.from === id && angle.has(one.to)) || (one.to === id && angle.has(one.from)),
    );
    return edge === undefined ? 0 : angle.get(edge.from === id ? edge.to : edge.from)!;
  };
  // Outside in the order of those through whom they are near, so that lines cross little.
  const second = nodes
    .filter((one) => one.steps === 2)
    .map((one) => ({ one, by: inner(one.id) }))
    .sort((a, b) => a.by - b.by || (a.one.id < b.one.id ? -1 : 1));
  second.forEach(({ one }, i) => angle.set(one.id, (2 * Math.PI * i) / second.length - Math.PI / 2));
  const at = (of: NearNode): Placed => {
    const turn = angle.get(of.id) ?? 0;
    const far = radius[of.steps];
    return { ...of, x: Math.round(Math.cos(turn) * far), y: Math.round(Math.sin(turn) * far) };
  };
  const placed = nodes.map(at);
  const drawn = new Set(placed.map((one) => one.id));
  return {
    nodes: placed,
    edges: near.edges.filter((one) => drawn.has(one.from) && drawn.has(one.to)),
    size: phone ? 360 : second.length === 0 ? 400 : 640,
  };
}

/** What fits beside a mark. */
export const short = (text: string): string => {
  const letters = [...new Intl.Segmenter().segment(text)].map((one) => one.segment);
  return letters.length > 18 ? `${letters.slice(0, 17).join("")}…` : text;
};
