// Paragraphs of facts or of an answer, each with its own terms and grade (HC-1).
import { Button, Card, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import { HandlingBadge, LongTextField, useSession, useWords } from "@simpul/doors/web";
import { Evaluation } from "@simpul/model";
import type { Paragraph } from "../contract.ts";
import { LanguageField } from "./language.tsx";
import { GradeFields, TermsFields, asEvaluation, usualHandling } from "./terms.tsx";
import type { Grades } from "./terms.tsx";
import { FreeText } from "./translations.tsx";

export const emptyParagraph = (language: string): Paragraph => ({
  text: "",
  language,
  handling: usualHandling(),
  evaluation: { source: "X", information: "4" },
});

export function ParagraphsField({
  label,
  hint,
  value,
  onChange,
  language,
  confirmed,
  onConfirm,
  begin,
}: {
  label: string;
  hint?: ReactNode;
  value: readonly Paragraph[];
  onChange: (value: Paragraph[]) => void;
  language: string;
  confirmed: boolean;
  onConfirm: (value: boolean) => void;
  /** A text that the house has already, offered with one click while nothing is written. */
  begin?: { label: string; text: string };
}): ReactNode {
  const { say } = useWords();
  const shown = value.length === 0 ? [emptyParagraph(language)] : value;
  const put = (index: number, change: Partial<Paragraph>): void =>
    onChange(shown.map((one, at) => (at === index ? { ...one, ...change } : one)));
  return (
    <Stack gap="md">
      {shown.map((paragraph, index) => (
        <Card key={index} withBorder padding="sm">
          <Stack gap="xs">
            <LongTextField
              label={shown.length === 1 ? label : `${label} ${index + 1}`}
              {...(index === 0 && hint !== undefined ? { hint } : {})}
              rows={5}
              maxLength={8000}
              lang={paragraph.language}
              value={paragraph.text}
              onChange={(text) => put(index, { text })}
            />
            {begin !== undefined && index === 0 && paragraph.text === "" && begin.text !== "" && (
              <Group>
                <Button size="compact-sm" variant="default" onClick={() => put(0, { text: begin.text })}>
                  {begin.label}
                </Button>
              </Group>
            )}
            {paragraph.text.trim() !== "" && (
              <LanguageField
                text={paragraph.text}
                value={paragraph.language}
                onChange={(next) => put(index, { language: next })}
              />
            )}
            <Marks
              of={paragraph}
              onChange={(change) => put(index, change)}
              confirmed={confirmed}
              onConfirm={onConfirm}
            />
            {shown.length > 1 && (
              <Group>
                <Button
                  size="compact-sm"
                  variant="subtle"
                  onClick={() => onChange(shown.filter((_, at) => at !== index))}
                >
                  {say("requests.remove")}
                </Button>
              </Group>
            )}
          </Stack>
        </Card>
      ))}
      <Group>
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => onChange([...shown, emptyParagraph(language)])}
        >
          {say("requests.paragraph.add")}
        </Button>
      </Group>
    </Stack>
  );
}

/** Terms and grade of one thing that leaves; closed, it says in words what holds. */
export function Marks({
  of,
  onChange,
  confirmed,
  onConfirm,
  children,
}: {
  of: Pick<Paragraph, "handling" | "evaluation">;
  onChange: (change: Partial<Pick<Paragraph, "handling" | "evaluation">>) => void;
  confirmed: boolean;
  onConfirm: (value: boolean) => void;
  children?: ReactNode;
}): ReactNode {
  const { say, state } = useWords();
  const { node } = useSession();
  // X4 is what stands where nobody graded: the fields stay empty then, one never filled from the other.
  const none = of.evaluation.source === "X" && of.evaluation.information === "4";
  const [grades, setGrades] = useState<Grades>(
    none ? { source: null, information: null } : { ...of.evaluation },
  );
  return (
    <details open={of.handling.codes.includes("H0") && !confirmed ? true : undefined}>
      <summary>
        <Text span size="sm">
          {say("requests.marks")}:{" "}
        </Text>
        <Text span size="sm">
          {of.handling.codes.map((code) => say(`handling.${code}`, { owner: state(node.code) })).join(" · ")}
        </Text>{" "}
        <Text span size="xs" c="dimmed">
          {of.handling.codes.join(" ")} · {none ? say("evaluation.none") : Evaluation.print(of.evaluation)}
        </Text>
      </summary>
      <Stack gap="sm" mt="xs">
        <TermsFields
          value={of.handling}
          onChange={(handling) => onChange({ handling })}
          confirmed={confirmed}
          onConfirm={onConfirm}
        />
        <GradeFields
          value={grades}
          onChange={(next) => {
            setGrades(next);
            onChange({ evaluation: asEvaluation(next) });
          }}
        />
        {children}
      </Stack>
    </details>
  );
}

/** Paragraphs as they are read, each with its mark. */
export function Paragraphs({
  of,
  from,
  about,
  list,
}: {
  of: readonly Paragraph[];
  from: string;
  /** Where they stand; null in a preview. */
  about: string | null;
  list: "facts" | "narrative";
}): ReactNode {
  return (
    <Stack gap="xs">
      {of.map((one, index) => (
        <div key={index} className="r-paragraph">
          <div className="r-words">
            <FreeText about={about} field={`${list}.${String(index)}`} language={one.language}>
              <Text component="div" lang={one.language} style={{ whiteSpace: "pre-wrap" }}>
                {one.text}
              </Text>
            </FreeText>
          </div>
          <HandlingBadge handling={one.handling} evaluation={one.evaluation} from={from} />
        </div>
      ))}
    </Stack>
  );
}
