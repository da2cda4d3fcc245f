// Putting something in: own words (note, task, decision, date), or records and exhibits of a case; what may not go says why.
import { Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import {
  Awaited,
  ChoiceField,
  Empty,
  LongTextField,
  PageHead,
  RadioField,
  TextField,
  TickField,
  useDraft,
  useParam,
  useSession,
  useWords,
} from "@simpul/doors/web";
import { ownKinds, type AskPut, type OwnKind, type SpaceView } from "../contract.ts";
import { useSpace } from "./data.ts";
import { FromCase } from "./put-case.tsx";
import { Leave, usual } from "./put-leave.tsx";

export function Page(): ReactNode {
  const { say } = useWords();
  const id = useParam("id");
  const query = useSpace(id);
  return (
    <>
      <PageHead title={say("joint.put")} back={{ to: `/joint/${id}`, label: say("joint.back") }} />
      <Awaited query={query} back="/joint">
        {(view) =>
          view.may.includes("contribute") ? (
            <Put view={view} />
          ) : (
            <Empty title={say("joint.notOpen")}>{""}</Empty>
          )
        }
      </Awaited>
    </>
  );
}

const blank = { what: "note", title: "", text: "", for: "", due: "", at: "", discloses: "" };

function Put({ view }: { view: SpaceView }): ReactNode {
  const { say } = useWords();
  const words = ownKinds.filter((kind) => view.note.share.includes(kind));
  const draft = useDraft(`joint.put.${view.id}`, {
    ...blank,
    what: words.includes("note") ? "note" : (words[0] ?? "case"),
  });
  const { what } = draft.value;
  const set = (to: Partial<typeof blank>): void => draft.set((before) => ({ ...before, ...to }));
  return (
    <Stack gap="md" maw="40rem">
      <RadioField
        label={say("joint.what")}
        value={what}
        choices={[...words, "case"].map((one) => ({
          value: one,
          label: one === "case" ? say("joint.fromCase") : say(`joint.kind.${one}`),
        }))}
        onChange={(next) => set({ what: next })}
      />
      {what === "case" ? (
        <FromCase view={view} />
      ) : (
        <Words view={view} value={draft.value} set={set} says={draft.says} clear={draft.clear} />
      )}
    </Stack>
  );
}

type Draft = typeof blank;

function ownOf(
  { what, title, text, for: to, due, at, discloses }: Draft,
  language: string,
): AskPut["own"][number] {
  const handling = usual;
  switch (what as OwnKind) {
    case "task":
      return {
        kind: "task",
        fields: {
          title,
          text,
          for: to === "" ? null : (to as never),
          due: due === "" ? null : due,
          state: "open",
        },
        handling,
      };
    case "decision":
      return { kind: "decision", fields: { title, reason: text, decidedOn: due }, handling };
    case "date":
      return {
        kind: "date",
        fields: {
          title,
          text,
          at: new Date(at).toISOString(),
          ...(discloses === "yes" && { discloses: true as const }),
        },
        handling,
      };
    default:
      return { kind: "note", fields: { text, language }, handling };
  }
}

function Words({
  view,
  value,
  set,
  says,
  clear,
}: {
  view: SpaceView;
  value: Draft;
  set: (to: Partial<Draft>) => void;
  says: string;
  clear: () => void;
}): ReactNode {
  const { say, state } = useWords();
  const { language } = useSession();
  const { what } = value;
  const ready =
    (what === "note" || value.title.trim() !== "") &&
    (what === "task" || what === "date" || value.text.trim().length >= 3) &&
    (what !== "decision" || value.due !== "") &&
    (what !== "date" || !Number.isNaN(Date.parse(value.at)));
  return (
    <>
      {what !== "note" && (
        <TextField
          label={say("joint.title")}
          required
          maxLength={300}
          value={value.title}
          onChange={(title) => set({ title })}
        />
      )}
      <LongTextField
        label={say(what === "decision" ? "joint.reason" : "joint.text")}
        required={what === "note" || what === "decision"}
        rows={3}
        maxLength={4000}
        value={value.text}
        onChange={(text) => set({ text })}
      />
      {what === "task" && (
        <ChoiceField
          label={say("joint.forWhom")}
          value={value.for === "" ? null : value.for}
          choices={view.parties
            .filter((one) => one.stands === "in")
            .map((one) => ({ value: one.state, label: state(one.state) }))}
          onChange={(to) => set({ for: to ?? "" })}
        />
      )}
      {(what === "task" || what === "decision") && (
        <TextField
          label={say(what === "task" ? "joint.due" : "joint.decided")}
          kind="date"
          required={what === "decision"}
          value={value.due}
          onChange={(due) => set({ due })}
        />
      )}
      {what === "date" && (
        <TextField
          label={say("joint.when")}
          hint={say("joint.when.hint")}
          kind="datetime-local"
          required
          value={value.at}
          onChange={(at) => set({ at })}
        />
      )}
      {what === "date" && (
        <TickField
          label={say("joint.discloses")}
          hint={say("joint.discloses.hint")}
          value={value.discloses === "yes"}
          onChange={(on) => set({ discloses: on ? "yes" : "" })}
        />
      )}
      {says !== "" && (
        <Text size="sm" c="dimmed">
          {says}
        </Text>
      )}
      <Leave
        view={view}
        ready={ready}
        ask={() => ({ case: null, records: [], items: [], own: [ownOf(value, language)] })}
        done={clear}
        preview={
          <Stack gap={4}>
            {value.title !== "" && <Text fw={600}>{value.title}</Text>}
            <Text style={{ whiteSpace: "pre-wrap" }}>{value.text}</Text>
          </Stack>
        }
      />
    </>
  );
}
