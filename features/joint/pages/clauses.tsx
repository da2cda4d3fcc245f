// The clauses of a full agreement: chosen and written beside the note, read with it, with what is new since the version in force.
import { Group, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import { ChoicesField, LongTextField, StateTag, useWords } from "@simpul/doors/web";
import {
  clauseNames,
  clausesFor,
  sameClause,
  type Clause,
  type ClauseName,
  type Note,
  type NoteDraft,
  type Remark,
  clauseLabel,
} from "../contract.ts";
import { Remarks } from "./remarks.tsx";

/** First which clauses there are, then a field for the words of each; what each party says for itself, once a party. */
export function ClausesField({
  value,
  error,
  set,
}: {
  value: Pick<NoteDraft, "clauses" | "parties">;
  error: string | null;
  set: (to: Clause[]) => void;
}): ReactNode {
  const words = useWords();
  const { say } = words;
  const { clauses = [], parties } = value;
  const [added, setAdded] = useState<ClauseName[]>([]);
  const chosen = clauseNames.filter(
    (name) => added.includes(name) || clauses.some((one) => one.name === name),
  );
  return (
    <>
      <ChoicesField
        label={say("joint.note.clauses")}
        hint={say("joint.note.clauses.hint")}
        value={chosen}
        error={error}
        choices={clauseNames.map((name) => ({ value: name, label: say(`joint.clause.${name}`) }))}
        onChange={(names) => {
          setAdded(names as ClauseName[]);
          set(clauses.filter((one) => names.includes(one.name)));
        }}
      />
      {clausesFor(parties)
        .filter(({ name }) => chosen.includes(name))
        .map((of) => (
          <LongTextField
            key={`${of.name} ${of.state ?? ""}`}
            label={clauseLabel(of, words)}
            rows={2}
            maxLength={4000}
            value={clauses.find((one) => sameClause(one, of))?.text ?? ""}
            onChange={(text) => set([...clauses.filter((one) => !sameClause(one, of)), { ...of, text }])}
          />
        ))}
    </>
  );
}

/** Nothing for a note without clauses; `before` is the version that it is held against. */
export function ClausesText({
  note,
  before,
  remarks,
}: {
  note: Note;
  before: Note | null;
  remarks: readonly Remark[];
}): ReactNode {
  const words = useWords();
  const { say } = words;
  const { clauses = [] } = note;
  const old = before?.clauses ?? [];
  const gone = before === null ? [] : old.filter((one) => !clauses.some((each) => sameClause(each, one)));
  // A clause that a party misses is asked for by a remark on it.
  const unwritten = clausesFor(note.parties).filter(
    (one) =>
      !clauses.some((each) => sameClause(each, one)) &&
      remarks.some((each) => each.part === one.name && each.of === one.state),
  );
  if (clauses.length + gone.length + unwritten.length === 0) return null;
  const changed = (of: Clause): boolean =>
    before !== null && old.find((one) => sameClause(one, of))?.text !== of.text;
  return (
    <Stack gap="xs" component="section" aria-label={say("joint.note.clauses")}>
      <Title order={3} size="h6">
        {say("joint.note.clauses")}
      </Title>
      {clauses.map((one, at) => (
        <div key={`${one.name} ${one.state ?? ""}`}>
          <Group gap="xs">
            <Text size="sm" c="dimmed">
              {at + 1}. {clauseLabel(one, words)}
            </Text>
            {changed(one) && <StateTag tone="plain">{say("joint.clause.changed")}</StateTag>}
          </Group>
          <Text size="sm" style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
            {one.text}
          </Text>
          <Remarks all={remarks} of={{ part: one.name, of: one.state }} version={note.version} />
        </div>
      ))}
      {unwritten.map((one) => (
        <div key={`${one.name} ${one.state ?? ""}`}>
          <Text size="sm" c="dimmed">
            {say("joint.clause.none", { clause: clauseLabel(one, words) })}
          </Text>
          <Remarks all={remarks} of={{ part: one.name, of: one.state }} version={note.version} />
        </div>
      ))}
      {gone.map((one) => (
        <Text size="sm" key={`${one.name} ${one.state ?? ""}`}>
          {say("joint.clause.gone", { clause: clauseLabel(one, words) })}
        </Text>
      ))}
    </Stack>
  );
}
