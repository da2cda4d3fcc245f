// What follows from an advert: into a case, a warning, a request to a platform or a labour inspectorate.
import { Button, Card, Group, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  api,
  ChoiceField,
  ClockText,
  Link,
  LongTextField,
  NumberField,
  Problem,
  RadioField,
  StateTag,
  TextField,
  TimeText,
  useQuery,
  useQueryClient,
  useWords,
} from "@simpul/doors/web";
import type { CaseHead } from "../../cases/contract.ts";
import { adLimits, answers } from "../contract.ts";
import type { AdvertView, Answer, Outcome } from "../contract.ts";
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
          <One key={one.id} of={one} names={view.names} />
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
        ) : (
          <Ask advert={view.id} kind={open} close={() => setOpen(null)} />
        )}
      </Stack>
    </section>
  );
}

function One({ of, names }: { of: Outcome; names: Record<string, string> }): ReactNode {
  const { say } = useWords();
  return (
    <Card withBorder component="article" aria-label={say(`ads.outcome.${of.kind}`)}>
      <Stack gap={4}>
        <Group gap="xs">
          <Text fw={600}>{say(`ads.outcome.${of.kind}`)}</Text>
          {of.answer !== null && <StateTag>{say(`ads.answer.${of.answer}`)}</StateTag>}
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
        {of.dueAt !== null && of.answeredAt === null && (
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

/** One call, with what was refused beneath it; true when it was done. */
export function useCall(): {
  busy: boolean;
  fault: unknown;
  call: (path: string, body: object) => Promise<boolean>;
} {
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<unknown>(null);
  return {
    busy,
    fault,
    async call(path, body) {
      setBusy(true);
      setFault(null);
      try {
        await api.post(path, body);
        await queries.invalidateQueries({ queryKey: ["ads"] });
        return true;
      } catch (no) {
        setFault(no);
        return false;
      } finally {
        setBusy(false);
      }
    },
  };
}

export function Form({
  whole,
  busy,
  fault,
  act,
  send,
  close,
  children,
}: {
  whole: boolean;
  busy: boolean;
  fault: unknown;
  act: string;
  send: () => Promise<boolean>;
  close: () => void;
  children: ReactNode;
}): ReactNode {
  const { say } = useWords();
  return (
    <form
      className="s-noprint"
      onSubmit={(event) => {
        event.preventDefault();
        void send().then((done) => {
          if (done) close();
        });
      }}
    >
      <Stack gap="sm" maw="36rem">
        {children}
        {fault !== null && <Problem fault={fault} />}
        <Group gap="xs">
          <Button type="submit" loading={busy} disabled={!whole}>
            {act}
          </Button>
          <Button variant="subtle" onClick={close}>
            {say("ads.cancel")}
          </Button>
        </Group>
      </Stack>
    </form>
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

function Ask({
  advert,
  kind,
  close,
}: {
  advert: string;
  kind: Exclude<Kind, "case">;
  close: () => void;
}): ReactNode {
  const { say } = useWords();
  const [recipient, setRecipient] = useState("");
  const [asked, setAsked] = useState("");
  const [basis, setBasis] = useState("");
  const [days, setDays] = useState<number | null>(7);
  const { busy, fault, call } = useCall();
  const clock = kind !== "warning";
  return (
    <Form
      whole={recipient.trim().length >= 2 && asked.trim().length >= 3 && (!clock || days !== null)}
      busy={busy}
      fault={fault}
      act={say("ads.save")}
      send={() =>
        call(`/api/ads/adverts/${advert}/outcomes`, {
          ...{ kind, recipient: recipient.trim(), asked: asked.trim(), basis: basis.trim() },
          days: clock ? days : null,
        })
      }
      close={close}
    >
      <Text fw={600}>{say(`ads.outcome.${kind}`)}</Text>
      <Text size="sm">{say("ads.outcome.noted")}</Text>
      <TextField
        label={say("ads.outcome.recipient")}
        required
        maxLength={300}
        value={recipient}
        onChange={setRecipient}
      />
      <LongTextField
        label={say(`ads.outcome.${kind}.text`)}
        required
        rows={3}
        maxLength={4000}
        value={asked}
        onChange={setAsked}
      />
      {clock && (
        <>
          <TextField label={say("ads.source.basis")} maxLength={500} value={basis} onChange={setBasis} />
          <NumberField
            label={say("ads.outcome.days")}
            required
            min={1}
            max={adLimits.answerDays}
            value={days}
            onChange={setDays}
          />
        </>
      )}
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
