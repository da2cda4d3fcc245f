// A point picked on the map of the region, by pointing or with the arrow keys; it stays in step with what is typed beside it.
import type { KeyboardEvent, MouseEvent, ReactNode } from "react";
import { Text } from "@mantine/core";
import { useWords } from "@simpul/doors/web";
import { onRegion, regionAt, regionBox, RegionGround } from "./region-ground.tsx";

export interface PickedPoint {
  latitude: number;
  longitude: number;
}

const start: PickedPoint = { latitude: 12, longitude: 105 };
/** Degrees of one press; with Shift held a hundredth: about a kilometre. */
const step = 0.5;
const moves: Readonly<Record<string, readonly [north: number, east: number]>> = {
  ArrowUp: [1, 0],
  ArrowDown: [-1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};
const within = (value: number, most: number): number =>
  Math.max(-most, Math.min(most, Number(value.toFixed(3))));

/** `at`: null where nothing is typed yet, or it is no place. */
export function PickOnRegion({
  at,
  onPick,
}: {
  at: PickedPoint | null;
  onPick: (to: PickedPoint) => void;
}): ReactNode {
  const { say } = useWords();
  const mark = at === null ? null : onRegion(at.longitude, at.latitude);
  const put = (latitude: number, longitude: number): void =>
    onPick({ latitude: within(latitude, 90), longitude: within(longitude, 180) });
  function point(event: MouseEvent<SVGSVGElement>): void {
    const box = event.currentTarget.getBoundingClientRect();
    const found = regionAt(
      ((event.clientX - box.left) / box.width) * regionBox.width,
      ((event.clientY - box.top) / box.height) * regionBox.height,
    );
    if (found !== null) put(found.latitude, found.longitude);
  }
  function move(event: KeyboardEvent): void {
    const way = moves[event.key];
    if (way === undefined) return;
    event.preventDefault();
    const from = at ?? start;
    const by = event.shiftKey ? step / 50 : step;
    put(from.latitude + way[0] * by, from.longitude + way[1] * by);
  }
  return (
    <div className="s-noprint">
      <svg
        className="c-pick"
        viewBox={`0 0 ${regionBox.width} ${regionBox.height}`}
        role="application"
        tabIndex={0}
        aria-label={say("cases.pick")}
        aria-roledescription={say("cases.pick.map")}
        onKeyDown={move}
        onClick={point}
      >
        <RegionGround />
        {mark !== null && <circle className="c-pick-mark" cx={mark.x} cy={mark.y} r={10} />}
      </svg>
      <Text size="xs" c="dimmed">
        {say("cases.pick.hint")}
      </Text>
    </div>
  );
}
