// What can be done about one target: write down what was done, set the next day, take it over, give it up.
import { Button, Group, Stack } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  api,
  ChoiceField,
  Link,
  LongTextField,
  Problem,
  TextField,
  useQuery,
  useWords,
} from "@simpul/doors/web";
import type { Outcome } from "../contract.ts";
import type { Shown } from "./one.tsx";
import { inDays, useAct, type Acting } from "./parts.tsx";

type Open = "step" | "follow-up" | "withdraw";

export function Acts({ view }: { view: Shown }): ReactNode {
  const { say } = useWords();
  const act = useAct(view.id);
  const [open, setOpen] = useState<Open | null>(null);
  if (view.may.every((one) => one === "accept")) return null;
  const close = (done: boolean): void => {
    if (done) setOpen(null);
  };
  const given: Given = { act, close, cancel: () => setOpen(null) };
  const opens: [Open, "step" | "follow" | "withdraw"][] = [
    ["step", "step"],
    ["follow-up", "follow"],
    ["withdraw", "withdraw"],
  ];
  return (
    <Stack gap="sm" className="s-noprint">
      {act.fault !== null && <Problem fault={act.fault} kept={say("targets.kept")} />}
      {open === null && (
        <Group gap="xs">
          {view.may.includes("take") && (
            <Button variant="default" loading={act.busy} onClick={() => void act.run("take")}>
              {say("targets.take")}
            </Button>
          )}
          {opens.map(
            ([which, may]) =>
              view.may.includes(may) && (
                <Button
                  key={which}
                  variant={which === "step" ? "filled" : "default"}
                  onClick={() => setOpen(which)}
                >
                  {say(`targets.act.${which}`)}
                </Button>
              ),
          )}
        </Group>
      )}
      {open === "step" && <Step view={view} {...given} />}
      {open === "follow-up" && <Follow {...given} />}
      {open === "withdraw" && <Withdraw {...given} />}
    </Stack>
  );
}

interface Given {
  act: Acting;
  cancel: () => void;
  close: (done: boolean) => void;
}

function Form({
  whole,
  act,
  cancel,
  send,
  children,
}: {
  whole: boolean;
  act: Acting;
  cancel: () => void;
  send: () => void;
  children: ReactNode;
}): ReactNode {
  const { say } = useWords();
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <Stack gap="sm" maw="36rem">
        {children}
        <Group gap="xs" className="s-acts">
          <Button type="submit" loading={act.busy} disabled={!whole}>
            {say("targets.save")}
          </Button>
          <Button variant="subtle" onClick={cancel}>
            {say("targets.cancel")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Step({ view, act, close, cancel }: Given & { view: Shown }): ReactNode {
  const { say } = useWords();
  const [step, setStep] = useState<Outcome | null>(null);
  const [on, setOn] = useState(inDays(0));
  const [text, setText] = useState("");
  const [next, setNext] = useState(inDays(14));
  const [review, setReview] = useState<string | null>(null);
  const charge = step === "charged" && view.kind === "person";
  const send = async (): Promise<void> => {
    const followUp = step === "closed" ? null : { on: next, text: "" };
    close(
      await act.run("steps", {
        ...{ step, on, text: text.trim(), followUp },
        ...(charge && review !== null && { review }),
      }),
    );
  };
  return (
    <Form
      whole={step !== null && on !== "" && (!charge || review !== null)}
      act={act}
      cancel={cancel}
      send={() => void send()}
    >
      <ChoiceField
        label={say("targets.step")}
        required
        value={step}
        choices={view.next.map((value) => ({ value, label: say(`targets.step.${value}`) }))}
        onChange={(to) => setStep(to as Outcome | null)}
      />
      {charge && <ChargeReview view={view} value={review} onChange={setReview} />}
      <TextField label={say("targets.step.on")} kind="date" required value={on} onChange={setOn} />
      <LongTextField
        label={say("targets.step.text")}
        rows={2}
        maxLength={2000}
        value={text}
        onChange={setText}
      />
      {step !== "closed" && (
        <TextField label={say("targets.followUp.on")} kind="date" required value={next} onChange={setNext} />
      )}
    </Form>
  );
}

interface Reviews {
  reviews: { id: string; kind: string; openedAt: string; state: string }[];
}

/** A charge passes a legal review of its own (VIC-2). */
function ChargeReview({
  view,
  value,
  onChange,
}: {
  view: Shown;
  value: string | null;
  onChange: (to: string | null) => void;
}): ReactNode {
  const { say, date } = useWords();
  const of = view.case;
  const query = useQuery({
    queryKey: ["review", "of", of?.id ?? ""],
    queryFn: ({ signal }) => api.get<Reviews>("/api/reviews", { query: { case: of?.id ?? "" }, signal }),
    enabled: of !== null,
  });
  const charges = (query.data?.reviews ?? []).filter((one) => one.kind === "charge");
  return (
    <>
      <ChoiceField
        label={say("targets.charge.review")}
        required
        value={value}
        choices={charges.map((one) => ({ value: one.id, label: date(one.openedAt) }))}
        onChange={onChange}
      />
      {of !== null && (
        <Link to={`/reviews/new?case=${of.number}&subject=${view.subject}`}>{say("targets.charge.ask")}</Link>
      )}
    </>
  );
}

function Follow({ act, close, cancel }: Given): ReactNode {
  const { say } = useWords();
  const [on, setOn] = useState(inDays(7));
  const [text, setText] = useState("");
  const send = async (): Promise<void> => close(await act.run("follow-up", { on, text: text.trim() }));
  return (
    <Form whole={on !== ""} act={act} cancel={cancel} send={() => void send()}>
      <TextField label={say("targets.followUp.on")} kind="date" required value={on} onChange={setOn} />
      <TextField label={say("targets.followUp.text")} maxLength={500} value={text} onChange={setText} />
    </Form>
  );
}

function Withdraw({ act, close, cancel }: Given): ReactNode {
  const { say } = useWords();
  const [reason, setReason] = useState("");
  const send = async (): Promise<void> => close(await act.run("withdraw", { reason: reason.trim() }));
  return (
    <Form whole={reason.trim().length >= 3} act={act} cancel={cancel} send={() => void send()}>
      <LongTextField
        label={say("targets.withdraw.reason")}
        required
        rows={2}
        maxLength={2000}
        value={reason}
        onChange={setReason}
      />
    </Form>
  );
}
