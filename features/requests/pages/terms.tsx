// Handling in words first, the code as small print (HC-3); evaluation in two questions, nothing filled in (EV-3).
import { Group, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import {
  ChoiceField,
  ChoicesField,
  FieldGroup,
  HandlingBadge,
  LongTextField,
  TextField,
  TickField,
  useSession,
  useWords,
} from "@simpul/doors/web";
import { Handling, informationGrades, sourceGrades } from "@simpul/model";
import type { Evaluation, HandlingCode, InformationGrade, SourceGrade } from "@simpul/model";
import type { Grant, GrantTicks, TermsInWords } from "../contract.ts";
import { useCodeWords } from "./data.ts";

/** The badge and, beside it, its words; `from` is whose information it is. */
export function TermsLine({
  handling,
  evaluation,
  from,
}: {
  handling: Handling;
  evaluation?: Evaluation;
  from: string;
}): ReactNode {
  const { say, state } = useWords();
  return (
    <Group gap="xs" align="baseline">
      <HandlingBadge handling={handling} from={from} {...(evaluation === undefined ? {} : { evaluation })} />
      <Text span size="sm">
        {handling.codes.map((code) => say(`handling.${code}`, { owner: state(from) })).join(" · ")}
        {handling.text !== undefined && ` · ${handling.text}`}
      </Text>
    </Group>
  );
}

const without = (handling: Handling, code: HandlingCode): HandlingCode[] =>
  handling.codes.filter((one) => one !== code && one !== "H0");

/** Ticks for H2, H1 and H3; none of them is H0, which says what it means and takes its own tick (HC-3). */
export function TermsFields({
  value,
  onChange,
  confirmed,
  onConfirm,
}: {
  value: Handling;
  onChange: (value: Handling) => void;
  /** H0 was confirmed. */
  confirmed: boolean;
  onConfirm: (value: boolean) => void;
}): ReactNode {
  const { say, state } = useWords();
  const { node } = useSession();
  const owner = state(node.code);
  const flip = (code: HandlingCode, on: boolean): void => {
    const codes = [...without(value, code), ...(on ? [code] : [])].toSorted();
    const rest = codes.includes("H3") ? { text: value.text ?? "", conditions: value.conditions ?? {} } : {};
    onChange({ codes: codes.length === 0 ? ["H0"] : codes, ...rest });
  };
  const conditions = value.conditions ?? {};
  const condition = (change: Partial<NonNullable<Handling["conditions"]>>): void =>
    onChange({ ...value, conditions: { ...conditions, ...change } });
  return (
    <FieldGroup label={say("requests.terms.title")}>
      {(["H2", "H1", "H3"] as const).map((code) => (
        <TickField
          key={code}
          label={say(`handling.${code}`, { owner })}
          hint={code}
          value={value.codes.includes(code)}
          onChange={(on) => flip(code, on)}
        />
      ))}
      {value.codes.includes("H3") && (
        <Stack gap="sm" pl="lg">
          <LongTextField
            label={say("requests.terms.text")}
            required
            rows={2}
            maxLength={2000}
            value={value.text ?? ""}
            onChange={(text) => onChange({ ...value, text })}
          />
          <TextField
            label={say("requests.terms.notAfter")}
            kind="date"
            value={conditions.notAfter ?? ""}
            onChange={(day) => {
              const { notAfter: _, ...rest } = conditions;
              onChange({ ...value, conditions: day === "" ? rest : { ...rest, notAfter: day } });
            }}
          />
          <TickField
            label={say("requests.terms.noMatching")}
            value={conditions.noAutomatedMatching ?? false}
            onChange={(on) => condition({ noAutomatedMatching: on })}
          />
          <TickField
            label={say("requests.terms.noPrint")}
            value={conditions.noPrint ?? false}
            onChange={(on) => condition({ noPrint: on })}
          />
        </Stack>
      )}
      {value.codes.includes("H0") && (
        <TickField
          label={say("requests.terms.confirmH0")}
          hint={say("requests.terms.confirmH0.hint", { owner })}
          value={confirmed}
          onChange={onConfirm}
        />
      )}
    </FieldGroup>
  );
}

/** EV-3. Empty until somebody grades; left empty it counts, and is shown, as "not evaluated". */
export interface Grades {
  source: SourceGrade | null;
  information: InformationGrade | null;
}
export const asEvaluation = (grades: Grades): Evaluation =>
  grades.source === null || grades.information === null
    ? { source: "X", information: "4" }
    : { source: grades.source, information: grades.information };

export function GradeFields({
  value,
  onChange,
}: {
  value: Grades;
  onChange: (value: Grades) => void;
}): ReactNode {
  const { say } = useWords();
  return (
    <Group grow align="flex-start" preventGrowOverflow={false}>
      <ChoiceField
        label={say("requests.grade.source")}
        value={value.source}
        placeholder={say("evaluation.none")}
        choices={sourceGrades.map((one) => ({
          value: one,
          label: `${one} · ${say(`evaluation.source.${one}`)}`,
        }))}
        onChange={(source) => onChange({ ...value, source: source as SourceGrade | null })}
      />
      <ChoiceField
        label={say("requests.grade.information")}
        value={value.information}
        placeholder={say("evaluation.none")}
        choices={informationGrades.map((one) => ({
          value: one,
          label: `${one} · ${say(`evaluation.information.${one}`)}`,
        }))}
        onChange={(information) =>
          onChange({ ...value, information: information as InformationGrade | null })
        }
      />
    </Group>
  );
}

/** HC-3: what the other side will want next, granted in the same step with one tick each. */
export function GrantFields({
  value,
  onChange,
  to,
  states,
}: {
  value: GrantTicks;
  onChange: (value: GrantTicks) => void;
  /** Who asks. */
  to: string;
  /** States that could be named besides. */
  states: readonly string[];
}): ReactNode {
  const { say, state } = useWords();
  const owner = state(to);
  return (
    <FieldGroup label={say("requests.grants.title", { state: owner })}>
      <TickField
        label={say("requests.grants.case")}
        hint={say("requests.grants.case.hint", { state: owner })}
        value={value.case}
        onChange={(on) => onChange({ ...value, case: on })}
      />
      <TickField
        label={say("requests.grants.court")}
        hint={say("requests.grants.court.hint")}
        value={value.court}
        onChange={(on) => onChange({ ...value, court: on })}
      />
      {states.length > 0 && (
        <ChoicesField
          label={say("requests.grants.recipients")}
          value={value.recipients}
          choices={states.map((one) => ({ value: one, label: state(one) }))}
          onChange={(recipients) =>
            onChange({ ...value, recipients: recipients as GrantTicks["recipients"] })
          }
        />
      )}
    </FieldGroup>
  );
}

/** Permissions that lie with a record, in words. */
export function GrantLines({ grants }: { grants: readonly Grant[] }): ReactNode {
  const words = useWords();
  const code = useCodeWords();
  return (
    <>
      {grants.map((grant) => (
        <Text key={grant.id} size="sm" component="div">
          {words.say(`requests.granted.${grant.action}`, {
            holder: words.state(grant.holder),
            to: words.list(grant.recipients.map((one) => words.state(one))),
          })}
          {grant.notAfter !== null &&
            grant.action !== "override" &&
            ` · ${words.say("requests.until", { day: words.date(grant.notAfter) })}`}
          {grant.conditions !== "" &&
            ` · ${grant.action === "override" ? code("overrideReasons", grant.conditions) : grant.conditions}`}
        </Text>
      ))}
    </>
  );
}

/** "What may I do with it?" answered now, line by line. */
export function MayLines({ may, from }: { may: TermsInWords; from: string }): ReactNode {
  const words = useWords();
  const { say, state } = words;
  const owner = state(from);
  const lines = [
    say(may.court ? "requests.may.court" : "requests.may.notCourt", { owner }),
    may.onward === "all"
      ? say("requests.may.onward")
      : may.onward.length > 0
        ? say("requests.may.onwardTo", { to: words.list(may.onward.map((one) => state(one))), owner })
        : say("requests.may.notOnward", { owner }),
    say(may.agencyOnly ? "requests.may.agencyOnly" : "requests.may.case"),
    ...(may.notAfter === null ? [] : [say("requests.may.notAfter", { day: words.date(may.notAfter) })]),
    ...(may.noMatching ? [say("requests.may.noMatching")] : []),
    ...(may.noPrint ? [say("requests.may.noPrint")] : []),
    ...(may.text === null ? [] : [may.text]),
  ];
  return (
    <ul className="r-may">
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}

export const usualTicks: GrantTicks = { case: false, court: false, recipients: [] };
export const usualHandling = (): Handling => ({ codes: [...Handling.usual.codes] });
