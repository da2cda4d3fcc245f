// Above a table: text, filters, saved filters, columns, CSV.
import {
  ActionIcon,
  Button,
  Checkbox,
  Group,
  Menu,
  Popover,
  Select,
  Stack,
  Text,
  TextInput,
} from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { useEffect, useState } from "react";
import type { ReactNode } from "react";
import type { Choice } from "./fields.tsx";
import type { SavedFilters, TableQuery, TableTaste } from "./table-query.ts";
import { useWords } from "./words.tsx";

export interface TableFilter {
  /** Also its name in the address. */
  id: string;
  label: string;
  choices: readonly Choice[];
}

export function TableTools({
  query,
  change,
  filters,
  searchable,
  columns,
  hidden,
  saved,
  keep,
  csv,
  aside,
}: {
  query: TableQuery;
  change: (to: Partial<TableQuery>) => void;
  filters: readonly TableFilter[];
  searchable: boolean;
  columns: readonly { id: string; label: string; main?: boolean }[];
  hidden: readonly string[];
  saved: SavedFilters;
  keep: (taste: Pick<TableTaste, "hidden">) => void;
  csv?: () => void;
  aside: ReactNode;
}): ReactNode {
  const { say } = useWords();
  const [text, setText] = useState(query.text);
  const [name, setName] = useState("");
  const ask = useDebouncedCallback((next: string) => change({ text: next }), 250);
  useEffect(() => setText(query.text), [query.text]);
  const [open, setOpen] = useState(false);
  const count = Object.keys(query.filters).length;
  const set = Object.keys(query.filters).length > 0 || query.text !== "";

  return (
    <Group className="s-tools" gap="xs" align="flex-end">
      {searchable && (
        <TextInput
          type="search"
          className="s-filter-text"
          size="xs"
          aria-label={say("web.table.filterText")}
          placeholder={say("web.table.filterText")}
          value={text}
          maxLength={200}
          onChange={(event) => {
            setText(event.currentTarget.value);
            ask(event.currentTarget.value);
          }}
        />
      )}
      {filters.length > 0 && (
        <Button
          size="xs"
          variant="default"
          className="s-narrow"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          {say("web.table.filters", { count })}
        </Button>
      )}
      {filters.map((filter) => (
        <Select
          className={open ? "s-filter" : "s-filter s-folded"}
          key={filter.id}
          size="xs"
          aria-label={filter.label}
          placeholder={filter.label}
          clearable
          clearButtonProps={{ "aria-label": say("web.table.clear", { name: filter.label }) }}
          data={filter.choices.map(({ value, label }) => ({ value, label }))}
          value={query.filters[filter.id] ?? null}
          onChange={(value) => {
            const next = { ...query.filters };
            // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- a filter that is off is not there
            if (value === null) delete next[filter.id];
            else next[filter.id] = value;
            change({ filters: next });
          }}
        />
      ))}
      <Popover withinPortal position="bottom-start" trapFocus>
        <Popover.Target>
          <Button size="xs" variant="default">
            {say("web.table.saved")}
          </Button>
        </Popover.Target>
        <Popover.Dropdown>
          <Stack gap="xs">
            {saved.list.length === 0 && <Text size="sm">{say("web.table.savedNone")}</Text>}
            {saved.list.map((one) => (
              <Group key={one.name} gap="xs" wrap="nowrap" justify="space-between">
                <Button
                  size="compact-sm"
                  variant="subtle"
                  onClick={() => change({ text: one.text, sort: one.sort, filters: one.filters })}
                >
                  {one.name}
                </Button>
                <ActionIcon
                  size="sm"
                  variant="subtle"
                  aria-label={say("web.table.forget", { name: one.name })}
                  onClick={() => saved.forget(one)}
                >
                  ×
                </ActionIcon>
              </Group>
            ))}
            {set && (
              <form
                onSubmit={(event) => {
                  event.preventDefault();
                  if (name.trim() === "") return;
                  const { text: words, sort, filters: chosen } = query;
                  saved.keep({ name: name.trim(), text: words, sort, filters: chosen });
                  setName("");
                }}
              >
                <Group gap="xs" align="flex-end" wrap="nowrap">
                  <TextInput
                    size="xs"
                    label={say("web.table.saveAs")}
                    value={name}
                    maxLength={60}
                    onChange={(event) => setName(event.currentTarget.value)}
                  />
                  <Button size="xs" type="submit">
                    {say("web.table.save")}
                  </Button>
                </Group>
              </form>
            )}
          </Stack>
        </Popover.Dropdown>
      </Popover>
      <Menu withinPortal closeOnItemClick={false} position="bottom-start">
        <Menu.Target>
          <Button size="xs" variant="default" className="s-wide">
            {say("web.table.columns")}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {columns
            .filter((column) => column.main !== true)
            .map((column) => {
              const on = !hidden.includes(column.id);
              const flip = (): void =>
                keep({
                  hidden: on ? [...hidden, column.id] : hidden.filter((id) => id !== column.id),
                });
              return (
                <Menu.Item
                  key={column.id}
                  role="menuitemcheckbox"
                  aria-checked={on}
                  onClick={flip}
                  leftSection={<Checkbox.Indicator size="xs" checked={on} />}
                >
                  {column.label}
                </Menu.Item>
              );
            })}
        </Menu.Dropdown>
      </Menu>
      {csv !== undefined && (
        <Button size="xs" variant="default" className="s-wide" onClick={csv}>
          CSV
        </Button>
      )}
      <div className="s-push">{aside}</div>
    </Group>
  );
}
