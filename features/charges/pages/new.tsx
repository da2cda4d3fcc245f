// Preparing a charge: who of which case, for which offences, when, where, and what she or it did.
import { Button, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  api,
  ChoicesField,
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
import type { Id } from "@simpul/model";
import { offenceKinds, type OffenceKind } from "../../offences/contract.ts";
import type { AskCharge } from "../contract.ts";

const blank = {
  ...{ number: "", subject: "", offences: [] as string[], began: "", ended: "", place: "", facts: "" },
};

export function Page(): ReactNode {
  const { say } = useWords();
  const go = useGo();
  const queries = useQueryClient();
  const [fromCase] = useAddressValue("case", "");
  const [ofSubject] = useAddressValue("subject", "");
  const draft = useDraft("charges.new", blank);
  const value = {
    ...draft.value,
    ...(fromCase !== "" && { number: fromCase }),
    ...(ofSubject !== "" && { subject: ofSubject }),
  };
  const set = (to: Partial<typeof blank>): void => draft.set((before) => ({ ...before, ...to }));
  const [fault, setFault] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const number = value.number.trim();

  async function prepare(): Promise<void> {
    setBusy(true);
    setFault(null);
    try {
      const ask: AskCharge = {
        ...{ case: number, subject: value.subject as Id, offences: value.offences as OffenceKind[] },
        ...{ began: value.began, ended: value.ended === "" ? value.began : value.ended },
        ...{ place: value.place.trim(), facts: value.facts.trim() },
      };
      const { id } = await api.post<{ id: string }>("/api/charges", ask);
      draft.clear();
      await queries.invalidateQueries({ queryKey: ["charge"] });
      go(`/charges/${id}`);
    } catch (no) {
      setFault(no);
    } finally {
      setBusy(false);
    }
  }
  const whole =
    ![number, value.subject, value.began, value.place.trim()].includes("") &&
    value.offences.length > 0 &&
    value.facts.trim().length >= 10;
  return (
    <>
      <PageHead title={say("charges.new")} back={{ to: "/charges", label: say("charges.room") }} />
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void prepare();
        }}
      >
        <Stack gap="md" maw="40rem">
          <Text size="sm">{say("charges.new.text")}</Text>
          <SubjectOfCase
            labels={{ case: say("charges.column.case"), subject: say("charges.column.name") }}
            value={value}
            fixed={{ number: fromCase !== "", subject: ofSubject !== "" }}
            takes={isNamed}
            onChange={set}
          />
          <ChoicesField
            label={say("charges.column.offences")}
            required
            value={value.offences}
            choices={offenceKinds.map((one) => ({ value: one, label: say(`offences.kind.${one}`) }))}
            onChange={(to) => set({ offences: to })}
          />
          <TextField
            label={say("charges.began")}
            kind="date"
            required
            value={value.began}
            onChange={(to) => set({ began: to })}
          />
          <TextField
            label={say("charges.ended")}
            kind="date"
            value={value.ended}
            onChange={(to) => set({ ended: to })}
          />
          <TextField
            label={say("charges.place")}
            required
            maxLength={300}
            value={value.place}
            onChange={(to) => set({ place: to })}
          />
          <LongTextField
            label={say("charges.facts")}
            hint={say("charges.facts.hint")}
            required
            rows={5}
            maxLength={8000}
            value={value.facts}
            onChange={(to) => set({ facts: to })}
          />
          {draft.says}
          {fault !== null && <Problem fault={fault} kept={say("charges.kept")} />}
          <div className="s-acts">
            <Button type="submit" loading={busy} disabled={!whole}>
              {say("charges.new.act")}
            </Button>
          </div>
        </Stack>
      </form>
    </>
  );
}
