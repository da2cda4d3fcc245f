// The tasks of a case: what, whose, by when; done with one click, undone with another.
import { Button, Checkbox, Group, Stack, Table, Text } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  Awaited,
  ChoiceField,
  Empty,
  StateTag,
  TextField,
  TimeText,
  useAddressValue,
  useSession,
  useWords,
  useColleagues,
} from "@simpul/doors/web";
import type { Id } from "@simpul/model";
import type { Side as Given } from "./case.tsx";
import { spelt, useRecords } from "./data.tsx";
import { AddForm } from "./editing.tsx";
import { Conflicts, DeskName, Who } from "./parts.tsx";

export function Side(given: Given): ReactNode {
  const { say } = useWords();
  const { view, acts, may } = given;
  const { officer } = useSession();
  const [at] = useAddressValue("at");
  const query = useRecords(view.number, ["task"]);
  const can = may("case.task");
  return (
    <Stack gap="md">
      <Add {...given} />
      <Awaited query={query}>
        {({ records, names }) =>
          records.task.length === 0 ? (
            <Empty title={say("cases.tasks.empty")}>{say("cases.tasks.empty.text")}</Empty>
          ) : (
            <div className="s-scroll" tabIndex={0} role="region" aria-label={say("cases.side.tasks")}>
              <Table className="s-table" aria-label={say("cases.side.tasks")}>
                <Table.Thead>
                  <Table.Tr>
                    {["done", "what", "owner", "due"].map((one) => (
                      <Table.Th key={one} scope="col">
                        {say(`cases.task.${one}`)}
                      </Table.Th>
                    ))}
                    <Table.Th className="s-noprint" />
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {records.task.map((task) => {
                    const edit = (field: string, was: unknown, value: unknown): void =>
                      void acts.edit("task", task, field, was, value).catch(acts.tellProblem);
                    return (
                      <Table.Tr key={task.id} data-hand={at === task.id}>
                        <Table.Td data-label={say("cases.task.done")}>
                          <Checkbox
                            aria-label={say("cases.task.finish", { title: task.title })}
                            checked={task.state === "done"}
                            disabled={!can || task.state === "dropped"}
                            onChange={(event) =>
                              edit("state", task.state, event.currentTarget.checked ? "done" : "open")
                            }
                          />
                        </Table.Td>
                        <Table.Td data-main data-label={say("cases.task.what")}>
                          {task.title}
                          {task.state === "dropped" && <StateTag>{say("cases.task.dropped")}</StateTag>}
                          {task.note !== "" && <Text size="xs">{task.note}</Text>}
                          <Conflicts kind="task" of={task} names={names} acts={acts} may={can} />
                        </Table.Td>
                        <Table.Td data-label={say("cases.task.owner")}>
                          {task.owner === null ? (
                            <DeskName id={task.desk} names={names} />
                          ) : (
                            <Who id={task.owner} names={names} />
                          )}
                        </Table.Td>
                        <Table.Td data-label={say("cases.task.due")}>
                          {task.due === null ? "–" : <TimeText at={task.due} day />}
                        </Table.Td>
                        <Table.Td className="s-noprint">
                          {can && task.state === "open" && task.owner !== officer.id && (
                            <Button
                              size="compact-xs"
                              variant="subtle"
                              onClick={() => edit("owner", task.owner, officer.id)}
                            >
                              {say("cases.task.take")}
                            </Button>
                          )}
                          {can && task.state === "open" && (
                            <Button
                              size="compact-xs"
                              variant="subtle"
                              onClick={() => edit("state", task.state, "dropped")}
                            >
                              {say("cases.task.drop")}
                            </Button>
                          )}
                        </Table.Td>
                      </Table.Tr>
                    );
                  })}
                </Table.Tbody>
              </Table>
            </div>
          )
        }
      </Awaited>
    </Stack>
  );
}

function Add({ acts, may }: Given): ReactNode {
  const { say } = useWords();
  const { officer } = useSession();
  const colleagues = useColleagues(may("case.task"));
  const [title, setTitle] = useState("");
  const [owner, setOwner] = useState<string | null>(officer.id);
  const [due, setDue] = useState("");
  return (
    <AddForm
      label={say("cases.tasks.add")}
      may={may("case.task")}
      onSend={async () => {
        await acts.add("task", {
          fields: {
            title,
            owner: owner as Id | null,
            desk: officer.desk.id as Id,
            due: due === "" ? null : due,
          },
        });
        setTitle("");
        setDue("");
      }}
    >
      <TextField
        label={say("cases.task.what")}
        required
        autoFocus
        maxLength={300}
        value={title}
        onChange={setTitle}
      />
      <Group grow align="flex-start" preventGrowOverflow={false}>
        <ChoiceField
          label={say("cases.task.owner")}
          hint={say("cases.task.owner.hint")}
          value={owner}
          choices={(colleagues.data ?? []).map((one) => ({ value: one.id, label: spelt(one) }))}
          onChange={setOwner}
        />
        <TextField label={say("cases.task.due")} kind="date" value={due} onChange={setDue} />
      </Group>
    </AddForm>
  );
}
