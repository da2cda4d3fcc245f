// An invented network of clustered cells joined by few brokers, the same at every run.
import { lots } from "@simpul/detect";

export interface Made {
  nodes: number;
  pairs: [number, number][];
}

/**
 * 10,000 nodes, 50,000 edges. Cells of 20 to 80 (a tree each, filled up at random within the cell) are joined to the
 * rest by one, two or three of their members (10, 65 and 25 of 100 cells). Each of those knows three
 * of 100 facilitators (movers of money, transporters, recruiters' agents), and now and then a broker of another cell.
 * Facilitators stand between nearly everybody and can stand in for each other, as such services do; a cell is lost to
 * the rest only when all that join it are gone.
 */
export function madeNetwork(nodes = 10_000, edges = 50_000, seed = 7): Made {
  const random = lots(seed);
  const below = (most: number): number => Math.floor(random() * most);
  const facilitators = 100;
  const seen = new Set<number>();
  const pairs: [number, number][] = [];
  const cells: { first: number; size: number; brokers: number }[] = [];
  for (let at = facilitators; at < nodes;) {
    const size = Math.min(nodes - at, 20 + below(61));
    const luck = random();
    cells.push({ first: at, size, brokers: Math.min(size, luck < 0.1 ? 1 : luck < 0.75 ? 2 : 3) });
    at += size;
  }
  for (const { first, size, brokers } of cells) {
    for (let i = 1; i < size; i++) join(first + i, first + below(i));
    for (let i = 0; i < brokers; i++) {
      for (let known = 0; known < 3; known++) join(first + i, below(facilitators));
      const other = cells[below(cells.length)]!;
      if (random() < 0.2) join(first + i, other.first + below(other.brokers));
    }
  }
  while (pairs.length < edges) {
    const { first, size } = cells[below(cells.length)]!;
    join(first + below(size), first + below(size));
  }
  return { nodes, pairs };

  function join(a: number, b: number): void {
    const key = Math.min(a, b) * nodes + Math.max(a, b);
    if (a === b || seen.has(key)) return;
    seen.add(key);
    pairs.push([a, b]);
  }
}
