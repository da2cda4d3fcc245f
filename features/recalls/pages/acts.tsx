// The acts beside letting go: a holder's answer, sending back to the author, giving up.
import { Button, Group, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  ChoiceField,
  HandlingBadge,
  LeaveStateButton,
  LongTextField,
  Problem,
  RadioField,
  api,
  tell,
  useSession,
  useWords,
} from "@simpul/doors/web";
import { outcomes, type Outcome, type RecallView } from "../contract.ts";
import { useFresh, useRecallCodes } from "./data.ts";

/** COR-2: complied, in part, refused; the last two say why. It leaves the state, and destroying cannot be undone. */
export function Answer({ view }: { view: RecallView }): ReactNode {
  const { say, state } = useWords();
  const { officer, node } = useSession();
  const fresh = useFresh();
  const codes = useRecallCodes();
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [code, setCode] = useState<string | null>(null);
  const [text, setText] = useState("");
  const grounds = (codes.data?.answers ?? []).filter((one) => one.outcome === outcome);
  const ready = outcome === "complied" || (outcome !== null && code !== null && text.trim() !== "");
  return (
    <section aria-label={say("recalls.answerIt")}>
      <Title order={2} size="h5" mb="xs">
        {say("recalls.answerIt")}
      </Title>
      <Stack gap="md" maw="40rem">
        <RadioField
          label={say("recalls.outcome")}
          value={outcome}
          choices={outcomes.map((one) => ({
            value: one,
            label: say(`recalls.outcome.${one}`),
            hint: say(`recalls.outcome.${one}.${view.kind === "destroy" ? "destroy" : "hint"}`),
          }))}
          onChange={(one) => {
            setOutcome(one as Outcome);
            setCode(null);
          }}
        />
        {grounds.length > 0 && (
          <ChoiceField
            label={say("recalls.ground")}
            required
            value={code}
            choices={grounds.map((one) => ({ value: one.code, label: say(`recalls.answer.${one.code}`) }))}
            onChange={setCode}
          />
        )}
        {outcome !== null && (
          <LongTextField
            label={say("recalls.inWords")}
            required={outcome !== "complied"}
            rows={2}
            maxLength={4000}
            value={text}
            onChange={setText}
          />
        )}
        <Group className="s-acts">
          <LeaveStateButton
            label={say("recalls.sendAnswer", { state: state(view.originator) })}
            disabled={!ready}
            reasonNeeded={false}
            recipients={[state(view.originator)]}
            codes={<HandlingBadge handling={{ codes: ["H1", "H2"] }} from={node.code} />}
            approves={say("recalls.signs", { name: officer.name })}
            preview={
              outcome === null ? null : (
                <>
                  <Text>
                    {say(`recalls.outcome.${outcome}`)}
                    {code !== null && ` · ${say(`recalls.answer.${code}`)}`} · {officer.name}
                  </Text>
                  {text.trim() !== "" && <Text size="sm">{text.trim()}</Text>}
                </>
              )
            }
            onLeave={async () => {
              await api.post(`/api/recalls/${view.id}/answer`, {
                outcome,
                ...(code === null ? {} : { code }),
                text: text.trim(),
              });
              await fresh();
              tell(say("recalls.answered"));
            }}
          />
        </Group>
      </Stack>
    </section>
  );
}

/** Stays at home: back to its author with a reason, or given up by her. */
export function SendBack({ view }: { view: RecallView }): ReactNode {
  const { say } = useWords();
  const fresh = useFresh();
  const [reason, setReason] = useState("");
  const [fault, setFault] = useState<unknown>(null);
  const back = view.may.includes("recall.return");
  async function act(what: "return" | "drop"): Promise<void> {
    setFault(null);
    try {
      await api.post(`/api/recalls/${view.id}/${what}`, { reason: reason.trim() });
      await fresh();
    } catch (no) {
      setFault(no);
    }
  }
  return (
    <Stack gap="sm" maw="40rem" className="s-noprint">
      {back && (
        <LongTextField
          label={say("recalls.return.why")}
          rows={2}
          maxLength={4000}
          value={reason}
          onChange={setReason}
        />
      )}
      {fault !== null && <Problem fault={fault} />}
      <Group>
        {back && (
          <Button variant="default" disabled={reason.trim() === ""} onClick={() => void act("return")}>
            {say("recalls.return")}
          </Button>
        )}
        {view.may.includes("recall.drop") && (
          <Button variant="default" onClick={() => void act("drop")}>
            {say("recalls.drop")}
          </Button>
        )}
      </Group>
    </Stack>
  );
}

/** What a holder without a node answered, as an officer heard it; nothing leaves the house. */
export function OnPaper({ view, holder }: { view: RecallView; holder: string }): ReactNode {
  const { say } = useWords();
  const fresh = useFresh();
  const codes = useRecallCodes();
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [code, setCode] = useState<string | null>(null);
  const [text, setText] = useState("");
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<unknown>(null);
  const grounds = (codes.data?.answers ?? []).filter((one) => one.outcome === outcome);
  const ready = text.trim() !== "" && (outcome === "complied" || (outcome !== null && code !== null));
  const send = async (): Promise<void> => {
    setBusy(true);
    setFault(null);
    try {
      const said = { holder, outcome, text: text.trim(), ...(code !== null && { code }) };
      await api.post(`/api/recalls/${view.id}/on-paper`, said);
      await fresh();
    } catch (no) {
      setFault(no);
    } finally {
      setBusy(false);
    }
  };
  return (
    <details className="s-noprint">
      <summary>{say("recalls.onPaper.note")}</summary>
      <Stack gap="sm" mt="xs" maw="32rem">
        <ChoiceField
          label={say("recalls.outcome")}
          required
          value={outcome}
          choices={outcomes.map((one) => ({ value: one, label: say(`recalls.outcome.${one}`) }))}
          onChange={(one) => {
            setOutcome(one as Outcome | null);
            setCode(null);
          }}
        />
        {grounds.length > 0 && (
          <ChoiceField
            label={say("recalls.ground")}
            required
            value={code}
            choices={grounds.map((one) => ({ value: one.code, label: say(`recalls.answer.${one.code}`) }))}
            onChange={setCode}
          />
        )}
        <LongTextField
          label={say("recalls.onPaper.text")}
          required
          rows={2}
          maxLength={2000}
          value={text}
          onChange={setText}
        />
        {fault !== null && <Problem fault={fault} />}
        <Group>
          <Button loading={busy} disabled={!ready} onClick={() => void send()}>
            {say("recalls.onPaper.send")}
          </Button>
        </Group>
      </Stack>
    </details>
  );
}
