// The map of a case: the region without a foreign server, sites as circles of their precision, and the same as a table.
import { Button, Group, Stack, Text } from "@mantine/core";
import { geoMercator } from "d3-geo";
import { useState } from "react";
import type { ReactNode } from "react";
import { Awaited, Empty, SidePeek, useAddressValue, useWords } from "@simpul/doors/web";
import type { Names, Place } from "../contract.ts";
import { mainName } from "../rules.ts";
import type { Side as Given } from "./case.tsx";
import { useRecords } from "./data.tsx";
import { Marks, NameOf, SourceText } from "./parts.tsx";
import { PlaceTable, usePositionText } from "./places.tsx";
import region from "./region.json";

const projection = geoMercator()
  .scale(region.scale)
  .translate(region.translate as [number, number]);

/** Where a place lies on the map and how large its circle is; null when it has no position, or lies outside. */
export function circleOf(place: Pick<Place, "position">): { x: number; y: number; r: number } | null {
  if (place.position === null) return null;
  const { latitude, longitude, radius } = place.position;
  const middle = projection([longitude, latitude]);
  // A degree of latitude is 111.2 km everywhere.
  const edge = projection([longitude, Math.max(-89, latitude - radius / 111_200)]);
  if (middle === null || edge === null) return null;
  const [x, y] = middle;
  if (x < 0 || y < 0 || x > region.width || y > region.height) return null;
  return { x, y, r: Math.abs(edge[1] - y) };
}

export function Side(given: Given): ReactNode {
  const { say } = useWords();
  const query = useRecords(given.view.number, ["place"]);
  return (
    <Awaited query={query}>
      {({ records, names }) =>
        records.place.length === 0 ? (
          <Empty title={say("cases.places.empty")}>{say("cases.places.empty.text")}</Empty>
        ) : (
          <Body places={records.place} names={names} {...given} />
        )
      }
    </Awaited>
  );
}

function Body({ places, names, ...given }: Given & { places: Place[]; names: Names }): ReactNode {
  const { say } = useWords();
  const positionText = usePositionText();
  const [at, go] = useAddressValue("at");
  const circles = places.flatMap((place) => {
    const circle = circleOf(place);
    return circle === null ? [] : [{ place, ...circle }];
  });
  const whole = { x: 0, y: 0, width: region.width, height: region.height };
  const [box, setBox] = useState(() => around(circles) ?? whole);
  const shown = places.find((one) => one.id === at);
  const zoom = (by: number): void =>
    setBox({
      x: box.x + (box.width * (1 - by)) / 2,
      y: box.y + (box.height * (1 - by)) / 2,
      width: box.width * by,
      height: box.height * by,
    });
  /** Lines and letters keep their size on the screen whatever the zoom. */
  const unit = box.width / 1000;
  return (
    <Stack gap="md">
      <Group gap="xs" className="s-noprint">
        <Button size="compact-sm" variant="default" onClick={() => zoom(0.6)}>
          {say("cases.map.nearer")}
        </Button>
        <Button size="compact-sm" variant="default" onClick={() => zoom(1 / 0.6)}>
          {say("cases.map.farther")}
        </Button>
        <Button size="compact-sm" variant="default" onClick={() => setBox(whole)}>
          {say("cases.map.region")}
        </Button>
      </Group>
      <div className="s-list" data-peek={shown !== undefined}>
        <div className="s-list-main">
          <svg
            viewBox={[box.x, box.y, box.width, box.height].join(" ")}
            role="img"
            aria-label={say("cases.map.label", { count: circles.length })}
            style={{
              width: "100%",
              maxHeight: "70vh",
              border: "1px solid var(--mantine-color-default-border)",
            }}
          >
            {region.lands.map((land, i) => (
              <path
                key={i}
                d={land.d}
                fill={
                  land.code === null
                    ? "var(--mantine-color-gray-light)"
                    : "var(--mantine-color-gray-light-hover)"
                }
                stroke="var(--mantine-color-dimmed)"
                strokeWidth={0.7 * unit}
              />
            ))}
            {circles.map(({ place, x, y, r }) => (
              <g
                key={place.id}
                role="button"
                tabIndex={0}
                aria-label={mainName(place).romanised ?? mainName(place).text}
                style={{ cursor: "pointer" }}
                onClick={() => go(place.id)}
                onKeyDown={(event) => {
                  if (event.key === "Enter") go(place.id);
                }}
              >
                <circle
                  cx={x}
                  cy={y}
                  r={Math.max(r, 5 * unit)}
                  fill="#b42318"
                  fillOpacity={0.25}
                  stroke="#b42318"
                  strokeWidth={1.5 * unit}
                />
                <text
                  x={x + Math.max(r, 5 * unit) + 5 * unit}
                  y={y + 5 * unit}
                  fontSize={15 * unit}
                  fill="currentColor"
                >
                  {mainName(place).romanised ?? mainName(place).text}
                </text>
              </g>
            ))}
          </svg>
          <Text size="xs" c="dimmed">
            {say("cases.map.source")}
          </Text>
        </div>
        {shown !== undefined && (
          <SidePeek title={<NameOf of={shown} />} onClose={() => go("")}>
            <Stack gap="xs">
              <Text size="sm">{say(`cases.place.kind.${shown.kind}`)}</Text>
              <Text size="sm">{positionText(shown)}</Text>
              <SourceText source={shown.source} />
              <Marks of={shown} />
            </Stack>
          </SidePeek>
        )}
      </div>
      <PlaceTable places={places} names={names} {...given} />
    </Stack>
  );
}

/** The piece of the map around the circles, with room about them; null when there are none. */
function around(circles: readonly { x: number; y: number; r: number }[]) {
  if (circles.length === 0) return null;
  const west = Math.min(...circles.map((one) => one.x - one.r));
  const east = Math.max(...circles.map((one) => one.x + one.r));
  const north = Math.min(...circles.map((one) => one.y - one.r));
  const south = Math.max(...circles.map((one) => one.y + one.r));
  const side = Math.min(region.width, Math.max(east - west, south - north, 60) * 3);
  return {
    x: (west + east) / 2 - side / 2,
    y: (north + south) / 2 - side * 0.35,
    width: side,
    height: side * 0.7,
  };
}
