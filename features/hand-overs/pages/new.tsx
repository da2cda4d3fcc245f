// Handing over: to whom, what, why, who leads then; beside it exactly what they will see and what stays.
import { Button, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  api,
  Awaited,
  ChoiceField,
  LongTextField,
  PageHead,
  Problem,
  RadioField,
  TextField,
  TickField,
  useAddressValue,
  useDraft,
  useGo,
  useQuery,
  useQueryClient,
  useWords,
} from "@simpul/doors/web";
import type { AskHandOver, Preview } from "../contract.ts";
import { Lines, Section, useHandOverCodes, type Lists } from "./parts.tsx";

const blank = {
  ...{ to: "", what: "whole", chosen: [] as string[], title: "", summary: "" },
  ...{ reason: "", reasonText: "", legalBasis: "", legalBasisText: "", after: "", remains: "" },
};
type Draft = typeof blank;

export function Page(): ReactNode {
  const { say } = useWords();
  const [number] = useAddressValue("case", "");
  const codes = useHandOverCodes();
  return (
    <>
      <PageHead title={say("hand-overs.new")} back={{ to: `/cases/${number}`, label: number }} />
      <Awaited query={codes}>{(lists) => <Form number={number} lists={lists} />}</Awaited>
    </>
  );
}

function askOf(number: string, locale: string, value: Draft): AskHandOver {
  const { to, what, chosen, ...said } = value;
  const only = what === "whole" ? null : chosen;
  return { ...said, case: number, to, only, language: locale } as AskHandOver;
}

function Form({ number, lists }: { number: string; lists: Lists }): ReactNode {
  const { say, state, list, locale } = useWords();
  const go = useGo();
  const queries = useQueryClient();
  const draft = useDraft(`hand-overs.new.${number}`, blank);
  const { value } = draft;
  const set = (to: Partial<Draft>): void => draft.set((before) => ({ ...before, ...to }));
  const [fault, setFault] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const needsReason = value.reason === "other";
  const needsBasis = value.legalBasis === "other";
  const filled = [value.to, value.title, value.summary, value.reason, value.legalBasis, value.after];
  const whole =
    filled.every((one) => one.trim() !== "") &&
    (!needsReason || value.reasonText.trim() !== "") &&
    (!needsBasis || value.legalBasisText.trim() !== "") &&
    (value.what === "whole" || value.chosen.length > 0);

  async function submit(): Promise<void> {
    setBusy(true);
    setFault(null);
    try {
      const { id } = await api.post<{ id: string }>("/api/hand-overs", askOf(number, locale, value));
      draft.clear();
      await queries.invalidateQueries({ queryKey: ["handing"] });
      go(`/hand-overs/${id}`);
    } catch (no) {
      setFault(no);
    } finally {
      setBusy(false);
    }
  }
  const choices = (list: readonly string[], words: string) =>
    list.map((one) => ({ value: one, label: say(`hand-overs.${words}.${one}`) }));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Stack gap="md" maw="46rem">
        <Text size="sm">{say("hand-overs.new.text")}</Text>
        <ChoiceField
          label={say("hand-overs.to")}
          hint={say("hand-overs.to.hint", {
            ...{ count: lists.byLetter.length, states: list(lists.byLetter.map((one) => state(one))) },
          })}
          required
          value={value.to === "" ? null : value.to}
          choices={lists.states.map((one) => ({ value: one, label: state(one) }))}
          onChange={(to) => set({ to: to ?? "" })}
        />
        <RadioField
          label={say("hand-overs.what")}
          value={value.what}
          choices={(["whole", "parts"] as const).map((one) => ({
            value: one,
            label: say(`hand-overs.what.${one}`),
          }))}
          onChange={(what) => set({ what })}
        />
        {value.to !== "" && <Seen number={number} value={value} set={set} />}
        <TextField
          label={say("hand-overs.title")}
          required
          maxLength={300}
          value={value.title}
          onChange={(title) => set({ title })}
        />
        <LongTextField
          label={say("hand-overs.summary")}
          hint={say("hand-overs.summary.hint")}
          required
          maxLength={8000}
          value={value.summary}
          onChange={(summary) => set({ summary })}
        />
        <ChoiceField
          label={say("hand-overs.reason")}
          required
          value={value.reason === "" ? null : value.reason}
          choices={choices(lists.reasons, "reason")}
          onChange={(reason) => set({ reason: reason ?? "" })}
        />
        {needsReason && (
          <LongTextField
            label={say("hand-overs.reasonText")}
            required
            rows={2}
            maxLength={8000}
            value={value.reasonText}
            onChange={(reasonText) => set({ reasonText })}
          />
        )}
        <ChoiceField
          label={say("hand-overs.basis")}
          required
          value={value.legalBasis === "" ? null : value.legalBasis}
          choices={choices(lists.legalBases, "basis")}
          onChange={(legalBasis) => set({ legalBasis: legalBasis ?? "" })}
        />
        {needsBasis && (
          <LongTextField
            label={say("hand-overs.basisText")}
            required
            rows={2}
            maxLength={8000}
            value={value.legalBasisText}
            onChange={(legalBasisText) => set({ legalBasisText })}
          />
        )}
        <LongTextField
          label={say("hand-overs.after")}
          required
          rows={2}
          maxLength={8000}
          value={value.after}
          onChange={(after) => set({ after })}
        />
        <LongTextField
          label={say("hand-overs.remains")}
          rows={2}
          maxLength={8000}
          value={value.remains}
          onChange={(remains) => set({ remains })}
        />
        {draft.says}
        {fault !== null && <Problem fault={fault} kept={say("hand-overs.kept")} />}
        <div className="s-acts">
          <Button type="submit" loading={busy} disabled={!whole}>
            {say("hand-overs.submit")}
          </Button>
        </div>
      </Stack>
    </form>
  );
}

/** What they will see; of parts, which. */
function Seen({
  number,
  value,
  set,
}: {
  number: string;
  value: Draft;
  set: (to: Partial<Draft>) => void;
}): ReactNode {
  const { say } = useWords();
  const query = useQuery({
    queryKey: ["handing", "preview", number, value.to],
    queryFn: () => api.post<Preview>("/api/hand-overs/preview", { case: number, to: value.to }),
  });
  return (
    <Awaited query={query}>
      {({ goes, stays }) => (
        <Stack gap="md" className="s-sheet">
          <Section title={say("hand-overs.see")}>
            <Text size="sm" mb="xs">
              {say("hand-overs.see.text")}
            </Text>
            {value.what === "whole" ? (
              <Lines of={goes} />
            ) : (
              <Stack gap={6}>
                {goes.map((one) => (
                  <TickField
                    key={one.id}
                    label={`${one.kind === "link" ? say(`cases.link.kind.${one.title}`) : one.title} · ${say(`hand-overs.kind.${one.kind}`, { count: 1 })}`}
                    value={value.chosen.includes(one.id)}
                    onChange={(ticked) =>
                      set({
                        chosen: ticked
                          ? [...value.chosen, one.id]
                          : value.chosen.filter((each) => each !== one.id),
                      })
                    }
                  />
                ))}
              </Stack>
            )}
          </Section>
          {stays.length > 0 && (
            <Section title={say("hand-overs.stays")}>
              <Lines of={stays} />
            </Section>
          )}
        </Stack>
      )}
    </Awaited>
  );
}
