// What happened: kind, when as far as it is known, where, who; in the order of time.
import { Button, Group, Stack, Table, Text } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import { Awaited, ChoiceField, ChoicesField, Empty, TextField, useWords } from "@simpul/doors/web";
import type { Id } from "@simpul/model";
import type { Side as Given } from "./case.tsx";
import { WhenText } from "../contract/time-line.tsx";
import { useCodes, useRecords } from "./data.tsx";
import { AddForm } from "./editing.tsx";
import { Conflicts, Marks, MarksFields, SourceText, asKept, plainName, usualMarks } from "./parts.tsx";

export function Side(given: Given): ReactNode {
  const { say } = useWords();
  const { view, acts, may } = given;
  const query = useRecords(view.number, ["event", "place", "subject"]);
  return (
    <Stack gap="md">
      <Add {...given} />
      <Awaited query={query}>
        {({ records, names }) =>
          records.event.length === 0 ? (
            <Empty title={say("cases.events.empty")}>{say("cases.events.empty.text")}</Empty>
          ) : (
            <div className="s-scroll" tabIndex={0} role="region" aria-label={say("cases.side.events")}>
              <Table className="s-table" aria-label={say("cases.side.events")}>
                <Table.Thead>
                  <Table.Tr>
                    {[
                      "event.when",
                      "event.what",
                      "event.where",
                      "event.who",
                      "selectors.source",
                      "selectors.marks",
                    ].map((one) => (
                      <Table.Th key={one} scope="col">
                        {say(`cases.${one}`)}
                      </Table.Th>
                    ))}
                    <Table.Th className="s-noprint" />
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {records.event.map((event) => (
                    <Table.Tr key={event.id}>
                      <Table.Td data-label={say("cases.event.when")}>
                        <WhenText began={event.began} ended={event.ended} />
                      </Table.Td>
                      <Table.Td data-main data-label={say("cases.event.what")}>
                        {event.title}
                        <Text size="xs" c="dimmed">
                          {say(`cases.event.kind.${event.kind}`)}
                        </Text>
                        <Conflicts kind="event" of={event} names={names} acts={acts} may={may("case.edit")} />
                      </Table.Td>
                      <Table.Td data-label={say("cases.event.where")}>
                        {records.place
                          .filter((one) => one.id === event.place)
                          .map(plainName)
                          .join("") || "–"}
                      </Table.Td>
                      <Table.Td data-label={say("cases.event.who")}>
                        {records.subject
                          .filter((one) => event.subjects.includes(one.id))
                          .map(plainName)
                          .join(", ") || "–"}
                      </Table.Td>
                      <Table.Td data-label={say("cases.selectors.source")}>
                        <SourceText source={event.source} />
                      </Table.Td>
                      <Table.Td data-label={say("cases.selectors.marks")}>
                        <Marks of={event} />
                      </Table.Td>
                      <Table.Td className="s-noprint">
                        {may("case.edit") && (
                          <Button
                            size="compact-xs"
                            variant="subtle"
                            onClick={() => acts.remove("event", event.id)}
                          >
                            {say("cases.remove")}
                          </Button>
                        )}
                      </Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            </div>
          )
        }
      </Awaited>
    </Stack>
  );
}

function Add({ view, acts, may }: Given): ReactNode {
  const { say } = useWords();
  const codes = useCodes();
  const { data } = useRecords(view.number, ["event", "place", "subject"]);
  const [kind, setKind] = useState<string | null>(null);
  const [title, setTitle] = useState("");
  const [began, setBegan] = useState("");
  const [ended, setEnded] = useState("");
  const [place, setPlace] = useState<string | null>(null);
  const [subjects, setSubjects] = useState<string[]>([]);
  const [marks, setMarks] = useState(usualMarks);
  return (
    <AddForm
      label={say("cases.events.add")}
      may={may("case.edit")}
      onSend={async () => {
        await acts.add("event", {
          fields: {
            kind: kind ?? "",
            title,
            began: began.trim(),
            ended: ended.trim() === "" ? null : ended.trim(),
            place: place as Id | null,
            subjects: subjects as Id[],
          },
          ...asKept(marks),
        });
        setTitle("");
        setBegan("");
        setEnded("");
      }}
    >
      <Group grow align="flex-start" preventGrowOverflow={false}>
        <ChoiceField
          label={say("cases.event.kind")}
          required
          value={kind}
          choices={(codes.data?.cases.events ?? []).map((one) => ({
            value: one,
            label: say(`cases.event.kind.${one}`),
          }))}
          onChange={setKind}
        />
        <TextField
          label={say("cases.event.what")}
          required
          autoFocus
          maxLength={300}
          value={title}
          onChange={setTitle}
        />
      </Group>
      <Group grow align="flex-start" preventGrowOverflow={false}>
        <TextField
          label={say("cases.event.when")}
          hint={say("cases.when.hint")}
          required
          value={began}
          onChange={setBegan}
        />
        <TextField label={say("cases.event.until")} value={ended} onChange={setEnded} />
      </Group>
      <Group grow align="flex-start" preventGrowOverflow={false}>
        <ChoiceField
          label={say("cases.event.where")}
          value={place}
          choices={(data?.records.place ?? []).map((one) => ({ value: one.id, label: plainName(one) }))}
          onChange={setPlace}
        />
        <ChoicesField
          label={say("cases.event.who")}
          value={subjects}
          choices={(data?.records.subject ?? []).map((one) => ({ value: one.id, label: plainName(one) }))}
          onChange={setSubjects}
        />
      </Group>
      <MarksFields value={marks} onChange={setMarks} />
    </AddForm>
  );
}
