// What is drawn on the map of the region: sites by areas of two degrees, and routes from state to state.
import type { ReactNode } from "react";
import { useWords } from "@simpul/doors/web";
import { onRegion, regionBox } from "../../cases/contract/region-ground.tsx";
import { areaSide, cornerOf, type RegionFigure, type Together } from "../contract.ts";

/** About the middle of each state, in degrees: a route says between which states, and no more. */
const middles: Readonly<Record<string, readonly [longitude: number, latitude: number]>> = {
  ...{ bn: [114.6, 4.5], id: [113.5, -1], kh: [105, 12.6], la: [103.6, 18.6], mm: [96.4, 20.6] },
  ...{ my: [102.3, 4], ph: [122.6, 12.2], sg: [103.8, 1.3], th: [101, 15.6], tl: [125.8, -8.8] },
  vn: [107.8, 14.4],
};

/** Something on the map with its number: an area, or a way from one state to another. */
export interface Mark {
  /** The area's code, or both states' with a space. */
  key: string;
  cell: Together;
}

const largestFirst = (one: Mark, two: Mark): number => two.cell.known - one.cell.known;

/** Areas of which a number is known, the largest first. */
export const areasOf = (of: RegionFigure): Mark[] =>
  of.rows
    .map((key, nth): Mark => ({ key, cell: of.cells[nth]!.at(-1)! }))
    .filter(({ key, cell }) => cell.known > 0 && cornerOf(key) !== null)
    .sort(largestFirst);

/** Ways between two of the eleven states of which a number is known, the largest first. */
export const routesOf = (of: RegionFigure): Mark[] =>
  of.rows
    .flatMap((from, row) =>
      of.columns.map((to, column): Mark => ({ key: `${from} ${to}`, cell: of.cells[row]![column]! })),
    )
    .filter(({ key, cell }) => {
      const [from, to] = endsOf(key);
      return cell.known > 0 && from !== to && from in middles && to in middles;
    })
    .sort(largestFirst);

/** Both states of a route. */
export const endsOf = (key: string): [from: string, to: string] => key.split(" ") as [string, string];

interface Drawn {
  marks: readonly Mark[];
  /** Key of what was picked in the list beside the map. */
  chosen: string;
}

export function Areas({ marks, chosen }: Drawn): ReactNode {
  const { number } = useWords();
  const most = marks[0]?.cell.known ?? 1;
  return marks.map(({ key, cell: { known } }) => {
    const { south, west } = cornerOf(key)!;
    const [low, high] = [onRegion(west, south), onRegion(west + areaSide, south + areaSide)];
    if (low === null || high === null) return null;
    const [x, y, width, height] = [low.x, high.y, high.x - low.x, low.y - high.y];
    return (
      <g key={key} data-chosen={key === chosen}>
        <rect className="p-area" {...{ x, y, width, height }} fillOpacity={0.25 + 0.6 * (known / most)} />
        <text className="p-count" x={x + width / 2} y={y + height / 2 + 7}>
          {number(known)}
        </text>
      </g>
    );
  });
}

/** Near an edge a name runs inwards: on a phone it takes a third of the map. */
const edgeAt = (x: number): string | undefined =>
  x < regionBox.width / 5 ? "left" : x > (regionBox.width * 4) / 5 ? "right" : undefined;

export function Routes({ marks, chosen }: Drawn): ReactNode {
  const { state, number } = useWords();
  const most = marks[0]?.cell.known ?? 1;
  const reached = new Map<string, number>();
  for (const { key, cell } of marks) {
    const [, to] = endsOf(key);
    reached.set(to, (reached.get(to) ?? 0) + cell.known);
  }
  return (
    <>
      {marks.map(({ key, cell: { known } }) => {
        const [from, to] = endsOf(key);
        const [start, end] = [onRegion(...middles[from]!), onRegion(...middles[to]!)];
        if (start === null || end === null) return null;
        const [dx, dy] = [end.x - start.x, end.y - start.y];
        const bend = `${String((start.x + end.x) / 2 - dy * 0.18)} ${String((start.y + end.y) / 2 + dx * 0.18)}`;
        return (
          <path
            key={key}
            className="p-route"
            data-chosen={key === chosen}
            d={`M${String(start.x)} ${String(start.y)} Q${bend} ${String(end.x)} ${String(end.y)}`}
            strokeWidth={3 + 9 * (known / most)}
            markerEnd="url(#p-arrow)"
          />
        );
      })}
      {[...reached].map(([to, known]) => {
        const at = onRegion(...middles[to]!);
        return (
          at !== null && (
            <text key={to} className="p-count" data-edge={edgeAt(at.x)} x={at.x} y={at.y - 14}>
              {`${state(to)} ${number(known)}`}
            </text>
          )
        );
      })}
    </>
  );
}
