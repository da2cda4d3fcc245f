// One question at a time where care is needed, then a page to check all answers, which can be printed.
import { Button, Group, Stack, Text, Title } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import type { ReactNode } from "react";
import { useAddressValue } from "./address.ts";
import { Problem } from "./notices.tsx";
import { useWords } from "./words.tsx";

export interface Step {
  id: string;
  /** The question, in words. */
  title: string;
  hint?: ReactNode;
  body: ReactNode;
  /** Why she cannot go on yet, in words; null when she can. */
  missing?: string | null;
  /** The answers as the check page shows them. */
  answers: readonly { label: string; value: ReactNode }[];
  /** A step that an earlier answer makes needless. */
  skip?: boolean;
}

/** The step is kept in the address (`?step=`), so that "back" goes one question back. */
export function Steps({
  steps,
  send,
  onSend,
  draftSays,
  note,
}: {
  steps: readonly Step[];
  /** The word on the last button, e.g. "Send to the liaison desk". */
  send: string;
  onSend: () => Promise<void>;
  draftSays?: string;
  /** Above the last button, e.g. what will happen then. */
  note?: ReactNode;
}): ReactNode {
  const { say } = useWords();
  const shown = steps.filter((step) => step.skip !== true);
  const [at, go] = useAddressValue("step", shown[0]?.id ?? "check");
  const [warned, setWarned] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<unknown>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const asked = shown.findIndex((step) => step.id === at);
  // Nobody reaches the check page past a question that is still open.
  const firstOpen = shown.findIndex((step) => (step.missing ?? null) !== null);
  const index = asked >= 0 ? asked : firstOpen >= 0 ? firstOpen : shown.length;
  const step = shown[index];
  const place = step?.id ?? "check";
  const before = useRef(place);

  useEffect(() => {
    if (before.current === place) return;
    before.current = place;
    heading.current?.focus();
  }, [place]);

  const show = (id: string): void => {
    setWarned(null);
    go(id, { replace: false });
  };

  if (step !== undefined) {
    const last = index === shown.length - 1;
    return (
      <form
        className="s-steps"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (step.missing !== undefined && step.missing !== null) setWarned(step.missing);
          else show(last ? "check" : shown[index + 1]!.id);
        }}
      >
        <Text size="sm" c="dimmed">
          {say("web.steps.at", { step: index + 1, steps: shown.length })}
        </Text>
        <Title order={2} ref={heading} tabIndex={-1} size="h3">
          {step.title}
        </Title>
        {step.hint !== undefined && (
          <Text component="div" maw="40rem">
            {step.hint}
          </Text>
        )}
        {step.body}
        {warned !== null && step.missing !== undefined && step.missing !== null && (
          <Text role="alert" className="s-error">
            {warned}
          </Text>
        )}
        <Group className="s-acts">
          <Button type="submit">{say("web.steps.next")}</Button>
          {index > 0 && (
            <Button variant="default" onClick={() => show(shown[index - 1]!.id)}>
              {say("web.steps.back")}
            </Button>
          )}
          {draftSays !== undefined && (
            <Text size="sm" c="dimmed" role="status">
              {draftSays}
            </Text>
          )}
        </Group>
      </form>
    );
  }

  async function sendAll(): Promise<void> {
    setBusy(true);
    setFault(null);
    try {
      await onSend();
    } catch (no) {
      setFault(no);
    } finally {
      setBusy(false);
    }
  }

  return (
    <Stack className="s-steps" gap="md">
      <Title order={2} ref={heading} tabIndex={-1} size="h3">
        {say("web.steps.check")}
      </Title>
      <dl className="s-answers">
        {shown.flatMap((one) =>
          one.answers.map((answer) => (
            <div key={`${one.id} ${answer.label}`}>
              <dt>{answer.label}</dt>
              <dd>{answer.value}</dd>
              <dd className="s-noprint">
                <Button variant="subtle" size="compact-sm" onClick={() => show(one.id)}>
                  {say("web.steps.change")}
                  <span className="s-hidden"> {answer.label}</span>
                </Button>
              </dd>
            </div>
          )),
        )}
      </dl>
      {note}
      {fault !== null && <Problem fault={fault} kept={say("web.steps.kept")} />}
      <Group className="s-acts">
        <Button loading={busy} onClick={() => void sendAll()}>
          {send}
        </Button>
        <Button variant="default" onClick={() => window.print()}>
          {say("web.print")}
        </Button>
      </Group>
    </Stack>
  );
}
