// What the desk can do beside taking a message: answer, tell, keep somebody out, join a person, note, close.
import { Button, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  ChoiceField,
  Guided,
  Link,
  LongTextField,
  Problem,
  TextField,
  useActing,
  api,
  useQuery,
  useWords,
} from "@simpul/doors/web";
import { closings, type Excluded, type MessageView } from "../contract.ts";
import { Tell } from "./tell.tsx";
import { FormEnd, Reply, WhyField } from "./shared.tsx";

export function Acts({ of }: { of: MessageView }): ReactNode {
  const { say } = useWords();
  /** Each with what is good to know at it. */
  const acts: [string, string | null, ReactNode][] = [
    ["answer", null, <Answer key="answer" of={of} />],
    ["tell", "distress.guide.tell", <Tell key="tell" of={of} />],
    ["exclude", "distress.exclude.text", <KeepOut key="exclude" of={of} />],
    ["link", "distress.link.text", <Join key="link" of={of} />],
    ["note", "distress.guide.note", <Note key="note" of={of} />],
    ["close", "distress.guide.close", <Close key="close" of={of} />],
  ];
  return (
    <Stack gap="xs">
      {acts.map(([name, by, body]) => (
        <details key={name} className="r-act">
          <summary>{say(`distress.act.${name}`)}</summary>
          <Stack gap="sm" mt="xs" mb="sm">
            {by === null ? (
              body
            ) : (
              <Guided by={by}>
                <Stack gap="sm">{body}</Stack>
              </Guided>
            )}
          </Stack>
        </details>
      ))}
    </Stack>
  );
}

function Answer({ of }: { of: MessageView }): ReactNode {
  const { say, language } = useWords();
  if (!of.mayAnswer) return <Text size="sm">{say("distress.noNumber")}</Text>;
  return (
    <Guided by="distress.answer.text" values={{ language: language(of.language) }}>
      <Reply
        to={`/api/distress/messages/${of.id}/answer`}
        label={say("distress.answer.label")}
        send={say("distress.answer.send")}
        {...{ rows: 4, most: 3000 }}
      />
    </Guided>
  );
}

interface Colleague {
  id: string;
  name: string;
  places: { desk: { id: string; name: string }; agency: { id: string; name: string } }[];
}

function KeepOut({ of }: { of: MessageView }): ReactNode {
  const { say, state } = useWords();
  const { busy, fault, run } = useActing("distress");
  const [kind, setKind] = useState<Excluded["kind"]>("desk");
  const [id, setId] = useState<string | null>(null);
  const [why, setWhy] = useState("");
  const query = useQuery({
    queryKey: ["officer", "colleagues", "all"],
    queryFn: ({ signal }) =>
      api.get<Colleague[]>("/api/access/colleagues", { query: { text: "", limit: 500 }, signal }),
    staleTime: 60_000,
  });
  const all = query.data ?? [];
  const places = all.flatMap((one) => one.places);
  const unique = (list: { value: string; label: string }[]) => [
    ...new Map(list.map((one) => [one.value, one])).values(),
  ];
  const choices = {
    desk: unique(
      places.map((one) => ({ value: one.desk.id, label: `${one.desk.name}, ${one.agency.name}` })),
    ),
    agency: unique(places.map((one) => ({ value: one.agency.id, label: one.agency.name }))),
    officer: all.map((one) => ({ value: one.id, label: `${one.name}, ${one.places[0]?.agency.name ?? ""}` })),
    state: of.recipients.flatMap((one) =>
      one.to.kind === "state" ? [{ value: one.to.id, label: state(one.to.id) }] : [],
    ),
  }[kind];
  const send = () =>
    run(async () => {
      await api.post(`/api/distress/messages/${of.id}/exclude`, { who: { kind, id }, why: why.trim() });
      setId(null);
      setWhy("");
    });
  return (
    <>
      <ChoiceField
        label={say("distress.exclude.kind")}
        required
        value={kind}
        choices={(["desk", "agency", "officer", "state"] as const).map((value) => ({
          value,
          label: say(`distress.kind.${value}`),
        }))}
        onChange={(value) => {
          setKind((value ?? "desk") as Excluded["kind"]);
          setId(null);
        }}
      />
      <ChoiceField
        label={say("distress.exclude.who")}
        required
        value={id}
        choices={choices}
        onChange={setId}
      />
      <WhyField value={why} onChange={setWhy} />
      <FormEnd fault={fault}>
        <Button loading={busy} disabled={id === null || why.trim().length < 10} onClick={() => void send()}>
          {say("distress.exclude.act")}
        </Button>
      </FormEnd>
      {of.not
        .filter((one) => one.word !== "other")
        .map((one) => (
          <Back
            key={one.word}
            label={say("distress.saidOtherwise", { who: say(`distress.not.${one.word}`) })}
            field={say("distress.saidOtherwise.how")}
            send={(how) =>
              api.post(`/api/distress/messages/${of.id}/said-otherwise`, { word: one.word, how })
            }
          />
        ))}
      {of.excluded.map((one) => (
        <Back
          key={one.id}
          label={say("distress.letIn", { who: one.kind === "state" ? state(one.name) : one.name })}
          field={say("distress.why")}
          send={(reason) => api.post(`/api/distress/messages/${of.id}/let-in`, { of: one.id, why: reason })}
        />
      ))}
    </>
  );
}

/** Takes a word back, with how that is known. */
function Back({
  label,
  field,
  send,
}: {
  label: string;
  field: string;
  send: (why: string) => Promise<unknown>;
}): ReactNode {
  const { busy, fault, run } = useActing("distress");
  const [why, setWhy] = useState("");
  return (
    <details className="r-act">
      <summary>{label}</summary>
      <Stack gap="xs" mt="xs">
        <TextField label={field} required maxLength={2000} value={why} onChange={setWhy} />
        {fault !== null && <Problem fault={fault} />}
        <Group>
          <Button
            variant="default"
            loading={busy}
            disabled={why.trim().length < 10}
            onClick={() => void run(() => send(why.trim()))}
          >
            {label}
          </Button>
        </Group>
      </Stack>
    </details>
  );
}

function Join({ of }: { of: MessageView }): ReactNode {
  const { say } = useWords();
  const { busy, fault, run } = useActing("distress");
  const [person, setPerson] = useState("");
  const send = (reference: string | null) =>
    run(() => api.post(`/api/distress/messages/${of.id}/link`, { person: reference }));
  return (
    <>
      {of.people.map((one) => (
        <Text size="sm" key={one.pseudonym}>
          <Link to={`/victims?reference=${one.pseudonym}`}>{one.pseudonym}</Link>
        </Text>
      ))}
      <TextField label={say("distress.link.reference")} maxLength={12} value={person} onChange={setPerson} />
      {fault !== null && <Problem fault={fault} />}
      <Group>
        <Button
          variant="default"
          loading={busy}
          disabled={person.trim() === ""}
          onClick={() => void send(person.trim().toUpperCase())}
        >
          {say("distress.link.act")}
        </Button>
        <Button loading={busy} onClick={() => void send(null)}>
          {say("distress.link.new")}
        </Button>
      </Group>
    </>
  );
}

function Note({ of }: { of: MessageView }): ReactNode {
  const { say } = useWords();
  const { busy, fault, run } = useActing("distress");
  const [text, setText] = useState("");
  const send = (what: "note" | "called") =>
    run(async () => {
      await api.post(`/api/distress/messages/${of.id}/${what}`, { text: text.trim() });
      setText("");
    });
  return (
    <>
      <LongTextField
        label={say("distress.note.label")}
        required
        rows={3}
        maxLength={2000}
        value={text}
        onChange={setText}
      />
      <FormEnd fault={fault}>
        <Button loading={busy} disabled={text.trim() === ""} onClick={() => void send("note")}>
          {say("distress.note.act")}
        </Button>
        <Button
          variant="default"
          loading={busy}
          disabled={text.trim() === ""}
          onClick={() => void send("called")}
        >
          {say("distress.note.called")}
        </Button>
      </FormEnd>
    </>
  );
}

function Close({ of }: { of: MessageView }): ReactNode {
  const { say } = useWords();
  const { busy, fault, run } = useActing("distress");
  const [why, setWhy] = useState<string | null>(null);
  const [text, setText] = useState("");
  return (
    <>
      <ChoiceField
        label={say("distress.close.why")}
        required
        value={why}
        choices={closings.map((value) => ({ value, label: say(`distress.closing.${value}`) }))}
        onChange={setWhy}
      />
      <LongTextField
        label={say("distress.note.label")}
        rows={2}
        maxLength={2000}
        value={text}
        onChange={setText}
      />
      <FormEnd fault={fault}>
        <Button
          loading={busy}
          disabled={why === null}
          onClick={() =>
            void run(() => api.post(`/api/distress/messages/${of.id}/close`, { why, text: text.trim() }))
          }
        >
          {say("distress.close.act")}
        </Button>
      </FormEnd>
    </>
  );
}
