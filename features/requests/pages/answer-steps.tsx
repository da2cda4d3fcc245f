// The questions of an answer: how far it goes, in words, with what of which case, what is left out, where it was looked.
import { Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { ChoiceField, FieldGroup, RadioField, TextField, TickField, useWords } from "@simpul/doors/web";
import type { Step } from "@simpul/doors/web";
import type { Words } from "@simpul/doors/i18n";
import type { Id } from "@simpul/model";
import type { CaseHead } from "../../cases/contract.ts";
import { answerKinds } from "../contract.ts";
import type { AnswerKind, AskAnswer, Codes, RequestView } from "../contract.ts";
import { Refuse } from "./acts.tsx";
import { Choose, ChosenList, anyH0 } from "./choose.tsx";
import { useCodeWords } from "./data.ts";
import type { Named } from "./data.ts";
import { ParagraphsField } from "./paragraphs.tsx";

export interface AnswerForm {
  view: Named<RequestView>;
  codes: Codes;
  me: string;
  cases: readonly CaseHead[];
  value: AskAnswer;
  set: (change: Partial<AskAnswer>) => void;
  confirmed: boolean;
  onConfirm: (value: boolean) => void;
  /** How far it goes was said by a person; nothing is chosen beforehand. */
  kindChosen: boolean;
  onKind: (kind: AnswerKind) => void;
}

export function answerSteps(words: Words, form: AnswerForm): Step[] {
  const { say } = words;
  const { value, view, codes } = form;
  const code = (list: string, one: string): string => words.sayOne([`requests.${list}.${one}`]) ?? one;
  const to = [view.from];
  const nothing = value.narrative.every((one) => one.text.trim() === "");
  const empty = nothing && value.records.length === 0 && value.items.length === 0;
  const missing = (key: string, lacking: boolean): string | null =>
    lacking ? say(`requests.missing.${key}`) : null;
  const steps: Step[] = [
    {
      id: "kind",
      title: say("requests.answer.step.kind"),
      missing: missing("kind", !form.kindChosen),
      body: <KindStep {...form} />,
      answers: [
        {
          label: say("requests.answer.kind"),
          value: form.kindChosen ? say(`requests.outcome.${value.kind}`) : "–",
        },
        { label: say("requests.answer.case"), value: value.case ?? say("requests.answer.noCase") },
      ],
    },
    {
      id: "records",
      title: say("requests.answer.step.records"),
      hint: say("requests.answer.step.records.hint"),
      skip: value.kind === "none-held" || value.case === null,
      missing: missing("H0", anyH0([...value.records, ...value.items]) && !form.confirmed),
      body: (
        <Choose
          caseRef={value.case ?? ""}
          to={to}
          records={value.records}
          items={value.items}
          onChange={form.set}
          confirmed={form.confirmed}
          onConfirm={form.onConfirm}
          grants={{ to: view.from, states: codes.states.filter((one) => one !== view.from) }}
        />
      ),
      answers: [
        {
          label: say("requests.chosen"),
          value: (
            <ChosenList caseRef={value.case ?? ""} to={to} records={value.records} items={value.items} />
          ),
        },
      ],
    },
    {
      id: "words",
      title: say("requests.answer.step.words"),
      missing:
        missing("answer", empty && value.kind !== "none-held") ??
        missing("H0", anyH0(value.narrative) && !form.confirmed),
      body: (
        <ParagraphsField
          label={say("requests.answer.words")}
          hint={say("requests.answer.words.hint")}
          value={value.narrative}
          language={words.locale}
          onChange={(narrative) => form.set({ narrative })}
          confirmed={form.confirmed}
          onConfirm={form.onConfirm}
        />
      ),
      answers: [
        {
          label: say("requests.answer.words"),
          value: value.narrative.map((one) => one.text).join("\n\n") || "–",
        },
      ],
    },
    {
      id: "refused",
      title: say("requests.answer.step.refused"),
      skip: value.kind !== "partial",
      body: <RefusedStep {...form} />,
      answers: [
        {
          label: say("requests.answer.refused"),
          value:
            value.refused
              .map(
                (one) =>
                  `${one.question + 1}: ${code("grounds", one.ground)}${one.text === "" ? "" : ` · ${one.text}`}`,
              )
              .join("\n") || "–",
        },
      ],
    },
    {
      id: "searched",
      title: say("requests.answer.step.searched"),
      hint: say("requests.answer.step.searched.hint"),
      missing: missing("sources", value.kind === "none-held" && value.searched.length === 0),
      body: <SearchedStep {...form} />,
      answers: [
        {
          label: say("requests.answer.searched"),
          value:
            value.searched
              .map((one) => `${code("sources", one.source)} (${words.date(one.on)})`)
              .join(", ") || "–",
        },
      ],
    },
  ];
  // A letter between desks is answered in words alone.
  return view.unasked === "administrative" ? steps.filter(({ id }) => id === "words") : steps;
}

function KindStep(form: AnswerForm): ReactNode {
  const { say } = useWords();
  const { value, view, cases } = form;
  const thread = view.full[0];
  return (
    <Stack gap="md">
      <RadioField
        label={say("requests.answer.kind")}
        value={form.kindChosen ? value.kind : null}
        choices={answerKinds.map((one) => ({
          value: one,
          label: say(`requests.outcome.${one}`),
          hint: say(`requests.outcome.${one}.hint`),
        }))}
        onChange={(kind) => form.onKind(kind as AnswerKind)}
      />
      {form.kindChosen && value.kind !== "none-held" && (
        <ChoiceField
          label={say("requests.answer.case")}
          hint={say("requests.answer.case.hint")}
          value={value.case}
          choices={[
            ...(value.case === null || cases.some((one) => one.number === value.case)
              ? []
              : [{ value: value.case, label: value.case }]),
            ...cases.map((one) => ({ value: one.number, label: `${one.number} · ${one.title}` })),
          ]}
          onChange={(number) => form.set({ case: number, records: [], items: [] })}
        />
      )}
      {view.may.includes("refuse") && thread !== undefined && <Refuse view={view} thread={thread} />}
    </Stack>
  );
}

/** RFI-5: refused part by part, each with its ground. */
function RefusedStep({ view, codes, value, set }: AnswerForm): ReactNode {
  const { say } = useWords();
  const code = useCodeWords();
  return (
    <Stack gap="md">
      {view.draft.questions.map((question, index) => {
        const refused = value.refused.find((one) => one.question === index);
        const put = (next: AskAnswer["refused"][number] | null): void =>
          set({
            refused: [
              ...value.refused.filter((one) => one.question !== index),
              ...(next === null ? [] : [next]),
            ].toSorted((a, b) => a.question - b.question),
          });
        return (
          <FieldGroup key={index} label={`${index + 1}. ${question.text}`}>
            <ChoiceField
              label={say("requests.answer.leftOut")}
              value={refused?.ground ?? null}
              placeholder={say("requests.answer.answered")}
              choices={codes.grounds
                .filter((one) => one.partial)
                .map((one) => ({ value: one.code, label: code("grounds", one.code) }))}
              onChange={(ground) =>
                put(ground === null ? null : { question: index, ground, text: refused?.text ?? "" })
              }
            />
            {refused !== undefined && (
              <TextField
                label={say("requests.ground.text")}
                maxLength={2000}
                value={refused.text}
                onChange={(text) => put({ ...refused, text })}
              />
            )}
          </FieldGroup>
        );
      })}
    </Stack>
  );
}

/** RFI-9: which were searched, by whom and when; the day and the officer stand already. */
function SearchedStep({ codes, me, value, set }: AnswerForm): ReactNode {
  const { say } = useWords();
  const code = useCodeWords();
  const today = new Date().toISOString().slice(0, 10);
  return (
    <FieldGroup label={say("requests.answer.searched")}>
      {codes.sources.map((source) => (
        <TickField
          key={source}
          label={code("sources", source)}
          value={value.searched.some((one) => one.source === source)}
          onChange={(on) =>
            set({
              searched: [
                ...value.searched.filter((one) => one.source !== source),
                ...(on ? [{ source, by: me as Id, on: today }] : []),
              ],
            })
          }
        />
      ))}
      <Text size="sm" c="dimmed">
        {say("requests.answer.searched.today")}
      </Text>
    </FieldGroup>
  );
}
