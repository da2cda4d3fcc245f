// Persons and organisations of a case. Of victims, witnesses and families it shows a pseudonym (VIC-1).
import { Button, Card, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  Awaited,
  ChoiceField,
  Empty,
  LinkButton,
  StateField,
  StateTag,
  TextField,
  TimeText,
  useAddressValue,
  useHasPage,
  useWords,
} from "@simpul/doors/web";
import { holderRoles } from "@simpul/model";
import type { HolderRole } from "@simpul/model";
import type { Names, Subject } from "../contract.ts";
import { isProtected } from "../rules.ts";
import type { Side as Given } from "./case.tsx";
import { useRecords } from "./data.tsx";
import { NameFields, asName, noName } from "./names-field.tsx";
import { AddForm, EditableChoice, EditableText } from "./editing.tsx";
import { Conflicts, MarksFields, Marks, NameOf, SourceText, Who, asKept, usualMarks } from "./parts.tsx";

export function Side(given: Given): ReactNode {
  const { say } = useWords();
  const query = useRecords(given.view.number, ["subject"]);
  return (
    <Stack gap="md">
      <Add {...given} />
      <Awaited query={query}>
        {({ records, names }) =>
          records.subject.length === 0 ? (
            <Empty title={say("cases.subjects.empty")}>{say("cases.subjects.empty.text")}</Empty>
          ) : (
            <Stack gap="sm">
              {records.subject.map((subject) => (
                <One key={subject.id} subject={subject} names={names} {...given} />
              ))}
            </Stack>
          )
        }
      </Awaited>
    </Stack>
  );
}

function Add({ acts, may }: Given): ReactNode {
  const { say } = useWords();
  const [kind, setKind] = useState<string | null>("person");
  const [role, setRole] = useState<string | null>(null);
  const [name, setName] = useState(noName);
  const [birth, setBirth] = useState("");
  const [nationality, setNationality] = useState<string | null>(null);
  const [marks, setMarks] = useState(usualMarks);
  const shielded = role !== null && isProtected(role as HolderRole);
  return (
    <AddForm
      label={say("cases.subjects.add")}
      may={may("case.edit")}
      onSend={async () => {
        const identity = shielded
          ? {}
          : {
              names: [asName(name)],
              birth: birth.trim() === "" ? null : birth.trim(),
              nationalities: nationality === null ? [] : [nationality],
            };
        await acts.add("subject", {
          fields: { kind: kind as "person", role: role as HolderRole, ...identity },
          ...asKept(marks),
        });
        setName(noName);
        setBirth("");
        setRole(null);
      }}
    >
      <Group grow align="flex-start" preventGrowOverflow={false}>
        <ChoiceField
          label={say("cases.subject.kind")}
          required
          value={kind}
          choices={["person", "organisation"].map((one) => ({
            value: one,
            label: say(`cases.subject.kind.${one}`),
          }))}
          onChange={setKind}
        />
        <ChoiceField
          label={say("cases.field.role")}
          hint={say("cases.role.hint")}
          required
          value={role}
          choices={holderRoles.map((one) => ({ value: one, label: say(`holder.${one}`) }))}
          onChange={setRole}
        />
      </Group>
      {shielded ? (
        <Text size="sm">{say("cases.subject.shielded")}</Text>
      ) : (
        <>
          <NameFields value={name} onChange={setName} />
          <Group grow align="flex-start" preventGrowOverflow={false}>
            <TextField
              label={say("cases.field.birth")}
              hint={say("cases.when.hint")}
              value={birth}
              onChange={setBirth}
            />
            <StateField
              label={say("cases.field.nationalities")}
              value={nationality}
              onChange={setNationality}
            />
          </Group>
        </>
      )}
      <MarksFields value={marks} onChange={setMarks} />
    </AddForm>
  );
}

function One({ subject, names, acts, may, view }: Given & { subject: Subject; names: Names }): ReactNode {
  const { say, list, state } = useWords();
  const [at] = useAddressValue("at");
  const [asking, setAsking] = useState<HolderRole | null>(null);
  const [open, setOpen] = useState(at === subject.id);
  const [aliasName, setAlias] = useState(noName);
  const edit = may("case.edit");
  const shielded = isProtected(subject.role);
  // VIC-2: before a charge, a target list or an extradition request; the same step for every person.
  const reviewed = useHasPage("/reviews/new") && edit && subject.kind === "person" && !shielded;
  const change = (field: string, was: unknown, value: unknown): Promise<void> =>
    acts.edit("subject", subject, field, was, value);
  const setRole = (role: string): void => void change("role", subject.role, role).catch(acts.tellProblem);
  const aliases = subject.names.filter((name) => name.alias === true);
  return (
    <Card withBorder padding="sm" id={subject.id}>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <Stack gap={2}>
          <Group gap="xs">
            <Text fw={600}>
              <NameOf of={subject} />
            </Text>
            <StateTag tone={shielded ? "accent" : "plain"}>{say(`holder.${subject.role}`)}</StateTag>
            {subject.kind === "organisation" && <StateTag>{say("cases.subject.kind.organisation")}</StateTag>}
          </Group>
          {shielded ? (
            <Text size="sm" c="dimmed">
              {say("cases.subject.kept")}
            </Text>
          ) : (
            <Text size="sm">
              {[
                subject.birth ?? "",
                subject.nationalities.length > 0 ? list(subject.nationalities.map((one) => state(one))) : "",
                aliases.length > 0
                  ? say("cases.aliases", { names: list(aliases.map((one) => one.text)) })
                  : "",
              ]
                .filter((part) => part !== "")
                .join(" · ")}
            </Text>
          )}
          <Text size="xs" c="dimmed">
            <SourceText source={subject.source} /> · <Who id={subject.createdBy} names={names} /> ·{" "}
            <TimeText at={subject.createdAt} ago />
          </Text>
        </Stack>
        <Group gap="xs" wrap="nowrap">
          <Marks of={subject} />
          <Button
            size="compact-sm"
            variant="default"
            aria-expanded={open}
            className="s-noprint"
            onClick={() => setOpen(!open)}
          >
            {open ? say("cases.less") : say("cases.more")}
          </Button>
        </Group>
      </Group>
      <Conflicts kind="subject" of={subject} names={names} acts={acts} may={edit} />
      {open && (
        <Stack gap="xs" mt="sm">
          {reviewed && (
            <div>
              <LinkButton
                to={`/reviews/new?case=${view.number}&subject=${subject.id}`}
                variant="default"
                size="compact-sm"
              >
                {say("reviews.new")}
              </LinkButton>
            </div>
          )}
          <EditableChoice
            label={say("cases.field.role")}
            value={subject.role}
            may={edit}
            choices={holderRoles.map((one) => ({ value: one, label: say(`holder.${one}`) }))}
            onSave={(role) => {
              // The one act here that cannot be undone asks first: the name leaves the case for good (VIC-1).
              if (isProtected(role as HolderRole) && !shielded) setAsking(role as HolderRole);
              else setRole(role);
            }}
          />
          {asking !== null && (
            <Card withBorder role="alertdialog" aria-label={say("cases.shield.title")}>
              <Text size="sm">{say("cases.shield.text")}</Text>
              <Group mt="xs">
                <Button
                  size="compact-sm"
                  onClick={() => {
                    setRole(asking);
                    setAsking(null);
                  }}
                >
                  {say("cases.shield.do")}
                </Button>
                <Button size="compact-sm" variant="default" onClick={() => setAsking(null)}>
                  {say("cases.form.cancel")}
                </Button>
              </Group>
            </Card>
          )}
          {!shielded && (
            <>
              <EditableText
                label={say("cases.field.birth")}
                value={subject.birth ?? ""}
                may={edit}
                onSave={(value) => change("birth", subject.birth, value.trim() === "" ? null : value.trim())}
              />
              <EditableText
                label={say("cases.field.note")}
                value={subject.note}
                long
                may={edit}
                onSave={(value) => change("note", subject.note, value)}
              />
              <AddForm
                label={say("cases.alias.add")}
                may={edit}
                onSend={() =>
                  change("names", subject.names, [...subject.names, { ...asName(aliasName), alias: true }])
                }
              >
                <NameFields value={aliasName} onChange={setAlias} />
              </AddForm>
            </>
          )}
          {edit && (
            <Group className="s-noprint">
              <Button size="compact-sm" variant="default" onClick={() => acts.remove("subject", subject.id)}>
                {say("cases.remove")}
              </Button>
            </Group>
          )}
        </Stack>
      )}
    </Card>
  );
}
