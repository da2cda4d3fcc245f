// What a thing says, by its kind: a record's facts, an exhibit's certificate and disclosure, a task, a date in every party's time.
import { Anchor, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { languageOfText, NameText, useWords } from "@simpul/doors/web";
import { stateZones } from "@simpul/doors/i18n";
import type { ItemRef, OwnFields, ThingView } from "../contract.ts";

export function Body({
  of,
  parties,
  space,
}: {
  of: ThingView;
  parties: readonly string[];
  space: string;
}): ReactNode {
  const { content } = of;
  if (content === null) return null;
  if ("item" in content)
    return <Item of={content.item} at={`/api/joint/${space}/things/${of.id}/certificate`} />;
  if ("own" in content) return <Own kind={of.kind} of={content.own} parties={parties} />;
  return <Record of={of} />;
}

function Record({ of }: { of: ThingView }): ReactNode {
  const { say, state } = useWords();
  if (of.content === null || !("record" in of.content)) return null;
  const { record } = of.content;
  const fields = record.fields as {
    names?: { text: string; language: string; romanised?: string }[];
    role?: string;
    type?: string;
    written?: string;
    country?: string;
    province?: string;
    began?: string | null;
  };
  const line = [
    fields.type === undefined ? "" : say(`selector.${fields.type}`),
    fields.role === undefined ? "" : say(`holder.${fields.role}`),
    fields.country === undefined ? "" : state(fields.country.toLowerCase()),
    fields.province ?? "",
    fields.began ?? "",
  ].filter((one) => one !== "");
  return (
    <Stack gap={2}>
      {(fields.names ?? []).slice(0, 3).map((one) => (
        <Text size="sm" key={one.text} component="div">
          <NameText text={one.text} language={one.language} romanised={one.romanised} />
        </Text>
      ))}
      {line.length > 0 && <Text size="sm">{line.join(" · ")}</Text>}
      {record.link !== "" && <Text size="sm">{record.link}</Text>}
    </Stack>
  );
}

function Item({ of, at }: { of: ItemRef; at: string }): ReactNode {
  const { say, state, list, time } = useWords();
  return (
    <Stack gap={2}>
      <Text size="sm">{say("joint.item.sealed", { time: time(of.certificate.sealedAt) })}</Text>
      <Text size="sm">
        {list(of.disclosure.map((one) => `${state(one.state)}: ${say(`joint.disclosure.${one.status}`)}`))}
      </Text>
      {of.link !== "" && <Text size="sm">{of.link}</Text>}
      <Text size="xs" c="dimmed" style={{ overflowWrap: "anywhere" }}>
        SHA-256 {of.digest}
      </Text>
      <Anchor className="s-noprint" size="sm" href={at}>
        {say("joint.certificate.get")}
      </Anchor>
    </Stack>
  );
}

function Own({
  kind,
  of,
  parties,
}: {
  kind: string;
  of: OwnFields[keyof OwnFields];
  parties: readonly string[];
}): ReactNode {
  const words = useWords();
  const { say, state } = words;
  if (kind === "date") {
    const date = of as OwnFields["date"];
    return (
      <>
        {date.discloses === true && <Text size="sm">{say("joint.forcesDisclosure")}</Text>}
        <WhenThere at={date.at} parties={parties} text={date.text} />
      </>
    );
  }
  if (kind === "task") {
    const task = of as OwnFields["task"];
    const line = [
      say(`joint.task.${task.state}`),
      task.for === null ? "" : say("joint.task.for", { state: state(task.for) }),
      task.due === null ? "" : say("joint.task.due", { day: words.date(`${task.due}T12:00:00Z`) }),
    ].filter((one) => one !== "");
    return (
      <>
        <Text size="sm">{line.join(" · ")}</Text>
        {task.text !== "" && <Said text={task.text} />}
      </>
    );
  }
  if (kind === "decision") {
    const decision = of as OwnFields["decision"];
    return (
      <>
        <Text size="sm">
          {say("joint.decidedOn", { day: words.date(`${decision.decidedOn}T12:00:00Z`) })}
        </Text>
        <Said text={decision.reason} />
      </>
    );
  }
  const note = of as OwnFields["note"];
  return note.text.length > 120 ? <Said text={note.text} language={note.language} /> : null;
}

const Said = ({ text, language }: { text: string; language?: string }): ReactNode => (
  <Text
    size="sm"
    lang={language ?? languageOfText(text)}
    style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}
  >
    {text}
  </Text>
);

/** One instant as each party's wall shows it; neighbours on one clock are said once. */
export function WhenThere({
  at,
  parties,
  text,
}: {
  at: string;
  parties: readonly string[];
  text: string;
}): ReactNode {
  const words = useWords();
  const shown = parties.map((code) => words.time(at, stateZones[code] ?? "UTC"));
  return (
    <Stack gap={2}>
      {[...new Set(shown)].map((time) => (
        <Text size="sm" key={time}>
          {time} ·{" "}
          {words.list(parties.filter((_, index) => shown[index] === time).map((code) => words.state(code)))}
        </Text>
      ))}
      {text !== "" && <Said text={text} />}
    </Stack>
  );
}
