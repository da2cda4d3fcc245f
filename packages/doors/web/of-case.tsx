// Who of a case something is about: the case by its number, then one of those who stand in it.
import type { ReactNode } from "react";
import { api } from "./api.ts";
import { ChoiceField, TextField } from "./fields.tsx";
import { Problem } from "./notices.tsx";
import { useQuery } from "./query.ts";

export interface OfCase {
  number: string;
  subject: string;
}
interface Subject {
  id: string;
  kind: string;
  names: { text: string }[];
  /** Whom the case protects has no other name. */
  pseudonym: string | null;
}

/** Two fields of a form; what stands in the address is `fixed`. */
export function SubjectOfCase({
  labels,
  value,
  fixed,
  takes,
  onChange,
}: {
  labels: { case: string; subject: string };
  value: OfCase;
  fixed: { number: boolean; subject: boolean };
  /** Of which of them it may be. */
  takes: (one: Pick<Subject, "kind" | "names" | "pseudonym">) => boolean;
  onChange: (to: OfCase) => void;
}): ReactNode {
  const number = value.number.trim();
  const subjects = useQuery({
    queryKey: ["case", number, "subjects"],
    queryFn: ({ signal }) =>
      api.get<{ records: { subject?: Subject[] } }>(`/api/cases/${number}/records`, {
        query: { kinds: "subject" },
        signal,
      }),
    enabled: /^[A-Za-z]{2}-\d{4}-\d{6}$/.test(number),
  });
  return (
    <>
      <TextField
        label={labels.case}
        required
        disabled={fixed.number}
        maxLength={40}
        value={value.number}
        onChange={(to) => onChange({ number: to, subject: "" })}
      />
      {subjects.error !== null && <Problem fault={subjects.error} />}
      <ChoiceField
        label={labels.subject}
        required
        disabled={fixed.subject || number === ""}
        value={value.subject === "" ? null : value.subject}
        choices={(subjects.data?.records.subject ?? []).filter(takes).map((one) => ({
          value: one.id,
          label: one.names[0]?.text ?? one.pseudonym ?? one.id.slice(-6),
        }))}
        onChange={(subject) => onChange({ ...value, subject: subject ?? "" })}
      />
    </>
  );
}

/** Whom the case protects is neither charged nor a target. */
export const isNamed = ({ names, pseudonym }: Pick<Subject, "names" | "pseudonym">): boolean =>
  pseudonym === null && names.length > 0;
