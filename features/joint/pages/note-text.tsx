// The note as every party reads it: one page, the same words everywhere, with the digest that each signed.
import { Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useWords } from "@simpul/doors/web";
import type { Note } from "../contract.ts";
import { ClausesText } from "./clauses.tsx";

export function NoteText({
  note,
  digest,
  before = null,
}: {
  note: Note;
  digest: string;
  /** The version in force, where this is a later one. */
  before?: Note | null;
}): ReactNode {
  const { say, state, list, date } = useWords();
  const day = (text: string): string => date(`${text}T12:00:00Z`);
  const lines: [string, string][] = [
    ["parties", list(note.parties.map((one) => state(one)))],
    ["coordination", list((note.coordination ?? []).map((one) => state(one)))],
    ["offences", list(note.offences.map((one) => say(`cases.crime.${one}`)))],
    ["period", say("joint.period", { from: day(note.from), until: day(note.until) })],
    ["share", list(note.share.map((one) => say(`joint.kind.${one}`)))],
    ["court", say(note.court ? "joint.court.yes" : "joint.court.no")],
    ["backfill", say(`joint.backfill.${note.backfill}`)],
    ["leads", note.leads.map((one) => `${state(one.state)}: ${one.part}`).join("; ")],
    ["purgeDays", say("joint.days", { count: note.purgeDays })],
  ];
  return (
    <Stack gap="xs" component="article" aria-label={say("joint.note")}>
      <Text fw={600}>{note.title}</Text>
      <Text style={{ whiteSpace: "pre-wrap" }}>{note.facts}</Text>
      <Stack component="dl" gap={4} m={0}>
        {lines
          .filter(([, text]) => text !== "")
          .map(([name, text]) => (
            <div key={name}>
              <Text component="dt" size="sm" c="dimmed">
                {say(`joint.note.${name}`)}
              </Text>
              <Text component="dd" m={0} size="sm">
                {text}
              </Text>
            </div>
          ))}
      </Stack>
      <ClausesText note={note} before={before} />
      <Text size="xs" c="dimmed" style={{ overflowWrap: "anywhere" }}>
        {say("joint.signedOver", { version: note.version, digest })}
      </Text>
    </Stack>
  );
}
