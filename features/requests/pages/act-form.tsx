// The one form behind every act beside the main one: what it does, its fields, and the button that fits where it goes.
import { Button, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  ChoiceField,
  HandlingBadge,
  LeaveStateButton,
  LongTextField,
  Problem,
  TextField,
  tell,
  useSession,
  useWords,
} from "@simpul/doors/web";
import { useAct, useFresh } from "./data.ts";

export interface ActField {
  name: string;
  label: string;
  kind: "text" | "line" | "date" | "choice";
  hint?: string;
  required?: boolean;
  choices?: readonly { value: string; label: string }[];
  first?: string;
  most?: number;
  /** Left out of what the other state reads. */
  ours?: boolean;
}
export type Values = Record<string, string>;

export interface ActProps {
  /** Its words: `requests.act.<act>`. */
  act: string;
  fields: readonly ActField[];
  /** Given what was typed, trimmed; what stayed empty is not in it. */
  send: (values: Values) => Promise<unknown>;
  /** The state that is told. Without it the act stays at home and is done at once. */
  to?: string;
  /** What they read, where it is more than the fields. */
  says?: ReactNode;
  /** Beside the fields: what it is about. */
  about?: ReactNode;
  open?: boolean;
  ready?: (values: Values) => boolean;
}

const least = 3;
const filled = (field: ActField, value: string): boolean =>
  field.kind === "text" || field.kind === "line" ? value.trim().length >= least : value !== "";

export function ActForm(props: ActProps): ReactNode {
  const { act, fields, send, to, about, open = false, ready: also } = props;
  const { say, state } = useWords();
  const first = Object.fromEntries(fields.map((one) => [one.name, one.first ?? ""]));
  const [values, setValues] = useState<Values>(first);
  const given = Object.fromEntries(
    Object.entries(values)
      .map(([name, value]) => [name, value.trim()] as const)
      .filter(([, value]) => value !== ""),
  );
  const whole = fields.every((one) => one.required !== true || filled(one, values[one.name]!));
  const ready = whole && (also === undefined || also(given));
  const done = async (): Promise<void> => {
    await send(given);
    setValues(first);
  };
  const says = props.says ?? <Said fields={fields} values={given} />;
  return (
    <details className="r-act s-noprint" open={open ? true : undefined}>
      <summary>{say(`requests.act.${act}`)}</summary>
      <Stack gap="sm" mt="xs" maw="40rem">
        {to !== undefined && <Text size="sm">{say(`requests.act.${act}.hint`, { state: state(to) })}</Text>}
        {about}
        {fields.map((one) => (
          <Field
            key={one.name}
            of={one}
            value={values[one.name]!}
            onChange={(value) => setValues((before) => ({ ...before, [one.name]: value }))}
          />
        ))}
        <Group>
          {to === undefined ? (
            <AtHome act={act} ready={ready} send={done} />
          ) : (
            <Abroad act={act} to={to} ready={ready} says={says} send={done} />
          )}
        </Group>
      </Stack>
    </details>
  );
}

interface Sending {
  act: string;
  ready: boolean;
  send: () => Promise<void>;
}

function AtHome({ act, ready, send }: Sending): ReactNode {
  const { say } = useWords();
  const fresh = useFresh();
  const { busy, fault, run } = useAct();
  return (
    <Stack gap="sm">
      {fault !== null && <Problem fault={fault} kept={say("requests.form.kept")} />}
      <Group>
        <Button
          loading={busy}
          disabled={!ready}
          onClick={() => void run(send).then((done) => (done ? fresh() : undefined))}
        >
          {say(`requests.act.${act}.send`)}
        </Button>
      </Group>
    </Stack>
  );
}

const usual = { codes: ["H1", "H2"] as ("H1" | "H2")[] };

/** Tells the other state something: what they will read is shown first, and the button is red. */
function Abroad({ act, to, ready, says, send }: Sending & { to: string; says: ReactNode }): ReactNode {
  const { say, state } = useWords();
  const { officer, node } = useSession();
  const fresh = useFresh();
  return (
    <LeaveStateButton
      label={say(`requests.act.${act}.send`, { state: state(to) })}
      disabled={!ready}
      reasonNeeded={false}
      recipients={[state(to)]}
      codes={<HandlingBadge handling={usual} from={node.code} />}
      approves={say("requests.approves.you", { name: officer.name })}
      preview={says}
      onLeave={async () => {
        await send();
        await fresh();
        tell(say("requests.sent", { state: state(to) }));
      }}
    />
  );
}

/** What was typed, as they read it. */
function Said({ fields, values }: { fields: readonly ActField[]; values: Values }): ReactNode {
  const words = useWords();
  return (
    <Stack gap={4}>
      {fields
        .filter((one) => one.ours !== true && values[one.name] !== undefined)
        .map((one) => {
          const value = values[one.name]!;
          const choice = one.choices?.find((other) => other.value === value)?.label;
          return (
            <Text key={one.name} style={{ whiteSpace: "pre-wrap" }}>
              {one.kind === "text" ? "" : `${one.label}: `}
              {one.kind === "date" ? words.date(value) : (choice ?? value)}
            </Text>
          );
        })}
    </Stack>
  );
}

function Field({
  of,
  value,
  onChange,
}: {
  of: ActField;
  value: string;
  onChange: (value: string) => void;
}): ReactNode {
  const shared = {
    label: of.label,
    required: of.required === true,
    ...(of.hint === undefined ? {} : { hint: of.hint }),
  };
  switch (of.kind) {
    case "choice":
      return (
        <ChoiceField
          {...shared}
          value={value === "" ? null : value}
          choices={of.choices ?? []}
          onChange={(next) => onChange(next ?? "")}
        />
      );
    case "date":
      return <TextField {...shared} kind="date" value={value} onChange={onChange} />;
    case "line":
      return <TextField {...shared} maxLength={of.most ?? 500} value={value} onChange={onChange} />;
    case "text":
      return (
        <LongTextField {...shared} rows={2} maxLength={of.most ?? 2000} value={value} onChange={onChange} />
      );
  }
}
