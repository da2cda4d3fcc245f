// The follow-up board: fifteen points and the work plan, each with what shows it, who gave, what is missing and who owes it.
import { Button, Group, Stack, Table, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { Awaited, Link, PageHead, saveTable, useAddressValue, useSession, useWords } from "@simpul/doors/web";
import type { BoardView, PointLine } from "../contract.ts";
import { Figure, PointTag, Rooms, Source, StateChoice, useBoard, useFigureName } from "./parts.tsx";

export function Page(): ReactNode {
  const { say } = useWords();
  const board = useBoard();
  const name = useFigureName();
  const [figure] = useAddressValue("figure", "");
  const shows = (point: PointLine): boolean =>
    figure === "" || point.figures.some((one) => one.code === figure);
  return (
    <>
      <PageHead title={say("follow-up.room")} act={board.data !== undefined && <Save of={board.data} />} />
      <Rooms at="board" />
      <Awaited query={board}>
        {(view) => (
          <Stack gap="md">
            {figure !== "" && (
              <Text size="sm">
                {say("follow-up.onlyFigure", { figure: name(figure) })}{" "}
                <Link to="/follow-up">{say("follow-up.allPoints")}</Link> ·{" "}
                <Link to={`/picture?figure=${figure}`}>{say("follow-up.toPicture")}</Link>
              </Text>
            )}
            <Group align="end" gap="md">
              <StateChoice />
            </Group>
            <Text size="sm" maw="46rem">
              {say("follow-up.text", { version: view.version })} <Source address={view.countedIn} />
            </Text>
            <Points of={view.points.filter(shows)} title={say("follow-up.points")} />
            <Points of={view.workPlan.filter(shows)} title={say("follow-up.plan")} />
          </Stack>
        )}
      </Awaited>
    </>
  );
}

export const keyOf = (key: string): string => (/^\d+$/.test(key) ? `point.${key}` : `line.${key}`);

function Save({ of }: { of: BoardView }): ReactNode {
  const words = useWords();
  const { say } = words;
  const { node } = useSession();
  const name = useFigureName();
  const save = (): void => {
    const heads = ["point", "figure", "month", "count", "trend", "gave", "missing"];
    const rows = [...of.points, ...of.workPlan].flatMap((point) =>
      point.figures.flatMap((figure) =>
        figure.months.map((one) => [
          ...[point.key, name(figure.code), one.month, one.count === null ? "" : String(one.count)],
          ...[say(`follow-up.trend.${figure.trend}`), figure.gave.join(" "), figure.missing.join(" ")],
        ]),
      ),
    );
    saveTable(
      "follow-up",
      [heads.map((one) => say(`follow-up.column.${one}`)), ...rows],
      node.exercise ? say("web.exercise") : null,
    );
  };
  return (
    <Button variant="default" onClick={save}>
      {say("follow-up.csv")}
    </Button>
  );
}

function Points({ of, title }: { of: readonly PointLine[]; title: string }): ReactNode {
  const { say } = useWords();
  const [state] = useAddressValue("state", "");
  return (
    <section aria-label={title}>
      <Title order={2} size="h4" mb="xs">
        {title}
      </Title>
      <div className="s-scroll f-whole" tabIndex={0} role="region" aria-label={title}>
        <Table className="s-table" aria-label={title}>
          <Table.Thead>
            <Table.Tr>
              {["point", "figures", "gave", "owed"].map((one) => (
                <Table.Th key={one} scope="col">
                  {say(`follow-up.column.${one}`)}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {of.map((one) => (
              <Table.Tr key={one.key} style={{ cursor: "auto" }}>
                <Table.Td data-main data-label={say("follow-up.column.point")} style={{ minWidth: "15rem" }}>
                  <Link to={`/follow-up/points/${one.key}${state === "" ? "" : `?state=${state}`}`}>
                    {/^\d+$/.test(one.key) ? `${one.key}. ` : ""}
                    {say(`follow-up.${keyOf(one.key)}`)}
                  </Link>
                  <div>
                    <PointTag state={one.state} />
                  </div>
                </Table.Td>
                <Table.Td data-label={say("follow-up.column.figures")}>
                  <Figures of={one} />
                </Table.Td>
                <Table.Td data-label={say("follow-up.column.gave")}>
                  <Gave of={one} />
                </Table.Td>
                <Table.Td data-label={say("follow-up.column.owed")}>
                  <Owed of={one} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
    </section>
  );
}

function Figures({ of }: { of: PointLine }): ReactNode {
  const { say } = useWords();
  if (of.figures.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {say("follow-up.noText")}
      </Text>
    );
  return (
    <ul className="f-figures">
      {of.figures.map((one) => (
        <li key={one.code}>
          <Figure of={one} />
        </li>
      ))}
    </ul>
  );
}

/** States that gave at least one of its figures. */
function Gave({ of }: { of: PointLine }): ReactNode {
  const { list, state } = useWords();
  const gave = [...new Set(of.figures.flatMap((one) => one.gave))].toSorted();
  return <>{gave.length === 0 ? "–" : list(gave.map((one) => state(one)))}</>;
}

/** By desk: which figures it has not given, and for how many states. */
function Owed({ of }: { of: PointLine }): ReactNode {
  const { say, list, state } = useWords();
  const name = useFigureName();
  const owed = of.figures.filter((one) => one.missing.length > 0);
  if (owed.length === 0) return <>{of.figures.length === 0 ? "" : say("follow-up.nothingOwed")}</>;
  const desks = [...new Set(owed.map((one) => one.desk))];
  return (
    <ul className="f-figures">
      {desks.map((desk) => {
        const its = owed.filter((one) => one.desk === desk);
        const missing = [...new Set(its.flatMap((one) => one.missing))];
        return (
          <li key={desk}>
            {say("follow-up.owes", {
              desk: desk === null ? "–" : say(`access.kind.${desk}`),
              figures: list(its.map((one) => name(one.code))),
              states: missing.length > 3 ? "many" : "few",
              count: missing.length,
              names: list(missing.map((each) => state(each))),
            })}
          </li>
        );
      })}
    </ul>
  );
}
