// An employer who is wrongly named: written down here, decided by a colleague; what is wrong is purged.
import { Button, Card, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  ChoicesField,
  ClockText,
  LongTextField,
  RadioField,
  StateTag,
  TextField,
  TimeText,
  useWords,
} from "@simpul/doors/web";
import type { AdvertView, Dispute } from "../contract.ts";
import { Form, useCall } from "./form.tsx";
import type { Named } from "./parts.tsx";

export function Disputes({ view }: { view: Named<AdvertView> }): ReactNode {
  const { say } = useWords();
  const [open, setOpen] = useState(false);
  const may = view.purgedAt === null && view.disputes.every((one) => one.state !== "open");
  if (view.disputes.length === 0 && !may) return null;
  return (
    <section>
      <Title order={2} size="h4" mb="xs">
        {say("ads.disputes")}
      </Title>
      <Stack gap="sm">
        {view.disputes.map((one) => (
          <One key={one.id} of={one} view={view} />
        ))}
        {may &&
          (open ? (
            <New advert={view.id} close={() => setOpen(false)} />
          ) : (
            <div className="s-noprint">
              <Button variant="default" onClick={() => setOpen(true)}>
                {say("ads.dispute")}
              </Button>
            </div>
          ))}
      </Stack>
    </section>
  );
}

function One({ of, view }: { of: Dispute; view: Named<AdvertView> }): ReactNode {
  const { say } = useWords();
  return (
    <Card withBorder component="article" aria-label={of.employer}>
      <Stack gap={4}>
        <Text fw={600}>
          {of.employer}{" "}
          <StateTag tone={of.state === "open" ? "waiting" : "plain"}>
            {say(`ads.dispute.${of.state}`)}
          </StateTag>
        </Text>
        <Text size="sm" component="div">
          <TimeText at={of.at} /> · {view.names[of.by] ?? of.by}: {of.reason}
        </Text>
        {of.decidedAt !== null && (
          <Text size="sm" component="div">
            <TimeText at={of.decidedAt} /> · {view.names[of.decidedBy ?? ""] ?? ""}: {of.decision}
          </Text>
        )}
        {of.state === "open" && (
          <Text size="sm" component="div">
            {say("ads.dispute.due")} <ClockText due={of.dueAt} />
          </Text>
        )}
        {of.mayDecide ? (
          <Decide of={of} view={view} />
        ) : (
          of.state === "open" && <Text size="sm">{say("ads.dispute.other")}</Text>
        )}
      </Stack>
    </Card>
  );
}

function Decide({ of, view }: { of: Dispute; view: AdvertView }): ReactNode {
  const { say } = useWords();
  const [state, setState] = useState<string | null>(null);
  const [decision, setDecision] = useState("");
  const [picked, setPicked] = useState<string[]>([]);
  const { busy, fault, call } = useCall();
  const choices = view.selectors.flatMap((one) =>
    one.canonical === null ? [] : [{ value: String(one.number), label: one.canonical }],
  );
  return (
    <Form
      whole={state !== null && decision.trim().length >= 3}
      busy={busy}
      fault={fault}
      act={say("ads.dispute.decide")}
      send={() =>
        call(`/api/ads/disputes/${of.id}`, {
          state,
          decision: decision.trim(),
          selectors: picked.map(Number),
        })
      }
      close={() => setState(null)}
    >
      <RadioField
        label={say("ads.dispute.decide")}
        required
        value={state}
        choices={["copied", "purged", "refused"].map((value) => ({
          ...{ value, label: say(`ads.dispute.${value}`), hint: say(`ads.dispute.${value}.hint`) },
        }))}
        onChange={setState}
      />
      {state === "copied" && choices.length > 0 && (
        <ChoicesField label={say("ads.dispute.own")} value={picked} choices={choices} onChange={setPicked} />
      )}
      <LongTextField
        label={say("ads.reason")}
        required
        rows={2}
        maxLength={2000}
        value={decision}
        onChange={setDecision}
      />
    </Form>
  );
}

function New({ advert, close }: { advert: string; close: () => void }): ReactNode {
  const { say } = useWords();
  const [employer, setEmployer] = useState("");
  const [reason, setReason] = useState("");
  const { busy, fault, call } = useCall();
  return (
    <Form
      whole={employer.trim().length >= 2 && reason.trim().length >= 10}
      busy={busy}
      fault={fault}
      act={say("ads.save")}
      send={() =>
        call(`/api/ads/adverts/${advert}/disputes`, { employer: employer.trim(), reason: reason.trim() })
      }
      close={close}
    >
      <TextField
        label={say("ads.dispute.employer")}
        required
        maxLength={300}
        value={employer}
        onChange={setEmployer}
      />
      <LongTextField
        label={say("ads.dispute.reason")}
        required
        rows={3}
        maxLength={4000}
        value={reason}
        onChange={setReason}
      />
    </Form>
  );
}
