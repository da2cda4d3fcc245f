// Calling back, one question at a time: what, how, why; then it goes before a second person (COR-2).
import { Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import {
  Awaited,
  ChoiceField,
  Empty,
  LongTextField,
  PageHead,
  RadioField,
  Steps,
  TickField,
  api,
  useAddressValues,
  useDraft,
  useGo,
  useWords,
} from "@simpul/doors/web";
import { Handling, informationGrades, sourceGrades } from "@simpul/model";
import type { HandlingCode, InformationGrade, SourceGrade } from "@simpul/model";
import { recallKinds, type AskRecall, type Codes, type Given, type RecallKind } from "../contract.ts";
import { useFresh, useGiven, useRecallCodes } from "./data.ts";

interface Draft {
  records: string[];
  kind: RecallKind | null;
  reasonCode: string | null;
  reason: string;
  safety: boolean;
  codes: HandlingCode[];
  text: string;
  endsGrants: boolean;
  source: SourceGrade | null;
  information: InformationGrade | null;
}
const empty: Draft = {
  records: [],
  kind: null,
  reasonCode: null,
  reason: "",
  safety: false,
  codes: ["H1", "H2"],
  text: "",
  endsGrants: true,
  source: null,
  information: null,
};

export function Page(): ReactNode {
  const { say } = useWords();
  const [values] = useAddressValues();
  const request = values["request"] ?? "";
  const given = useGiven(request);
  const codes = useRecallCodes();
  return (
    <>
      <PageHead
        title={say("recalls.new")}
        back={{ to: `/requests/${request}`, label: say("recalls.request") }}
      />
      {request === "" ? (
        <Empty title={say("recalls.nothing")}>{say("recalls.nothing.text")}</Empty>
      ) : (
        <Awaited query={given} back={`/requests/${request}`}>
          {({ given: list }) =>
            list.length === 0 ? (
              <Empty title={say("recalls.nothing")}>{say("recalls.nothing.text")}</Empty>
            ) : (
              <Awaited query={codes}>
                {(lists) => <Form request={request} given={list} codes={lists} />}
              </Awaited>
            )
          }
        </Awaited>
      )}
    </>
  );
}

/** What the node is asked; null while something is open. */
function askOf(draft: Draft): AskRecall | null {
  const { kind, records, reasonCode, reason, safety } = draft;
  if (kind === null || reasonCode === null || reason.trim() === "" || records.length === 0) return null;
  const ask = { kind, records, reasonCode, reason: reason.trim(), safety } as AskRecall;
  if (kind === "restrict") {
    const handling: Handling = {
      codes: draft.codes,
      ...(draft.codes.includes("H3") && { text: draft.text.trim() }),
    };
    return { ...ask, handling, endsGrants: draft.endsGrants };
  }
  if (kind !== "regrade") return ask;
  if (draft.source === null || draft.information === null) return null;
  return { ...ask, evaluation: { source: draft.source, information: draft.information } };
}

function Form({ request, given, codes }: { request: string; given: Given[]; codes: Codes }): ReactNode {
  const words = useWords();
  const { say, state } = words;
  const go = useGo();
  const fresh = useFresh();
  const draft = useDraft<Draft>(`recalls.new.${request}`, empty);
  const { value } = draft;
  const set = (change: Partial<Draft>): void => draft.set({ ...value, ...change });
  const chosen = given.filter((one) => value.records.includes(one.record));
  const kinds = recallKinds.filter(
    (kind) => chosen.length > 0 && chosen.every((one) => one.kinds.includes(kind)),
  );
  const reasons = codes.reasons.filter((one) => value.kind !== null && one.kinds.includes(value.kind));
  const forced = reasons.find((one) => one.code === value.reasonCode)?.safety === true;
  const title = (one: Given): string => (one.what === "text" ? say("recalls.words") : one.title);
  // Whole days are said as days.
  const within = (count: number): string =>
    count > 24 && count % 24 === 0
      ? say("recalls.days", { count: count / 24 })
      : say("recalls.hours", { count });
  const states = [...new Set(chosen.flatMap((one) => one.to))].map((one) => state(one));
  const steps = [
    {
      id: "what",
      title: say("recalls.what"),
      missing: chosen.length === 0 ? say("recalls.what.missing") : null,
      answers: [{ label: say("recalls.what"), value: words.list(chosen.map(title)) }],
      body: (
        <Stack gap="sm">
          {given.map((one) => (
            <TickField
              key={one.record}
              label={title(one)}
              hint={`${say(`recalls.thing.${one.what}`)} · ${say("recalls.with", { states: words.list(one.to.map((to) => state(to))) })}`}
              value={value.records.includes(one.record)}
              onChange={(on) =>
                set({
                  records: on
                    ? [...value.records, one.record]
                    : value.records.filter((record) => record !== one.record),
                })
              }
            />
          ))}
        </Stack>
      ),
    },
    {
      id: "how",
      title: say("recalls.how"),
      missing: howMissing(value, kinds) ? say("recalls.how.missing") : null,
      answers: [
        { label: say("recalls.how"), value: value.kind === null ? "–" : say(`recalls.kind.${value.kind}`) },
      ],
      body: (
        <Stack gap="md">
          <RadioField
            label={say("recalls.how")}
            value={value.kind}
            choices={kinds.map((kind) => ({
              value: kind,
              label: say(`recalls.kind.${kind}`),
              hint: say(`recalls.kind.${kind}.hint`),
            }))}
            onChange={(kind) => set({ kind: kind as RecallKind, reasonCode: null })}
          />
          {value.kind === "restrict" && <Terms value={value} set={set} />}
          {value.kind === "regrade" && <Grade value={value} set={set} />}
        </Stack>
      ),
    },
    {
      id: "why",
      title: say("recalls.why"),
      missing: value.reasonCode === null || value.reason.trim() === "" ? say("recalls.why.missing") : null,
      answers: [
        {
          label: say("recalls.why"),
          value: value.reasonCode === null ? "–" : say(`recalls.reason.${value.reasonCode}`),
        },
        { label: say("recalls.inWords"), value: value.reason },
        {
          label: say("recalls.until"),
          value: within(value.safety || forced ? codes.hours.safety : codes.hours.other),
        },
      ],
      body: (
        <Stack gap="md">
          <ChoiceField
            label={say("recalls.why")}
            required
            value={value.reasonCode}
            choices={reasons.map(({ code }) => ({ value: code, label: say(`recalls.reason.${code}`) }))}
            onChange={(reasonCode) => set({ reasonCode })}
          />
          <LongTextField
            label={say("recalls.inWords")}
            hint={say("recalls.inWords.hint")}
            required
            rows={3}
            maxLength={4000}
            value={value.reason}
            onChange={(reason) => set({ reason })}
          />
          <TickField
            label={say("recalls.safety")}
            hint={within(codes.hours.safety)}
            value={value.safety || forced}
            disabled={forced}
            onChange={(safety) => set({ safety })}
          />
        </Stack>
      ),
    },
  ];
  return (
    <Stack maw="46rem">
      <Steps
        steps={steps}
        send={say("recalls.submit")}
        draftSays={draft.says}
        note={<Text size="sm">{say("recalls.reaches", { states: words.list(states) })}</Text>}
        onSend={async () => {
          const { id } = await api.post<{ id: string }>(`/api/recalls/given/${request}`, askOf(value));
          draft.clear();
          await fresh();
          go(`/recalls/${id}`);
        }}
      />
    </Stack>
  );
}

const howMissing = (value: Draft, kinds: readonly RecallKind[]): boolean =>
  value.kind === null ||
  !kinds.includes(value.kind) ||
  (value.kind === "restrict" && value.codes.includes("H3") && value.text.trim() === "") ||
  (value.kind === "restrict" && value.codes.length === 0) ||
  (value.kind === "regrade" && (value.source === null || value.information === null));

type Part = { value: Draft; set: (change: Partial<Draft>) => void };

function Terms({ value, set }: Part): ReactNode {
  const { say } = useWords();
  return (
    <Stack gap="sm">
      {(["H2", "H1", "H3"] as const).map((code) => (
        <TickField
          key={code}
          label={say(`recalls.code.${code}`)}
          hint={code}
          value={value.codes.includes(code)}
          onChange={(on) =>
            set({ codes: [...value.codes.filter((one) => one !== code), ...(on ? [code] : [])].toSorted() })
          }
        />
      ))}
      {value.codes.includes("H3") && (
        <LongTextField
          label={say("recalls.code.text")}
          required
          rows={2}
          maxLength={1000}
          value={value.text}
          onChange={(text) => set({ text })}
        />
      )}
      <TickField
        label={say("recalls.endsGrants")}
        value={value.endsGrants}
        onChange={(endsGrants) => set({ endsGrants })}
      />
    </Stack>
  );
}

function Grade({ value, set }: Part): ReactNode {
  const { say } = useWords();
  return (
    <Stack gap="sm">
      <ChoiceField
        label={say("recalls.grade.source")}
        required
        value={value.source}
        choices={sourceGrades.map((one) => ({
          value: one,
          label: `${one} · ${say(`evaluation.source.${one}`)}`,
        }))}
        onChange={(source) => set({ source: source as SourceGrade | null })}
      />
      <ChoiceField
        label={say("recalls.grade.information")}
        required
        value={value.information}
        choices={informationGrades.map((one) => ({
          value: one,
          label: `${one} · ${say(`evaluation.information.${one}`)}`,
        }))}
        onChange={(information) => set({ information: information as InformationGrade | null })}
      />
    </Stack>
  );
}
