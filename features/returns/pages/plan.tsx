// One way home: her choice first, then the risks, then what is arranged; nothing leads to the departure before (VIC-5).
import { Button, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  Awaited,
  ChoiceField,
  FieldGroup,
  Link,
  LongTextField,
  PageHead,
  Problem,
  RadioField,
  StateTag,
  TextField,
  TimeText,
  api,
  useParam,
  useWords,
} from "@simpul/doors/web";
import { localeFacts } from "@simpul/doors/i18n";
import { choices, conclusions, planSteps, riskAnswers, stepStates, type Plan } from "../contract.ts";
import { useFresh, useOwner, usePlan, type Terms } from "./data.ts";
import { Moved, Part } from "./moved.tsx";
import { Gate } from "../../referrals/contract/gate.tsx";

export function Page(): ReactNode {
  return (
    <Gate>
      <One />
    </Gate>
  );
}

function One(): ReactNode {
  const { say } = useWords();
  const id = useParam("id");
  const query = usePlan(id);
  const owner = useOwner(id);
  return (
    <Awaited query={query} back="/returns">
      {({ plan, terms }) => (
        <>
          <PageHead
            title={say("returns.planOf", { who: plan.person.pseudonym })}
            back={{ to: "/returns", label: say("returns.room") }}
          />
          <Stack gap="lg" maw="44rem">
            <Group gap="md">
              <Link to={`/victims/${plan.person.id}`}>{plan.person.pseudonym}</Link>
              <Link to={`/referrals/people/${plan.person.id}`}>{say("returns.sharing")}</Link>
            </Group>
            <Awaited query={owner}>
              {({ owner: elsewhere }) =>
                elsewhere === null ? (
                  <Planning plan={plan} terms={terms} />
                ) : (
                  <Moved plan={plan} to={elsewhere} />
                )
              }
            </Awaited>
          </Stack>
        </>
      )}
    </Awaited>
  );
}

function Planning({ plan, terms }: { plan: Plan; terms: Terms }): ReactNode {
  const { say, list } = useWords();
  return (
    <>
      <Text fw={600}>
        {plan.hindrances.length === 0
          ? say("returns.free")
          : say("returns.inTheWay", {
              what: list(plan.hindrances.map((one) => say(`returns.hindrance.${one}`))),
            })}
      </Text>
      {plan.represented.map((one) => (
        <Text key={one.of} size="sm">
          {one.of === "" ? say("returns.stateless") : one.of}: {say(`returns.acts.${one.acts}`)}{" "}
          {!one.confirmed && <StateTag tone="waiting">{say("returns.toConfirm")}</StateTag>}
        </Text>
      ))}
      <Choice plan={plan} />
      <Risks plan={plan} terms={terms} />
      <Reflection plan={plan} terms={terms} />
      <Steps plan={plan} />
    </>
  );
}

/** Sends one fact; gives the act, its fault and whether it is under way. */
function useSay(id: string): [(what: string, data: object) => Promise<boolean>, unknown, boolean] {
  const fresh = useFresh();
  const [fault, setFault] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  return [
    async (what, data) => {
      setBusy(true);
      setFault(null);
      try {
        await api.post(`/api/returns/people/${id}`, { what, data });
        await fresh();
        return true;
      } catch (no) {
        setFault(no);
        return false;
      } finally {
        setBusy(false);
      }
    },
    fault,
    busy,
  ];
}

function Choice({ plan }: { plan: Plan }): ReactNode {
  const { say } = useWords();
  const { person, choice } = plan;
  const child = person.age === "child" || person.age === "doubt";
  const [send, fault, busy] = useSay(person.id);
  const [open, setOpen] = useState(choice === null);
  const [wants, setWants] = useState<string | null>(null);
  const [words, setWords] = useState("");
  const own = person.languages[0]?.split("-")[0];
  const [language, setLanguage] = useState(own !== undefined && own in localeFacts ? own : "en");
  const [interpreter, setInterpreter] = useState("");
  const [guardian, setGuardian] = useState({ name: "", relation: "" });
  const ready =
    wants !== null && (!child || (guardian.name.trim() !== "" && guardian.relation.trim() !== ""));
  return (
    <Part title={say("returns.choice")}>
      {choice !== null && (
        <Text component="div">
          <StateTag tone="plain">{say(`returns.choice.${choice.wants}`)}</StateTag> {choice.words} ·{" "}
          <TimeText at={choice.at} />
          {plan.changes > 0 && ` · ${say("returns.changed", { count: plan.changes })}`}
        </Text>
      )}
      {!open && (
        <Group className="s-noprint">
          <Button variant="default" onClick={() => setOpen(true)}>
            {say("returns.choice.anew")}
          </Button>
        </Group>
      )}
      {open && (
        <>
          <Text size="sm">{say("returns.choice.text")}</Text>
          <RadioField
            label={say("returns.choice.wants")}
            value={wants}
            choices={choices.map((one) => ({ value: one, label: say(`returns.choice.${one}`) }))}
            onChange={setWants}
          />
          <LongTextField
            label={say("returns.choice.words")}
            rows={2}
            maxLength={4000}
            value={words}
            onChange={setWords}
          />
          <ChoiceField
            label={say("returns.language")}
            required
            value={language}
            choices={Object.entries(localeFacts).map(([value, { name }]) => ({ value, label: name }))}
            onChange={(one) => setLanguage(one ?? language)}
          />
          <TextField
            label={say("returns.interpreter")}
            value={interpreter}
            onChange={setInterpreter}
            maxLength={200}
          />
          {child && (
            <FieldGroup label={say("returns.guardian")}>
              <TextField
                label={say("returns.guardian.name")}
                required
                value={guardian.name}
                maxLength={200}
                onChange={(name) => setGuardian({ ...guardian, name })}
              />
              <TextField
                label={say("returns.guardian.relation")}
                required
                value={guardian.relation}
                maxLength={200}
                onChange={(relation) => setGuardian({ ...guardian, relation })}
              />
            </FieldGroup>
          )}
          {fault !== null && <Problem fault={fault} />}
          <Group>
            <Button
              loading={busy}
              disabled={!ready}
              onClick={() =>
                void send("choice", {
                  wants,
                  words,
                  language,
                  interpreter,
                  guardian: child ? guardian : null,
                }).then((ok) => setOpen(!ok))
              }
            >
              {say("returns.keep")}
            </Button>
          </Group>
        </>
      )}
    </Part>
  );
}

function Risks({ plan, terms }: { plan: Plan; terms: Terms }): ReactNode {
  const { say } = useWords();
  const [send, fault, busy] = useSay(plan.person.id);
  const [open, setOpen] = useState(false);
  const [is, setIs] = useState<Record<string, string | null>>({});
  const [why, setWhy] = useState<Record<string, string>>({});
  const [conclusion, setConclusion] = useState<string | null>(null);
  const [reason, setReason] = useState("");
  const answers = terms.risks
    .filter((one) => typeof is[one] === "string")
    .map((one) => ({ risk: one, is: is[one], why: why[one] ?? "" }));
  const { risk } = plan;
  return (
    <Part title={say("returns.risk")}>
      {risk !== null && (
        <>
          <Text component="div">
            <StateTag tone={risk.conclusion === "may-return" ? "good" : "bad"}>
              {say(`returns.conclusion.${risk.conclusion}`)}
            </StateTag>{" "}
            {risk.reason} · <TimeText at={risk.at} />
          </Text>
          {risk.answers
            .filter((one) => one.is !== "no")
            .map((one) => (
              <Text key={one.risk} size="sm">
                {say(`returns.risk.${one.risk}`)}: {say(`returns.answer.${one.is}`)} {one.why}
              </Text>
            ))}
        </>
      )}
      {!open ? (
        <Group className="s-noprint">
          <Button variant="default" onClick={() => setOpen(true)}>
            {say("returns.risk.weigh")}
          </Button>
        </Group>
      ) : (
        <>
          {terms.risks.map((one) => (
            <Stack key={one} gap={4}>
              <RadioField
                label={say(`returns.risk.${one}`)}
                value={is[one] ?? null}
                choices={riskAnswers.map((each) => ({ value: each, label: say(`returns.answer.${each}`) }))}
                onChange={(each) => setIs({ ...is, [one]: each })}
              />
              {is[one] === "yes" && (
                <TextField
                  label={say("returns.risk.why")}
                  value={why[one] ?? ""}
                  maxLength={500}
                  onChange={(text) => setWhy({ ...why, [one]: text })}
                />
              )}
            </Stack>
          ))}
          <RadioField
            label={say("returns.conclusion")}
            value={conclusion}
            choices={conclusions.map((one) => ({ value: one, label: say(`returns.conclusion.${one}`) }))}
            onChange={setConclusion}
          />
          <LongTextField
            label={say("returns.reason")}
            required
            rows={2}
            maxLength={4000}
            value={reason}
            onChange={setReason}
          />
          {fault !== null && <Problem fault={fault} />}
          <Group>
            <Button
              loading={busy}
              disabled={conclusion === null || reason.trim() === ""}
              onClick={() => void send("risk", { answers, conclusion, reason }).then((ok) => setOpen(!ok))}
            >
              {say("returns.keep")}
            </Button>
          </Group>
        </>
      )}
    </Part>
  );
}

function Reflection({ plan, terms }: { plan: Plan; terms: Terms }): ReactNode {
  const words = useWords();
  const { say } = words;
  const [send, fault, busy] = useSay(plan.person.id);
  const period = terms.reflection["default"]!;
  const today = new Date().toISOString().slice(0, 10);
  const [from, setFrom] = useState(today);
  const [until, setUntil] = useState(
    new Date(Date.now() + period.days * 86_400_000).toISOString().slice(0, 10),
  );
  const [basis, setBasis] = useState("");
  return (
    <Part title={say("returns.reflection")}>
      {plan.reflection !== null ? (
        <Text>
          {say("returns.reflection.runs", {
            from: words.date(plan.reflection.from),
            until: words.date(plan.reflection.until),
          })}{" "}
          · {plan.reflection.basis}
        </Text>
      ) : (
        <>
          <Group grow preventGrowOverflow={false}>
            <TextField label={say("returns.from")} kind="date" value={from} onChange={setFrom} />
            <TextField label={say("returns.until")} kind="date" value={until} onChange={setUntil} />
          </Group>
          <TextField
            label={say("returns.basis")}
            hint={period.confirmed ? period.source : `${period.source} (${say("returns.toConfirm")})`}
            required
            value={basis}
            onChange={setBasis}
            maxLength={300}
          />
          {fault !== null && <Problem fault={fault} />}
          <Group>
            <Button
              variant="default"
              loading={busy}
              disabled={basis.trim() === ""}
              onClick={() => void send("reflection", { from, until, basis })}
            >
              {say("returns.reflection.begin")}
            </Button>
          </Group>
        </>
      )}
    </Part>
  );
}

function Steps({ plan }: { plan: Plan }): ReactNode {
  const words = useWords();
  const { say } = words;
  const [send, fault, busy] = useSay(plan.person.id);
  const [step, setStep] = useState<string | null>(null);
  const [state, setState] = useState<string | null>("planned");
  const [on, setOn] = useState("");
  const [who, setWho] = useState("");
  const [text, setText] = useState("");
  return (
    <Part title={say("returns.steps")}>
      {plan.steps.length === 0 && <Text c="dimmed">{say("returns.steps.none")}</Text>}
      {plan.steps.map((one) => (
        <Group key={one.step + (one.on ?? one.at)} justify="space-between" gap="xs">
          <Text size="sm">
            {say(`returns.step.${one.step}`)}
            {one.on !== null && ` · ${words.date(one.on)}`}
            {one.who !== "" && ` · ${one.who}`}
            {one.text !== "" && ` · ${one.text}`}
          </Text>
          <Group gap="xs">
            <StateTag tone={one.state === "done" ? "good" : one.state === "planned" ? "waiting" : "plain"}>
              {say(`returns.stepState.${one.state}`)}
            </StateTag>
            {one.state === "planned" && (
              <Button
                size="compact-sm"
                variant="default"
                className="s-noprint"
                loading={busy}
                onClick={() =>
                  void send("step", {
                    step: one.step,
                    state: "done",
                    on: one.on,
                    who: one.who,
                    text: one.text,
                  })
                }
              >
                {say("returns.step.done")}
              </Button>
            )}
          </Group>
        </Group>
      ))}
      <FieldGroup label={say("returns.steps.add")}>
        <ChoiceField
          label={say("returns.step")}
          value={step}
          choices={planSteps.map((one) => ({ value: one, label: say(`returns.step.${one}`) }))}
          onChange={setStep}
        />
        <RadioField
          label={say("returns.stepState")}
          value={state}
          choices={stepStates.map((one) => ({ value: one, label: say(`returns.stepState.${one}`) }))}
          onChange={setState}
        />
        <TextField label={say("returns.on")} kind="date" value={on} onChange={setOn} />
        <TextField label={say("returns.who")} value={who} onChange={setWho} maxLength={300} />
        <LongTextField
          label={say("returns.note")}
          rows={2}
          maxLength={2000}
          value={text}
          onChange={setText}
        />
      </FieldGroup>
      {fault !== null && <Problem fault={fault} />}
      <Group>
        <Button
          variant="default"
          loading={busy}
          disabled={step === null || state === null}
          onClick={() =>
            void send("step", { step, state, on: on === "" ? null : on, who, text }).then((ok) => {
              if (ok) {
                setStep(null);
                setText("");
              }
            })
          }
        >
          {say("returns.keep")}
        </Button>
      </Group>
    </Part>
  );
}
