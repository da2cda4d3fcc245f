// What may meet her at home, risk by risk, and what is concluded from it.
import { Button, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  Guided,
  LongTextField,
  Problem,
  RadioField,
  StateTag,
  TextField,
  TimeText,
  useWords,
} from "@simpul/doors/web";
import { conclusions, riskAnswers, type Plan } from "../contract.ts";
import { useSay, type Terms } from "./data.ts";
import { Part } from "./moved.tsx";

export function Risks({ plan, terms }: { plan: Plan; terms: Terms }): ReactNode {
  const { say } = useWords();
  const [send, fault, busy] = useSay(plan.person.id);
  const [open, setOpen] = useState(false);
  const [is, setIs] = useState<Record<string, string | null>>({});
  const [why, setWhy] = useState<Record<string, string>>({});
  const [conclusion, setConclusion] = useState<string | null>(null);
  const [reason, setReason] = useState("");
  const answers = terms.risks
    .filter((one) => typeof is[one] === "string")
    .map((one) => ({ risk: one, is: is[one], why: why[one] ?? "" }));
  const { risk } = plan;
  return (
    <Part title={say("returns.risk")}>
      {risk !== null && (
        <>
          <Text component="div">
            <StateTag tone={risk.conclusion === "may-return" ? "good" : "bad"}>
              {say(`returns.conclusion.${risk.conclusion}`)}
            </StateTag>{" "}
            {risk.reason} · <TimeText at={risk.at} />
          </Text>
          {risk.answers
            .filter((one) => one.is !== "no")
            .map((one) => (
              <Text key={one.risk} size="sm">
                {say(`returns.risk.${one.risk}`)}: {say(`returns.answer.${one.is}`)} {one.why}
              </Text>
            ))}
        </>
      )}
      {!open ? (
        <Group className="s-noprint">
          <Button variant="default" onClick={() => setOpen(true)}>
            {say("returns.risk.weigh")}
          </Button>
        </Group>
      ) : (
        <Guided by="returns.guide.risk">
          <Stack gap="sm">
            {terms.risks.map((one) => (
              <Stack key={one} gap={4}>
                <RadioField
                  label={say(`returns.risk.${one}`)}
                  value={is[one] ?? null}
                  choices={riskAnswers.map((each) => ({ value: each, label: say(`returns.answer.${each}`) }))}
                  onChange={(each) => setIs({ ...is, [one]: each })}
                />
                {is[one] === "yes" && (
                  <TextField
                    label={say("returns.risk.why")}
                    value={why[one] ?? ""}
                    maxLength={500}
                    onChange={(text) => setWhy({ ...why, [one]: text })}
                  />
                )}
              </Stack>
            ))}
            <RadioField
              label={say("returns.conclusion")}
              value={conclusion}
              choices={conclusions.map((one) => ({ value: one, label: say(`returns.conclusion.${one}`) }))}
              onChange={setConclusion}
            />
            <LongTextField
              label={say("returns.reason")}
              required
              rows={2}
              maxLength={4000}
              value={reason}
              onChange={setReason}
            />
            {fault !== null && <Problem fault={fault} />}
            <Group>
              <Button
                loading={busy}
                disabled={conclusion === null || reason.trim() === ""}
                onClick={() => void send("risk", { answers, conclusion, reason }).then((ok) => setOpen(!ok))}
              >
                {say("returns.keep")}
              </Button>
            </Group>
          </Stack>
        </Guided>
      )}
    </Part>
  );
}
