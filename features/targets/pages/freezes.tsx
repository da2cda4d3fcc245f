// Freezes of accounts and wallets: of whom each was asked, the clock of the answer, what came, when it comes free.
import { Button, Card, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  api,
  ChoiceField,
  LongTextField,
  NumberField,
  Problem,
  RadioField,
  StateTag,
  TextField,
  TimeText,
  useQuery,
  useWords,
} from "@simpul/doors/web";
import type { Codes } from "../../requests/contract.ts";
import { freezeAnswers, targetLimits } from "../contract.ts";
import type { Freeze, FreezeAnswer } from "../contract.ts";
import type { Shown } from "./one.tsx";
import { useAct } from "./parts.tsx";
import { ByRequest, Due, tones } from "./way.tsx";

export function Freezes({ view }: { view: Shown }): ReactNode {
  const { say } = useWords();
  const [asking, setAsking] = useState(false);
  const may = view.may.includes("freeze");
  return (
    <Stack gap="sm">
      {view.freezes.length === 0 && (
        <Text size="sm" c="dimmed">
          {say("targets.freezes.none")}
        </Text>
      )}
      {view.freezes.map((one) => (
        <One key={one.id} of={one} target={view.id} may={may} />
      ))}
      {may &&
        (asking ? (
          <Ask view={view} close={() => setAsking(false)} />
        ) : (
          <div className="s-noprint">
            <Button variant="default" onClick={() => setAsking(true)}>
              {say("targets.freeze.ask")}
            </Button>
          </div>
        ))}
    </Stack>
  );
}

function One({ of, target, may }: { of: Freeze; target: string; may: boolean }): ReactNode {
  const { say, date } = useWords();
  const [open, setOpen] = useState(false);
  return (
    <Card withBorder component="article" aria-label={of.value}>
      <Stack gap={6}>
        <Group gap="xs">
          <Text fw={600} className="s-long" style={{ overflowWrap: "anywhere" }}>
            {say(`selector.${of.type}`)} {of.value}
          </Text>
          <StateTag tone={tones[of.state]}>{say(`targets.freeze.${of.state}`)}</StateTag>
        </Group>
        <Text size="sm" component="div">
          {say("targets.freeze.asked.of", { recipient: of.recipient })}, <TimeText at={of.askedAt} />.{" "}
          {of.basis}
        </Text>
        {of.state === "asked" && (
          <Text size="sm" component="div">
            <Due of={of} />
          </Text>
        )}
        {of.answeredAt !== null && (
          <Text size="sm" component="div">
            <TimeText at={of.answeredAt} />
            {of.amount !== "" && ` · ${of.amount}`}
            {of.until !== null && ` · ${say("targets.freeze.until")} ${date(of.until)}`}
            {of.answer !== "" && `: ${of.answer}`}
          </Text>
        )}
        {of.request !== null && <ByRequest of={of} />}
        {may && of.state === "asked" && !open && (
          <div className="s-noprint">
            <Button size="compact-md" variant="default" onClick={() => setOpen(true)}>
              {say("targets.freeze.answer")}
            </Button>
          </div>
        )}
        {open && of.state === "asked" && <Answer of={of} target={target} close={() => setOpen(false)} />}
      </Stack>
    </Card>
  );
}

interface Selectors {
  records: { selector?: { id: string; type: string; canonical: string; role: string }[] };
}

function Ask({ view, close }: { view: Shown; close: () => void }): ReactNode {
  const { say, locale } = useWords();
  const act = useAct(view.id);
  const [selector, setSelector] = useState<string | null>(null);
  const [recipient, setRecipient] = useState("");
  const [basis, setBasis] = useState("");
  const [hours, setHours] = useState<number | null>(24);
  const [way, setWay] = useState<"request" | "noted">("request");
  const [to, setTo] = useState<string | null>(null);
  const [written, setQuestion] = useState<string | null>(null);
  const number = view.case?.number ?? "";
  const query = useQuery({
    queryKey: ["case", number, "selectors", "targets"],
    queryFn: ({ signal }) =>
      api.get<Selectors>(`/api/cases/${number}/records`, { query: { kinds: "selector" }, signal }),
    enabled: number !== "",
  });
  const choices = (query.data?.records.selector ?? [])
    .filter(
      (one) =>
        ["account", "wallet"].includes(one.type) && !["victim", "witness", "family"].includes(one.role),
    )
    .map((one) => ({ value: one.id, label: one.canonical, type: one.type }));
  const chosen = choices.find(({ value }) => value === selector);
  const proposed =
    chosen === undefined || recipient.trim() === ""
      ? ""
      : say("targets.freeze.question.text", {
          ...{ type: chosen.type, value: chosen.label, recipient: recipient.trim() },
        });
  const question = (written ?? proposed).trim();
  if (query.isSuccess && choices.length === 0) return <Text size="sm">{say("targets.freeze.nothing")}</Text>;
  const whole =
    selector !== null &&
    recipient.trim().length >= 2 &&
    basis.trim().length >= 2 &&
    hours !== null &&
    (way === "noted" || (to !== null && question.length >= 10));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const ask = {
          ...{ selector, recipient: recipient.trim(), basis: basis.trim(), hours },
          ...(way === "request" &&
            to !== null && {
              request: {
                to: to.includes("-") ? { letter: to } : { state: to },
                ...{ subject: say("targets.freeze.subject"), question, language: locale },
              },
            }),
        };
        void act.run("freezes", ask).then((done) => {
          if (done) close();
        });
      }}
    >
      <Stack gap="sm" maw="36rem">
        <ChoiceField
          label={say("targets.freeze.what")}
          required
          value={selector}
          choices={choices}
          onChange={setSelector}
        />
        <TextField
          label={say("targets.freeze.recipient")}
          required
          maxLength={300}
          value={recipient}
          onChange={setRecipient}
        />
        <TextField
          label={say("targets.freeze.basis")}
          required
          maxLength={1000}
          value={basis}
          onChange={setBasis}
        />
        <NumberField
          label={say("targets.freeze.hours")}
          required
          min={1}
          max={targetLimits.freezeHours}
          value={hours}
          onChange={setHours}
        />
        <RadioField
          label={say("targets.freeze.way")}
          required
          value={way}
          choices={(["request", "noted"] as const).map((value) => ({
            ...{ value, label: say(`targets.freeze.way.${value}`) },
          }))}
          onChange={(next) => setWay(next as "request" | "noted")}
        />
        {way === "request" && (
          <>
            <To value={to} onChange={setTo} />
            <LongTextField
              label={say("targets.freeze.question")}
              required
              rows={3}
              maxLength={2000}
              value={written ?? proposed}
              onChange={setQuestion}
            />
          </>
        )}
        {act.fault !== null && <Problem fault={act.fault} kept={say("targets.kept")} />}
        <Group gap="xs" className="s-acts">
          <Button type="submit" loading={act.busy} disabled={!whole}>
            {say(way === "request" ? "targets.freeze.draft" : "targets.freeze.note")}
          </Button>
          <Button variant="subtle" onClick={close}>
            {say("targets.cancel")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** A state's node, or an authority to which one writes: a value with a dash is the letter's. */
function To({ value, onChange }: { value: string | null; onChange: (to: string | null) => void }): ReactNode {
  const { say, state, locale } = useWords();
  const codes = useQuery({
    queryKey: ["codes", "requests"],
    queryFn: () => api.get<Codes>("/api/requests/codes"),
    staleTime: 600_000,
  });
  const letters = codes.data?.correspondents.list ?? [];
  return (
    <ChoiceField
      label={say("targets.freeze.to")}
      required
      value={value}
      choices={[
        ...(codes.data?.states ?? []).map((one) => ({ value: one, label: state(one) })),
        ...letters.map((one) => ({
          value: one.code,
          label: say("targets.freeze.letter", {
            ...{ state: state(one.state), name: one.names[locale] ?? one.names["en"] ?? one.code },
          }),
        })),
      ]}
      onChange={onChange}
    />
  );
}

function Answer({ of, target, close }: { of: Freeze; target: string; close: () => void }): ReactNode {
  const { say } = useWords();
  const act = useAct(target);
  const [state, setState] = useState<FreezeAnswer | null>(null);
  const [answer, setAnswer] = useState("");
  const [amount, setAmount] = useState("");
  const [until, setUntil] = useState("");
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const body = {
          state,
          answer: answer.trim(),
          amount: amount.trim(),
          until: until === "" ? null : until,
        };
        void act.run(`freezes/${of.id}/answer`, body).then((done) => {
          if (done) close();
        });
      }}
    >
      <Stack gap="sm" maw="36rem">
        <RadioField
          label={say("targets.freeze.answer")}
          required
          value={state}
          choices={freezeAnswers.map((value) => ({ value, label: say(`targets.freeze.${value}`) }))}
          onChange={(to) => setState(to as FreezeAnswer)}
        />
        {state !== "refused" && (
          <>
            <TextField
              label={say("targets.freeze.amount")}
              maxLength={100}
              value={amount}
              onChange={setAmount}
            />
            <TextField label={say("targets.freeze.until")} kind="date" value={until} onChange={setUntil} />
          </>
        )}
        <LongTextField
          label={say("targets.step.text")}
          rows={2}
          maxLength={2000}
          value={answer}
          onChange={setAnswer}
        />
        {act.fault !== null && <Problem fault={act.fault} kept={say("targets.kept")} />}
        <Group gap="xs">
          <Button type="submit" loading={act.busy} disabled={state === null}>
            {say("targets.save")}
          </Button>
          <Button variant="subtle" onClick={close}>
            {say("targets.cancel")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
