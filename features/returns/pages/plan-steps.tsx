// What is arranged for her way, step by step, and adding the next.
import { Button, Group, Text } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  ChoiceField,
  FieldGroup,
  Guided,
  LongTextField,
  Problem,
  RadioField,
  StateTag,
  TextField,
  useWords,
} from "@simpul/doors/web";
import { planSteps, stepStates, type Plan } from "../contract.ts";
import { useSay } from "./data.ts";
import { Part } from "./moved.tsx";

export function Steps({ plan }: { plan: Plan }): ReactNode {
  const words = useWords();
  const { say } = words;
  const [send, fault, busy] = useSay(plan.person.id);
  const [step, setStep] = useState<string | null>(null);
  const [state, setState] = useState<string | null>("planned");
  const [on, setOn] = useState("");
  const [who, setWho] = useState("");
  const [text, setText] = useState("");
  return (
    <Part title={say("returns.steps")}>
      {plan.steps.length === 0 && <Text c="dimmed">{say("returns.steps.none")}</Text>}
      {plan.steps.map((one) => (
        <Group key={one.step + (one.on ?? one.at)} justify="space-between" gap="xs">
          <Text size="sm">
            {say(`returns.step.${one.step}`)}
            {one.on !== null && ` · ${words.date(one.on)}`}
            {one.who !== "" && ` · ${one.who}`}
            {one.text !== "" && ` · ${one.text}`}
          </Text>
          <Group gap="xs">
            <StateTag tone={one.state === "done" ? "good" : one.state === "planned" ? "waiting" : "plain"}>
              {say(`returns.stepState.${one.state}`)}
            </StateTag>
            {one.state === "planned" && (
              <Button
                size="compact-sm"
                variant="default"
                className="s-noprint"
                loading={busy}
                onClick={() =>
                  void send("step", {
                    step: one.step,
                    state: "done",
                    on: one.on,
                    who: one.who,
                    text: one.text,
                  })
                }
              >
                {say("returns.step.done")}
              </Button>
            )}
          </Group>
        </Group>
      ))}
      <Guided by="returns.guide.steps">
        <FieldGroup label={say("returns.steps.add")}>
          <ChoiceField
            label={say("returns.step")}
            value={step}
            choices={planSteps.map((one) => ({ value: one, label: say(`returns.step.${one}`) }))}
            onChange={setStep}
          />
          <RadioField
            label={say("returns.stepState")}
            value={state}
            choices={stepStates.map((one) => ({ value: one, label: say(`returns.stepState.${one}`) }))}
            onChange={setState}
          />
          <TextField label={say("returns.on")} kind="date" value={on} onChange={setOn} />
          <TextField label={say("returns.who")} value={who} onChange={setWho} maxLength={300} />
          <LongTextField
            label={say("returns.note")}
            rows={2}
            maxLength={2000}
            value={text}
            onChange={setText}
          />
        </FieldGroup>
      </Guided>
      {fault !== null && <Problem fault={fault} />}
      <Group>
        <Button
          variant="default"
          loading={busy}
          disabled={step === null || state === null}
          onClick={() =>
            void send("step", { step, state, on: on === "" ? null : on, who, text }).then((ok) => {
              if (ok) {
                setStep(null);
                setText("");
              }
            })
          }
        >
          {say("returns.keep")}
        </Button>
      </Group>
    </Part>
  );
}
