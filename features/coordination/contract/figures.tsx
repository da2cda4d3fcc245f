// Figures of one state as a list of plain lines: the unit reads them, and the state that told them reads the same.
import { Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useWords } from "@simpul/doors/web";
import {
  areaDegrees,
  requestPhases,
  stepCounts,
  thingKinds,
  type Area,
  type ExerciseFigures,
  type Figures,
  type OperationFigures,
  type SpaceFigures,
} from "../contract.ts";

type Line = [label: string, text: string];

export function FiguresLines({ of }: { of: Figures }): ReactNode {
  const spaces = useSpaceLines();
  const operations = useOperationLines();
  const exercises = useExerciseLines();
  const lines = of.kind === "space" ? spaces(of) : of.kind === "operation" ? operations(of) : exercises(of);
  return (
    <Stack component="dl" gap={4} m={0}>
      {lines
        .filter(([, text]) => text !== "")
        .map(([label, text]) => (
          <div key={label}>
            <Text component="dt" size="sm" c="dimmed">
              {label}
            </Text>
            <Text component="dd" m={0} size="sm">
              {text}
            </Text>
          </div>
        ))}
    </Stack>
  );
}

/** E.g. `10.5–11° N, 104–104.5° E`. */
function useArea(): (at: Area | null) => string {
  const { say, number } = useWords();
  const side = (from: number, plus: string, minus: string): string => {
    const [near, far] = [Math.abs(from), Math.abs(from + areaDegrees)].toSorted((a, b) => a - b);
    return say("coordination.degrees", {
      ...{ from: number(near!), to: number(far!) },
      side: say(`coordination.${from >= 0 ? plus : minus}`),
    });
  };
  return (at) =>
    at === null
      ? say("coordination.area.unknown")
      : `${side(at.lat, "north", "south")}, ${side(at.lon, "east", "west")}`;
}

function useSpaceLines(): (of: SpaceFigures) => Line[] {
  const { say, list, date } = useWords();
  const area = useArea();
  const counts = (of: SpaceFigures) =>
    thingKinds
      .filter((kind) => (of.counts[kind] ?? 0) > 0)
      .map((kind) => say("joint.ofKind", { kind: say(`joint.kind.${kind}`), count: of.counts[kind] ?? 0 }));
  return (of) => [
    [say("coordination.offences"), list(of.offences.map((one) => say(`cases.crime.${one}`)))],
    [say("coordination.putIn"), list(counts(of))],
    [
      say("coordination.sites"),
      of.sites.map(({ at, count }) => say("coordination.siteIn", { area: area(at), count })).join("; "),
    ],
    [
      say("coordination.tasks"),
      of.tasks.open + of.tasks.done === 0 ? "" : say("coordination.tasks.text", of.tasks),
    ],
    [
      say("coordination.dates"),
      of.dates
        .map(({ at, discloses }) =>
          discloses ? say("coordination.disclosesOn", { day: date(at) }) : date(at),
        )
        .join("; "),
    ],
    [
      say("coordination.requests"),
      list(
        [...requestPhases, "overdue" as const]
          .filter((phase) => of.requests[phase] > 0)
          .map((phase) => say(`coordination.requests.${phase}`, { count: of.requests[phase] })),
      ),
    ],
    [say("coordination.members"), String(of.members)],
  ];
}

function useOperationLines(): (of: OperationFigures) => Line[] {
  const { say, list, time } = useWords();
  const area = useArea();
  const go = { true: "coordination.go.yes", false: "coordination.go.no", null: "coordination.go.none" };
  return (of) => [
    [say("coordination.go"), say(go[String(of.go) as "true" | "false" | "null"])],
    [say("coordination.steps"), of.steps.map((at) => time(at)).join("; ")],
    [
      say("coordination.sites"),
      of.sites
        .map(
          ({ at, status, count }) =>
            `${say("coordination.siteIn", { area: area(at), count })}: ${say(`operations.status.${status}`)}`,
        )
        .join("; "),
    ],
    [
      say("coordination.report"),
      of.report === null
        ? ""
        : list(Object.entries(of.report).map(([name, n]) => `${say(`operations.count.${name}`)}: ${n}`)),
    ],
  ];
}

function useExerciseLines(): (of: ExerciseFigures) => Line[] {
  const { say, list, state, duration } = useWords();
  return (of) => [
    ...of.steps.map((one): Line => [
      state(one.state),
      list(
        stepCounts
          .filter((kind) => one[kind] > 0)
          .map((kind) => say(`coordination.step.${kind}`, { count: one[kind] })),
      ),
    ]),
    [
      say("coordination.measures"),
      of.measures
        .map(({ seconds, goal }) =>
          say("coordination.measure", {
            took: seconds === null ? "–" : duration(seconds * 1000),
            goal: duration(goal * 1000),
          }),
        )
        .join("; "),
    ],
  ];
}
