// Notes and decisions of a case, the newest first; a note says in which language it is written.
import { Button, Card, Group, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  Awaited,
  ChoiceField,
  Empty,
  LongTextField,
  TextField,
  TimeText,
  useSession,
  useWords,
} from "@simpul/doors/web";
import type { Id } from "@simpul/model";
import type { Side as Given } from "./case.tsx";
import { useRecords } from "./data.tsx";
import { useLanguageChoices } from "./names-field.tsx";
import { AddForm, EditableText } from "./editing.tsx";
import { Conflicts, Marks, Who } from "./parts.tsx";

export function Side(given: Given): ReactNode {
  const { say } = useWords();
  const { view, acts, may } = given;
  const query = useRecords(view.number, ["note", "decision"]);
  return (
    <Stack gap="md">
      <Group align="flex-start">
        <AddNote {...given} />
        <AddDecision {...given} />
      </Group>
      <Awaited query={query}>
        {({ records, names }) => (
          <Stack gap="sm">
            {records.decision.length > 0 && (
              <Title order={2} size="h5">
                {say("cases.decisions")}
              </Title>
            )}
            {records.decision.map((one) => (
              <Card key={one.id} withBorder padding="sm">
                <Text fw={600}>{one.title}</Text>
                <Text size="sm" style={{ whiteSpace: "pre-wrap" }}>
                  {one.reason}
                </Text>
                <Text size="xs" c="dimmed">
                  <Who id={one.decidedBy} names={names} /> · <TimeText at={one.decidedOn} day />
                </Text>
                <Conflicts kind="decision" of={one} names={names} acts={acts} may={may("case.edit")} />
              </Card>
            ))}
            {records.note.length > 0 && (
              <Title order={2} size="h5">
                {say("cases.notes")}
              </Title>
            )}
            {records.note.map((note) => (
              <Card key={note.id} withBorder padding="sm">
                <EditableText
                  label={say("cases.field.body")}
                  value={note.body}
                  long
                  lang={note.language}
                  may={may("case.note")}
                  onSave={(value) => acts.edit("note", note, "body", note.body, value)}
                />
                <Conflicts kind="note" of={note} names={names} acts={acts} may={may("case.note")} />
                <Group gap="xs" mt="xs">
                  <Marks of={note} />
                  <Text size="xs" c="dimmed">
                    <Who id={note.createdBy} names={names} /> · <TimeText at={note.createdAt} />
                  </Text>
                  {may("case.note") && (
                    <Button
                      size="compact-xs"
                      variant="subtle"
                      className="s-noprint"
                      onClick={() => acts.remove("note", note.id)}
                    >
                      {say("cases.remove")}
                    </Button>
                  )}
                </Group>
              </Card>
            ))}
            {records.note.length + records.decision.length === 0 && (
              <Empty title={say("cases.notes.empty")}>{say("cases.notes.empty.text")}</Empty>
            )}
          </Stack>
        )}
      </Awaited>
    </Stack>
  );
}

function AddNote({ acts, may }: Given): ReactNode {
  const { say, locale } = useWords();
  const languages = useLanguageChoices();
  const [body, setBody] = useState("");
  const [language, setLanguage] = useState<string | null>(locale);
  return (
    <AddForm
      label={say("cases.notes.add")}
      may={may("case.note")}
      onSend={async () => {
        await acts.add("note", { fields: { body, language: language ?? "und" } });
        setBody("");
      }}
    >
      <LongTextField
        label={say("cases.field.body")}
        required
        autoFocus
        value={body}
        {...(language === null ? {} : { lang: language })}
        onChange={setBody}
      />
      <ChoiceField
        label={say("cases.note.language")}
        required
        value={language}
        choices={languages}
        onChange={setLanguage}
      />
    </AddForm>
  );
}

function AddDecision({ acts, may }: Given): ReactNode {
  const { say } = useWords();
  const { officer } = useSession();
  const [title, setTitle] = useState("");
  const [reason, setReason] = useState("");
  return (
    <AddForm
      label={say("cases.decisions.add")}
      may={may("case.edit")}
      onSend={async () => {
        const decidedOn = new Date().toISOString().slice(0, 10);
        await acts.add("decision", { fields: { title, reason, decidedBy: officer.id as Id, decidedOn } });
        setTitle("");
        setReason("");
      }}
    >
      <TextField
        label={say("cases.decision.what")}
        required
        autoFocus
        maxLength={300}
        value={title}
        onChange={setTitle}
      />
      <LongTextField
        label={say("cases.decision.why")}
        required
        maxLength={4000}
        rows={3}
        value={reason}
        onChange={setReason}
      />
    </AddForm>
  );
}
