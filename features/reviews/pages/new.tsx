// Asking for a review: what is intended, about whom, why. From a case's subject, or written down at an immigration desk.
import { Button, Stack } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  Guided,
  LongTextField,
  PageHead,
  Problem,
  RadioField,
  StatesField,
  SubjectOfCase,
  TextField,
  TextsField,
  api,
  useAddressValue,
  useDraft,
  useGo,
  useSession,
  useWords,
} from "@simpul/doors/web";
import type { AskReview, ReviewKind } from "../contract.ts";
import { reviewKinds } from "../contract.ts";

const blank = {
  kind: "",
  number: "",
  subject: "",
  names: [] as string[],
  birth: "",
  states: [] as string[],
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
              nationalities: value.states,
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
      <Guided by="reviews.new.text">
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void ask();
          }}
        >
          <Stack gap="md" maw="40rem">
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
              <SubjectOfCase
                labels={{ case: say("reviews.case"), subject: say("reviews.subject") }}
                value={value}
                fixed={{ number: fromCase !== "", subject: ofSubject !== "" }}
                takes={(one) => one.kind === "person"}
                onChange={set}
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
      </Guided>
    </>
  );
}

interface Given {
  value: typeof blank;
  set: (to: Partial<typeof blank>) => void;
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
      <StatesField
        label={say("reviews.nationalities")}
        value={value.states}
        onChange={(states) => set({ states })}
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
