// Parts that every tab of a case uses: who, where it comes from, quarrels of values, marks of a new record.
import { Button, Card, Group, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import {
  ChoiceField,
  ChoicesField,
  HandlingBadge,
  Link,
  LongTextField,
  NameText,
  TextField,
  TimeText,
  useWords,
} from "@simpul/doors/web";
import type { Handling } from "@simpul/model";
import type { Conflict, Kept, Name, Names, RecordKind, Source } from "../contract.ts";
import { mainName } from "../rules.ts";
import type { Acts } from "./data.tsx";

export function Who({ id, names }: { id: string | null; names: Names }): ReactNode {
  const { say } = useWords();
  if (id === null) return <span>{say("cases.by.node")}</span>;
  const known = (names.officers as Record<string, { name: string; nameLatin: string | null } | undefined>)[
    id
  ];
  return known ? (
    <NameText text={known.name} romanised={known.nameLatin} />
  ) : (
    <span>{say("cases.by.somebody")}</span>
  );
}

export function DeskName({ id, names }: { id: string | null; names: Names }): ReactNode {
  const { say } = useWords();
  const known =
    id === null
      ? undefined
      : (names.desks as Record<string, { name: string; nameLatin: string | null } | undefined>)[id];
  return known ? (
    <NameText text={known.name} romanised={known.nameLatin} />
  ) : (
    <span>{say("cases.by.somebody")}</span>
  );
}

/** The name of a subject or place in its own script, romanised beside, and how. */
export function NameOf({ of }: { of: { names: readonly Name[]; pseudonym?: string | null } }): ReactNode {
  const { say } = useWords();
  const name = mainName(of);
  return (
    <NameText
      text={name.text}
      language={name.language === "und" ? undefined : name.language}
      romanised={name.romanised}
      how={name.how === undefined ? undefined : say(`cases.how.${name.how}`)}
    />
  );
}

export const plainName = (of: { names: readonly Name[]; pseudonym?: string | null }): string => {
  const name = mainName(of);
  return name.romanised === undefined ? name.text : `${name.text} (${name.romanised})`;
};

/** Where a statement comes from, in words. */
export function SourceText({ source }: { source: Source }): ReactNode {
  const { say, state } = useWords();
  switch (source.kind) {
    case "item":
      return (
        <Link
          to={`/evidence/${source.item}${source.place?.part === undefined ? "" : `?part=${source.place.part}`}`}
        >
          {source.place?.part === undefined
            ? say("cases.source.item")
            : say("cases.source.part", { part: source.place.part })}
        </Link>
      );
    case "note":
      return <span>{say("cases.source.note")}</span>;
    case "officer":
      return <span>{source.says ?? say("cases.source.officer")}</span>;
    case "handed-over":
      return (
        <span>
          {say("cases.source.handed-over", { state: state(source.from), reference: source.reference })}
        </span>
      );
  }
}

export const Marks = ({ of }: { of: Pick<Kept, "handling" | "evaluation"> }): ReactNode => (
  <HandlingBadge handling={of.handling} evaluation={of.evaluation} />
);

/** A value as it stands in a history or a quarrel. */
export function valueText(value: unknown): string {
  if (value === null || value === undefined || value === "") return "–";
  if (Array.isArray(value))
    return (
      value
        .map((one) =>
          typeof one === "object" && one !== null && "text" in one
            ? plainName({ names: [one as Name] })
            : valueText(one),
        )
        .join(", ") || "–"
    );
  if (typeof value === "object")
    return Object.values(value as Record<string, unknown>)
      .map((one) => valueText(one))
      .join(" ");
  return typeof value === "string" || typeof value === "number" ? String(value) : JSON.stringify(value);
}

/** Two officers wrote different values: both are shown, and one of them is chosen. Nothing is lost either way. */
export function Conflicts({
  kind,
  of,
  names,
  acts,
  may,
}: {
  kind: RecordKind | "case";
  of: { id: string; conflicts: readonly Conflict[]; versions: Record<string, number> };
  names: Names;
  acts: Acts;
  may: boolean;
}): ReactNode {
  const { say } = useWords();
  if (of.conflicts.length === 0) return null;
  const fields = [...new Set(of.conflicts.map((one) => one.field))];
  return (
    <Stack gap="xs" role="group" aria-label={say("cases.conflict.title")}>
      {fields.map((field) => {
        const standing = of.versions[field] ?? 1;
        const choose = (version: number): void =>
          void acts.settle(kind, of.id, field, version).catch(acts.tellProblem);
        return (
          <Card key={field} withBorder padding="sm">
            <Text size="sm" fw={600}>
              {say("cases.conflict.field", { field: say(`cases.field.${field}`) })}
            </Text>
            <Text size="sm">{say("cases.conflict.text")}</Text>
            <Group gap="xs" mt="xs">
              {may && (
                <Button size="compact-sm" variant="default" onClick={() => choose(standing)}>
                  {say("cases.conflict.keep", {
                    value: valueText((of as unknown as Record<string, unknown>)[field]),
                  })}
                </Button>
              )}
            </Group>
            {of.conflicts
              .filter((one) => one.field === field)
              .map((one) => (
                <Group key={one.version} gap="xs" mt="xs">
                  <Text size="sm">
                    <bdi>{valueText(one.value)}</bdi> · <Who id={one.by} names={names} /> ·{" "}
                    <TimeText at={one.at} />
                  </Text>
                  {may && (
                    <Button size="compact-sm" variant="default" onClick={() => choose(one.version)}>
                      {say("cases.conflict.take")}
                    </Button>
                  )}
                </Group>
              ))}
          </Card>
        );
      })}
    </Stack>
  );
}

export interface NewMarks {
  codes: string[];
  text: string;
  source: string | null;
  information: string | null;
  says: string;
}
export const usualMarks: NewMarks = {
  codes: ["H1", "H2"],
  text: "",
  source: null,
  information: null,
  says: "",
};

/** EV-3: source and information are graded apart and never filled in beforehand; not graded is X4. */
export function MarksFields({
  value,
  onChange,
}: {
  value: NewMarks;
  onChange: (value: NewMarks) => void;
}): ReactNode {
  const { say } = useWords();
  const grades = (kind: "source" | "information", list: readonly string[]) =>
    list.map((one) => ({ value: one, label: `${one} · ${say(`evaluation.${kind}.${one}`)}` }));
  return (
    <>
      <TextField
        label={say("cases.marks.says")}
        hint={say("cases.marks.says.hint")}
        value={value.says}
        onChange={(says) => onChange({ ...value, says })}
      />
      <details>
        <summary>{say("cases.marks.more")}</summary>
        <Stack gap="sm" mt="xs">
          <ChoiceField
            label={say("cases.marks.source")}
            value={value.source}
            choices={grades("source", ["A", "B", "C", "X"])}
            onChange={(source) => onChange({ ...value, source })}
          />
          <ChoiceField
            label={say("cases.marks.information")}
            value={value.information}
            choices={grades("information", ["1", "2", "3", "4"])}
            onChange={(information) => onChange({ ...value, information })}
          />
          <ChoicesField
            label={say("cases.marks.handling")}
            value={value.codes}
            choices={["H0", "H1", "H2", "H3"].map((code) => ({
              value: code,
              label: `${code} · ${say(`handling.${code}`, { owner: "none" })}`,
            }))}
            onChange={(codes) => onChange({ ...value, codes })}
          />
          {value.codes.includes("H3") && (
            <LongTextField
              label={say("cases.marks.text")}
              required
              rows={2}
              value={value.text}
              onChange={(text) => onChange({ ...value, text })}
            />
          )}
        </Stack>
      </details>
    </>
  );
}

/** The marks as the node takes them. */
export const asKept = (marks: NewMarks) => ({
  handling: { codes: marks.codes, ...(marks.text === "" ? {} : { text: marks.text }) } as Handling,
  ...(marks.source !== null && marks.information !== null
    ? { evaluation: { source: marks.source, information: marks.information } }
    : {}),
  source: (marks.says === "" ? { kind: "officer" } : { kind: "officer", says: marks.says }) as Source,
});
