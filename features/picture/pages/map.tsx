// A figure on the map of the region: routes from state to state, or sites by areas of two degrees; the table says the same.
import { Paper, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { useWords } from "@simpul/doors/web";
import { onRegion, regionBox, RegionGround } from "../../cases/contract/region-ground.tsx";
import { areaSide, cornerOf, type Definition, type RegionFigure } from "../contract.ts";
import { useLabel } from "./parts.tsx";

/** About the middle of each state, in degrees: a route says between which states, and no more. */
const middles: Readonly<Record<string, readonly [longitude: number, latitude: number]>> = {
  ...{ bn: [114.6, 4.5], id: [113.5, -1], kh: [105, 12.6], la: [103.6, 18.6], mm: [96.4, 20.6] },
  ...{ my: [102.3, 4], ph: [122.6, 12.2], sg: [103.8, 1.3], th: [101, 15.6], tl: [125.8, -8.8] },
  vn: [107.8, 14.4],
};

export function FigureMap({ of, definition }: { of: RegionFigure; definition: Definition }): ReactNode {
  const { say } = useWords();
  const kind = definition.rows === "area" ? "areas" : of.figure === "victims-routes" ? "routes" : null;
  if (kind === null) return null;
  const drawn = kind === "areas" ? <Areas of={of} /> : <Routes of={of} />;
  return (
    <Paper withBorder p="sm">
      <Title order={3} size="h6">
        {say("picture.map")}
      </Title>
      <Text size="xs" c="dimmed" mb="xs">
        {say(`picture.map.${kind}`)}
      </Text>
      <div className="c-map">
        <svg
          viewBox={[0, 0, regionBox.width, regionBox.height].join(" ")}
          role="img"
          aria-label={say("picture.map.label")}
        >
          <defs>
            <marker
              id="p-arrow"
              viewBox="0 0 10 10"
              refX="8"
              refY="5"
              markerWidth="14"
              markerHeight="14"
              markerUnits="userSpaceOnUse"
              orient="auto"
            >
              <path d="M0 0 L10 5 L0 10 z" />
            </marker>
          </defs>
          <RegionGround />
          {drawn}
        </svg>
      </div>
      {(of.cells.at(-1)!.at(-1)!.known === 0 || (kind === "routes" && routesOf(of).length === 0)) && (
        <Text size="sm" mt="xs">
          {say("picture.map.none")}
        </Text>
      )}
    </Paper>
  );
}

function Areas({ of }: { of: RegionFigure }): ReactNode {
  const { number } = useWords();
  const label = useLabel();
  const sums = of.rows.map((name, nth) => ({ name, known: of.cells[nth]!.at(-1)!.known }));
  const most = Math.max(1, ...sums.map((one) => one.known));
  return sums
    .filter((one) => one.known > 0)
    .map(({ name, known }) => {
      const corner = cornerOf(name);
      if (corner === null) return null;
      const [low, high] = [
        onRegion(corner.west, corner.south),
        onRegion(corner.west + areaSide, corner.south + areaSide),
      ];
      if (low === null || high === null) return null;
      const [x, y, width, height] = [low.x, high.y, high.x - low.x, low.y - high.y];
      return (
        <g key={name}>
          <rect className="p-area" {...{ x, y, width, height }} fillOpacity={0.25 + 0.6 * (known / most)}>
            <title>{`${label("area", name)}: ${number(known)}`}</title>
          </rect>
          <text className="p-count" x={x + width / 2} y={y + height / 2 + 7}>
            {number(known)}
          </text>
        </g>
      );
    });
}

interface Route {
  from: string;
  to: string;
  known: number;
}
const routesOf = (of: RegionFigure): Route[] =>
  of.rows
    .flatMap((from, row) =>
      of.columns.map((to, column) => ({ from, to, known: of.cells[row]![column]!.known })),
    )
    .filter(({ from, to, known }) => known > 0 && from !== to && from in middles && to in middles);

function Routes({ of }: { of: RegionFigure }): ReactNode {
  const { say, state, number } = useWords();
  const routes = routesOf(of);
  const most = Math.max(1, ...routes.map((one) => one.known));
  const reached = new Map<string, number>();
  for (const { to, known } of routes) reached.set(to, (reached.get(to) ?? 0) + known);
  return (
    <>
      {routes.map(({ from, to, known }) => {
        const [start, end] = [onRegion(...middles[from]!), onRegion(...middles[to]!)];
        if (start === null || end === null) return null;
        const [dx, dy] = [end.x - start.x, end.y - start.y];
        const bend = `${String((start.x + end.x) / 2 - dy * 0.18)} ${String((start.y + end.y) / 2 + dx * 0.18)}`;
        return (
          <path
            key={`${from} ${to}`}
            className="p-route"
            d={`M${String(start.x)} ${String(start.y)} Q${bend} ${String(end.x)} ${String(end.y)}`}
            strokeWidth={3 + 9 * (known / most)}
            markerEnd="url(#p-arrow)"
          >
            <title>
              {say("picture.map.route", { from: state(from), to: state(to), count: number(known) })}
            </title>
          </path>
        );
      })}
      {[...reached].map(([to, known]) => {
        const at = onRegion(...middles[to]!);
        return (
          at !== null && (
            <text key={to} className="p-count" x={at.x} y={at.y - 14}>
              {`${state(to)} ${number(known)}`}
            </text>
          )
        );
      })}
    </>
  );
}
