// Nominating: who of which case, why, and when somebody looks again.
import { Button, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  api,
  isNamed,
  LongTextField,
  PageHead,
  Problem,
  SubjectOfCase,
  TextField,
  useAddressValue,
  useDraft,
  useGo,
  useQueryClient,
  useWords,
} from "@simpul/doors/web";
import type { AskTarget } from "../contract.ts";
import type { Id } from "@simpul/model";
import { inDays } from "./parts.tsx";

const blank = { number: "", subject: "", reasons: "", on: "", text: "" };

export function Page(): ReactNode {
  const { say } = useWords();
  const go = useGo();
  const queries = useQueryClient();
  const [fromCase] = useAddressValue("case", "");
  const [ofSubject] = useAddressValue("subject", "");
  const draft = useDraft("targets.new", blank);
  const value = {
    ...draft.value,
    ...(fromCase !== "" && { number: fromCase }),
    ...(ofSubject !== "" && { subject: ofSubject }),
    on: draft.value.on === "" ? inDays(14) : draft.value.on,
  };
  const set = (to: Partial<typeof blank>): void => draft.set((before) => ({ ...before, ...to }));
  const [fault, setFault] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const number = value.number.trim();

  async function nominate(): Promise<void> {
    setBusy(true);
    setFault(null);
    try {
      const ask: AskTarget = {
        ...{ case: number, subject: value.subject as Id, reasons: value.reasons.trim() },
        followUp: { on: value.on, text: value.text.trim() },
      };
      const { id } = await api.post<{ id: string }>("/api/targets", ask);
      draft.clear();
      await queries.invalidateQueries({ queryKey: ["target"] });
      go(`/targets/${id}`);
    } catch (no) {
      setFault(no);
    } finally {
      setBusy(false);
    }
  }
  const whole = number !== "" && value.subject !== "" && value.reasons.trim().length >= 10;
  return (
    <>
      <PageHead title={say("targets.new")} back={{ to: "/targets", label: say("targets.room") }} />
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void nominate();
        }}
      >
        <Stack gap="md" maw="40rem">
          <Text size="sm">{say("targets.new.text")}</Text>
          <SubjectOfCase
            labels={{ case: say("targets.column.case"), subject: say("targets.column.name") }}
            value={value}
            fixed={{ number: fromCase !== "", subject: ofSubject !== "" }}
            takes={isNamed}
            onChange={set}
          />
          <LongTextField
            label={say("targets.reasons")}
            hint={say("targets.reasons.hint")}
            required
            rows={4}
            maxLength={4000}
            value={value.reasons}
            onChange={(to) => set({ reasons: to })}
          />
          <TextField
            label={say("targets.followUp.on")}
            kind="date"
            required
            value={value.on}
            onChange={(to) => set({ on: to })}
          />
          <TextField
            label={say("targets.followUp.text")}
            maxLength={500}
            value={value.text}
            onChange={(to) => set({ text: to })}
          />
          {draft.says}
          {fault !== null && <Problem fault={fault} kept={say("targets.kept")} />}
          <div className="s-acts">
            <Button type="submit" loading={busy} disabled={!whole}>
              {say("targets.new.act")}
            </Button>
          </div>
        </Stack>
      </form>
    </>
  );
}
