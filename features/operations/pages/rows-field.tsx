// Several of a kind, each a line of small fields with names: shelters and their places, teams and their people.
import { Button, Group, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { ChoiceField, NumberField, TextField, useWords, type Choice } from "@simpul/doors/web";

export interface Column {
  id: string;
  label: string;
  kind?: "text" | "number" | "clock" | "choice";
  choices?: readonly Choice[];
  maxLength?: number;
}
export type Row = Readonly<Record<string, string>>;

/** A line whose first cell is empty is none. */
export const filled = (rows: readonly Row[], first: string): Row[] =>
  rows.filter((row) => (row[first] ?? "").trim() !== "");
export const countIn = (cell: string | undefined): number => {
  const count = Number(cell ?? "");
  return Number.isSafeInteger(count) && count >= 0 ? count : 0;
};

export function RowsField({
  label,
  hint,
  columns,
  rows,
  most = 20,
  disabled = false,
  onChange,
}: {
  label: string;
  hint?: string;
  columns: readonly Column[];
  rows: readonly Row[];
  most?: number;
  disabled?: boolean;
  onChange: (rows: Row[]) => void;
}): ReactNode {
  const { say } = useWords();
  const first = columns[0]!.id;
  const set = (at: number, id: string, value: string): void =>
    onChange(rows.map((row, i) => (i === at ? { ...row, [id]: value } : row)));
  return (
    <fieldset className="op-rows" disabled={disabled}>
      <legend>{label}</legend>
      {hint !== undefined && (
        <Text size="xs" c="dimmed">
          {hint}
        </Text>
      )}
      <Stack gap="xs" mt={4}>
        {rows.map((row, at) => (
          <div className="op-row" key={at} data-cells={columns.length}>
            {columns.map((column) => (
              <Cell
                key={column.id}
                column={column}
                value={row[column.id] ?? ""}
                disabled={disabled}
                onChange={(value) => set(at, column.id, value)}
              />
            ))}
            {!disabled && (
              <Button
                variant="subtle"
                size="compact-md"
                aria-label={say("operations.remove", { what: row[first] ?? "" })}
                onClick={() => onChange(rows.filter((_, i) => i !== at))}
              >
                {say("operations.site.remove")}
              </Button>
            )}
          </div>
        ))}
        {!disabled && rows.length < most && (
          <Group>
            <Button variant="default" size="compact-md" onClick={() => onChange([...rows, {}])}>
              {say("operations.add")}
              <span className="s-hidden"> {label}</span>
            </Button>
          </Group>
        )}
      </Stack>
    </fieldset>
  );
}

function Cell({
  column: { label, kind = "text", choices = [], maxLength = 200 },
  value,
  disabled,
  onChange,
}: {
  column: Column;
  value: string;
  disabled: boolean;
  onChange: (value: string) => void;
}): ReactNode {
  switch (kind) {
    case "number":
      return (
        <NumberField
          {...{ label, disabled, min: 0, max: 100_000 }}
          value={value === "" ? null : countIn(value)}
          onChange={(to) => onChange(to === null ? "" : String(Math.trunc(to)))}
        />
      );
    case "choice":
      return (
        <ChoiceField
          {...{ label, choices, disabled }}
          value={value === "" ? null : value}
          onChange={(to) => onChange(to ?? "")}
        />
      );
    default:
      return (
        <TextField
          {...{ label, maxLength, disabled, value, onChange }}
          kind={kind === "clock" ? "datetime-local" : "text"}
        />
      );
  }
}
