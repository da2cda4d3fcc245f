// The selectors of a case: whose each is (HIT-1), from where, and in how many other cases one may see the same value.
import { Button, Checkbox, Group, Stack, Table, Text } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  Awaited,
  ChoiceField,
  Empty,
  Link,
  LinkButton,
  StateTag,
  TextField,
  useAddressValue,
  useHasPage,
  useWords,
} from "@simpul/doors/web";
import { holderRoles, selectorTypes, sharedRoles } from "@simpul/model";
import type { HolderRole, Id, SelectorType } from "@simpul/model";
import type { Names, Selector, Subject } from "../contract.ts";
import { BackMark } from "./called-back.tsx";
import type { Side as Given } from "./case.tsx";
import { useRecords } from "./data.tsx";
import { AddForm } from "./editing.tsx";
import { Conflicts, Marks, MarksFields, SourceText, asKept, plainName, usualMarks } from "./parts.tsx";

const mayBeAsked = (one: Selector): boolean => one.valid && sharedRoles.includes(one.role);

export function Side(given: Given): ReactNode {
  const { say } = useWords();
  const query = useRecords(given.view.number, ["selector", "subject"]);
  const asks = useHasPage("/check/new") && given.may("check.ask");
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const askable = (query.data?.records.selector ?? []).filter(mayBeAsked);
  const picked = askable.filter((one) => chosen.includes(one.id)).map((one) => one.id);
  const tick = (id: string, on: boolean): void =>
    setChosen((before) => (on ? [...before, id] : before.filter((one) => one !== id)));
  return (
    <Stack gap="md">
      <Group gap="sm" className="s-noprint" align="center">
        {asks && askable.length > 0 && (
          <LinkButton
            // Straight to the page that checks all answers; it asks first what is not said yet.
            to={`/check/new?case=${given.view.number}&step=check${picked.length === 0 ? "" : `&selectors=${picked.join(",")}`}`}
          >
            {say("cases.selectors.check", { count: picked.length })}
          </LinkButton>
        )}
        <Add quiet={asks && askable.length > 0} {...given} />
        {asks && askable.length > 0 && (
          <Link to={`/check?case=${given.view.number}`}>{say("cases.selectors.checks")}</Link>
        )}
      </Group>
      <Awaited query={query}>
        {({ records, names }) =>
          records.selector.length === 0 ? (
            <Empty title={say("cases.selectors.empty")}>{say("cases.selectors.empty.text")}</Empty>
          ) : (
            <div className="s-scroll" tabIndex={0} role="region" aria-label={say("cases.side.selectors")}>
              <Table className="s-table" aria-label={say("cases.side.selectors")}>
                <Table.Thead>
                  <Table.Tr>
                    {asks && (
                      <Table.Th className="s-tick s-noprint">
                        <span className="s-hidden">{say("cases.selectors.choose")}</span>
                      </Table.Th>
                    )}
                    {["value", "type", "role", "holder", "source", "elsewhere", "marks"].map((one) => (
                      <Table.Th key={one} scope="col">
                        {say(`cases.selectors.${one}`)}
                      </Table.Th>
                    ))}
                    <Table.Th className="s-noprint" />
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {records.selector.map((selector) => (
                    <Row
                      key={selector.id}
                      selector={selector}
                      subjects={records.subject}
                      names={names}
                      {...(asks && { tick, ticked: chosen.includes(selector.id) })}
                      {...given}
                    />
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

function Row({
  view,
  selector,
  subjects,
  names,
  acts,
  may,
  tick,
  ticked = false,
}: Given & {
  selector: Selector;
  subjects: readonly Subject[];
  names: Names;
  /** Chooses it for a check; absent where she may not ask. */
  tick?: (id: string, on: boolean) => void;
  ticked?: boolean;
}): ReactNode {
  const { say } = useWords();
  const [at] = useAddressValue("at");
  const edit = may("case.edit");
  const change = (field: string, was: unknown, value: unknown): void =>
    void acts.edit("selector", selector, field, was, value).catch(acts.tellProblem);
  return (
    <Table.Tr data-hand={at === selector.id}>
      {tick !== undefined && (
        <Table.Td className="s-tick s-noprint">
          {mayBeAsked(selector) && (
            <Checkbox
              size="xs"
              aria-label={say("cases.selectors.chooseOne", { value: selector.canonical })}
              checked={ticked}
              onChange={(event) => tick(selector.id, event.currentTarget.checked)}
            />
          )}
        </Table.Td>
      )}
      <Table.Td data-main data-label={say("cases.selectors.value")}>
        <Text size="sm" fw={600}>
          <bdi className="s-long">{selector.canonical}</bdi>
        </Text>
        {selector.written !== selector.canonical && (
          <Text size="xs" c="dimmed">
            <bdi className="s-long">{selector.written}</bdi>
          </Text>
        )}
        {!selector.valid && <StateTag tone="waiting">{say("cases.selectors.invalid")}</StateTag>}
        <BackMark of={view.id} record={selector.id} />
        <Conflicts kind="selector" of={selector} names={names} acts={acts} may={edit} />
      </Table.Td>
      <Table.Td data-label={say("cases.selectors.type")}>{say(`selector.${selector.type}`)}</Table.Td>
      <Table.Td data-label={say("cases.selectors.role")}>
        {edit ? (
          <ChoiceField
            label=""
            required
            value={selector.role}
            choices={holderRoles.map((one) => ({ value: one, label: say(`holder.${one}`) }))}
            onChange={(role) =>
              role !== null && role !== selector.role && change("role", selector.role, role)
            }
          />
        ) : (
          say(`holder.${selector.role}`)
        )}
        {!sharedRoles.includes(selector.role) && (
          <Text size="xs" c="dimmed">
            {say("cases.selectors.neverAsked")}
          </Text>
        )}
      </Table.Td>
      <Table.Td data-label={say("cases.selectors.holder")}>
        {edit && subjects.length > 0 ? (
          <ChoiceField
            label=""
            value={selector.subject}
            choices={subjects.map((one) => ({ value: one.id, label: plainName(one) }))}
            onChange={(subject) =>
              subject !== selector.subject && change("subject", selector.subject, subject)
            }
          />
        ) : (
          <Text size="sm">
            {subjects
              .filter((one) => one.id === selector.subject)
              .map(plainName)
              .join("") || "–"}
          </Text>
        )}
      </Table.Td>
      <Table.Td data-label={say("cases.selectors.source")}>
        <SourceText source={selector.source} />
      </Table.Td>
      <Table.Td data-label={say("cases.selectors.elsewhere")}>
        {selector.elsewhere > 0 ? (
          <Link to={`/cases?selector=${encodeURIComponent(selector.canonical)}`}>
            {say("cases.selectors.alsoIn", { count: selector.elsewhere })}
          </Link>
        ) : (
          "–"
        )}
      </Table.Td>
      <Table.Td data-label={say("cases.selectors.marks")}>
        <Marks of={selector} />
      </Table.Td>
      <Table.Td className="s-noprint">
        {edit && (
          <Button size="compact-xs" variant="subtle" onClick={() => acts.remove("selector", selector.id)}>
            {say("cases.remove")}
          </Button>
        )}
      </Table.Td>
    </Table.Tr>
  );
}

function Add({ view, acts, may, quiet }: Given & { quiet: boolean }): ReactNode {
  const { say } = useWords();
  const { data } = useRecords(view.number, ["selector", "subject"]);
  const [type, setType] = useState<string | null>("phone");
  const [written, setWritten] = useState("");
  const [role, setRole] = useState<string | null>(null);
  const [subject, setSubject] = useState<string | null>(null);
  const [marks, setMarks] = useState(usualMarks);
  return (
    <AddForm
      label={say("cases.selectors.add")}
      quiet={quiet}
      may={may("case.edit")}
      onSend={async () => {
        await acts.add("selector", {
          fields: {
            type: type as SelectorType,
            written,
            role: role as HolderRole,
            subject: subject as Id | null,
          },
          ...asKept(marks),
        });
        setWritten("");
      }}
    >
      <Group grow align="flex-start" preventGrowOverflow={false}>
        <ChoiceField
          label={say("cases.selectors.type")}
          required
          value={type}
          choices={selectorTypes.map((one) => ({ value: one, label: say(`selector.${one}`) }))}
          onChange={setType}
        />
        <TextField
          label={say("cases.selectors.value")}
          required
          autoFocus
          maxLength={2048}
          value={written}
          onChange={setWritten}
        />
      </Group>
      <Group grow align="flex-start" preventGrowOverflow={false}>
        <ChoiceField
          label={say("cases.selectors.role")}
          hint={say("cases.role.hint")}
          required
          value={role}
          choices={holderRoles.map((one) => ({ value: one, label: say(`holder.${one}`) }))}
          onChange={setRole}
        />
        <ChoiceField
          label={say("cases.selectors.holder")}
          value={subject}
          choices={(data?.records.subject ?? []).map((one) => ({ value: one.id, label: plainName(one) }))}
          onChange={setSubject}
        />
      </Group>
      <MarksFields value={marks} onChange={setMarks} />
    </AddForm>
  );
}
