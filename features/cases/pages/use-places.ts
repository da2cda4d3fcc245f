// The places of a chart for its picture: a small one at once, a large one from a worker.
import { useEffect, useMemo, useState } from "react";
import { placesOf } from "./chart-places.ts";
import type { AskPlaces } from "./chart.worker.ts";
import type { Drawn } from "./chart-model.ts";

/** Up to so many things and lines are laid out faster than a worker starts. */
const atOnce = 600;

/** Null while they are being worked out. */
export function usePlaces(chart: Drawn): Float64Array | null {
  const [done, setDone] = useState<{ of: Drawn; places: Float64Array } | null>(null);
  const small = chart.nodes.length + chart.lines.length <= atOnce;
  const now = useMemo(() => (small ? placesOf(chart.nodes.length, endsOf(chart)) : null), [chart, small]);
  useEffect(() => {
    if (small) return undefined;
    const worker = new Worker(new URL("./chart.worker.ts", import.meta.url), { type: "module" });
    worker.addEventListener("message", ({ data }: MessageEvent<Float64Array>) =>
      setDone({ of: chart, places: data }),
    );
    worker.postMessage({ count: chart.nodes.length, ends: endsOf(chart) } satisfies AskPlaces);
    return () => worker.terminate();
  }, [chart, small]);
  return now ?? (done?.of === chart ? done.places : null);
}

/** Both ends of each line, by their places in the list of nodes. */
export function endsOf({ nodes, lines }: Drawn): Int32Array {
  const place = new Map(nodes.map((one, i) => [one.id, i]));
  return Int32Array.from(lines.flatMap((one) => [place.get(one.from)!, place.get(one.to)!]));
}
