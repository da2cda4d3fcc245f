// A figure month by month: bars, whose numbers stand beside them for whoever cannot or does not want to look at bars.
import { Paper, Table, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { useWords } from "@simpul/doors/web";
import { join, monthAfter, type Definition, type Release } from "../contract.ts";
import { Off, useMonth, useNumber } from "./parts.tsx";
import "./picture.css";

export function Trend({
  definition,
  releases,
}: {
  definition: Definition;
  releases: readonly Release[];
}): ReactNode {
  const { say, state } = useWords();
  const month = useMonth();
  const say1 = useNumber();
  const all = [...new Set(releases.map((one) => one.month))].sort();
  const months: string[] = [];
  for (let one = all[0]!; one <= all.at(-1)!; one = monthAfter(one, 1)) months.push(one);
  const lines = months.map((one) => {
    const tables = releases.filter((each) => each.month === one);
    const [joined] = join(tables);
    const cells = (joined?.rows.length ?? 0) * (joined?.columns.length ?? 0);
    const whole = joined?.cells.at(-1)!.at(-1) ?? null;
    return { month: one, whole, tables, cells, states: joined?.states ?? [] };
  });
  const most = Math.max(1, ...lines.map((one) => one.whole?.known ?? 0));
  return (
    <Paper withBorder p="sm">
      <Title order={3} size="h6" mb="xs">
        {say("picture.trend")}
      </Title>
      <Table
        className="p-trend"
        aria-label={`${say(`picture.figure.${definition.figure}`)}, ${say("picture.trend")}`}
      >
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{say("picture.trend.month")}</Table.Th>
            <Table.Th scope="col">{say("picture.trend.count")}</Table.Th>
            <Table.Th scope="col">{say("picture.trend.states")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {lines.map((one) => (
            <Table.Tr key={one.month}>
              <Table.Td className="p-month">{month(one.month)}</Table.Td>
              <Table.Td>
                {one.whole === null ? (
                  "–"
                ) : (
                  <>
                    {one.whole.known > 0 && (
                      <span
                        className="p-bar"
                        aria-hidden="true"
                        style={{ inlineSize: `${String((one.whole.known / most) * 60)}%` }}
                      />
                    )}
                    {say1(one.whole)} <Off of={one.whole} tables={one.tables} cells={one.cells} />
                  </>
                )}
              </Table.Td>
              <Table.Td className="p-states">
                {one.states.length === 0 ? "–" : one.states.map((each) => state(each)).join(", ")}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Paper>
  );
}
