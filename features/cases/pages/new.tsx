// A new case in few fields: blank, or from the confirmed findings of items that the address names.
import { Button, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  ChoiceField,
  LongTextField,
  PageHead,
  Problem,
  TextField,
  TickField,
  api,
  useAddressValue,
  useDraft,
  useGo,
  useWords,
} from "@simpul/doors/web";
import type { Opened } from "../contract.ts";
import { useCodes } from "./data.tsx";

const empty = { title: "", crimeType: null as string | null, covert: false, summary: "" };

export function Page(): ReactNode {
  const words = useWords();
  const { say } = words;
  const go = useGo();
  const codes = useCodes();
  const [named] = useAddressValue("items");
  const items = named === "" ? [] : named.split(",");
  const draft = useDraft("case.open", empty);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<unknown>(null);
  const { title, crimeType, covert, summary } = draft.value;
  const set = (change: Partial<typeof empty>): void => draft.set((before) => ({ ...before, ...change }));
  const basis = codes.data?.crimeTypes.types.find((one) => one.code === crimeType)?.basis ?? [];

  async function open(): Promise<void> {
    setBusy(true);
    setFault(null);
    try {
      const opened = await api.post<Opened>("/api/cases", {
        title,
        crimeType,
        covert,
        ...(summary.trim() === "" ? {} : { summary, summaryLanguage: words.locale }),
        ...(items.length === 0 ? {} : { items }),
      });
      draft.clear();
      go(`/cases/${opened.number}`);
    } catch (no) {
      setFault(no);
    } finally {
      setBusy(false);
    }
  }

  return (
    <>
      <PageHead title={say("cases.new.title")} back={{ to: "/cases", label: say("cases.room") }} />
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void open();
        }}
      >
        <Stack gap="md" maw="40rem">
          {items.length > 0 && <Text>{say("cases.new.items", { count: items.length })}</Text>}
          <TextField
            label={say("cases.field.title")}
            hint={say("cases.new.title.hint")}
            required
            autoFocus
            maxLength={300}
            value={title}
            onChange={(next) => set({ title: next })}
          />
          <ChoiceField
            label={say("cases.field.crimeType")}
            required
            value={crimeType}
            choices={(codes.data?.crimeTypes.types ?? []).map((one) => ({
              value: one.code,
              label: say(`cases.crime.${one.code}`),
            }))}
            hint={basis
              .map(
                (one) =>
                  `${one.text}${one.standing === "confirmed" ? "" : ` (${say("cases.toBeConfirmed")})`}`,
              )
              .join("; ")}
            onChange={(next) => set({ crimeType: next })}
          />
          <LongTextField
            label={say("cases.field.summary")}
            hint={say("cases.new.summary.hint")}
            value={summary}
            rows={3}
            onChange={(next) => set({ summary: next })}
          />
          <TickField
            label={say("cases.new.covert")}
            hint={say("cases.new.covert.hint")}
            value={covert}
            onChange={(next) => set({ covert: next })}
          />
          {fault !== null && <Problem fault={fault} kept={say("cases.form.kept")} />}
          <Group className="s-acts">
            <Button type="submit" loading={busy} disabled={title.trim() === "" || crimeType === null}>
              {say("cases.new.open")}
            </Button>
            <Text size="sm" c="dimmed" role="status">
              {draft.says}
            </Text>
          </Group>
        </Stack>
      </form>
    </>
  );
}
