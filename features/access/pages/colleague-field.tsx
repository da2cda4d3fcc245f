// One of the colleagues at this node, by name and number.
import { Select } from "@mantine/core";
import type { ReactNode } from "react";
import { useWords } from "@simpul/doors/web";
import { useColleagues } from "./data.ts";

export function ColleagueField(given: {
  label: string;
  value: string | null;
  /** Who is not to be chosen: herself. */
  but?: string;
  onChange: (id: string | null, name: string) => void;
}): ReactNode {
  const { label, value, but, onChange } = given;
  const { say } = useWords();
  const { data = [] } = useColleagues();
  return (
    <Select
      label={label}
      placeholder={say("web.choose")}
      searchable
      value={value}
      data={data
        .filter((one) => one.id !== but)
        .map((one) => ({ value: one.id, label: `${one.name} · ${one.number}` }))}
      nothingFoundMessage={say("web.nothingFound")}
      // Above the dialog in which it may stand.
      comboboxProps={{ zIndex: 600 }}
      onChange={(id) => onChange(id, data.find((one) => one.id === id)?.name ?? "")}
    />
  );
}
