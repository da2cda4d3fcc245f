// A short list as a table, without choosing, sorting or pages: those are the work of `DataTable`.
import { Table } from "@mantine/core";
import type { ReactNode } from "react";

/** A list that scrolls by itself where it is wide; on a phone each row stands as a card. */
export function ListTable({
  label,
  columns,
  children,
}: {
  label: string;
  columns: readonly string[];
  children: ReactNode;
}): ReactNode {
  return (
    <div className="s-scroll" tabIndex={0} role="region" aria-label={label}>
      <Table className="s-table" aria-label={label}>
        <Table.Thead>
          <Table.Tr>
            {columns.map((one) => (
              <Table.Th key={one} scope="col">
                {one}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>{children}</Table.Tbody>
      </Table>
    </div>
  );
}
