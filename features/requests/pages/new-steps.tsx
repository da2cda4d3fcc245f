// The questions of a request: to whom, what, on which facts, with what of the case, how soon and on what basis.
import { Button, Card, Group, Stack } from "@mantine/core";
import type { ReactNode } from "react";
import { ChoiceField, ChoicesField, LongTextField, RadioField, TextField, useWords } from "@simpul/doors/web";
import type { Step } from "@simpul/doors/web";
import type { Words } from "@simpul/doors/i18n";
import type { NodeCode } from "@simpul/model";
import { unaskedKinds } from "../contract.ts";
import type { AskDraft, Choice, Codes, UnaskedKind } from "../contract.ts";
import { Choose, ChosenList, anyH0 } from "./choose.tsx";
import { useCodeWords } from "./data.ts";
import { LanguageField } from "./language.tsx";
import { correspondentName, statesOf } from "./letter.tsx";
import { ParagraphsField } from "./paragraphs.tsx";
import { TermsStep } from "./new-terms.tsx";
import { mayOverride } from "./stops.tsx";

export interface AskForm {
  codes: Codes;
  value: AskDraft;
  set: (change: Partial<AskDraft>) => void;
  summary: string;
  choices: readonly Choice[];
  /** H0 was confirmed on this page (HC-3). */
  confirmed: boolean;
  onConfirm: (value: boolean) => void;
}

/** The first thing that a step still lacks, in words. */
const lacks = (words: Words, of: readonly [string, boolean][]): string | null => {
  const first = of.find(([, lacking]) => lacking);
  return first === undefined ? null : words.say(`requests.missing.${first[0]}`);
};

export function askSteps(words: Words, form: AskForm): Step[] {
  const { say } = words;
  const { value } = form;
  const code = (list: string, one: string | null): string =>
    one === null || one === ""
      ? "–"
      : (words.sayOne([`requests.${list}.${one}`, `cases.crime.${one}`]) ?? one);
  const chosen = new Set([...value.records, ...value.items].map((one) => one.id));
  const states = statesOf(value);
  const parts = [...value.facts, ...value.records, ...value.items];
  const asks = value.unasked === undefined;
  // A letter between desks says what it is about, and what they should know.
  const matter = value.unasked !== "administrative";
  const step = (name: string): string => say(`requests.step.${name}${asks ? "" : ".told"}`);
  const steps: Step[] = [
    {
      id: "to",
      title: step("to"),
      ...(asks ? { hint: say("requests.step.to.hint") } : {}),
      missing: lacks(words, [["to", value.to.length + (value.letters ?? []).length === 0]]),
      body: <ToStep {...form} />,
      answers: [
        ...(matter ? [{ label: say("requests.new.case"), value: value.case }] : []),
        { label: say("requests.to"), value: words.list(value.to.map((one) => words.state(one))) || "–" },
        ...((value.letters ?? []).length === 0
          ? []
          : [
              {
                label: say("requests.letters"),
                value: words.list(value.letters!.map((one) => correspondentName(words, form.codes, one))),
              },
            ]),
      ],
    },
    {
      id: "what",
      title: step("what"),
      missing: lacks(words, [
        ["subject", value.subject.trim() === ""],
        ["questions", asks && value.questions.every((one) => one.text.trim() === "")],
        ["facts", !matter && value.facts.every((one) => one.text.trim() === "")],
        ["H0", !matter && anyH0(value.facts) && !form.confirmed],
      ]),
      body: <WhatStep {...form} />,
      answers: [
        { label: say("requests.subject"), value: value.subject },
        asks
          ? {
              label: say("requests.questions"),
              value: value.questions
                .map((one) => `${one.text} (${code("categories", one.category)})`)
                .join("\n"),
            }
          : { label: say("requests.unasked"), value: say(`requests.unasked.${value.unasked!}`) },
        ...(matter
          ? []
          : [
              {
                label: say("requests.tell.words"),
                value: value.facts.map((one) => one.text).join("\n\n"),
              },
            ]),
      ],
    },
    {
      id: "facts",
      title: step("facts"),
      missing: lacks(words, [
        ["facts", value.facts.every((one) => one.text.trim() === "")],
        ["offence", value.offence === ""],
        ["whyThere", asks && value.whyThere.trim() === ""],
        ["H0", anyH0(value.facts) && !form.confirmed],
      ]),
      body: <FactsStep {...form} />,
      answers: [
        { label: say("requests.facts"), value: value.facts.map((one) => one.text).join("\n\n") },
        { label: say("requests.offence"), value: code("offences", value.offence) },
        ...(asks ? [{ label: say("requests.whyThere"), value: value.whyThere }] : []),
      ],
    },
    {
      id: "records",
      title: say("requests.step.records"),
      hint: say("requests.step.records.hint"),
      missing: lacks(words, [
        [
          "stopped",
          form.choices.some(
            (one) => one.stop !== null && chosen.has(one.id) && !mayOverride(one.stop, states),
          ),
        ],
        ["links", [...value.records, ...value.items].some((one) => one.link.trim() === "")],
        ["H0", anyH0(parts) && !form.confirmed],
      ]),
      body: (
        <Choose
          caseRef={value.case}
          to={states}
          records={value.records}
          items={value.items}
          onChange={form.set}
          confirmed={form.confirmed}
          onConfirm={form.onConfirm}
        />
      ),
      answers: [
        {
          label: say("requests.chosen"),
          value: <ChosenList caseRef={value.case} to={states} records={value.records} items={value.items} />,
        },
      ],
    },
    {
      id: "terms",
      title: step("terms"),
      missing: lacks(words, [
        ["purpose", value.purpose === ""],
        ["legalBasis", value.legalBasis === ""],
        ["urgencyReason", (value.urgent || value.unasked === "warning") && value.urgencyReason === null],
        ["languages", asks && value.languages.length === 0],
      ]),
      body: <TermsStep {...form} />,
      answers: [
        {
          label: say("requests.urgent"),
          value: value.urgent ? code("urgency", value.urgencyReason) : say("requests.urgent.no"),
        },
        ...(asks
          ? [
              {
                label: say("requests.evidenceForeseen"),
                value: say(value.evidenceForeseen ? "requests.yes" : "requests.no"),
              },
              {
                label: say("requests.neededBy"),
                value: value.neededBy === null || value.neededBy === "" ? "–" : words.date(value.neededBy),
              },
            ]
          : []),
        {
          label: say("requests.purpose"),
          value: value.purpose === "" ? "–" : say(`purpose.${value.purpose}`),
        },
        { label: say("requests.legalBasis"), value: code("legalBases", value.legalBasis) },
      ],
    },
  ];
  return matter ? steps : steps.filter(({ id }) => ["to", "what"].includes(id));
}

function ToStep({ codes, value, set }: AskForm): ReactNode {
  const words = useWords();
  const { say, state } = words;
  // Those whose state has no node come first: to them a letter is the only way.
  const list = codes.correspondents.list.toSorted(
    (a, b) => Number(codes.states.includes(a.state)) - Number(codes.states.includes(b.state)),
  );
  return (
    <Stack gap="md">
      <ChoicesField
        label={say("requests.to")}
        hint={say("requests.to.hint")}
        required={(value.letters ?? []).length === 0}
        value={value.to}
        choices={codes.states.map((one) => ({ value: one, label: state(one) }))}
        onChange={(to) => set({ to: to as NodeCode[] })}
      />
      {list.length > 0 && value.unasked === undefined && (
        <ChoicesField
          label={say("requests.letters")}
          hint={say("requests.letters.hint")}
          value={value.letters ?? []}
          choices={list.map((one) => ({ value: one.code, label: correspondentName(words, codes, one.code) }))}
          onChange={(letters) => set({ letters })}
        />
      )}
    </Stack>
  );
}

function WhatStep({ codes, value, set, confirmed, onConfirm }: AskForm): ReactNode {
  const { say } = useWords();
  const code = useCodeWords();
  const questions = value.questions;
  const put = (index: number, change: Partial<AskDraft["questions"][number]>): void =>
    set({ questions: questions.map((one, at) => (at === index ? { ...one, ...change } : one)) });
  return (
    <Stack gap="md">
      <TextField
        label={say("requests.subject")}
        hint={say("requests.subject.hint")}
        required
        maxLength={300}
        value={value.subject}
        onChange={(subject) => set({ subject })}
      />
      {value.unasked === "administrative" && (
        <ParagraphsField
          label={say("requests.tell.words")}
          hint={say("requests.tell.words.hint")}
          value={value.facts}
          language={value.language}
          onChange={(facts) => set({ facts })}
          confirmed={confirmed}
          onConfirm={onConfirm}
        />
      )}
      {value.unasked !== undefined && value.unasked !== "administrative" && (
        <RadioField
          label={say("requests.unasked")}
          value={value.unasked}
          choices={unaskedKinds
            .filter((one) => one !== "administrative")
            .map((one) => ({
              value: one,
              label: say(`requests.unasked.${one}`),
              hint: say(`requests.unasked.${one}.hint`),
            }))}
          onChange={(unasked) => set({ unasked: unasked as UnaskedKind })}
        />
      )}
      {value.unasked !== "administrative" && (
        <LanguageField
          text={questions.map((one) => one.text).join("\n")}
          value={value.language}
          onChange={(language) => set({ language })}
        />
      )}
      {questions.map((one, index) => (
        <Card key={index} withBorder padding="sm">
          <Stack gap="xs">
            <LongTextField
              label={say("requests.question", { number: index + 1 })}
              required
              rows={2}
              maxLength={8000}
              value={one.text}
              onChange={(text) => put(index, { text })}
            />
            <ChoiceField
              label={say("requests.category")}
              hint={say("requests.category.hint")}
              required
              value={one.category}
              choices={codes.categories.map((category) => ({
                value: category.code,
                label: code("categories", category.code),
              }))}
              onChange={(category) => put(index, { category: category ?? one.category })}
            />
            {questions.length > 1 && (
              <Group>
                <Button
                  size="compact-sm"
                  variant="subtle"
                  onClick={() => set({ questions: questions.filter((_, at) => at !== index) })}
                >
                  {say("requests.remove")}
                </Button>
              </Group>
            )}
          </Stack>
        </Card>
      ))}
      {value.unasked === undefined && (
        <Group>
          <Button
            size="compact-sm"
            variant="default"
            onClick={() =>
              set({
                questions: [...questions, { text: "", category: questions.at(-1)?.category ?? "other" }],
              })
            }
          >
            {say("requests.question.add")}
          </Button>
        </Group>
      )}
    </Stack>
  );
}

function FactsStep({ codes, value, set, summary, confirmed, onConfirm }: AskForm): ReactNode {
  const { say } = useWords();
  const code = useCodeWords();
  return (
    <Stack gap="md">
      <ParagraphsField
        label={say("requests.facts")}
        hint={say("requests.facts.hint")}
        value={value.facts}
        language={value.language}
        onChange={(facts) => set({ facts })}
        confirmed={confirmed}
        onConfirm={onConfirm}
        begin={{ label: say("requests.facts.summary"), text: summary }}
      />
      <ChoiceField
        label={say("requests.offence")}
        required
        value={value.offence === "" ? null : value.offence}
        choices={codes.offences.map((one) => ({ value: one, label: code("offences", one) }))}
        onChange={(offence) => set({ offence: offence ?? "" })}
      />
      {value.unasked === undefined && (
        <LongTextField
          label={say("requests.whyThere")}
          hint={say("requests.whyThere.hint")}
          required
          rows={2}
          maxLength={8000}
          value={value.whyThere}
          onChange={(whyThere) => set({ whyThere })}
        />
      )}
    </Stack>
  );
}
