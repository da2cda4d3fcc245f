// Dense work: a list from the node with filters, columns, bulk acts, keys and a side peek that keeps the list.
import { Button, Checkbox, Group, Table, Text, UnstyledButton } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import type { ReactNode } from "react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useAddressValue, useGo } from "./address.ts";
import { saveTable } from "./csv.ts";
import { useDensity } from "./taste.ts";
import { useKeys } from "./keys.ts";
import { Problem, Progress } from "./notices.tsx";
import { useSession } from "./session.tsx";
import { SidePeek } from "./side-peek.tsx";
import { keepTaste, readTaste, useTableQuery } from "./table-query.ts";
import type { SavedFilter, SavedFilters, TablePage, TableQuery, TableTaste } from "./table-query.ts";
import { TableTools } from "./table-tools.tsx";
import type { TableFilter } from "./table-tools.tsx";
import { useWindow } from "./windowing.ts";
import { useWords } from "./words.tsx";

export interface Column<Row> {
  id: string;
  /** In words. */
  label: string;
  cell: (row: Row) => ReactNode;
  /** The cell as text, for CSV; a column without it is left out there. */
  text?: (row: Row) => string;
  /** What the node calls this order; a column without it cannot be sorted. */
  sort?: string;
  numeric?: boolean;
  /** Not shown until chosen. */
  rare?: boolean;
  /** On a phone this stands first, larger. */
  main?: boolean;
}

export interface RowAct<Row> {
  /** `e`, `a`: works on the chosen rows, or on the row in hand. */
  key?: string;
  label: string;
  /** Offered only when it may be done with these rows. */
  may?: (rows: readonly Row[]) => boolean;
  do: (rows: readonly Row[]) => void | Promise<void>;
}

export interface DataTableProps<Row> {
  /** Unique, e.g. `cases`; habits are kept under it. */
  name: string;
  /** What the list is, in words; read to those who do not see it. */
  label: string;
  /** First part of the query key, as the live stream names it. */
  topic: string;
  load: (query: TableQuery, signal: AbortSignal) => Promise<TablePage<Row>>;
  columns: readonly Column<Row>[];
  rowId: (row: Row) => string;
  /** In words, for "choose …" and for screen readers. */
  rowName: (row: Row) => string;
  /** Address of the full page; Enter or a click on the main cell opens it. */
  to?: (row: Row) => string;
  /** The side peek of a row. */
  peek?: (row: Row) => ReactNode;
  filters?: readonly TableFilter[];
  /** Offers a text filter. */
  searchable?: boolean;
  acts?: readonly RowAct<Row>[];
  /** Shown when there is nothing at all (no filter set). */
  empty: ReactNode;
  pageSize?: number;
  /** Further parts of the query key, when `load` depends on them. */
  depends?: readonly unknown[];
  /** Named filters that are kept elsewhere than on this device. */
  saved?: SavedFilters;
  /** Right of the tools: the first act of the room. */
  aside?: ReactNode;
}

/** One list of one room. Everything that makes up its state stands in the address. */
export function DataTable<Row>(props: DataTableProps<Row>): ReactNode {
  const { name, columns, rowId, rowName, acts = [], filters = [] } = props;
  const { say, number } = useWords();
  const { officer, node } = useSession();
  const go = useGo();
  const density = useDensity();
  const [query, change] = useTableQuery(
    filters.map((filter) => filter.id),
    props.pageSize ?? 50,
  );
  const [rowShown, setRowShown] = useAddressValue("row");
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [hand, setHand] = useState(0);
  const [taste, setTaste] = useState<TableTaste>(() => readTaste(officer.id, name));
  const scroller = useRef<HTMLDivElement>(null);

  const asked = useQuery({
    queryKey: [props.topic, name, query, ...(props.depends ?? [])],
    queryFn: ({ signal }) => props.load(query, signal),
    placeholderData: keepPreviousData,
  });
  const rows = asked.data?.rows ?? [];
  const at = Math.min(hand, Math.max(0, rows.length - 1));
  const view = useWindow(scroller, rows.length, density === "dense" ? 33 : 41);
  const hidden = taste.hidden ?? columns.filter((column) => column.rare).map((column) => column.id);
  const shown = columns.filter((column) => !hidden.includes(column.id));
  const picked = rows.filter((row) => chosen.has(rowId(row)));
  const inHand = rows[at];
  const aim = picked.length > 0 ? picked : inHand === undefined ? [] : [inHand];
  const peeked = rows.find((row) => rowId(row) === rowShown);
  const filtered = query.text !== "" || Object.keys(query.filters).length > 0;

  function choose(ids: Iterable<string>, on: boolean): void {
    const next = new Set(chosen);
    for (const id of ids) {
      if (on) next.add(id);
      else next.delete(id);
    }
    setChosen(next);
  }
  function look(row: Row): void {
    if (props.peek) setRowShown(rowId(row));
    else if (props.to) go(props.to(row));
  }
  function move(by: number): void {
    const next = Math.max(0, Math.min(rows.length - 1, at + by));
    setHand(next);
    const row = rows[next];
    if (row !== undefined && peeked !== undefined) setRowShown(rowId(row));
  }
  /** Chooses all rows from the one in hand to this one, which is then in hand. */
  function chooseTo(index: number, on = true): void {
    const [from, to] = [Math.min(at, index), Math.max(at, index)];
    choose(rows.slice(from, to + 1).map(rowId), on);
    setHand(index);
  }
  function reach(by: number): void {
    chooseTo(Math.max(0, Math.min(rows.length - 1, at + by)));
  }
  useEffect(() => {
    scroller.current?.querySelector("tr[data-hand=true]")?.scrollIntoView({ block: "nearest" });
  }, [at]);

  useKeys([
    { keys: "j", says: say("web.table.keys.down"), do: () => move(1) },
    { keys: "k", says: say("web.table.keys.up"), do: () => move(-1) },
    {
      keys: "Enter",
      says: say("web.table.keys.open"),
      do: () => {
        if (inHand !== undefined && props.to) go(props.to(inHand));
        else if (inHand !== undefined) look(inHand);
      },
    },
    { keys: "o", says: say("web.table.keys.peek"), do: () => inHand !== undefined && look(inHand) },
    {
      keys: "x",
      says: say("web.table.keys.choose"),
      do: () => inHand !== undefined && choose([rowId(inHand)], !chosen.has(rowId(inHand))),
    },
    ...(acts.length === 0
      ? []
      : [
          { keys: "shift+ArrowDown", says: say("web.table.keys.chooseDown"), do: () => reach(1) },
          { keys: "shift+ArrowUp", says: say("web.table.keys.chooseUp"), do: () => reach(-1) },
        ]),
    { keys: "Escape", says: say("web.table.keys.close"), do: () => setRowShown("") },
    ...acts
      .filter((act) => act.key !== undefined)
      .map((act) => ({
        keys: act.key!,
        says: act.label,
        do: () => {
          if (aim.length > 0 && (act.may?.(aim) ?? true)) void act.do(aim);
        },
      })),
  ]);

  function keep(next: Partial<TableTaste>): void {
    setTaste({ ...taste, ...next });
    keepTaste(officer.id, name, { ...taste, ...next });
  }
  const besides = ({ name: named }: SavedFilter): SavedFilter[] =>
    taste.saved.filter((one) => one.name !== named);
  const savedHere: SavedFilters = {
    list: taste.saved,
    keep: (one) => keep({ saved: [...besides(one), one] }),
    forget: (one) => keep({ saved: besides(one) }),
  };

  function csv(): void {
    const wanted = shown.filter((column) => column.text !== undefined);
    const lines = (picked.length > 0 ? picked : rows).map((row) => wanted.map((column) => column.text!(row)));
    const mark = node.exercise ? say("web.exercise") : null;
    saveTable(name, [wanted.map((column) => column.label), ...lines], mark);
  }

  const sorted = query.sort.replace(/^-/, "");
  return (
    <div className="s-list" data-peek={peeked !== undefined}>
      <div className="s-list-main">
        <TableTools
          query={query}
          change={change}
          filters={filters}
          searchable={props.searchable ?? false}
          columns={columns}
          hidden={hidden}
          saved={props.saved ?? savedHere}
          keep={keep}
          {...(rows.length > 0 && columns.some((column) => column.text) ? { csv } : {})}
          aside={props.aside}
        />
        {picked.length > 0 && (
          <Group className="s-bulk" role="toolbar" aria-label={say("web.table.bulk")} gap="xs">
            <Text size="sm">{say("web.table.chosen", { count: picked.length })}</Text>
            {acts
              .filter((act) => act.may?.(picked) ?? true)
              .map((act) => (
                <Button
                  key={act.label}
                  size="compact-sm"
                  variant="default"
                  onClick={() => void act.do(picked)}
                >
                  {act.label}
                </Button>
              ))}
            <Button size="compact-sm" variant="subtle" onClick={() => setChosen(new Set())}>
              {say("web.table.chooseNone")}
            </Button>
          </Group>
        )}
        {asked.error !== null && <Problem fault={asked.error} again={() => void asked.refetch()} />}
        {asked.isPending && <Progress says={say("web.loading")} part={null} />}
        {asked.data !== undefined && rows.length === 0 && (filtered || query.after !== "") && (
          <Text py="md">{say("web.table.nothing")}</Text>
        )}
        {asked.data !== undefined && rows.length === 0 && !filtered && query.after === "" && props.empty}
        {rows.length > 0 && (
          <div className="s-scroll" ref={scroller} tabIndex={0} role="region" aria-label={props.label}>
            <Table
              className="s-table"
              data-density={density}
              highlightOnHover
              aria-label={props.label}
              aria-rowcount={asked.data?.total ?? -1}
              aria-busy={asked.isFetching}
            >
              <Table.Thead>
                <Table.Tr>
                  {acts.length > 0 && (
                    <Table.Th className="s-tick">
                      <Checkbox
                        size="xs"
                        aria-label={say("web.table.chooseAll")}
                        checked={picked.length === rows.length}
                        indeterminate={picked.length > 0 && picked.length < rows.length}
                        onChange={(event) => choose(rows.map(rowId), event.currentTarget.checked)}
                      />
                    </Table.Th>
                  )}
                  {shown.map((column) => {
                    const order =
                      column.sort !== undefined && sorted === column.sort
                        ? query.sort.startsWith("-")
                          ? "descending"
                          : "ascending"
                        : undefined;
                    return (
                      <Table.Th key={column.id} scope="col" aria-sort={order} data-numeric={column.numeric}>
                        {column.sort === undefined ? (
                          column.label
                        ) : (
                          <UnstyledButton
                            className="s-sort"
                            onClick={() =>
                              change({ sort: order === "ascending" ? `-${column.sort!}` : column.sort! })
                            }
                          >
                            {column.label}
                            <span aria-hidden="true">
                              {order === "ascending" ? " ↑" : order === "descending" ? " ↓" : ""}
                            </span>
                          </UnstyledButton>
                        )}
                      </Table.Th>
                    );
                  })}
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {view.above > 0 && <tr aria-hidden="true" style={{ height: view.above }} />}
                {rows.slice(view.from, view.to).map((row, offset) => {
                  const index = view.from + offset;
                  const id = rowId(row);
                  return (
                    <Table.Tr
                      key={id}
                      aria-rowindex={index + 2}
                      data-hand={index === at}
                      data-peeked={id === rowShown}
                      aria-selected={acts.length > 0 ? chosen.has(id) : undefined}
                      onClick={(event) => {
                        if ((event.target as HTMLElement).closest("a,button,input,label,[role=img]")) return;
                        setHand(index);
                        look(row);
                      }}
                    >
                      {acts.length > 0 && (
                        <Table.Td className="s-tick">
                          <Checkbox
                            size="xs"
                            aria-label={say("web.table.choose", { name: rowName(row) })}
                            checked={chosen.has(id)}
                            onChange={({ currentTarget: { checked }, nativeEvent }) => {
                              if ((nativeEvent as MouseEvent).shiftKey) chooseTo(index, checked);
                              else choose([id], checked);
                              setHand(index);
                            }}
                          />
                        </Table.Td>
                      )}
                      {shown.map((column) => (
                        <Table.Td
                          key={column.id}
                          data-label={column.label}
                          data-numeric={column.numeric}
                          data-main={column.main}
                        >
                          {column.cell(row)}
                        </Table.Td>
                      ))}
                    </Table.Tr>
                  );
                })}
                {view.below > 0 && <tr aria-hidden="true" style={{ height: view.below }} />}
              </Table.Tbody>
            </Table>
          </div>
        )}
        {(query.after !== "" || (asked.data?.next ?? null) !== null || rows.length > 0) && (
          <Group className="s-pages" gap="xs">
            <Text size="sm" c="dimmed" role="status">
              {typeof asked.data?.total === "number"
                ? say("web.table.total", { count: asked.data.total })
                : say("web.table.rows", { count: number(rows.length) })}
            </Text>
            {query.after !== "" && (
              <Button size="compact-sm" variant="default" onClick={() => change({ after: "" })}>
                {say("web.table.first")}
              </Button>
            )}
            {(asked.data?.next ?? null) !== null && (
              <Button
                size="compact-sm"
                variant="default"
                onClick={() => change({ after: asked.data?.next ?? "" })}
              >
                {say("web.table.next")}
              </Button>
            )}
          </Group>
        )}
      </div>
      {peeked !== undefined && props.peek !== undefined && (
        <SidePeek
          title={rowName(peeked)}
          onClose={() => setRowShown("")}
          {...(props.to === undefined ? {} : { to: props.to(peeked) })}
        >
          {props.peek(peeked)}
        </SidePeek>
      )}
    </div>
  );
}
