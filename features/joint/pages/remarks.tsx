// What is said of a note while it is agreed: remarks beside the part they are about, a lawyer's clearance, and how one adds to them.
import { Button, Group, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  api,
  ChoiceField,
  HandlingBadge,
  LeaveStateButton,
  LongTextField,
  TimeText,
  useSession,
  useWords,
} from "@simpul/doors/web";
import {
  clausesFor,
  noteFields,
  type Note,
  type PartRef,
  type Remark,
  type SpaceView,
  clauseLabel,
} from "../contract.ts";
import { useLeaving } from "./data.ts";

/** Beside its part: whose each is, and of which version where that is not the one that is read. */
export function Remarks({
  all,
  of,
  version,
}: {
  all: readonly Remark[];
  of: PartRef;
  version: number;
}): ReactNode {
  const { say, state } = useWords();
  return all
    .filter((one) => one.part === of.part && one.of === of.of)
    .map((one) => (
      <Text key={one.id} size="sm" component="div" role="note" pl="sm" style={{ overflowWrap: "anywhere" }}>
        <b>{state(one.party)}</b> · {one.officer} · <TimeText at={one.at} other={one.party} />
        {one.version !== version && ` · ${say("joint.remark.version", { version: one.version })}`}
        <Text size="sm" style={{ whiteSpace: "pre-wrap" }}>
          {one.text}
        </Text>
      </Text>
    ));
}

/** Who cleared which version for which party, and the two ways to add a word. */
export function NoteWords({ view }: { view: SpaceView }): ReactNode {
  const { say, state } = useWords();
  const cleared = view.words.filter((one) => one.kind === "clearance");
  const of = view.next ?? view;
  return (
    <>
      {cleared.length > 0 && (
        <section aria-label={say("joint.clearance")}>
          <Title order={2} size="h5" mb="xs">
            {say("joint.clearance")}
          </Title>
          {cleared.map((one) => (
            <Text size="sm" key={one.id} component="div">
              <b>{state(one.party)}</b> · {one.officer}, {one.office} ·{" "}
              {say("joint.remark.version", { version: one.version })} ·{" "}
              <TimeText at={one.at} other={one.party} />
              {one.text !== "" && <Text size="sm">{one.text}</Text>}
            </Text>
          ))}
        </section>
      )}
      <Group gap="xs" className="s-noprint" align="flex-start">
        <Button variant="default" component="a" href={`/api/joint/${view.id}/paper`}>
          {say("joint.paper.get")}
        </Button>
        {view.may.includes("clear") && <Clear view={view} of={of} />}
      </Group>
      {view.may.includes("remark") && <Speak view={view} of={of} />}
    </>
  );
}

interface Of {
  note: Note;
  digest: string;
}

/** The lawyer's word binds her state, so it takes the red button and a second factor. */
function Clear({ view, of }: { view: SpaceView; of: Of }): ReactNode {
  const { say } = useWords();
  return (
    <Leaves
      view={view}
      of={of}
      label="joint.clear"
      preview={say("joint.clear.text", { version: of.note.version })}
      send={(text) => api.post(`/api/joint/${view.id}/clear`, { ...read(of), text })}
    />
  );
}

const read = ({ note, digest }: Of) => ({ version: note.version, digest });

function Speak({ view, of }: { view: SpaceView; of: Of }): ReactNode {
  const { say } = useWords();
  const [at, setAt] = useState("facts ");
  const [text, setText] = useState("");
  const words = useWords();
  const parts = [
    ...noteFields.map((part) => ({ value: `${part} `, label: say(`joint.note.${part}`) })),
    ...clausesFor(of.note.parties).map((one) => ({
      value: `${one.name} ${one.state ?? ""}`,
      label: clauseLabel(one, words),
    })),
  ];
  const [part, state] = at.split(" ") as [string, string];
  const ready = text.trim().length >= 3;
  return (
    <section aria-label={say("joint.remark")}>
      <Stack gap="sm" className="s-noprint">
        <ChoiceField
          label={say("joint.remark.on")}
          required
          value={at}
          choices={parts}
          onChange={(to) => setAt(to ?? at)}
        />
        <LongTextField
          label={say("joint.remark")}
          hint={say(isSent(view) ? "joint.why.hint" : "joint.remark.draft")}
          rows={2}
          maxLength={4000}
          value={text}
          onChange={setText}
        />
        <Group>
          <Leaves
            view={view}
            of={of}
            label="joint.remark.send"
            disabled={!ready}
            preview={text}
            send={async () => {
              await api.post(`/api/joint/${view.id}/remarks`, {
                ...{ ...read(of), part, of: state === "" ? null : state, text: text.trim() },
              });
              setText("");
            }}
          />
        </Group>
      </Stack>
    </section>
  );
}

/** Whether the words that are read here are known to the other parties. */
const isSent = (view: SpaceView): boolean => (view.next === null ? view.phase !== "draft" : view.next.sent);

function Leaves({
  view,
  of,
  label,
  preview,
  disabled = false,
  send,
}: {
  view: SpaceView;
  of: Of;
  label: "joint.clear" | "joint.remark.send";
  preview: string;
  disabled?: boolean;
  send: (text: string) => Promise<unknown>;
}): ReactNode {
  const { say, state } = useWords();
  const { officer, node } = useSession();
  const leave = useLeaving();
  const [conditions, setConditions] = useState("");
  const others = isSent(view) ? of.note.parties.filter((one) => one !== view.own) : [];
  return (
    <LeaveStateButton
      label={say(label)}
      reasonNeeded={false}
      disabled={disabled}
      recipients={others.length === 0 ? [say("joint.stands.draft")] : others.map((one) => state(one))}
      codes={<HandlingBadge handling={{ codes: ["H1", "H2"] }} from={node.code} />}
      approves={say(label === "joint.clear" ? "joint.clear.by" : "joint.remark.by", { name: officer.name })}
      preview={
        <Text size="sm" style={{ whiteSpace: "pre-wrap" }}>
          {preview}
        </Text>
      }
      asks={
        label === "joint.clear" && (
          <LongTextField
            label={say("joint.clear.conditions")}
            rows={2}
            maxLength={4000}
            value={conditions}
            onChange={setConditions}
          />
        )
      }
      onLeave={() => leave(() => send(conditions.trim()))}
    />
  );
}
