// The note as every party reads it: one page, the same words everywhere, with the digest that each signed and what is said of it.
import { Group, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { StateTag, useWords } from "@simpul/doors/web";
import { type Note, type NoteWord, type Remark, noteLines } from "../contract.ts";
import { ClausesText } from "./clauses.tsx";
import { Remarks } from "./remarks.tsx";

export function NoteText({
  note,
  digest,
  before = null,
  words = [],
}: {
  note: Note;
  digest: string;
  /** The version before it, where what is new is to be seen. */
  before?: Note | null;
  words?: readonly NoteWord[];
}): ReactNode {
  const own = useWords();
  const { say } = own;
  const old = before === null ? [] : noteLines(before, own);
  const all = words.filter((one): one is Remark => one.kind === "remark");
  const on = (part: Remark["part"]): ReactNode => (
    <Remarks all={all} of={{ part, of: null }} version={note.version} />
  );
  const changed = (is: boolean): ReactNode =>
    before !== null && is && <StateTag tone="plain">{say("joint.clause.changed")}</StateTag>;
  return (
    <Stack gap="xs" component="article" aria-label={say("joint.note")}>
      <Group gap="xs">
        <Text fw={600}>{note.title}</Text>
        {changed(before?.title !== note.title)}
      </Group>
      {on("title")}
      <Text style={{ whiteSpace: "pre-wrap" }}>{note.facts}</Text>
      {changed(before?.facts !== note.facts)}
      {on("facts")}
      <Stack component="dl" gap={4} m={0}>
        {noteLines(note, own).map(({ field, text }) => (
          <div key={field}>
            <Text component="dt" size="sm" c="dimmed">
              {say(`joint.note.${field}`)} {changed(old.find((one) => one.field === field)?.text !== text)}
            </Text>
            <Text component="dd" m={0} size="sm">
              {text}
            </Text>
            {all.some((one) => one.part === field) && (
              <Text component="dd" m={0} size="sm">
                {on(field)}
              </Text>
            )}
          </div>
        ))}
      </Stack>
      <ClausesText note={note} before={before} remarks={all} />
      <Text size="xs" c="dimmed" style={{ overflowWrap: "anywhere" }}>
        {say("joint.signedOver", { version: note.version, digest })}
      </Text>
    </Stack>
  );
}
