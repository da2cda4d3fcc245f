// One notice: who is looked for, whom of our book she may be and why, and an answer of words that gives nobody away.
import { Alert, Button, Card, Group, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  Awaited,
  ClockText,
  Guided,
  Link,
  LongTextField,
  PageHead,
  Problem,
  RadioField,
  StateTag,
  api,
  useParam,
  useWords,
} from "@simpul/doors/web";
import { noticeAnswers } from "../contract.ts";
import { toneOf, useFresh, useNotice } from "./data.ts";
import { Gate } from "../../victims/contract/gate.tsx";

export function Page(): ReactNode {
  return (
    <Gate>
      <One />
    </Gate>
  );
}

function One(): ReactNode {
  const { say, state, list } = useWords();
  const query = useNotice(useParam("id"));
  return (
    <Awaited query={query} back="/returns/missing">
      {({ share, content, answer, like }) => (
        <>
          <PageHead
            title={content === null ? say("returns.gone") : say(`returns.notice.${content.kind}`)}
            back={{ to: "/returns/missing", label: say("returns.missing") }}
            marks={
              <>
                <StateTag tone={toneOf(share.state)}>{say(`returns.state.${share.state}`)}</StateTag>
                {share.due !== null && <ClockText due={share.due} />}
              </>
            }
          />
          <Stack gap="lg" maw="44rem">
            <Text>
              {share.peer !== null &&
                say(share.ours ? "returns.to" : "returns.fromWho", { who: state(share.peer) })}
            </Text>
            {content !== null && (
              <Card withBorder>
                <dl style={{ margin: 0 }}>
                  {(
                    [
                      ["names", content.names],
                      ["sex", say(`returns.sex.${content.sex}`)],
                      ["born", content.born],
                      ["nationalityOf", content.nationality === "" ? "" : state(content.nationality)],
                      ["lastSeen", content.lastSeen],
                      ["marks", content.marks],
                      ["asks", content.asks],
                    ] as const
                  )
                    .filter(([, text]) => text !== "")
                    .map(([key, text]) => (
                      <div key={key}>
                        <Text component="dt" size="sm" c="dimmed">
                          {say(`returns.${key}`)}
                        </Text>
                        <Text component="dd" m={0} mb="xs">
                          <bdi>{text}</bdi>
                        </Text>
                      </div>
                    ))}
                </dl>
              </Card>
            )}
            {answer !== null && (
              <Alert title={say(`returns.noticeAnswer.${answer.outcome}`)}>{answer.text}</Alert>
            )}
            {!share.ours && share.state === "pending" && content !== null && (
              <>
                <section aria-label={say("returns.like")}>
                  <Title order={2} size="h4" mb="xs">
                    {say("returns.like")}
                  </Title>
                  {like.length === 0 && <Text c="dimmed">{say("returns.like.none")}</Text>}
                  {like.map((one) => (
                    <Text key={one.person.id}>
                      <Link to={`/victims/${one.person.id}`}>{one.person.pseudonym}</Link> ·{" "}
                      {list(one.because.map((each) => say(`returns.because.${each}`)))}
                    </Text>
                  ))}
                </section>
                <Answer id={share.id} />
              </>
            )}
            {share.ours && share.state === "pending" && <Back id={share.id} />}
          </Stack>
        </>
      )}
    </Awaited>
  );
}

function Answer({ id }: { id: string }): ReactNode {
  const { say } = useWords();
  const fresh = useFresh();
  const [outcome, setOutcome] = useState<string | null>(null);
  const [text, setText] = useState("");
  const [fault, setFault] = useState<unknown>(null);
  async function act(path: string, body: object): Promise<void> {
    setFault(null);
    try {
      await api.post(path, body);
      await fresh();
    } catch (no) {
      setFault(no);
    }
  }
  return (
    <Guided by="returns.answer.text">
      <Stack gap="sm">
        <RadioField
          label={say("returns.answerThem")}
          value={outcome}
          choices={noticeAnswers.map((one) => ({ value: one, label: say(`returns.noticeAnswer.${one}`) }))}
          onChange={setOutcome}
        />
        <LongTextField
          label={say("returns.word")}
          rows={2}
          maxLength={2000}
          value={text}
          onChange={setText}
        />
        {fault !== null && <Problem fault={fault} />}
        <Group gap="sm" className="s-acts">
          <Button
            disabled={outcome === null}
            onClick={() => void act(`/api/returns/missing/${id}/answer`, { outcome, text })}
          >
            {say("returns.answerIt")}
          </Button>
          <Button variant="default" onClick={() => void act(`/api/returns/shares/${id}/decline`, {})}>
            {say("returns.notKnown")}
          </Button>
        </Group>
      </Stack>
    </Guided>
  );
}

/** Ours, while nobody answered: it can be taken back. */
export function Back({ id }: { id: string }): ReactNode {
  const { say } = useWords();
  const fresh = useFresh();
  const [fault, setFault] = useState<unknown>(null);
  async function revoke(): Promise<void> {
    setFault(null);
    try {
      await api.post(`/api/returns/shares/${id}/revoke`, {});
      await fresh();
    } catch (no) {
      setFault(no);
    }
  }
  return (
    <Stack gap="sm">
      {fault !== null && <Problem fault={fault} />}
      <div className="s-acts">
        <Button variant="default" onClick={() => void revoke()}>
          {say("returns.revoke")}
        </Button>
      </div>
    </Stack>
  );
}
