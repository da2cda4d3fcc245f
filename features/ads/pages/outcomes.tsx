// What follows from an advert: into a case, a warning, a letter to a platform or a labour inspectorate (letters.tsx).
import { Button, Card, Group, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  api,
  ChoiceField,
  ClockText,
  Link,
  LongTextField,
  RadioField,
  StateTag,
  TextField,
  TimeText,
  useQuery,
  useWords,
} from "@simpul/doors/web";
import type { CaseHead } from "../../cases/contract.ts";
import { answers } from "../contract.ts";
import type { AdvertView, Answer, Outcome } from "../contract.ts";
import { LetterOf, LetterState, WriteLetter } from "./letters.tsx";
import { Form, useCall } from "./form.tsx";
import type { Named } from "./parts.tsx";

type Kind = "case" | "warning" | "platform" | "labour";
const kinds: readonly Kind[] = ["case", "warning", "platform", "labour"];

export function FollowUps({ view }: { view: Named<AdvertView> }): ReactNode {
  const { say } = useWords();
  const [open, setOpen] = useState<Kind | null>(null);
  return (
    <section>
      <Title order={2} size="h4" mb="xs">
        {say("ads.outcomes")}
      </Title>
      <Stack gap="sm">
        {view.outcomes.map((one) => (
          <OutcomeCard key={one.id} of={one} names={view.names} />
        ))}
        {open === null ? (
          <Group gap="xs" className="s-noprint">
            {kinds.map((kind) => (
              <Button key={kind} variant="default" onClick={() => setOpen(kind)}>
                {say(`ads.outcome.${kind}`)}
              </Button>
            ))}
          </Group>
        ) : open === "case" ? (
          <IntoCase view={view} close={() => setOpen(null)} />
        ) : open === "warning" ? (
          <Warn advert={view.id} close={() => setOpen(null)} />
        ) : (
          <WriteLetter view={view} kind={open} close={() => setOpen(null)} />
        )}
      </Stack>
    </section>
  );
}

export function OutcomeCard({
  of,
  names,
  advert,
}: {
  of: Outcome;
  names: Record<string, string>;
  /** The way to its advert, where many are listed together. */
  advert?: true;
}): ReactNode {
  const { say } = useWords();
  return (
    <Card withBorder component="article" aria-label={say(`ads.outcome.${of.kind}`)}>
      <Stack gap={4}>
        <Group gap="xs">
          <Text fw={600}>{say(`ads.outcome.${of.kind}`)}</Text>
          {of.answer === null ? (
            <LetterState of={of} />
          ) : (
            <StateTag>{say(`ads.answer.${of.answer}`)}</StateTag>
          )}
          {advert === true && <Link to={`/ads/adverts/${of.advert}`}>{say("ads.advert")}</Link>}
        </Group>
        <Text size="sm" component="div">
          <TimeText at={of.at} /> · {names[of.by] ?? of.by}
          {of.recipient !== "" && ` · ${of.recipient}`}
          {of.basis !== "" && ` · ${of.basis}`}
        </Text>
        {of.caseNumber !== null && (
          <Group gap="md">
            <Link to={`/cases/${of.caseNumber}`}>{of.caseNumber}</Link>
            <Link to={`/check/new?case=${of.caseNumber}`}>{say("ads.outcome.check")}</Link>
          </Group>
        )}
        {of.asked !== "" && <Text size="sm">{of.asked}</Text>}
        {of.answeredAt !== null && (
          <Text size="sm" component="div">
            <TimeText at={of.answeredAt} /> {of.answered}
          </Text>
        )}
        <LetterOf of={of} names={names} />
        {of.state === "sent" && of.dueAt !== null && (
          <>
            <Text size="sm" component="div">
              {say("ads.outcome.due")} <ClockText due={of.dueAt} />
            </Text>
            <AnswerForm outcome={of.id} />
          </>
        )}
      </Stack>
    </Card>
  );
}

function AnswerForm({ outcome }: { outcome: string }): ReactNode {
  const { say } = useWords();
  const [open, setOpen] = useState(false);
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [text, setText] = useState("");
  const { busy, fault, call } = useCall();
  if (!open)
    return (
      <div className="s-noprint">
        <Button size="compact-md" variant="default" onClick={() => setOpen(true)}>
          {say("ads.outcome.answer")}
        </Button>
      </div>
    );
  return (
    <Form
      whole={answer !== null}
      busy={busy}
      fault={fault}
      act={say("ads.save")}
      send={() => call(`/api/ads/outcomes/${outcome}/answer`, { answer, text: text.trim() })}
      close={() => setOpen(false)}
    >
      <RadioField
        label={say("ads.outcome.answer")}
        required
        value={answer}
        choices={answers.map((value) => ({ value, label: say(`ads.answer.${value}`) }))}
        onChange={(to) => setAnswer(to as Answer)}
      />
      <LongTextField
        label={say("ads.outcome.text")}
        rows={2}
        maxLength={2000}
        value={text}
        onChange={setText}
      />
    </Form>
  );
}

function Warn({ advert, close }: { advert: string; close: () => void }): ReactNode {
  const { say } = useWords();
  const [recipient, setRecipient] = useState("");
  const [asked, setAsked] = useState("");
  const { busy, fault, call } = useCall();
  return (
    <Form
      whole={recipient.trim().length >= 2 && asked.trim().length >= 3}
      busy={busy}
      fault={fault}
      act={say("ads.save")}
      send={() =>
        call(`/api/ads/adverts/${advert}/warnings`, { recipient: recipient.trim(), asked: asked.trim() })
      }
      close={close}
    >
      <Text fw={600}>{say("ads.outcome.warning")}</Text>
      <TextField
        label={say("ads.outcome.recipient")}
        required
        maxLength={300}
        value={recipient}
        onChange={setRecipient}
      />
      <LongTextField
        label={say("ads.outcome.warning.text")}
        required
        rows={3}
        maxLength={4000}
        value={asked}
        onChange={setAsked}
      />
    </Form>
  );
}

const roles = ["suspect", "facilitator", "business", "unknown"] as const;

function IntoCase({ view, close }: { view: AdvertView; close: () => void }): ReactNode {
  const { say } = useWords();
  const [number, setNumber] = useState<string | null>(null);
  const [title, setTitle] = useState("");
  const [role, setRole] = useState<string | null>(null);
  const { busy, fault, call } = useCall();
  // Hers that are open, by number and title: nobody types a case number at night.
  const cases = useQuery({
    queryKey: ["case", "mine"],
    queryFn: ({ signal }) =>
      api.get<{ cases: CaseHead[] }>("/api/cases", { query: { limit: "100" }, signal }),
  });
  const choices = (cases.data?.cases ?? [])
    .filter((one) => one.state === "open")
    .map((one) => ({ value: one.number, label: `${one.number} · ${one.title}` }));
  const fresh = number === null;
  const going = view.selectors.filter((one) => one.valid && one.canonical !== null).length;
  return (
    <Form
      whole={role !== null && (!fresh || title.trim().length >= 3)}
      busy={busy}
      fault={fault}
      act={say(fresh ? "ads.case.open" : "ads.case.add")}
      send={() =>
        call(`/api/ads/adverts/${view.id}/case`, {
          ...{ case: number, title: title.trim() || say("ads.advert"), role },
        })
      }
      close={close}
    >
      <Text size="sm">{say("ads.case.text", { count: going })}</Text>
      {choices.length > 0 && (
        <ChoiceField label={say("ads.case.number")} value={number} choices={choices} onChange={setNumber} />
      )}
      {fresh && (
        <TextField label={say("ads.case.title")} required maxLength={200} value={title} onChange={setTitle} />
      )}
      <RadioField
        label={say("ads.case.role")}
        required
        value={role}
        choices={roles.map((value) => ({ value, label: say(`holder.${value}`) }))}
        onChange={setRole}
      />
    </Form>
  );
}
