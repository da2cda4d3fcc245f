// The next acts of a matter: what she may not do has no button; what leaves the state is red and shows what they will see.
import { Button, Group, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  ChoiceField,
  HandlingBadge,
  LeaveStateButton,
  LongTextField,
  Problem,
  TextField,
  TickField,
  api,
  tell,
  useSession,
  useWords,
  useDesks,
} from "@simpul/doors/web";
import { staysKept, stepsFrom, type Codes, type Step, type StepRule } from "../contract.ts";
import { LetterSheets } from "../../letters/contract/sheets.tsx";
import { authorityOf, useCodeWords, useFresh, type View } from "./data.ts";
import { rulesFor, waysTo } from "../rules.ts";
import { Paper } from "./paper.tsx";

const red: readonly Step[] = ["send", "freeze", "renew"];
type Given = { view: View; codes: Codes };

const rulesOf = (view: View): StepRule[] =>
  stepsFrom(view.kind, view.direction, view.state).filter((one) => view.may.includes(one.step));

/** Whether the next act leaves the state from the head of the page. */
export const sends = (view: View): boolean => view.may.includes("send") || view.may.includes("freeze");

/** The red button: it leaves the state. */
export function SendAct({ view, codes }: Given): ReactNode {
  const all = useWords();
  const { say, state } = all;
  const { officer, node } = useSession();
  const fresh = useFresh();
  const words = useCodeWords();
  const ways = waysTo(codes, view.peer);
  const [way, setWay] = useState<string | null>(ways.length === 1 ? ways[0]! : null);
  const step = rulesOf(view).find((one) => one.step === "send" || one.step === "freeze")?.step;
  if (step === undefined) return null;
  const open = rulesFor(codes, view.peer)?.centralAuthority.channel.standing !== "confirmed";
  return (
    <LeaveStateButton
      label={say(view.letter === null ? `assistance.step.${step}` : "assistance.step.send.letter", {
        state: state(view.peer),
      })}
      recipients={[state(view.peer)]}
      codes={<HandlingBadge handling={{ codes: ["H2"] }} from={node.code} />}
      approves={say("assistance.approves", {
        name: officer.name,
        author: view.author === null ? "–" : (view.names[view.author] ?? "–"),
      })}
      preview={
        view.letter === null ? (
          <Paper view={view} codes={codes} />
        ) : (
          <LetterSheets
            request={view.id}
            to={view.letter.to}
            version={view.version}
            name={authorityOf(all, codes, view.letter.to)}
          />
        )
      }
      {...(step === "send" && {
        answered: way !== null,
        asks: (
          <ChoiceField
            label={say("assistance.rule.channel")}
            {...(open && { hint: say("assistance.channel.hint", { state: state(view.peer) }) })}
            required
            value={way}
            choices={ways.map((one) => ({ value: one, label: words("code", one) }))}
            onChange={setWay}
          />
        ),
      })}
      onLeave={async (reason) => {
        const more = step === "send" && way !== null ? { code: way } : {};
        await api.post(`/api/assistance/${view.id}/steps`, { step, text: reason, ...more });
        await fresh();
        tell(say(view.letter === null ? "assistance.gone" : "assistance.letter.made"));
      }}
    />
  );
}

export function Acts({ view, codes }: Given): ReactNode {
  const { say } = useWords();
  const rules = rulesOf(view).filter((one) => one.step !== "send" && one.step !== "freeze");
  const [open, setOpen] = useState<Step | null>(null);
  const [fault, setFault] = useState<unknown>(null);
  const fresh = useFresh();
  const { state } = useWords();
  if (rules.length === 0) return null;
  const rule = rules.find((one) => one.step === open);
  const quick = (one: StepRule): boolean =>
    one.needs.length === 0 && !red.includes(one.step) && !(one.step === "execute" && keeps(view));
  async function act(step: Step): Promise<void> {
    setFault(null);
    try {
      await api.post(`/api/assistance/${view.id}/steps`, { step, text: "" });
      await fresh();
    } catch (no) {
      setFault(no);
    }
  }
  return (
    <section aria-label={say("assistance.next")}>
      <Title order={2} size="h5" mb="xs">
        {say("assistance.next")}
      </Title>
      <Group gap="xs">
        {rules.map((one, at) => (
          <Button
            key={one.step}
            variant={at === 0 ? "filled" : "default"}
            aria-expanded={quick(one) ? undefined : open === one.step}
            onClick={() => {
              setFault(null);
              if (quick(one)) void act(one.step);
              else setOpen(open === one.step ? null : one.step);
            }}
          >
            {say(`assistance.step.${one.step}`, { state: state(view.peer) })}
          </Button>
        ))}
      </Group>
      {fault !== null && <Problem fault={fault} />}
      {rule !== undefined && (
        <StepForm key={rule.step} view={view} codes={codes} rule={rule} done={() => setOpen(null)} />
      )}
    </section>
  );
}

/** Carrying it out waits for the word that it stays confidential, unless the state that asked said go on all the same (MLA-7). */
const keeps = (view: View): boolean =>
  view.form.confidential && !view.steps.some((one) => one.step === "go-on");

/** The codes of a step: why it is asked back, put off, refused. */
const codesOf = (codes: Codes, view: View, step: Step): string[] =>
  step === "ask"
    ? codes.asks
    : view.kind === "preservation"
      ? codes.freezeRefusals
      : codes.refusals.filter((one) => one.postpones === (step === "postpone")).map((one) => one.code);

function StepForm({ view, codes, rule, done }: Given & { rule: StepRule; done: () => void }): ReactNode {
  const words = useWords();
  const { say, state } = words;
  const { officer, node } = useSession();
  const code = useCodeWords();
  const fresh = useFresh();
  const desks = useDesks(rule.needs.includes("desk"));
  const [text, setText] = useState("");
  const [why, setWhy] = useState<string | null>(null);
  const [until, setUntil] = useState(view.askedUntil ?? "");
  const [desk, setDesk] = useState<string | null>(view.desk);
  const [fault, setFault] = useState<unknown>(null);
  const needs = (what: StepRule["needs"][number]): boolean => rule.needs.includes(what);
  const [kept, setKept] = useState(false);
  const asksKept = rule.step === "execute" && keeps(view);
  const ready =
    (!asksKept || kept) &&
    (!needs("text") || text.trim() !== "") &&
    (!needs("code") || why !== null) &&
    (!needs("until") || until !== "") &&
    (!needs("desk") || desk !== null);
  const label = say(`assistance.step.${rule.step}`, { state: state(view.peer) });
  async function send(): Promise<void> {
    await api.post(`/api/assistance/${view.id}/steps`, {
      step: rule.step,
      text: text.trim(),
      ...(needs("code") && why !== null ? { code: why } : {}),
      ...(asksKept ? { code: staysKept } : {}),
      ...(needs("until") ? { until } : {}),
      ...(needs("desk") && desk !== null ? { desk } : {}),
    });
    done();
    await fresh();
  }
  return (
    <Stack gap="sm" mt="sm">
      {asksKept && (
        <TickField
          label={say("assistance.code.confidentiality-kept")}
          hint={say("assistance.kept.hint", { state: state(view.peer) })}
          value={kept}
          onChange={setKept}
        />
      )}
      {needs("desk") && (
        <ChoiceField
          label={say("assistance.desk")}
          required
          value={desk}
          choices={(desks.data ?? []).map((one) => ({ value: one.id, label: one.name }))}
          onChange={setDesk}
        />
      )}
      {needs("code") && (
        <ChoiceField
          label={say("assistance.ground")}
          required
          value={why}
          choices={codesOf(codes, view, rule.step).map((one) => ({ value: one, label: code("code", one) }))}
          onChange={setWhy}
        />
      )}
      {needs("until") && (
        <TextField label={say("assistance.until")} kind="date" required value={until} onChange={setUntil} />
      )}
      {(needs("text") || needs("code")) && (
        <LongTextField
          label={say("assistance.inWords")}
          required={needs("text")}
          rows={2}
          maxLength={8000}
          value={text}
          onChange={setText}
        />
      )}
      {rule.tells !== null && view.letter === null && rule.step !== "renew" && (
        <Text size="sm" c="dimmed">
          {say("assistance.hears", { state: state(view.peer) })}
        </Text>
      )}
      {fault !== null && <Problem fault={fault} />}
      {rule.step === "renew" ? (
        <LeaveStateButton
          label={label}
          disabled={!ready}
          reasonNeeded={false}
          recipients={[state(view.peer)]}
          codes={<HandlingBadge handling={{ codes: ["H2"] }} from={node.code} />}
          approves={say("assistance.signs", { name: officer.name })}
          preview={
            <Text>
              {until === "" ? "" : words.date(until)} · {text}
            </Text>
          }
          onLeave={send}
        />
      ) : (
        <Group>
          <Button
            disabled={!ready}
            onClick={() => {
              setFault(null);
              send().catch(setFault);
            }}
          >
            {label}
          </Button>
        </Group>
      )}
    </Stack>
  );
}
