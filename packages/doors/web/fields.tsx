// Fields of forms: a label in words, a hint, an error in words, at a size that is comfortable to fill in.
import {
  Checkbox,
  Fieldset,
  MultiSelect,
  NumberInput,
  PasswordInput,
  Radio,
  Select,
  Stack,
  TagsInput,
  Textarea,
  TextInput,
} from "@mantine/core";
import type { ReactNode } from "react";
import { Refused } from "./api.ts";
import { useWords } from "./words.tsx";

export interface FieldProps {
  /** In words, short. */
  label: string;
  /** Read out only: what stands beside or above it says the same. */
  labelHidden?: boolean;
  hint?: ReactNode;
  /** In words: what is wrong and what is expected. */
  error?: string | null | undefined;
  required?: boolean;
  disabled?: boolean;
  autoFocus?: boolean;
}
export interface Choice {
  value: string;
  label: string;
  hint?: string;
}

const shared = ({ label, labelHidden, hint, error, required, disabled, autoFocus }: FieldProps): object => ({
  ...(labelHidden ? { "aria-label": label } : { label }),
  description: hint,
  error: error === null || error === undefined || error === "" ? undefined : error,
  required: required ?? false,
  disabled: disabled ?? false,
  "data-autofocus": autoFocus ? true : undefined,
  autoFocus: autoFocus ?? false,
  inputWrapperOrder: ["label", "description", "error", "input"],
});

/** One line of text. */
export function TextField({
  value,
  onChange,
  kind = "text",
  maxLength = 500,
  lang,
  ...field
}: FieldProps & {
  value: string;
  onChange: (value: string) => void;
  kind?: "text" | "email" | "tel" | "url" | "search" | "date" | "datetime-local" | "time";
  maxLength?: number;
  lang?: string;
}): ReactNode {
  return (
    <TextInput
      {...shared(field)}
      type={kind}
      value={value}
      maxLength={maxLength}
      lang={lang}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

/** Text over several lines. */
export function LongTextField({
  value,
  onChange,
  rows = 4,
  maxLength = 20_000,
  lang,
  ...field
}: FieldProps & {
  value: string;
  onChange: (value: string) => void;
  rows?: number;
  maxLength?: number;
  lang?: string;
}): ReactNode {
  return (
    <Textarea
      {...shared(field)}
      value={value}
      autosize
      minRows={rows}
      maxRows={20}
      maxLength={maxLength}
      lang={lang}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

/** A secret that is typed. */
export function SecretField({
  value,
  onChange,
  ...field
}: FieldProps & { value: string; onChange: (value: string) => void }): ReactNode {
  return (
    <PasswordInput
      {...shared(field)}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

/** A number; null while empty. */
export function NumberField({
  value,
  onChange,
  min,
  max,
  ...field
}: FieldProps & {
  value: number | null;
  onChange: (value: number | null) => void;
  min?: number;
  max?: number;
}): ReactNode {
  return (
    <NumberInput
      {...shared(field)}
      value={value ?? ""}
      {...(min === undefined ? {} : { min })}
      {...(max === undefined ? {} : { max })}
      onChange={(next) => onChange(typeof next === "number" ? next : null)}
    />
  );
}

/** One of many, from a list that can be typed into. */
export function ChoiceField({
  value,
  onChange,
  choices,
  placeholder,
  ...field
}: FieldProps & {
  value: string | null;
  onChange: (value: string | null) => void;
  choices: readonly Choice[];
  placeholder?: string;
}): ReactNode {
  const { say } = useWords();
  return (
    <Select
      {...shared(field)}
      value={value}
      data={choices.map(({ value: one, label }) => ({ value: one, label }))}
      searchable={choices.length > 7}
      clearable={!(field.required ?? false)}
      placeholder={placeholder ?? say("web.choose")}
      nothingFoundMessage={say("web.nothingFound")}
      onChange={onChange}
    />
  );
}

/** Several of many. */
export function ChoicesField({
  value,
  onChange,
  choices,
  ...field
}: FieldProps & {
  value: readonly string[];
  onChange: (value: string[]) => void;
  choices: readonly Choice[];
}): ReactNode {
  const { say } = useWords();
  return (
    <MultiSelect
      {...shared(field)}
      value={[...value]}
      data={choices.map(({ value: one, label }) => ({ value: one, label }))}
      searchable
      nothingFoundMessage={say("web.nothingFound")}
      onChange={onChange}
    />
  );
}

/** Several texts, each ended by Enter or a comma. */
export function TextsField({
  value,
  onChange,
  ...field
}: FieldProps & { value: readonly string[]; onChange: (value: string[]) => void }): ReactNode {
  return <TagsInput {...shared(field)} value={[...value]} onChange={onChange} maxTags={100} />;
}

/** One of few, all shown, each with its meaning. Nothing is chosen beforehand unless `value` says so. */
export function RadioField({
  value,
  onChange,
  choices,
  ...field
}: FieldProps & {
  value: string | null;
  onChange: (value: string) => void;
  choices: readonly Choice[];
}): ReactNode {
  return (
    <Radio.Group {...shared(field)} value={value} onChange={onChange}>
      <Stack gap="xs" mt={6}>
        {choices.map((choice) => (
          <Radio key={choice.value} value={choice.value} label={choice.label} description={choice.hint} />
        ))}
      </Stack>
    </Radio.Group>
  );
}

/** Leads to the first field that is not as it should be, once its words stand there; nothing where all are. */
export function toFirstError(within: HTMLElement): void {
  requestAnimationFrame(() => {
    const wrapper = within
      .querySelector(".mantine-InputWrapper-error")
      ?.closest(".mantine-InputWrapper-root");
    const field = wrapper?.querySelector<HTMLElement>("input, textarea, select");
    wrapper?.scrollIntoView({ block: "center" });
    field?.focus({ preventScroll: true });
  });
}

/** One tick, e.g. "may be used in court in this case". */
export function TickField({
  value,
  onChange,
  label,
  hint,
  error,
  disabled,
}: FieldProps & { value: boolean; onChange: (value: boolean) => void }): ReactNode {
  return (
    <Checkbox
      label={label}
      description={hint}
      error={error ?? undefined}
      disabled={disabled ?? false}
      checked={value}
      onChange={(event) => onChange(event.currentTarget.checked)}
    />
  );
}

/** Fields that belong together, under one question. */
export function FieldGroup({ label, children }: { label: string; children: ReactNode }): ReactNode {
  return (
    <Fieldset legend={label} variant="unstyled">
      <Stack gap="md">{children}</Stack>
    </Fieldset>
  );
}

/** The words of the node's refusal about one field: `fieldError(fault, "title")`; null when it is not about it. */
export function useFieldErrors(): (fault: unknown, path: string) => string | null {
  const words = useWords();
  return (fault, path) => {
    const field = fault instanceof Refused ? fault.fields.find((one) => one.path === path) : undefined;
    if (field === undefined) return null;
    return (
      words.sayOne([`problem.field.${field.code}`, `problem.${field.code}`, "problem.field"]) ?? field.code
    );
  };
}
