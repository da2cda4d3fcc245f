// A figure on the map of the region, with its largest numbers beside it for hand and keyboard; the table says the same of all.
import { Paper, Text, Title, UnstyledButton } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import { useWords } from "@simpul/doors/web";
import { regionBox, RegionGround } from "../../cases/contract/region-ground.tsx";
import type { Definition, RegionFigure, Release } from "../contract.ts";
import { Areas, areasOf, endsOf, Routes, routesOf, type Mark } from "./marks.tsx";
import { Amount, useLabel } from "./parts.tsx";

/** As many as one takes in beside the map; all of them stand in the table. */
const listed = 12;

/**
 * Up to which number noise alone makes something of nothing in any cell of all these tables, but in one of twenty draws
 * of them all (union bound; the noise reaches t with exp(-epsilon t) at most); rounding adds less than one step.
 */
function chance(releases: readonly Release[]): number {
  const { epsilon, base } = releases[0]!.protection;
  if (epsilon === null) return 0;
  const cells = releases.reduce((sum, one) => sum + one.rows.length * one.columns.length, 0);
  return Math.ceil((Math.log(20 * cells) * epsilon.outOf) / epsilon.of) + base - 1;
}

export function FigureMap({
  of,
  definition,
  releases,
}: {
  of: RegionFigure;
  definition: Definition;
  releases: readonly Release[];
}): ReactNode {
  const { say, number } = useWords();
  const [chosen, setChosen] = useState("");
  const kind = definition.rows === "area" ? "areas" : of.figure === "victims-routes" ? "routes" : null;
  if (kind === null) return null;
  const most = chance(releases);
  const marks = (kind === "areas" ? areasOf(of) : routesOf(of)).filter(({ cell }) => cell.known > most);
  return (
    <Paper withBorder p="sm" className="p-onepage">
      <Title order={3} size="h6">
        {say("picture.map")}
      </Title>
      <Text size="xs" c="dimmed" mb="xs">
        {say(`picture.map.${kind}`)}
        {most > 0 && ` ${say("picture.map.chance", { most: number(most) })}`}
      </Text>
      <div className="p-map">
        <div className="c-map">
          <svg
            viewBox={[0, 0, regionBox.width, regionBox.height].join(" ")}
            role="img"
            aria-label={say("picture.map.label")}
          >
            <Arrow />
            <RegionGround />
            {kind === "areas" ? <Areas {...{ marks, chosen }} /> : <Routes {...{ marks, chosen }} />}
          </svg>
        </div>
        {marks.length === 0 ? (
          <Text size="sm">{say("picture.map.none")}</Text>
        ) : (
          <Largest marks={marks.slice(0, listed)} chosen={chosen} onChoose={setChosen} />
        )}
      </div>
    </Paper>
  );
}

function Arrow(): ReactNode {
  return (
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
  );
}

function Largest({
  marks,
  chosen,
  onChoose,
}: {
  marks: readonly Mark[];
  chosen: string;
  onChoose: (key: string) => void;
}): ReactNode {
  const { say, state } = useWords();
  const label = useLabel();
  const name = (key: string): string => {
    const [from, to] = endsOf(key);
    return (to as string | undefined) === undefined
      ? label("area", key)
      : say("picture.map.route", { from: state(from), to: state(to) });
  };
  return (
    <section aria-label={say("picture.map.most")}>
      <Text size="sm" fw={600}>
        {say("picture.map.most")}
      </Text>
      <Text size="xs" c="dimmed" className="s-noprint">
        {say("picture.map.most.text")}
      </Text>
      <ol className="p-largest">
        {marks.map(({ key, cell }) => (
          <li key={key}>
            <UnstyledButton aria-pressed={key === chosen} onClick={() => onChoose(key === chosen ? "" : key)}>
              <span>{name(key)}</span>
              <b>
                <Amount of={cell} />
              </b>
            </UnstyledButton>
          </li>
        ))}
      </ol>
    </section>
  );
}
