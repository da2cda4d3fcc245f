// A figure's table with its sums; what a state withheld is said in every cell, and rows in which nothing stands may be left out.
import { Paper, Table, Text, Title, Switch } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import { useWords } from "@simpul/doors/web";
import { offOf, type Definition, type Published, type RegionFigure, type Together } from "../contract.ts";
import { Amount, useLabel, useNumber } from "./parts.tsx";

export function FigureTable({
  of,
  definition,
  tables,
}: {
  of: RegionFigure;
  definition: Definition;
  /** What it is made of. */
  tables: readonly Pick<Published, "protection">[];
}): ReactNode {
  const { say } = useWords();
  const label = useLabel();
  const off = (cells: number): string => say("picture.off", { off: offOf(tables, cells) });
  const [whole, setWhole] = useState(false);
  const alone = of.columns.length === 1;
  const known = (cells: readonly (Together | undefined)[]): boolean =>
    cells.some((one) => (one?.known ?? 0) > 0);
  const rows = of.rows
    .map((name, nth) => ({ name, cells: of.cells[nth]! }))
    .filter((row) => whole || of.rows.length <= 8 || known(row.cells));
  const columns = of.columns
    .map((name, nth) => ({ name, nth }))
    .filter(
      ({ nth }) => !alone && (whole || of.columns.length <= 6 || known(of.cells.map((line) => line[nth]))),
    );
  const heads = [
    ...columns.map((one) => label(definition.columns, one.name)),
    alone ? label(definition.columns, of.columns[0]!) : say("picture.sum"),
  ];
  const name = `${say(`picture.figure.${of.figure}`)}, ${say("picture.table")}`;
  return (
    <Paper withBorder p="sm">
      <Title order={3} size="h6" mb="xs">
        {say("picture.table")}
      </Title>
      {(of.rows.length > 8 || of.columns.length > 6) && (
        <Switch
          className="s-noprint"
          size="sm"
          mb="xs"
          label={say("picture.table.rows")}
          checked={whole}
          onChange={(event) => setWhole(event.currentTarget.checked)}
        />
      )}
      <div className="p-scroll" tabIndex={0} role="region" aria-label={name}>
        <Table className="s-table p-table" aria-label={name}>
          <Table.Thead>
            <Table.Tr>
              <Table.Td />
              {columns.map((one) => (
                <Table.Th key={one.name} scope="col" data-numeric="true">
                  {label(definition.columns, one.name)}
                </Table.Th>
              ))}
              <Table.Th scope="col" data-numeric="true">
                {alone ? label(definition.columns, of.columns[0]!) : say("picture.sum")}
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((row) => (
              <Line
                key={row.name}
                name={label(definition.rows, row.name)}
                labels={heads}
                cells={[...columns.map(({ nth }) => row.cells[nth]!), row.cells.at(-1)!]}
              />
            ))}
            <Line
              name={say("picture.sum")}
              labels={heads}
              cells={[...columns.map(({ nth }) => of.cells.at(-1)![nth]!), of.cells.at(-1)!.at(-1)!]}
              sum
            />
          </Table.Tbody>
        </Table>
      </div>
      <Text size="xs" c="dimmed" mt={4}>
        {say("picture.withheld.note")}
        {offOf(tables, 1) > 0 &&
          ` ${say("picture.off.table", { cell: off(1), row: off(of.columns.length), column: off(of.rows.length) })}`}
      </Text>
    </Paper>
  );
}

function Line({
  name,
  cells,
  labels,
  sum = false,
}: {
  name: string;
  cells: readonly Together[];
  /** What each cell is called where it stands alone, on a phone. */
  labels: readonly string[];
  sum?: boolean;
}): ReactNode {
  const say1 = useNumber();
  return (
    <Table.Tr data-sum={sum}>
      <Table.Td data-main>{name}</Table.Td>
      {cells.map((cell, nth) => (
        <Table.Td
          key={nth}
          data-label={labels[nth]}
          data-numeric="true"
          data-withheld={cell.withheld.length > 0}
          title={say1(cell)}
        >
          <Amount of={cell} />
        </Table.Td>
      ))}
    </Table.Tr>
  );
}
