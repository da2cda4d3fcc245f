// What the court did and will do, who contributed and what they were told; withdrawing.
import { List, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import { ChoiceField, LinkButton, LongTextField, TextField, TimeText, useWords } from "@simpul/doors/web";
import { ActForm, post, Section, today, type Shown } from "./parts.tsx";

export function Court({ view }: { view: Shown }): ReactNode {
  const { say, date } = useWords();
  return (
    <Stack gap="lg" pt="md">
      <Section title={say("charges.events")}>
        {view.events.length === 0 ? (
          <Text size="sm" c="dimmed">
            {say("charges.events.none")}
          </Text>
        ) : (
          <List size="sm" spacing={4} type="ordered" aria-label={say("charges.events")}>
            {view.events.map((one) => (
              <List.Item key={one.id}>
                <b>{say(`charges.event.${one.event}`)}</b>
                {one.exhibit !== null &&
                  ` · ${say("charges.exhibit", { number: view.exhibits.find((each) => each.id === one.exhibit)?.number ?? 0 })}`}
                , {date(one.on)}
                {one.until !== null && ` – ${date(one.until)}`}
                {[one.text, one.amount].filter((each) => each !== "").map((each) => ` · ${each}`)}
              </List.Item>
            ))}
          </List>
        )}
        {view.may.includes("court") && <Add view={view} />}
      </Section>
      <Contributors view={view} />
      {/* Somebody who was charged and is abroad is asked for; whoever works on the case drafts it. */}
      {view.kind === "person" && view.state === "filed" && view.may.includes("work") && (
        <div className="s-noprint">
          <LinkButton
            to={`/assistance/new?kind=formal&type=extradition&case=${view.case.number}&records=${view.subject}`}
            variant="default"
          >
            {say("charges.extradition")}
          </LinkButton>
        </div>
      )}
      {view.may.includes("withdraw") && <Withdraw view={view} />}
    </Stack>
  );
}

function Contributors({ view }: { view: Shown }): ReactNode {
  const { say, state } = useWords();
  return (
    <Section title={say("charges.contributors")}>
      {view.contributors.length === 0 ? (
        <Text size="sm" c="dimmed">
          {say("charges.contributors.none")}
        </Text>
      ) : (
        <>
          <List size="sm" spacing={4}>
            {view.contributors.map((one) => (
              <List.Item key={one.reference + one.peer}>
                {state(one.peer)}, {one.reference}
                {one.letter && ` · ${say("charges.contributors.letter")}`}
                {one.away && !one.letter && ` · ${say("charges.contributors.away")}`}
              </List.Item>
            ))}
          </List>
          <Text size="sm">{say("charges.contributors.hear")}</Text>
        </>
      )}
      {view.told.length > 0 && (
        <List size="sm" spacing={4} aria-label={say("charges.told")}>
          {view.told.map((one) => (
            <List.Item key={one.id}>
              {say("charges.told")}: {state(one.peer)}, {one.reference},{" "}
              {say(`charges.outcome.${one.outcome}`)}, <TimeText at={one.at} />
              {one.letter && ` · ${say("charges.contributors.letter")}`}
            </List.Item>
          ))}
        </List>
      )}
    </Section>
  );
}

function Add({ view }: { view: Shown }): ReactNode {
  const { say } = useWords();
  const [event, setEvent] = useState<string | null>(null);
  const [on, setOn] = useState(today());
  const [until, setUntil] = useState("");
  const [text, setText] = useState("");
  const [amount, setAmount] = useState("");
  const spans = ["detention", "travel-ban", "freezing", "sentenced"].includes(event ?? "");
  const paid = ["freezing", "confiscation", "compensated"].includes(event ?? "");
  return (
    <ActForm
      label={say("charges.event.add")}
      filled
      whole={event !== null && on !== ""}
      send={() =>
        post(view.id, "events", {
          ...{ event, on, until: spans && until !== "" ? until : null },
          ...{ text: text.trim(), amount: paid ? amount.trim() : "" },
        })
      }
    >
      <ChoiceField
        label={say("charges.event")}
        required
        value={event}
        choices={view.nextEvents.map((one) => ({ value: one, label: say(`charges.event.${one}`) }))}
        onChange={setEvent}
      />
      <TextField label={say("charges.event.on")} kind="date" required value={on} onChange={setOn} />
      {spans && (
        <TextField label={say("charges.event.until")} kind="date" value={until} onChange={setUntil} />
      )}
      {paid && (
        <TextField label={say("charges.event.amount")} maxLength={100} value={amount} onChange={setAmount} />
      )}
      <LongTextField
        label={say("charges.event.text")}
        rows={2}
        maxLength={2000}
        value={text}
        onChange={setText}
      />
    </ActForm>
  );
}

function Withdraw({ view }: { view: Shown }): ReactNode {
  const { say } = useWords();
  const [reason, setReason] = useState("");
  return (
    <ActForm
      label={say("charges.withdraw")}
      saves={say("charges.withdraw")}
      whole={reason.trim().length >= 3}
      send={() => post(view.id, "withdraw", { reason: reason.trim() })}
    >
      <LongTextField
        label={say("charges.withdraw.reason")}
        required
        rows={2}
        maxLength={2000}
        value={reason}
        onChange={setReason}
      />
    </ActForm>
  );
}
