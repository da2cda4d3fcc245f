// Starting an exercise: which scenario, which state plays which role, when it begins; then the states are told.
import { Button, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import {
  api,
  Awaited,
  ChoiceField,
  ChoicesField,
  PageHead,
  Problem,
  RadioField,
  TextField,
  useActing,
  useDraft,
  useGo,
  useQuery,
  useWords,
} from "@simpul/doors/web";
import { stateZones } from "@simpul/doors/i18n";
import type { ExercisesView, ScriptView } from "../contract.ts";
import { useTold } from "./data.tsx";

export function Page(): ReactNode {
  const { say } = useWords();
  const query = useQuery({
    queryKey: ["exercise"],
    queryFn: ({ signal }) => api.get<ExercisesView>("/api/exercises", { signal }),
  });
  return (
    <>
      <PageHead title={say("exercises.start")} back={{ to: "/exercises", label: say("exercises.room") }} />
      <Awaited query={query} back="/exercises">
        {(view) => <Form view={view} />}
      </Awaited>
    </>
  );
}

interface Draft {
  script: string;
  assigned: Record<string, string>;
  begins: "now" | "later";
  at: string;
  units: string[];
}
const empty: Draft = { script: "", assigned: {}, begins: "now", at: "", units: [] };

function Form({ view }: { view: ExercisesView }): ReactNode {
  const { say, state } = useWords();
  const told = useTold();
  const go = useGo();
  const draft = useDraft("exercises.new", empty);
  const { busy, fault, run } = useActing("exercise");
  const { value } = draft;
  const set = (to: Partial<Draft>): void => draft.set((before) => ({ ...before, ...to }));
  const offered = view.scripts.filter(({ missing }) => missing.length === 0);
  const script = offered.find(({ id }) => id === value.script);
  const stateOf = (role: ScriptView["roles"][number]): string =>
    value.assigned[role.id] ?? (view.states.includes(role.state) ? role.state : view.own);
  const spare = view.states.filter(
    (code) => code !== view.own && !(script?.roles ?? []).some((role) => stateOf(role) === String(code)),
  );
  const begins = value.begins === "now" ? new Date() : value.at === "" ? null : new Date(value.at);

  async function announce(): Promise<void> {
    if (script === undefined || begins === null) return;
    let made: { id: string } | null = null;
    const done = await run(async () => {
      const assigned = script.roles.map((role) => ({ role: role.id, state: stateOf(role) }));
      const plays = assigned.map((one) => one.state);
      const coordination = value.units.filter((unit) => !plays.includes(unit));
      const ask = { script: script.id, startsAt: begins.toISOString(), assigned, coordination };
      made = await api.post<{ id: string }>("/api/exercises", ask);
      draft.clear();
    });
    if (done) go(`/exercises/${made!.id}`);
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void announce();
      }}
    >
      <Stack gap="md" maw="40rem">
        <RadioField
          label={say("exercises.scenario")}
          value={value.script === "" ? null : value.script}
          choices={offered.map((one) => ({
            ...{ value: one.id, label: told(one.title), hint: told(one.story) },
          }))}
          onChange={(id) => set({ script: id, assigned: {} })}
        />
        {view.scripts
          .filter(({ missing }) => missing.length > 0)
          .map((one) => (
            <NotOffered key={one.id} of={one} />
          ))}
        {script !== undefined && <Cast of={script} view={view} stateOf={stateOf} set={set} value={value} />}
        <RadioField
          label={say("exercises.begins")}
          value={value.begins}
          choices={[
            { value: "now", label: say("exercises.begins.now") },
            { value: "later", label: say("exercises.begins.later") },
          ]}
          onChange={(when) => set({ begins: when === "later" ? "later" : "now" })}
        />
        {value.begins === "later" && (
          <>
            <TextField
              label={say("exercises.begins.at")}
              kind="datetime-local"
              required
              value={value.at}
              onChange={(at) => set({ at })}
            />
            {script !== undefined && begins !== null && (
              <Walls at={begins} states={[...new Set(script.roles.map(stateOf))]} />
            )}
          </>
        )}
        {script !== undefined && spare.length > 0 && (
          <ChoicesField
            label={say("exercises.coordination")}
            value={value.units.filter((unit) => spare.some((code) => code === unit))}
            choices={spare.map((code) => ({ value: code, label: state(code) }))}
            onChange={(units) => set({ units })}
          />
        )}
        {fault !== null && <Problem fault={fault} kept={say("exercises.kept")} />}
        <div className="s-acts">
          <Button type="submit" loading={busy} disabled={script === undefined || begins === null}>
            {say("exercises.announce")}
          </Button>
        </div>
      </Stack>
    </form>
  );
}

function NotOffered({ of }: { of: ScriptView }): ReactNode {
  const { say, list, has } = useWords();
  const told = useTold();
  const doors = of.missing.map((door) => (has(`exercises.by.${door}`) ? say(`exercises.by.${door}`) : door));
  return (
    <Text size="sm" c="dimmed">
      {told(of.title)}: {say("exercises.needsDoor", { doors: list(doors) })}
    </Text>
  );
}

function Cast({
  of,
  view,
  stateOf,
  value,
  set,
}: {
  of: ScriptView;
  view: ExercisesView;
  stateOf: (role: ScriptView["roles"][number]) => string;
  value: Draft;
  set: (to: Partial<Draft>) => void;
}): ReactNode {
  const { say, state, duration } = useWords();
  const told = useTold();
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">
        {say("exercises.length", { steps: of.steps, length: duration(of.minutes * 60_000) })}
      </Text>
      {of.roles.map((role) => (
        <ChoiceField
          key={role.id}
          label={say("exercises.playedBy", { role: told(role.title) })}
          value={stateOf(role)}
          choices={view.states.map((code) => ({ value: code, label: state(code) }))}
          onChange={(code) => {
            if (code !== null) set({ assigned: { ...value.assigned, [role.id]: code } });
          }}
        />
      ))}
    </Stack>
  );
}

/** One instant as each state's wall shows it. */
function Walls({ at, states }: { at: Date; states: readonly string[] }): ReactNode {
  const { state, time } = useWords();
  return (
    <Text size="sm" c="dimmed">
      {states.map((code) => `${state(code)} ${time(at, stateZones[code] ?? "UTC")}`).join(" · ")}
    </Text>
  );
}
