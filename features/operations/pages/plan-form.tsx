// Writing the plan: what for, with whom, when on the clock of this state, and how people reach each other when the line fails.
import { Button, Checkbox, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import { ChoiceField, LongTextField, Problem, TextField, useDraft, useWords } from "@simpul/doors/web";
import type { Id, NodeCode } from "@simpul/model";
import { operationLimits, type OperationStart, type Plan } from "../contract.ts";
import { instantIn, phasesFit, wallIn } from "../rules.ts";
import { WindowTable } from "./parts.tsx";
import { filled, RowsField, type Row } from "./rows-field.tsx";
import "./operations.css";

interface Begun extends Record<"title" | "aim" | "fallback" | "starts" | "ends", string> {
  parties: readonly string[];
  space: string | null;
  phases: Row[];
  hotspots: Row[];
}

export function PlanForm({
  start,
  from,
  name,
  send,
}: {
  start: OperationStart;
  /** The plan as it stands; null for a new one. */
  from: Plan | null;
  /** Of the draft. */
  name: string;
  send: (plan: Plan) => Promise<void>;
}): ReactNode {
  const { say, state } = useWords();
  const begun: Begun = {
    ...{ title: from?.title ?? "", aim: from?.aim ?? "", fallback: from?.fallback ?? "" },
    parties: from?.parties ?? [start.own],
    starts: from === null ? "" : wallIn(start.own, from.window.starts),
    ends: from === null ? "" : wallIn(start.own, from.window.ends),
    space: from?.space ?? null,
    phases: (from?.phases ?? []).map((one): Row => ({
      name: one.name,
      starts: wallIn(start.own, one.starts),
    })),
    hotspots: (from?.hotspots ?? []).map((one): Row => ({ name: one.name, area: one.area })),
  };
  const draft = useDraft(name, begun);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<unknown>(null);
  const said = draft.value;
  const set = (to: Partial<typeof said>): void => draft.set((before) => ({ ...before, ...to }));
  const [starts, ends] = [instantIn(start.own, said.starts), instantIn(start.own, said.ends)];
  const window = starts !== null && ends !== null && starts < ends ? { starts, ends } : null;
  const phases = filled(said.phases, "name").map((row) => ({
    ...{ name: (row["name"] ?? "").trim(), starts: instantIn(start.own, row["starts"] ?? "") ?? "" },
  }));
  const phased = window !== null && phasesFit(phases, window);
  const whole = phased && said.title.trim().length >= 3 && said.aim.trim().length >= 3;
  async function keep(): Promise<void> {
    if (window === null) return;
    setBusy(true);
    setFault(null);
    try {
      await send({
        ...{ title: said.title.trim(), aim: said.aim.trim(), parties: said.parties as NodeCode[], window },
        ...{ fallback: said.fallback.trim(), phases, space: said.space as Id | null },
        hotspots: filled(said.hotspots, "name").map((row) => ({
          ...{ name: (row["name"] ?? "").trim(), area: (row["area"] ?? "").trim() },
        })),
      });
      draft.clear();
    } catch (no) {
      setFault(no);
    } finally {
      setBusy(false);
    }
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void keep();
      }}
    >
      <Stack gap="md" maw="40rem">
        <TextField
          label={say("operations.title")}
          required
          maxLength={200}
          value={said.title}
          onChange={(title) => set({ title })}
        />
        <LongTextField
          label={say("operations.aim")}
          required
          rows={2}
          maxLength={2000}
          value={said.aim}
          onChange={(aim) => set({ aim })}
        />
        {start.spaces.length > 0 && (
          <ChoiceField
            label={say("operations.space")}
            hint={say("operations.space.hint")}
            value={said.space}
            choices={start.spaces.map((one) => ({ value: one.id, label: one.title }))}
            onChange={(space) => {
              const parties = start.spaces.find((one) => one.id === space)?.parties;
              set({ space, ...(parties === undefined ? {} : { parties: [...parties] }) });
            }}
          />
        )}
        <Checkbox.Group
          label={say("operations.parties")}
          value={[...said.parties]}
          onChange={(parties) =>
            set({ parties: [start.own, ...parties.filter((one) => one !== start.own)] as NodeCode[] })
          }
        >
          <Group gap="md" mt={6}>
            {[start.own, ...start.states].map((one) => (
              <Checkbox key={one} value={one} label={state(one)} disabled={one === start.own} />
            ))}
          </Group>
        </Checkbox.Group>
        <div className="op-grid">
          <TextField
            label={say("operations.starts")}
            hint={say("operations.wall", { state: state(start.own) })}
            kind="datetime-local"
            required
            value={said.starts}
            onChange={(to) => set({ starts: to })}
          />
          <TextField
            label={say("operations.ends")}
            hint={say("operations.wall", { state: state(start.own) })}
            kind="datetime-local"
            required
            value={said.ends}
            onChange={(to) => set({ ends: to })}
          />
        </div>
        {starts !== null && ends !== null && starts >= ends && (
          <Text className="s-error">{say("operations.site.untilBefore")}</Text>
        )}
        {window !== null && <WindowTable of={{ parties: said.parties as NodeCode[], window }} />}
        <RowsField
          label={say("operations.phases")}
          hint={say("operations.phases.hint")}
          columns={[
            { id: "name", label: say("operations.phase.name"), maxLength: 120 },
            { id: "starts", label: say("operations.starts"), kind: "clock" },
          ]}
          rows={said.phases}
          most={operationLimits.phases}
          onChange={(phases) => set({ phases })}
        />
        {window !== null && !phased && <Text className="s-error">{say("problem.PHASE_OUTSIDE.todo")}</Text>}
        <LongTextField
          label={say("operations.fallback")}
          hint={say("operations.fallback.hint")}
          rows={2}
          maxLength={1000}
          value={said.fallback}
          onChange={(fallback) => set({ fallback })}
        />
        <RowsField
          label={say("operations.hotspots")}
          hint={say("operations.hotspots.hint")}
          columns={[
            { id: "name", label: say("operations.hotspot.name"), maxLength: 120 },
            { id: "area", label: say("operations.site.area"), maxLength: 120 },
          ]}
          rows={said.hotspots}
          most={operationLimits.hotspots}
          onChange={(hotspots) => set({ hotspots })}
        />
        {fault !== null && <Problem fault={fault} kept={say("operations.kept")} />}
        {draft.says !== "" && (
          <Text size="sm" c="dimmed">
            {draft.says}
          </Text>
        )}
        <div className="s-acts op-acts">
          <Button type="submit" loading={busy} disabled={!whole}>
            {say("operations.save")}
          </Button>
        </div>
      </Stack>
    </form>
  );
}
