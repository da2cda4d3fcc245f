// Telling another desk or state: what they will see, why, a second officer; whoever must not be told cannot be chosen.
import { Button, Card, Group, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  ChoiceField,
  LeaveStateButton,
  LongTextField,
  Problem,
  StateTag,
  TimeText,
  useActing,
  api,
  useWords,
} from "@simpul/doors/web";
import type { Because, DraftView, MessageView } from "../contract.ts";
import { FormEnd, WhyField, nameOf } from "./shared.tsx";

/** What waits for a second officer, and what was told. */
export function Tellings({ of }: { of: MessageView }): ReactNode {
  const { say } = useWords();
  if (of.tellings.length === 0) return null;
  return (
    <section>
      <Title order={2} size="h6" mb="xs">
        {say("distress.tellings")}
      </Title>
      <Stack gap="xs">
        {of.tellings.map((one) => (
          <Telling key={one.id} message={of.id} of={one} />
        ))}
      </Stack>
    </section>
  );
}

function Telling({ message, of }: { message: string; of: DraftView }): ReactNode {
  const words = useWords();
  const { say } = words;
  const { busy, fault, run } = useActing("distress");
  const name = nameOf(of.to, words);
  const agree = () => api.post(`/api/distress/messages/${message}/tell/agree`, { of: of.id });
  const preview = (
    <Text size="sm" style={{ whiteSpace: "pre-wrap" }}>
      <bdi>{of.text}</bdi>
    </Text>
  );
  return (
    <Card withBorder padding="sm">
      <Group justify="space-between" gap="xs">
        <Text fw={600} size="sm">
          <bdi>{name}</bdi>
        </Text>
        {of.calledBack === null ? (
          <StateTag tone={of.state === "told" ? "good" : of.state === "waits" ? "waiting" : "plain"}>
            {say(`distress.telling.${of.state}`)}
          </StateTag>
        ) : (
          <StateTag tone={allGone(of.calledBack) ? "plain" : "waiting"}>
            {say(`distress.back.${allGone(of.calledBack) ? "gone" : "asked"}`)}
          </StateTag>
        )}
      </Group>
      {preview}
      <Text size="sm" c="dimmed" component="div">
        <bdi>{of.by}</bdi>, <TimeText at={of.at} />: <bdi>{of.why}</bdi>
      </Text>
      {of.calledBack !== null && <Back of={of.calledBack} />}
      {of.answer !== null && (
        <Text size="sm" mt="xs">
          {say("distress.theyWrote")}: <bdi>{of.answer.text}</bdi>
        </Text>
      )}
      {fault !== null && <Problem fault={fault} />}
      {of.may.length > 0 && (
        <Group mt="xs" gap="xs">
          {of.may.includes("agree") &&
            (of.to.to.kind === "state" ? (
              <LeaveStateButton
                label={say("distress.letGo")}
                preview={preview}
                recipients={[name]}
                codes={say("distress.sealed")}
                approves={say("distress.approves", { name: of.by })}
                reasonNeeded={false}
                onLeave={async () => {
                  await run(agree);
                }}
              />
            ) : (
              <Button loading={busy} onClick={() => void run(agree)}>
                {say("distress.letGo")}
              </Button>
            ))}
          {!of.may.includes("agree") && <Text size="sm">{say("distress.secondNeeded")}</Text>}
          <Button
            variant="default"
            loading={busy}
            onClick={() =>
              void run(() =>
                api.post(`/api/distress/messages/${message}/tell/drop`, {
                  of: of.id,
                  why: say("distress.dropped"),
                }),
              )
            }
          >
            {say("distress.drop")}
          </Button>
        </Group>
      )}
    </Card>
  );
}

const allGone = ({ gone }: NonNullable<DraftView["calledBack"]>): boolean =>
  gone !== null && gone.waits.length === 0;

/** Taken from them again: since when, and whether anybody there had it in hand. */
function Back({ of }: { of: NonNullable<DraftView["calledBack"]> }): ReactNode {
  const { say, state, list } = useWords();
  return (
    <Text size="sm" component="div">
      {of.gone === null ? (
        <>
          {say("distress.back.waits")} <TimeText at={of.at} ago />
        </>
      ) : (
        <>
          {say(of.gone.taken ? "distress.back.taken" : "distress.back.untaken")} <TimeText at={of.gone.at} />
          {of.gone.onward.length > 0 && (
            <div>
              {say(`distress.back.${of.gone.waits.length > 0 ? "onward" : "onwardGone"}`, {
                states: list(of.gone.onward.map(state)),
              })}
              {of.gone.waits.length > 0 &&
                ` ${say("distress.back.onwardWaits", { states: list(of.gone.waits.map(state)) })}`}
            </div>
          )}
        </>
      )}
    </Text>
  );
}

export function Tell({ of }: { of: MessageView }): ReactNode {
  const words = useWords();
  const { say } = words;
  const { busy, fault, run } = useActing("distress");
  const [to, setTo] = useState<string | null>(null);
  const [text, setText] = useState("");
  const [why, setWhy] = useState("");
  const may = of.recipients.filter((one) => one.keptOut === null);
  const mayNot = of.recipients.filter((one) => one.keptOut !== null);
  const send = () =>
    run(async () => {
      const one = may.find(({ to: each }) => each.id === to)!;
      await api.post(`/api/distress/messages/${of.id}/tell`, {
        to: one.to,
        text: text.trim(),
        why: why.trim(),
      });
      setTo(null);
      setText("");
      setWhy("");
    });
  return (
    <Stack gap="sm">
      <ChoiceField
        label={say("distress.tell.to")}
        required
        value={to}
        choices={may.map((one) => ({ value: one.to.id, label: nameOf(one, words) }))}
        onChange={setTo}
      />
      {mayNot.length > 0 && (
        <Text size="sm" c="dimmed">
          {say("distress.tell.not")}:{" "}
          {mayNot.map((one) => `${nameOf(one, words)} (${because(one.keptOut!, words)})`).join("; ")}
        </Text>
      )}
      <LongTextField
        label={say("distress.tell.text")}
        hint={say("distress.tell.text.hint")}
        required
        rows={4}
        maxLength={6000}
        value={text}
        onChange={setText}
      />
      <WhyField value={why} onChange={setWhy} />
      <FormEnd fault={fault}>
        <Button
          loading={busy}
          disabled={to === null || text.trim().length < 10 || why.trim().length < 10}
          onClick={() => void send()}
        >
          {say("distress.tell.give")}
        </Button>
      </FormEnd>
    </Stack>
  );
}

const because = (one: Because, { say }: { say(key: string): string }): string =>
  one.by === "caller" ? say(`distress.not.${one.word}`) : say("distress.not.byDesk");
