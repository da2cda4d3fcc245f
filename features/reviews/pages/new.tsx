// Asking for a review: what is intended, about whom, why. From a case's subject, or written down at an immigration desk.
import { Button, Stack } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  ChoiceField,
  LongTextField,
  PageHead,
  Problem,
  RadioField,
  TextField,
  TextsField,
  api,
  useAddressValue,
  useDraft,
  useGo,
  useQuery,
  useSession,
  useWords,
} from "@simpul/doors/web";
import type { AskReview, ReviewKind, ReviewedName } from "../contract.ts";
import { reviewKinds } from "../contract.ts";
import { Said } from "./parts.tsx";

interface Subjects {
  records: { subject?: { id: string; kind: string; names: ReviewedName[]; pseudonym: string | null }[] };
}
const blank = {
  kind: "",
  number: "",
  subject: "",
  names: [] as string[],
  birth: "",
  nationalities: "",
  documents: [] as string[],
  phones: [] as string[],
  reason: "",
};
const given = (texts: readonly string[]): string[] =>
  texts.map((one) => one.trim()).filter((one) => one !== "");

export function Page(): ReactNode {
  const { say } = useWords();
  const go = useGo();
  const { officer } = useSession();
  const [fromCase] = useAddressValue("case", "");
  const [ofSubject] = useAddressValue("subject", "");
  const draft = useDraft("reviews.new", blank);
  const value = {
    ...draft.value,
    ...(fromCase !== "" && { number: fromCase }),
    ...(ofSubject !== "" && { subject: ofSubject }),
  };
  const set = (to: Partial<typeof blank>): void => draft.set((before) => ({ ...before, ...to }));
  const [fault, setFault] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  // Immigration has no case for each person; everybody else works from one.
  const border = officer.agency.kind === "immigration" && fromCase === "";

  async function ask(): Promise<void> {
    setBusy(true);
    setFault(null);
    try {
      const of: unknown = border
        ? {
            person: {
              names: given(value.names).map((text) => ({ text, language: "und" })),
              birth: value.birth.trim() === "" ? null : value.birth.trim(),
              nationalities: given(value.nationalities.toUpperCase().split(/[\s,]+/)),
              documents: given(value.documents),
              phones: given(value.phones),
            },
          }
        : { case: value.number.trim(), subject: value.subject };
      const body = { kind: value.kind as ReviewKind, of: of as AskReview["of"], reason: value.reason };
      const { id } = await api.post<{ id: string }>("/api/reviews", body);
      draft.clear();
      go(`/reviews/${id}`);
    } catch (no) {
      setFault(no);
    } finally {
      setBusy(false);
    }
  }
  const whom = border
    ? given([...value.names, ...value.documents, ...value.phones]).length > 0
    : value.number.trim() !== "" && value.subject !== "";
  const whole = value.kind !== "" && whom && value.reason.trim() !== "";
  return (
    <>
      <PageHead title={say("reviews.new")} back={{ to: "/reviews", label: say("reviews.room") }} />
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void ask();
        }}
      >
        <Stack gap="md" maw="40rem">
          <Said>{say("reviews.new.text")}</Said>
          <RadioField
            label={say("reviews.kind")}
            required
            value={value.kind === "" ? null : value.kind}
            choices={reviewKinds.map((kind) => ({
              value: kind,
              label: say(`reviews.kind.${kind}`),
            }))}
            onChange={(kind) => set({ kind })}
          />
          {border ? (
            <Person value={value} set={set} />
          ) : (
            <FromCase
              value={value}
              set={set}
              fixed={{ number: fromCase !== "", subject: ofSubject !== "" }}
            />
          )}
          <LongTextField
            label={say("reviews.reason")}
            hint={say("reviews.reason.hint")}
            required
            rows={3}
            maxLength={2000}
            value={value.reason}
            onChange={(reason) => set({ reason })}
          />
          {draft.says}
          {fault !== null && <Problem fault={fault} kept={say("reviews.kept")} />}
          <div className="s-acts">
            <Button type="submit" loading={busy} disabled={!whole}>
              {say("reviews.new.act")}
            </Button>
          </div>
        </Stack>
      </form>
    </>
  );
}

interface Given {
  value: typeof blank;
  set: (to: Partial<typeof blank>) => void;
}

function FromCase({
  value,
  set,
  fixed,
}: Given & { fixed: { number: boolean; subject: boolean } }): ReactNode {
  const { say } = useWords();
  const number = value.number.trim();
  const query = useQuery({
    queryKey: ["case", number, "subjects", "reviews"],
    queryFn: ({ signal }) =>
      api.get<Subjects>(`/api/cases/${number}/records`, { query: { kinds: "subject" }, signal }),
    enabled: /^[A-Za-z]{2}-\d{4}-\d{6}$/.test(number),
  });
  const people = (query.data?.records.subject ?? []).filter((one) => one.kind === "person");
  return (
    <>
      <TextField
        label={say("reviews.case")}
        required
        disabled={fixed.number}
        maxLength={40}
        value={value.number}
        onChange={(to) => set({ number: to, subject: "" })}
      />
      {query.error !== null && <Problem fault={query.error} />}
      <ChoiceField
        label={say("reviews.subject")}
        required
        disabled={fixed.subject}
        value={value.subject === "" ? null : value.subject}
        choices={people.map((one) => ({
          value: one.id,
          label: one.names[0]?.text ?? one.pseudonym ?? one.id.slice(-6),
        }))}
        onChange={(subject) => set({ subject: subject ?? "" })}
      />
    </>
  );
}

function Person({ value, set }: Given): ReactNode {
  const { say } = useWords();
  return (
    <>
      <TextsField
        label={say("reviews.names")}
        hint={say("reviews.names.hint")}
        value={value.names}
        onChange={(names) => set({ names })}
      />
      <TextField
        label={say("reviews.birth")}
        hint="1999, 1999-04, 1999-04-02"
        maxLength={10}
        value={value.birth}
        onChange={(birth) => set({ birth })}
      />
      <TextField
        label={say("reviews.nationalities")}
        hint="ID, PH"
        maxLength={20}
        value={value.nationalities}
        onChange={(nationalities) => set({ nationalities })}
      />
      <TextsField
        label={say("reviews.documents")}
        value={value.documents}
        onChange={(documents) => set({ documents })}
      />
      <TextsField label={say("reviews.phones")} value={value.phones} onChange={(phones) => set({ phones })} />
    </>
  );
}
