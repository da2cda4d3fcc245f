// The note on one page: parties, facts, offences, period, what may be put in, back-fill, who leads where.
import { Button, Group, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import {
  ChoicesField,
  FieldGroup,
  LongTextField,
  NumberField,
  Problem,
  RadioField,
  Refused,
  TextField,
  TickField,
  useDraft,
  useGo,
  useWords,
} from "@simpul/doors/web";
import { backfills, thingKinds, type Backfill, type NoteDraft, type ThingKind } from "../contract.ts";
import { ClausesField } from "./clauses.tsx";
import { useAct, type JointCodes } from "./data.ts";

type Party = NoteDraft["parties"][number];

/** A note that is being written: it keeps itself as a draft, is sent to the node by `send`, and then its space is opened. */
export function NoteDraftForm({
  name,
  begin,
  codes,
  send,
}: {
  name: string;
  begin: NoteDraft;
  codes: JointCodes;
  send: (note: NoteDraft) => Promise<string>;
}): ReactNode {
  const { say } = useWords();
  const go = useGo();
  const draft = useDraft(name, begin);
  const { busy, fault, run } = useAct();
  async function save(): Promise<void> {
    let to = "";
    const done = await run(async () => {
      to = await send(draft.value);
    });
    if (!done) return;
    draft.clear();
    go(`/joint/${to}`);
  }
  return (
    <NoteForm
      value={draft.value}
      set={(to) => draft.set((before) => ({ ...before, ...to }))}
      replace={(to) => draft.set(() => to)}
      codes={codes}
      says={draft.says}
      busy={busy}
      fault={fault}
      label={say("joint.save")}
      save={() => void save()}
    />
  );
}

function NoteForm({
  value,
  set,
  replace,
  codes,
  says,
  busy,
  fault,
  label,
  save,
}: {
  value: NoteDraft;
  set: (to: Partial<NoteDraft>) => void;
  replace: (to: NoteDraft) => void;
  codes: JointCodes;
  says: string;
  busy: boolean;
  fault: unknown;
  label: string;
  save: () => void;
}): ReactNode {
  const { say, state } = useWords();
  const missing = (field: keyof NoteDraft): string | null => {
    const found = fault instanceof Refused ? String(fault.facts["fields"] ?? "") : "";
    const code = found.split(",").find((one) => one.startsWith(`${field}:`));
    return code === undefined ? null : say(`joint.finding.${code.split(":")[1] ?? ""}`);
  };
  const others = codes.states.filter((one) => one !== codes.own);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <Stack gap="md" maw="40rem">
        <TextField
          label={say("joint.note.title")}
          hint={say("joint.note.title.hint")}
          required
          maxLength={300}
          value={value.title}
          error={missing("title")}
          onChange={(title) => set({ title })}
        />
        <ChoicesField
          label={say("joint.note.parties")}
          required
          value={value.parties.filter((one) => one !== codes.own)}
          error={missing("parties")}
          choices={others.map((one) => ({ value: one, label: state(one) }))}
          onChange={(states) => {
            const parties = [codes.own, ...states] as Party[];
            // What a party says for itself goes with it.
            const clauses = (value.clauses ?? []).filter(
              ({ state }) => state === null || parties.includes(state),
            );
            set({ parties, clauses });
          }}
        />
        <ChoicesField
          label={say("joint.note.coordination")}
          hint={say("joint.note.coordination.hint")}
          value={value.coordination ?? []}
          error={missing("coordination")}
          choices={others
            .filter((one) => !value.parties.includes(one as Party))
            .map((one) => ({ value: one, label: state(one) }))}
          onChange={(coordination) => set({ coordination: coordination as Party[] })}
        />
        <LongTextField
          label={say("joint.note.facts")}
          hint={say("joint.note.facts.hint")}
          required
          rows={4}
          maxLength={4000}
          value={value.facts}
          error={missing("facts")}
          onChange={(facts) => set({ facts })}
        />
        <ChoicesField
          label={say("joint.note.offences")}
          required
          value={value.offences}
          error={missing("offences")}
          choices={codes.offences.map((one) => ({ value: one, label: say(`cases.crime.${one}`) }))}
          onChange={(offences) => set({ offences })}
        />
        <Group grow preventGrowOverflow={false} align="flex-start">
          <TextField
            label={say("joint.note.from")}
            kind="date"
            required
            value={value.from}
            onChange={(from) => set({ from })}
          />
          <TextField
            label={say("joint.note.until")}
            kind="date"
            required
            value={value.until}
            error={missing("until")}
            onChange={(until) => set({ until })}
          />
        </Group>
        <ChoicesField
          label={say("joint.note.share")}
          hint={say("joint.note.share.hint")}
          required
          value={value.share}
          error={missing("share")}
          choices={thingKinds.map((one) => ({ value: one, label: say(`joint.kind.${one}`) }))}
          onChange={(share) => set({ share: share as ThingKind[] })}
        />
        <TickField
          label={say("joint.note.court")}
          hint={say("joint.note.court.hint")}
          value={value.court}
          onChange={(court) => set({ court })}
        />
        <RadioField
          label={say("joint.note.backfill")}
          value={value.backfill}
          choices={backfills.map((one) => ({ value: one, label: say(`joint.backfill.${one}`) }))}
          onChange={(backfill) => set({ backfill: backfill as Backfill })}
        />
        <FieldGroup label={say("joint.note.leads")}>
          {value.parties.map((party) => (
            <TextField
              key={party}
              label={state(party)}
              maxLength={300}
              value={value.leads.find((one) => one.state === party)?.part ?? ""}
              onChange={(part) =>
                set({
                  leads: [
                    ...value.leads.filter((one) => one.state !== party),
                    ...(part === "" ? [] : [{ state: party, part }]),
                  ],
                })
              }
            />
          ))}
        </FieldGroup>
        <ClausesField value={value} error={missing("clauses")} set={(clauses) => set({ clauses })} />
        <TickField
          label={say("joint.note.clearance")}
          hint={say("joint.note.clearance.hint")}
          value={value.clearance === true}
          onChange={(needed) => {
            const { clearance: _, ...rest } = value;
            replace(needed ? { ...rest, clearance: true } : rest);
          }}
        />
        <NumberField
          label={say("joint.note.purgeDays")}
          required
          min={1}
          max={90}
          value={value.purgeDays}
          onChange={(days) => set({ purgeDays: days ?? 28 })}
        />
        {fault !== null && <Problem fault={fault} kept={say("joint.kept")} />}
        {says !== "" && (
          <Text size="sm" c="dimmed">
            {says}
          </Text>
        )}
        <div className="s-acts">
          <Button type="submit" loading={busy}>
            {label}
          </Button>
        </div>
      </Stack>
    </form>
  );
}
