// The picture of what is near an actor on one day: marks by kind, lines by how sure they are, what is over stays faint.
import { useMediaQuery } from "@mantine/hooks";
import type { ReactNode } from "react";
import { narrow, useGo, useWords } from "@simpul/doors/web";
import type { ActorView } from "../contract.ts";
import { standsOn } from "../rules.ts";
import { drawingOf, short, type Placed } from "./layout.ts";
import { useKind } from "./parts.tsx";
import "./actors.css";

export function Picture({ view, day }: { view: ActorView; day: string | null }): ReactNode {
  const { say } = useWords();
  const kind = useKind();
  const go = useGo();
  const phone = useMediaQuery(narrow);
  const { nodes, edges, size } = drawingOf(view, phone);
  const at = new Map(nodes.map((one) => [one.id, one]));
  const stands = (of: (typeof edges)[number]): boolean =>
    day === null || of.stated.some((one) => ["standing", "unknown"].includes(standsOn(day, one)));
  const lit = new Set(edges.filter(stands).flatMap((one) => [one.from, one.to]));
  return (
    <figure className="s-actors-figure">
      <svg
        viewBox={`${String(-size / 2)} ${String(-size / 2)} ${String(size)} ${String(size)}`}
        className="s-actors-picture"
        role="img"
        aria-label={say("actors.picture.says", { nodes: nodes.length, lines: edges.length })}
      >
        {edges.map((one) => {
          const [a, b] = [at.get(one.from)!, at.get(one.to)!];
          return (
            <line
              key={`${one.from} ${one.to}`}
              {...{ x1: a.x, y1: a.y, x2: b.x, y2: b.y }}
              data-surety={one.surety}
              data-faint={!stands(one)}
            />
          );
        })}
        {nodes.map((one) => (
          <g
            key={one.id}
            transform={`translate(${String(one.x)} ${String(one.y)})`}
            data-kind={shapeOf(one)}
            data-self={one.steps === 0}
            data-faint={one.steps > 0 && !lit.has(one.id)}
            onClick={() => go(`/actors/${one.id}`)}
          >
            <Mark of={one} />
            <text y={one.y < 0 ? -12 : 22} textAnchor="middle">
              {short(one.name.text)}
            </text>
            <title>{`${one.name.text}, ${kind(one.kind)}`}</title>
          </g>
        ))}
      </svg>
      <figcaption>{say(phone ? "actors.picture.legend.phone" : "actors.picture.legend")}</figcaption>
    </figure>
  );
}

type Shape = "person" | "organisation" | "place" | "selector";
const shapeOf = ({ kind }: Placed): Shape =>
  kind === "person" || kind === "organisation" || kind === "place" ? kind : "selector";

function Mark({ of }: { of: Placed }): ReactNode {
  switch (shapeOf(of)) {
    case "person":
      return <circle r={8} />;
    case "organisation":
      return <rect x={-8} y={-8} width={16} height={16} />;
    case "place":
      return <path d="M0 -9 9 7H-9z" />;
    case "selector":
      return <path d="M0 -8 8 0 0 8-8 0z" />;
  }
}
