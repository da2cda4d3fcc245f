// Noting what became of a letter: sent, arrived, answered, refused. Each is one short form; nothing of it leaves the house.
import { Button, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  ChoiceField,
  FieldGroup,
  LongTextField,
  Problem,
  TextField,
  TickField,
  api,
  useWords,
} from "@simpul/doors/web";
import { informationGrades, sourceGrades } from "@simpul/model";
import type { Handling } from "@simpul/model";
import { answerKinds } from "../../requests/contract.ts";
import { answerWays, spokenWays, type AskAnswered, type LetterAct } from "../contract.ts";
import { useAct, type View } from "./data.ts";
import { HowItCame } from "./how-it-came.tsx";

export const today = (): string => new Date().toLocaleDateString("sv-SE");

export function Form({
  act,
  ready,
  open = false,
  send,
  clear,
  children,
}: {
  act: LetterAct;
  ready: boolean;
  open?: boolean;
  send: () => Promise<unknown>;
  /** Empties the form once it is done, where it may be needed again. */
  clear?: () => void;
  children: ReactNode;
}): ReactNode {
  const { say } = useWords();
  const { busy, fault, run } = useAct();
  return (
    <details className="l-act s-noprint" open={open ? true : undefined}>
      <summary>{say(`letters.act.${act}`)}</summary>
      <Stack gap="sm" mt="xs">
        {children}
        {fault !== null && <Problem fault={fault} kept={say("requests.form.kept")} />}
        <Group>
          <Button
            loading={busy}
            disabled={!ready}
            onClick={() => void run(send).then((done) => done && clear?.())}
          >
            {say(`letters.act.${act}.send`)}
          </Button>
        </Group>
      </Stack>
    </details>
  );
}

export function Posted({ view }: { view: View }): ReactNode {
  const { say } = useWords();
  const [on, setOn] = useState(today);
  const [channel, setChannel] = useState<string | null>(view.to.channels[0] ?? null);
  const [note, setNote] = useState("");
  return (
    <Form
      act="posted"
      open
      ready={on !== "" && channel !== null}
      send={() => api.post(`/api/letters/${view.id}/posted`, { on, channel, note })}
    >
      <TextField kind="date" label={say("letters.postedOn")} required value={on} onChange={setOn} />
      <ChoiceField
        label={say("letters.channel")}
        required
        value={channel}
        choices={view.to.channels.map((one) => ({ value: one, label: say(`requests.channels.${one}`) }))}
        onChange={setChannel}
      />
      <TextField label={say("letters.note")} maxLength={300} value={note} onChange={setNote} />
    </Form>
  );
}

export function Acknowledged({ view }: { view: View }): ReactNode {
  const { say } = useWords();
  const [on, setOn] = useState(today);
  const [theirReference, setReference] = useState("");
  return (
    <Form
      act="acknowledged"
      ready={on !== ""}
      send={() => api.post(`/api/letters/${view.id}/acknowledged`, { on, theirReference })}
    >
      <TextField kind="date" label={say("letters.ack.on")} required value={on} onChange={setOn} />
      <TextField
        label={say("letters.theirReference")}
        maxLength={120}
        value={theirReference}
        onChange={setReference}
      />
    </Form>
  );
}

/** A scan, an e-mail, a voice on the phone: one step, under the terms of whoever gave it. */
export function Answered({ view }: { view: View }): ReactNode {
  const words = useWords();
  const { say, state, language } = words;
  const [value, setValue] = useState<AskAnswered>({
    kind: "full",
    way: view.joinable.length > 0 ? "letter" : "phone",
    saidBy: "",
    saidAt: today(),
    theirReference: "",
    text: "",
    language: view.to.language,
    handling: { codes: ["H1", "H2"] },
    evaluation: { source: "X", information: "4" },
    items: [],
  });
  const set = (change: Partial<AskAnswered>): void => setValue((before) => ({ ...before, ...change }));
  const spoken = spokenWays.includes(value.way);
  const owner = state(view.state);
  const flip = (code: "H1" | "H2", on: boolean): void => {
    const codes = (["H1", "H2"] as const).filter((one) =>
      one === code ? on : value.handling.codes.includes(one),
    );
    const handling: Handling = { codes: codes.length === 0 ? ["H0"] : codes };
    set({ handling });
  };
  return (
    <Form
      act="answer"
      open={view.standing === "delivered"}
      ready={value.saidBy.trim() !== "" && value.saidAt !== ""}
      clear={() => set({ saidBy: "", text: "", theirReference: "", items: [] })}
      send={() => api.post(`/api/letters/${view.id}/answer`, { ...value, items: spoken ? [] : value.items })}
    >
      <HowItCame view={view} value={value} set={set} itemsHint={say("letters.items.hint")}>
        <ChoiceField
          label={say("letters.kind")}
          required
          value={value.kind}
          choices={answerKinds.map((one) => ({ value: one, label: say(`requests.outcome.${one}`) }))}
          onChange={(kind) => set({ kind: (kind ?? value.kind) as AskAnswered["kind"] })}
        />
      </HowItCame>
      <LongTextField
        label={say("letters.text")}
        required={spoken}
        maxLength={8000}
        lang={value.language}
        value={value.text}
        onChange={(text) => set({ text })}
      />
      <ChoiceField
        label={say("letters.language")}
        value={value.language}
        choices={[...new Set([view.to.language, words.locale, "en"])].map((one) => ({
          value: one,
          label: language(one),
        }))}
        onChange={(next) => set({ language: next ?? value.language })}
      />
      <FieldGroup label={say("letters.terms", { owner })}>
        {(["H2", "H1"] as const).map((code) => (
          <TickField
            key={code}
            label={say(`handling.${code}`, { owner })}
            hint={code}
            value={value.handling.codes.includes(code)}
            onChange={(on) => flip(code, on)}
          />
        ))}
      </FieldGroup>
      {spoken ? (
        <Text size="sm">{say("letters.spoken")}</Text>
      ) : (
        <Grades value={value.evaluation} onChange={(evaluation) => set({ evaluation })} />
      )}
    </Form>
  );
}

/** EV-3: graded apart; while one is missing, nothing is evaluated. */
function Grades({
  value,
  onChange,
}: {
  value: AskAnswered["evaluation"];
  onChange: (value: AskAnswered["evaluation"]) => void;
}): ReactNode {
  const { say } = useWords();
  return (
    <Group grow align="flex-start" preventGrowOverflow={false}>
      <ChoiceField
        label={say("requests.grade.source")}
        value={value.source}
        choices={sourceGrades.map((one) => ({
          value: one,
          label: `${one} · ${say(`evaluation.source.${one}`)}`,
        }))}
        onChange={(source) => onChange({ ...value, source: (source ?? "X") as typeof value.source })}
      />
      <ChoiceField
        label={say("requests.grade.information")}
        value={value.information}
        choices={informationGrades.map((one) => ({
          value: one,
          label: `${one} · ${say(`evaluation.information.${one}`)}`,
        }))}
        onChange={(information) =>
          onChange({ ...value, information: (information ?? "4") as typeof value.information })
        }
      />
    </Group>
  );
}

export function Refused({ view }: { view: View }): ReactNode {
  const { say, sayOne } = useWords();
  const [ground, setGround] = useState<string | null>(null);
  const [way, setWay] = useState("letter");
  const [saidBy, setSaidBy] = useState("");
  const [saidAt, setSaidAt] = useState(today);
  const [text, setText] = useState("");
  return (
    <Form
      act="refused"
      ready={ground !== null && saidBy.trim() !== "" && saidAt !== ""}
      send={() => api.post(`/api/letters/${view.id}/refused`, { ground, way, saidBy, saidAt, text })}
    >
      <ChoiceField
        label={say("requests.ground")}
        required
        value={ground}
        choices={view.grounds.map((one) => ({
          value: one,
          label: sayOne([`requests.grounds.${one}`, `assistance.code.${one}`]) ?? one,
        }))}
        onChange={setGround}
      />
      <ChoiceField
        label={say("letters.way")}
        required
        value={way}
        choices={answerWays.map((one) => ({ value: one, label: say(`letters.way.${one}`) }))}
        onChange={(next) => setWay(next ?? way)}
      />
      <TextField label={say("letters.saidBy")} required maxLength={300} value={saidBy} onChange={setSaidBy} />
      <TextField kind="date" label={say("letters.on")} required value={saidAt} onChange={setSaidAt} />
      <LongTextField
        label={say("requests.ground.text")}
        rows={2}
        maxLength={2000}
        value={text}
        onChange={setText}
      />
    </Form>
  );
}
