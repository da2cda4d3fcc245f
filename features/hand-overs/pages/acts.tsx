// What comes next on a hand-over: let it go, drop it, take it back, accept for a desk and a lead, decline with a ground.
import { Button, Group, Stack } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  ChoiceField,
  HandlingBadge,
  LeaveStateButton,
  LongTextField,
  Problem,
  api,
  tell,
  useActing,
  useColleagues,
  useWords,
} from "@simpul/doors/web";
import { Counts, Lines, useAct, useHandOverCodes, type Acting, type View } from "./parts.tsx";

type Open = "take-back" | "accept" | "decline";

export function Acts({ view }: { view: View }): ReactNode {
  const { say } = useWords();
  const act = useAct(view.id);
  const [open, setOpen] = useState<Open | null>(null);
  const close = (): void => setOpen(null);
  const may = (one: View["may"][number]): boolean => view.may.includes(one);
  const opens = (["accept", "decline", "take-back"] as const).filter(may);
  if (opens.length === 0 && !may("approve") && !may("drop")) return null;
  return (
    <Stack gap="sm" className="s-noprint">
      {act.fault !== null && <Problem fault={act.fault} kept={say("hand-overs.kept")} />}
      {open === null && (
        <Group gap="xs">
          {may("approve") && <LetGo view={view} />}
          {may("drop") && (
            <Button variant="default" loading={act.busy} onClick={() => void act.run("drop")}>
              {say("hand-overs.act.drop")}
            </Button>
          )}
          {opens.map((one) => (
            <Button key={one} variant={one === "accept" ? "filled" : "default"} onClick={() => setOpen(one)}>
              {say(`hand-overs.act.${one}`)}
            </Button>
          ))}
        </Group>
      )}
      {open === "accept" && <Accept view={view} act={act} close={close} />}
      {open === "decline" && <Decline act={act} close={close} />}
      {open === "take-back" && <TakeBack act={act} close={close} />}
    </Stack>
  );
}

/** The red button: it leaves the state. */
function LetGo({ view }: { view: View }): ReactNode {
  const { say, state } = useWords();
  const { refresh } = useActing("handing");
  const offer = view.offer!;
  return (
    <LeaveStateButton
      label={say("hand-overs.act.approve")}
      recipients={[state(view.peer)]}
      codes={<HandlingBadge handling={offer.handling} />}
      approves={say("hand-overs.approves", {
        author: view.author === null ? "–" : (view.names[view.author] ?? "–"),
      })}
      preview={view.lines === null ? <Counts of={offer.goes} /> : <Lines of={view.lines} />}
      reasonNeeded={false}
      onLeave={async () => {
        await api.post(`/api/hand-overs/${view.id}/approve`, {});
        await refresh();
        tell(say("hand-overs.gone"));
      }}
    />
  );
}

interface Given {
  act: Acting;
  close: () => void;
}

function Form({
  label,
  whole,
  act,
  close,
  send,
  children,
}: Given & { label: string; whole: boolean; send: () => Promise<boolean>; children: ReactNode }): ReactNode {
  const { say } = useWords();
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void send().then((done) => {
          if (done) close();
        });
      }}
    >
      <Stack gap="sm" maw="36rem">
        {children}
        <Group gap="xs" className="s-acts">
          <Button type="submit" loading={act.busy} disabled={!whole}>
            {label}
          </Button>
          <Button variant="subtle" onClick={close}>
            {say("hand-overs.cancel")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Accept({ view, act, close }: Given & { view: View }): ReactNode {
  const { say } = useWords();
  const codes = useHandOverCodes();
  const colleagues = (useColleagues(true).data ?? []).filter((one) => !one.left);
  const [desk, setDesk] = useState<string | null>(null);
  const [lead, setLead] = useState<string | null>(null);
  const [crimeType, setCrimeType] = useState<string | null>(view.offer!.crimeType);
  const [text, setText] = useState("");
  const leads = (roles: readonly string[]): boolean =>
    roles.includes("investigator") || roles.includes("supervisor");
  const places = colleagues.flatMap((one) => one.places.filter(({ roles }) => leads(roles)));
  const desks = [...new Map(places.map((one) => [one.desk.id, one.desk.name])).entries()];
  const officers = colleagues.filter((one) =>
    one.places.some((at) => at.desk.id === desk && leads(at.roles)),
  );
  return (
    <Form
      {...{ act, close, label: say("hand-overs.act.accept") }}
      whole={desk !== null && lead !== null && crimeType !== null}
      send={() => act.run("accept", { desk, lead, crimeType, text: text.trim() })}
    >
      <ChoiceField
        label={say("hand-overs.desk")}
        required
        value={desk}
        choices={desks.map(([value, label]) => ({ value, label }))}
        onChange={(to) => {
          setDesk(to);
          setLead(null);
        }}
      />
      <ChoiceField
        label={say("hand-overs.lead")}
        required
        value={lead}
        choices={officers.map((one) => ({ value: one.id, label: one.name }))}
        onChange={setLead}
      />
      <ChoiceField
        label={say("hand-overs.crimeType")}
        required
        value={crimeType}
        choices={(codes.data?.crimeTypes ?? []).map((one) => ({
          value: one,
          label: say(`cases.crime.${one}`),
        }))}
        onChange={setCrimeType}
      />
      <Word text={text} onChange={setText} />
    </Form>
  );
}

/** What she says with her act. */
function Word(given: { text: string; required?: boolean; onChange: (text: string) => void }): ReactNode {
  const { text, required = false, onChange } = given;
  const { say } = useWords();
  const label = say("hand-overs.word");
  return <LongTextField rows={2} maxLength={8000} value={text} {...{ label, required, onChange }} />;
}

function Decline({ act, close }: Given): ReactNode {
  const { say } = useWords();
  const codes = useHandOverCodes();
  const [ground, setGround] = useState<string | null>(null);
  const [text, setText] = useState("");
  return (
    <Form
      {...{ act, close, label: say("hand-overs.act.decline") }}
      whole={ground !== null && (ground !== "other" || text.trim() !== "")}
      send={() => act.run("decline", { ground, text: text.trim() })}
    >
      <ChoiceField
        label={say("hand-overs.ground")}
        required
        value={ground}
        choices={(codes.data?.grounds ?? []).map((one) => ({
          value: one,
          label: say(`hand-overs.ground.${one}`),
        }))}
        onChange={setGround}
      />
      <Word text={text} required={ground === "other"} onChange={setText} />
    </Form>
  );
}

function TakeBack({ act, close }: Given): ReactNode {
  const { say } = useWords();
  const [text, setText] = useState("");
  return (
    <Form
      {...{ act, close, label: say("hand-overs.act.take-back") }}
      whole
      send={() => act.run("take-back", { text: text.trim() })}
    >
      <Word text={text} onChange={setText} />
    </Form>
  );
}
