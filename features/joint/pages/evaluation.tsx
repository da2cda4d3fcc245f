// The evaluation of a joint investigation: each party's counts and words at its end, about nobody (JIT-9).
import { Button, Group, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  api,
  LongTextField,
  NumberField,
  Problem,
  RadioField,
  TimeText,
  useDraft,
  useWords,
} from "@simpul/doors/web";
import { isGone, reaches, type Assessment, type Evaluated, type SpaceView } from "../contract.ts";
import { useAct } from "./data.ts";

const counts = ["arrests", "identified", "referred", "assets", "spared"] as const;
const texts = ["difficulties", "legal"] as const;
const blank: Assessment = {
  ...{ reached: "partly", arrests: 0, identified: 0, referred: 0, assets: 0, spared: 0 },
  ...{ difficulties: "", legal: "" },
};

export function Evaluation({ view }: { view: SpaceView }): ReactNode {
  const { say } = useWords();
  const [open, setOpen] = useState(false);
  const ours = view.evaluations.find((one) => one.party === view.own);
  const may = view.may.includes("evaluate");
  const over = view.phase === "ended" || isGone(view.phase);
  if (view.evaluations.length === 0 && !(may && over)) return null;
  return (
    <section aria-label={say("joint.evaluation")}>
      <Title order={2} size="h5" mb="xs">
        {say("joint.evaluation")}
      </Title>
      <Stack gap="md">
        {view.evaluations.map((one) => (
          <Said key={one.party} of={one} />
        ))}
        {may && over && !open && (
          <Group className="s-noprint">
            <Button variant="default" onClick={() => setOpen(true)}>
              {say(ours === undefined ? "joint.evaluation.write" : "joint.evaluation.change")}
            </Button>
          </Group>
        )}
        {open && <Write view={view} ours={ours} close={() => setOpen(false)} />}
      </Stack>
    </section>
  );
}

function Said({ of }: { of: Evaluated }): ReactNode {
  const { say, state, number } = useWords();
  return (
    <Stack gap={2} component="article" aria-label={state(of.party)}>
      <Text fw={600}>{state(of.party)}</Text>
      <Text size="sm" component="div">
        {say("joint.evaluation.reached")}: {say(`joint.evaluation.${of.reached}`)} · {of.officer} ·{" "}
        <TimeText at={of.at} other={of.party} />
      </Text>
      <Text size="sm">
        {counts.map((one) => `${say(`joint.evaluation.${one}`)}: ${number(of[one])}`).join(" · ")}
      </Text>
      {texts
        .filter((one) => of[one] !== "")
        .map((one) => (
          <Text size="sm" key={one} style={{ whiteSpace: "pre-wrap" }}>
            {say(`joint.evaluation.${one}`)}: {of[one]}
          </Text>
        ))}
    </Stack>
  );
}

function Write({
  view,
  ours,
  close,
}: {
  view: SpaceView;
  ours: Evaluated | undefined;
  close: () => void;
}): ReactNode {
  const { say } = useWords();
  const { busy, fault, run } = useAct();
  const draft = useDraft<Assessment>(`joint.evaluation.${view.id}`, assessmentOf(ours ?? blank));
  const set = (to: Partial<Assessment>): void => draft.set((before) => ({ ...before, ...to }));
  async function send(): Promise<void> {
    if (!(await run(() => api.post(`/api/joint/${view.id}/evaluation`, draft.value)))) return;
    draft.clear();
    close();
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <Stack gap="sm" maw="36rem">
        <Text size="sm">{say("joint.evaluation.hint")}</Text>
        <RadioField
          label={say("joint.evaluation.reached")}
          value={draft.value.reached}
          choices={reaches.map((one) => ({ value: one, label: say(`joint.evaluation.${one}`) }))}
          onChange={(reached) => set({ reached: reached as Assessment["reached"] })}
        />
        {counts.map((one) => (
          <NumberField
            key={one}
            label={say(`joint.evaluation.${one}`)}
            min={0}
            value={draft.value[one]}
            onChange={(value) => set({ [one]: value ?? 0 })}
          />
        ))}
        {texts.map((one) => (
          <LongTextField
            key={one}
            label={say(`joint.evaluation.${one}`)}
            rows={2}
            maxLength={4000}
            value={draft.value[one]}
            onChange={(value) => set({ [one]: value })}
          />
        ))}
        {draft.says !== "" && (
          <Text size="sm" c="dimmed">
            {draft.says}
          </Text>
        )}
        {fault !== null && <Problem fault={fault} kept={say("joint.kept")} />}
        <Group gap="xs" className="s-acts">
          <Button type="submit" loading={busy} disabled={draft.value.referred > draft.value.identified}>
            {say("joint.evaluation.send")}
          </Button>
          <Button variant="subtle" onClick={close}>
            {say("joint.notNow")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** Without whose it was and when: that is said anew. */
const assessmentOf = (of: Assessment): Assessment => {
  const { reached, arrests, identified, referred, assets, spared, difficulties, legal } = of;
  return { reached, arrests, identified, referred, assets, spared, difficulties, legal };
};
