// A piece of page for rooms that draw a map: dragged with hand or arrow keys; lines and letters keep their size on the screen whatever the zoom.
import { Button, Group, Text } from "@mantine/core";
import { useElementSize } from "@mantine/hooks";
import { useRef, useState } from "react";
import type { KeyboardEvent, ReactNode } from "react";
import { languageOfText, useWords } from "@simpul/doors/web";
import type { Place } from "../contract.ts";
import { mainName } from "../rules.ts";
import { around, circleOf, legsOf, wholeRegion, type Box, type Leg } from "../pages/map-model.ts";
import region from "../pages/region.json";
import "../pages/cases.css";

/** What a map asks of a place. */
export type Placed = Pick<Place, "id" | "names" | "position">;
interface Circle {
  place: Placed;
  x: number;
  y: number;
  r: number;
}

const arrows: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-0.15, 0],
  ArrowRight: [0.15, 0],
  ArrowUp: [0, -0.15],
  ArrowDown: [0, 0.15],
};

/** The region without a foreign server: sites as circles of their precision, where one was seen next, nearer and farther. */
export function PlaceMap({
  places,
  events,
  subjects,
  shown,
  onShow,
}: {
  places: readonly Placed[];
  events: Parameters<typeof legsOf>[0];
  subjects: Parameters<typeof legsOf>[1];
  shown: string;
  onShow: (place: string) => void;
}): ReactNode {
  const { say } = useWords();
  const circles = places.flatMap((place) => {
    const circle = circleOf(place);
    return circle === null ? [] : [{ place, ...circle }];
  });
  const legs = legsOf(events, subjects, places);
  const [box, setBox] = useState<Box>(() => around(circles) ?? wholeRegion);
  const zoom = (by: number): void =>
    setBox({
      x: box.x + (box.width * (1 - by)) / 2,
      y: box.y + (box.height * (1 - by)) / 2,
      width: box.width * by,
      height: box.height * by,
    });
  return (
    <>
      <Group gap="xs" mb="xs" className="s-noprint">
        <Button size="compact-sm" variant="default" onClick={() => zoom(0.6)}>
          {say("cases.map.nearer")}
        </Button>
        <Button size="compact-sm" variant="default" onClick={() => zoom(1 / 0.6)}>
          {say("cases.map.farther")}
        </Button>
        <Button size="compact-sm" variant="default" onClick={() => setBox(wholeRegion)}>
          {say("cases.map.region")}
        </Button>
      </Group>
      <MapPicture circles={circles} legs={legs} box={box} onBox={setBox} shown={shown} onShow={onShow} />
      <Text size="xs" c="dimmed">
        {legs.length > 0 && `${say("cases.map.legs")} `}
        {say("cases.map.source")}
      </Text>
    </>
  );
}

function MapPicture({
  circles,
  legs,
  box,
  onBox,
  shown,
  onShow,
}: {
  circles: readonly Circle[];
  legs: readonly Leg[];
  box: Box;
  onBox: (box: Box) => void;
  shown: string;
  onShow: (place: string) => void;
}): ReactNode {
  const { say } = useWords();
  const { ref, width } = useElementSize();
  const held = useRef<{ x: number; y: number; box: Box } | null>(null);
  /** One pixel of the screen, in units of the map. */
  const px = box.width / (width === 0 ? 1000 : width);
  const keys = (event: KeyboardEvent): void => {
    const [x, y] = arrows[event.key] ?? [0, 0];
    if (x === 0 && y === 0) return;
    event.preventDefault();
    onBox({ ...box, x: box.x + x * box.width, y: box.y + y * box.height });
  };
  return (
    <div
      ref={ref}
      className="c-map"
      tabIndex={0}
      role="group"
      aria-label={say("cases.map.move")}
      onKeyDown={keys}
    >
      <svg
        viewBox={[box.x, box.y, box.width, box.height].join(" ")}
        role="group"
        aria-label={say("cases.map.label", { count: circles.length })}
        onPointerDown={(event) => {
          // A finger scrolls the page; the buttons and a mouse move the map.
          if (event.pointerType === "touch") return;
          held.current = { x: event.clientX, y: event.clientY, box };
        }}
        onPointerMove={(event) => {
          const from = held.current;
          if (from === null) return;
          const [x, y] = [event.clientX - from.x, event.clientY - from.y];
          if (Math.hypot(x, y) < 4) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          onBox({ ...from.box, x: from.box.x - x * px, y: from.box.y - y * px });
        }}
        onPointerUp={() => {
          held.current = null;
        }}
      >
        <defs>
          <marker
            id="c-leg"
            viewBox="0 0 10 10"
            refX="9"
            refY="5"
            markerWidth="7"
            markerHeight="7"
            orient="auto-start-reverse"
          >
            <path d="M0 0 L10 5 L0 10 z" />
          </marker>
        </defs>
        {region.lands.map((land, i) => (
          <path
            key={i}
            className="c-land"
            d={land.d}
            data-member={land.code !== null}
            strokeWidth={0.8 * px}
          />
        ))}
        {legs.map((leg) => (
          <path key={leg.id} className="c-leg" d={bent(leg)} strokeWidth={2 * px} markerEnd="url(#c-leg)">
            <title>{`${leg.who} · ${leg.began}`}</title>
          </path>
        ))}
        {circles.map((circle) => (
          <Site
            key={circle.place.id}
            px={px}
            {...circle}
            chosen={circle.place.id === shown}
            onShow={onShow}
          />
        ))}
      </svg>
    </div>
  );
}

/** Bent, so that there and back are two lines. */
function bent({ from, to }: Leg): string {
  const [x, y] = [(from.x + to.x) / 2, (from.y + to.y) / 2];
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  return `M${from.x} ${from.y} Q${x - dy * 0.18} ${y + dx * 0.18} ${to.x} ${to.y}`;
}

function Site({
  place,
  x,
  y,
  r,
  px,
  chosen,
  onShow,
}: Circle & { px: number; chosen: boolean; onShow: (place: string) => void }): ReactNode {
  const { text, romanised } = mainName(place);
  const beside = x + Math.max(r, 6 * px) + 6 * px;
  return (
    <g
      className="c-site"
      role="button"
      tabIndex={0}
      aria-pressed={chosen}
      onClick={() => onShow(place.id)}
      onKeyDown={(event) => {
        if (event.key === "Enter") onShow(place.id);
      }}
    >
      <circle cx={x} cy={y} r={Math.max(r, 6 * px)} strokeWidth={(chosen ? 3 : 1.5) * px} />
      <circle className="c-middle" cx={x} cy={y} r={2.5 * px} />
      <g strokeWidth={4 * px} fontSize={13 * px}>
        <text x={beside} y={y + (romanised === undefined ? 4 : -2) * px} lang={languageOfText(text)}>
          {text}
        </text>
        {romanised !== undefined && romanised !== text && (
          <text x={beside} y={y + 15 * px}>
            {romanised}
          </text>
        )}
      </g>
    </g>
  );
}
