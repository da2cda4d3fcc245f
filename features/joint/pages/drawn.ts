// What lies in a space, as charts and maps of cases take it: the same fields, by the same ids.
import type { Id } from "@simpul/model";
import type { Records } from "../../cases/contract.ts";
import type { ThingView } from "../contract.ts";

export type Drawn = Pick<Records, "subject" | "selector" | "place" | "link" | "event">;

/** Records alone; where they came from is the party that put them in, which stands beside the picture. */
export function drawnOf(things: readonly ThingView[]): Drawn {
  const of = (kind: keyof Drawn): unknown[] =>
    things.flatMap((one) =>
      one.content !== null && "record" in one.content && one.content.record.kind === kind
        ? [
            {
              ...one.content.record.fields,
              ...{ id: one.id, handling: one.handling, evaluation: one.evaluation, createdBy: null },
              source: { kind: "officer" },
            },
          ]
        : [],
    );
  return {
    ...{ subject: of("subject"), selector: of("selector"), place: of("place") },
    ...{ link: of("link"), event: of("event") },
  } as Drawn;
}

/** A line of the chart is stated by a link, by a selector that names its holder, or by an event; a node by itself. */
export const thingOfEdge = (edge: string): Id => edge.replace(/^holds /, "").split(" ")[0] as Id;
