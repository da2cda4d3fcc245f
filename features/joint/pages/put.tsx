// Putting something in: own words (note, task, decision, date), or records and exhibits of a case; what may not go says why.
import { Checkbox, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  api,
  Awaited,
  ChoiceField,
  Empty,
  HandlingBadge,
  LeaveStateButton,
  Link,
  LongTextField,
  PageHead,
  Problem,
  RadioField,
  StateTag,
  TextField,
  tell,
  useDraft,
  useGo,
  useParam,
  useQuery,
  useSession,
  useWords,
} from "@simpul/doors/web";
import {
  disclosures,
  ownKinds,
  type AskPut,
  type Disclosure,
  type OwnKind,
  type SpaceChoice,
  type SpaceView,
} from "../contract.ts";
import { useAct, useSpace } from "./data.ts";

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

const usual = { codes: ["H1", "H2"] as ("H1" | "H2")[] };
const blank = { what: "note", title: "", text: "", for: "", due: "", at: "" };

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

/** The red button again: what goes in leaves the state. */
function Leave({
  view,
  ask,
  preview,
  ready,
  done,
}: {
  view: SpaceView;
  ask: () => AskPut;
  preview: ReactNode;
  ready: boolean;
  done: () => void;
}): ReactNode {
  const { say, state } = useWords();
  const { officer, node } = useSession();
  const go = useGo();
  const act = useAct(view.id);
  const to = view.parties.filter((one) => one.stands === "in" && one.state !== view.own);
  async function leave(): Promise<void> {
    let fault: unknown = null;
    const went = await act.run(async () => {
      try {
        await api.post(`/api/joint/${view.id}/things`, ask());
      } catch (no) {
        fault = no;
        throw no;
      }
    });
    if (!went) throw fault;
    done();
    tell(say("joint.went"));
    go(`/joint/${view.id}`);
  }
  return (
    <div className="s-acts">
      <LeaveStateButton
        label={say("joint.put")}
        reasonNeeded={false}
        disabled={!ready}
        recipients={to.map((one) => state(one.state))}
        codes={<HandlingBadge handling={usual} from={node.code} />}
        approves={say("joint.signs", { name: officer.name })}
        preview={preview}
        onLeave={leave}
      />
    </div>
  );
}

type Draft = typeof blank;

function ownOf({ what, title, text, for: to, due, at }: Draft, language: string): AskPut["own"][number] {
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
      return { kind: "date", fields: { title, text, at: new Date(at).toISOString() }, handling };
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

interface CaseLine {
  id: string;
  number: string;
  title: string;
}

function FromCase({ view }: { view: SpaceView }): ReactNode {
  const { say } = useWords();
  const [ref, setRef] = useState<string | null>(null);
  const cases = useQuery({
    queryKey: ["case", "joint"],
    queryFn: ({ signal }) =>
      api.get<{ cases: CaseLine[] }>("/api/cases", { query: { limit: "100" }, signal }),
  });
  return (
    <>
      <ChoiceField
        label={say("joint.case")}
        required
        value={ref}
        choices={(cases.data?.cases ?? []).map((one) => ({
          value: one.number,
          label: `${one.number} · ${one.title}`,
        }))}
        onChange={setRef}
      />
      {cases.error !== null && <Problem fault={cases.error} />}
      {ref !== null && <Choices key={ref} view={view} of={ref} />}
    </>
  );
}

function Choices({ view, of }: { view: SpaceView; of: string }): ReactNode {
  const { say, state } = useWords();
  const [chosen, setChosen] = useState<string[]>([]);
  const [link, setLink] = useState("");
  const [disclosure, setDisclosure] = useState<Disclosure>("not-assessed");
  const query = useQuery({
    queryKey: [`joint:${view.id}`, "choices", of],
    queryFn: ({ signal }) =>
      api.get<{ choices: SpaceChoice[] }>(`/api/joint/${view.id}/choices`, { query: { case: of }, signal }),
  });
  return (
    <Awaited query={query}>
      {({ choices }) => {
        if (choices.length === 0) return <Empty title={say("joint.emptyCase")}>{""}</Empty>;
        const picked = choices.filter((one) => chosen.includes(one.id));
        const parts = picked.map(({ id, handling, evaluation, kind }) => ({
          ...{ id, kind, handling, link: link.trim() },
          evaluation: { source: evaluation.source, information: evaluation.information },
        }));
        const bare = ({ kind: _, ...one }: (typeof parts)[number]) => one;
        const hasItem = picked.some((one) => one.kind === "item");
        return (
          <>
            <Stack component="ul" gap="xs" p={0} m={0} style={{ listStyle: "none" }}>
              {choices.map((one) => (
                <li key={one.id}>
                  <Group gap="xs" wrap="nowrap" align="flex-start">
                    <Checkbox
                      style={{ flex: 1 }}
                      label={one.title}
                      description={`${say(`joint.kind.${one.kind}`)}${one.stop !== null || one.forbidden || one.there ? ` · ${why(one)}` : ""}`}
                      disabled={one.stop !== null || one.forbidden || one.there}
                      checked={chosen.includes(one.id)}
                      onChange={(event) => {
                        const on = event.currentTarget.checked;
                        setChosen((list) =>
                          on ? [...list, one.id] : list.filter((each) => each !== one.id),
                        );
                      }}
                    />
                    {one.originator !== view.own && <StateTag tone="plain">{state(one.originator)}</StateTag>}
                    <HandlingBadge
                      handling={one.handling}
                      evaluation={one.evaluation}
                      from={one.originator}
                    />
                  </Group>
                  {one.stop?.wayOut === "ask" && (
                    <Text size="sm" ml="xl">
                      <Link to={`/requests/permissions`}>
                        {say("joint.askPermission", { state: state(one.originator) })}
                      </Link>
                    </Text>
                  )}
                </li>
              ))}
            </Stack>
            <LongTextField
              label={say("joint.link")}
              hint={say("joint.link.hint")}
              rows={2}
              maxLength={2000}
              value={link}
              onChange={setLink}
            />
            {hasItem && (
              <RadioField
                label={say("joint.disclosure")}
                value={disclosure}
                choices={disclosures.map((one) => ({ value: one, label: say(`joint.disclosure.${one}`) }))}
                onChange={(next) => setDisclosure(next as Disclosure)}
              />
            )}
            <Leave
              view={view}
              ready={picked.length > 0}
              ask={() => ({
                case: of as AskPut["case"],
                records: parts.filter((one) => one.kind !== "item").map(bare),
                items: parts
                  .filter((one) => one.kind === "item")
                  .map((one) => ({ ...bare(one), disclosure })),
                own: [],
              })}
              done={() => setChosen([])}
              preview={
                <Stack gap={4}>
                  {picked.map((one) => (
                    <Group key={one.id} gap="xs">
                      <Text>{one.title}</Text>
                      <HandlingBadge
                        handling={one.handling}
                        evaluation={one.evaluation}
                        from={one.originator}
                      />
                    </Group>
                  ))}
                </Stack>
              }
            />
          </>
        );
      }}
    </Awaited>
  );

  function why(one: SpaceChoice): string {
    if (one.there) return say("joint.why.there");
    if (one.forbidden) return say("joint.why.forbidden");
    return say(
      `joint.why.${one.stop?.because === "protected" ? "protected" : one.stop?.wayOut === "none" ? "terms" : "ask"}`,
      {
        state: state(one.originator),
      },
    );
  }
}
