// What narrows the log down: officer by name, case by number, kind in words, time, acts or reads. All in the address.
import { Button, Group, Select, TextInput } from "@mantine/core";
import { useEffect, useState } from "react";
import type { ReactNode } from "react";
import {
  ChoiceField,
  TextField,
  api,
  keepPreviousData,
  narrow,
  useAddressValues,
  useQuery,
  useWords,
} from "@simpul/doors/web";
import { purposes } from "@simpul/model";
import { askedKinds, kindGroups } from "../rules.ts";

const names = ["officer", "case", "record", "kind", "purpose", "log", "from", "to"] as const;
export type Filters = Record<(typeof names)[number], string>;

/** The filters as the address has them; a change begins at the first page. */
export function useFilters(): readonly [Filters, (to: Partial<Filters>) => void] {
  const [values, change] = useAddressValues();
  const filters = Object.fromEntries(names.map((name) => [name, values[name] ?? ""])) as Filters;
  return [filters, (to) => change({ ...to, after: null, row: null })];
}

/** What the node is asked, with whole days of this device's clock: until the end of the last one. */
export function askFor(filters: Filters): Record<string, string | undefined> {
  const day = (text: string, more: number): string | undefined => {
    const at = new Date(`${text}T00:00:00`);
    if (Number.isNaN(at.getTime())) return undefined;
    at.setDate(at.getDate() + more);
    return at.toISOString();
  };
  const given = (text: string): string | undefined => (text === "" ? undefined : text);
  return {
    officer: given(filters.officer),
    case: given(filters.case.trim().toUpperCase()),
    record: given(filters.record.trim()),
    kind: given(filters.kind),
    purpose: given(filters.purpose),
    log: given(filters.log),
    from: day(filters.from, 0),
    to: day(filters.to, 1),
  };
}

/** On a phone it is folded away until it is asked for; what is set is counted. */
export function FilterBar(): ReactNode {
  const { say } = useWords();
  const [phone] = useState(() => window.matchMedia(narrow).matches);
  const [filters] = useFilters();
  const count = names.filter((name) => filters[name] !== "").length;
  if (!phone) return <Fields />;
  return (
    <details className="s-noprint">
      <summary>
        {say("oversight.filter")}
        {count > 0 && ` (${count})`}
      </summary>
      <Fields />
    </details>
  );
}

function Fields(): ReactNode {
  const { say, sayOne } = useWords();
  const [filters, change] = useFilters();
  const set = names.some((name) => filters[name] !== "");
  return (
    <Group
      role="search"
      aria-label={say("oversight.filter")}
      align="flex-end"
      gap="sm"
      mb="sm"
      className="s-noprint"
    >
      <OfficerField value={filters.officer} onChange={(officer) => change({ officer })} />
      <WholeField
        label={say("oversight.filter.case")}
        placeholder="ID-2031-000001"
        value={filters.case}
        onChange={(number) => change({ case: number })}
      />
      <WholeField
        label={say("oversight.filter.record")}
        value={filters.record}
        onChange={(record) => change({ record })}
      />
      <ChoiceField
        label={say("oversight.filter.kind")}
        value={filters.kind === "" ? null : filters.kind}
        choices={[
          ...kindGroups.map((group) => ({ value: `${group}.`, label: say(`oversight.group.${group}`) })),
          ...askedKinds.map((kind) => ({ value: kind, label: sayOne([`activity.${kind}`]) ?? kind })),
        ]}
        onChange={(kind) => change({ kind: kind ?? "" })}
      />
      <ChoiceField
        label={say("oversight.column.purpose")}
        value={filters.purpose === "" ? null : filters.purpose}
        choices={purposes.map((one) => ({ value: one, label: say(`purpose.${one}`) }))}
        onChange={(purpose) => change({ purpose: purpose ?? "" })}
      />
      <ChoiceField
        label={say("oversight.filter.log")}
        value={filters.log === "" ? null : filters.log}
        choices={[
          { value: "main", label: say("oversight.log.main") },
          { value: "reads", label: say("oversight.log.reads") },
        ]}
        onChange={(log) => change({ log: log ?? "" })}
      />
      <TextField
        kind="date"
        label={say("oversight.filter.from")}
        value={filters.from}
        onChange={(from) => change({ from })}
      />
      <TextField
        kind="date"
        label={say("oversight.filter.to")}
        value={filters.to}
        onChange={(to) => change({ to })}
      />
      {set && (
        <Button variant="subtle" onClick={() => change(Object.fromEntries(names.map((name) => [name, ""])))}>
          {say("oversight.filter.clear")}
        </Button>
      )}
    </Group>
  );
}

interface Colleague {
  id: string;
  name: string;
  nameLatin: string | null;
}

/** Found by name, in her own script or romanised; also who has left since. */
export function OfficerField({
  value,
  onChange,
}: {
  value: string;
  onChange: (officer: string) => void;
}): ReactNode {
  const { say } = useWords();
  const [text, setText] = useState("");
  const [asked, setAsked] = useState("");
  useEffect(() => {
    const pause = setTimeout(() => setAsked(text), 250);
    return () => clearTimeout(pause);
  }, [text]);
  const { data } = useQuery({
    queryKey: ["colleagues", asked],
    queryFn: ({ signal }) =>
      api.get<Colleague[]>("/api/access/colleagues", {
        query: { text: asked, limit: 50, left: "true" },
        signal,
      }),
    placeholderData: keepPreviousData,
  });
  const label = (one: Colleague): string =>
    one.nameLatin === null ? one.name : `${one.name} · ${one.nameLatin}`;
  const found = (data ?? []).map((one) => ({ value: one.id, label: label(one) }));
  return (
    <Select
      label={say("oversight.filter.officer")}
      placeholder={say("web.choose")}
      data={found}
      value={value === "" ? null : value}
      searchable
      clearable
      clearButtonProps={{ "aria-label": say("web.table.clear", { name: say("oversight.filter.officer") }) }}
      nothingFoundMessage={say("oversight.filter.officer.none")}
      // The node has searched already, in both scripts.
      filter={({ options }) => options}
      onSearchChange={(next) => setText(found.some((one) => one.label === next) ? "" : next)}
      onChange={(officer) => onChange(officer ?? "")}
    />
  );
}

/** Asked when she pauses, not at each letter: a number or an id is whole or means nothing. */
function WholeField({
  label,
  placeholder,
  value,
  onChange,
}: {
  label: string;
  placeholder?: string;
  value: string;
  onChange: (text: string) => void;
}): ReactNode {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  const done = (): void => {
    if (text.trim() !== value) onChange(text.trim());
  };
  return (
    <TextInput
      label={label}
      placeholder={placeholder ?? ""}
      value={text}
      maxLength={40}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={done}
      onKeyDown={(event) => {
        if (event.key === "Enter") done();
      }}
    />
  );
}
