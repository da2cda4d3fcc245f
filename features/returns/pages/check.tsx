// One list: an answer for each person, given by the state that was asked, kept with each person by the one that asked.
import { Alert, Button, Card, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  Awaited,
  ChoiceField,
  ClockText,
  Guided,
  PageHead,
  Problem,
  StateTag,
  TextField,
  api,
  useParam,
  useWords,
} from "@simpul/doors/web";
import { nationalityAnswers, type Asked } from "../contract.ts";
import { toneOf, useCheck, useFresh } from "./data.ts";
import { Gate } from "../../victims/contract/gate.tsx";
import { Back } from "./notice.tsx";

export function Page(): ReactNode {
  return (
    <Gate>
      <One />
    </Gate>
  );
}

function One(): ReactNode {
  const { say, state } = useWords();
  const query = useCheck(useParam("id"));
  return (
    <Awaited query={query} back="/returns/nationality">
      {({ share, content, answer }) => (
        <>
          <PageHead
            title={
              share.peer === null
                ? say("returns.nationality")
                : say(share.ours ? "returns.to" : "returns.fromWho", { who: state(share.peer) })
            }
            back={{ to: "/returns/nationality", label: say("returns.nationality") }}
            marks={
              <>
                <StateTag tone={toneOf(share.state)}>{say(`returns.state.${share.state}`)}</StateTag>
                {share.due !== null && <ClockText due={share.due} />}
              </>
            }
          />
          {content === null ? (
            <Text c="dimmed">{say("returns.gone")}</Text>
          ) : !share.ours && share.state === "pending" ? (
            <Guided by="returns.guide.check">
              <Answer id={share.id} people={content.people} />
            </Guided>
          ) : (
            <Stack gap="xs" maw="56rem">
              {share.ours && answer !== null && <Keep id={share.id} />}
              {content.people.map((one) => {
                const said = answer?.answers.find(({ ref }) => ref === one.ref);
                return (
                  <Card key={one.ref} withBorder padding="sm">
                    <Group justify="space-between" gap="xs">
                      <Who of={one} />
                      {said !== undefined && (
                        <StateTag tone={said.outcome === "national" ? "good" : "waiting"}>
                          {say(`returns.outcome.${said.outcome}`)}
                        </StateTag>
                      )}
                    </Group>
                    {said !== undefined && said.text !== "" && <Text size="sm">{said.text}</Text>}
                  </Card>
                );
              })}
              {share.ours && share.state === "pending" && <Back id={share.id} />}
            </Stack>
          )}
        </>
      )}
    </Awaited>
  );
}

const Who = ({ of }: { of: Asked }): ReactNode => (
  <Text size="sm">
    <strong>{of.ref}</strong> · <bdi>{of.names}</bdi>
    {of.born !== "" && ` · ${of.born}`}
    {of.documents !== "" && ` · ${of.documents}`}
  </Text>
);

function Keep({ id }: { id: string }): ReactNode {
  const { say } = useWords();
  const fresh = useFresh();
  const [kept, setKept] = useState<number | null>(null);
  const [fault, setFault] = useState<unknown>(null);
  async function keep(): Promise<void> {
    setFault(null);
    try {
      const done = await api.post<{ kept: number }>(`/api/returns/nationality/${id}/keep`, {});
      setKept(done.kept);
      await fresh();
    } catch (no) {
      setFault(no);
    }
  }
  return (
    <Stack gap="xs">
      {kept !== null && <Alert>{say("returns.kept", { count: kept })}</Alert>}
      {fault !== null && <Problem fault={fault} />}
      <div className="s-acts">
        <Button onClick={() => void keep()}>{say("returns.keepAnswers")}</Button>
      </div>
    </Stack>
  );
}

function Answer({ id, people }: { id: string; people: Asked[] }): ReactNode {
  const { say } = useWords();
  const fresh = useFresh();
  const [outcome, setOutcome] = useState<Record<string, string | null>>({});
  const [text, setText] = useState<Record<string, string>>({});
  const [fault, setFault] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const open = people.filter((one) => typeof outcome[one.ref] !== "string").length;
  async function act(path: string, body: object): Promise<void> {
    setBusy(true);
    setFault(null);
    try {
      await api.post(path, body);
      await fresh();
    } catch (no) {
      setFault(no);
    } finally {
      setBusy(false);
    }
  }
  return (
    <Stack gap="sm" maw="44rem">
      {people.map((one) => (
        <Card key={one.ref} withBorder padding="sm">
          <Stack gap="xs">
            <Who of={one} />
            <ChoiceField
              label={say("returns.outcome")}
              required
              value={outcome[one.ref] ?? null}
              choices={nationalityAnswers.map((each) => ({
                value: each,
                label: say(`returns.outcome.${each}`),
              }))}
              onChange={(each) => setOutcome({ ...outcome, [one.ref]: each })}
            />
            <TextField
              label={say("returns.word")}
              value={text[one.ref] ?? ""}
              maxLength={2000}
              onChange={(each) => setText({ ...text, [one.ref]: each })}
            />
          </Stack>
        </Card>
      ))}
      {fault !== null && <Problem fault={fault} />}
      {open > 0 && <Text size="sm">{say("returns.open", { count: open })}</Text>}
      <Group gap="sm" className="s-acts">
        <Button
          loading={busy}
          disabled={open > 0}
          onClick={() =>
            void act(`/api/returns/nationality/${id}/answer`, {
              answers: people.map(({ ref }) => ({ ref, outcome: outcome[ref], text: text[ref] ?? "" })),
            })
          }
        >
          {say("returns.answerIt")}
        </Button>
        <Button
          variant="default"
          loading={busy}
          onClick={() => void act(`/api/returns/shares/${id}/decline`, {})}
        >
          {say("returns.decline")}
        </Button>
      </Group>
    </Stack>
  );
}
