// Referring her: to whom, for what, exactly the words they will see; sent after one look at all of it (VIC-4).
import { Button, Card, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  ChoiceField,
  Guided,
  LeaveStateButton,
  LongTextField,
  Problem,
  StateTag,
  TickField,
  api,
  useGo,
  useWords,
} from "@simpul/doors/web";
import { serviceKinds, sharePurposes, type DataSet } from "../contract.ts";
import { useRecipients } from "./ask.tsx";
import { recipientOf, useFresh, type PersonConsent } from "./data.ts";
import { AboutHerPage, type AboutHer } from "./about-her.tsx";

export function Page(): ReactNode {
  const { say } = useWords();
  return <AboutHerPage title={say("referrals.refer")}>{(of) => <Form {...of} />}</AboutHerPage>;
}

/** Whether her last word covers this, for marking recipients and data; the node decides. */
function covered(view: PersonConsent, to: string, purpose: string | null): Set<string> {
  const recipient = JSON.stringify(recipientOf(to));
  const said = view.consents.filter(
    ({ consent }) => JSON.stringify(consent.recipient) === recipient && consent.purpose === purpose,
  );
  const last = said.at(-1);
  const by =
    last !== undefined && last.consent.answer === "given" && last.withdrawnAt === null
      ? last.consent.data
      : [];
  const without = view.overrides.filter(
    ({ override, review }) =>
      review?.upheld !== false &&
      JSON.stringify(override.recipient) === recipient &&
      override.purpose === purpose,
  );
  return new Set([...by, ...without.flatMap(({ override }) => override.data)]);
}

function Form({ view, codes, found }: AboutHer): ReactNode {
  const { say, list, language } = useWords();
  const go = useGo();
  const fresh = useFresh();
  const recipients = useRecipients(found);
  const [share] = useState(() => crypto.randomUUID());
  const [to, setTo] = useState<string | null>(null);
  const [kind, setKind] = useState<string | null>(null);
  const [purpose, setPurpose] = useState<string | null>("help");
  const [urgent, setUrgent] = useState(false);
  const [data, setData] = useState<Partial<Record<DataSet, string>>>({});
  const [note, setNote] = useState("");
  const [onward, setOnward] = useState(false);
  const [fault, setFault] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const service = found.services.find((one) => `service:${one.id}` === to);
  const kinds = to === null ? [] : service === undefined ? ["victim-desk"] : service.kinds;
  const chosen = kinds.length === 1 ? kinds[0]! : kind;
  const known = serviceKinds.find((one) => one === chosen);
  const allowed = known === undefined ? [] : codes.terms.kinds[known].data;
  const yes = covered(view, to ?? "", purpose);
  const covers = (set: string): boolean => yes.has("file") || yes.has(set);
  const sent = Object.fromEntries(
    Object.entries(data).filter(([set, text]) => text.trim() !== "" && allowed.includes(set as DataSet)),
  );
  const ready = to !== null && known !== undefined && purpose !== null && Object.keys(sent).length > 0;
  const hours =
    codes.terms.hours[urgent ? (known === "shelter" ? "urgent-shelter" : "urgent") : "referral"]?.hours ?? 24;
  async function send(): Promise<void> {
    setBusy(true);
    setFault(null);
    try {
      await api.post(`/api/referrals/people/${view.person.id}/refer`, {
        share,
        recipient: recipientOf(to ?? ""),
        given: { kind: known, purpose, urgent, data: sent, note, onward },
      });
      await fresh();
      go(`/referrals/${share}`);
    } catch (no) {
      setFault(no);
      throw no;
    } finally {
      setBusy(false);
    }
  }
  const preview = (
    <Card withBorder>
      {Object.entries(sent).map(([set, text]) => (
        <Text key={set} size="sm">
          <strong>{say(`referrals.data.${set}`)}:</strong> <bdi>{text}</bdi>
        </Text>
      ))}
      {note !== "" && <Text size="sm">{note}</Text>}
    </Card>
  );
  return (
    <Guided by="referrals.guide.refer">
      <Stack gap="lg" maw="44rem">
        <ChoiceField
          label={say("referrals.recipient")}
          required
          value={to}
          choices={recipients}
          onChange={setTo}
        />
        {service !== undefined && (
          <Text size="sm" c="dimmed">
            {[
              service.place,
              list(service.languages.map((one) => language(one))),
              service.serves.map((one) => say(`referrals.serves.${one}`)).join(", "),
            ]
              .filter((one) => one !== "")
              .join(" · ")}
            {service.capacity !== null && ` · ${say("referrals.capacity", { count: service.capacity })}`}
          </Text>
        )}
        {kinds.length > 1 && (
          <ChoiceField
            label={say("referrals.kindOf")}
            required
            value={kind}
            choices={kinds.map((one) => ({ value: one, label: say(`referrals.kind.${one}`) }))}
            onChange={setKind}
          />
        )}
        <ChoiceField
          label={say("referrals.purpose")}
          required
          value={purpose}
          choices={sharePurposes.map((one) => ({ value: one, label: say(`referrals.purpose.${one}`) }))}
          onChange={setPurpose}
        />
        <TickField
          label={say("referrals.isUrgent")}
          hint={say("referrals.clock", { count: hours })}
          value={urgent}
          onChange={setUrgent}
        />
        {allowed.map((set) => (
          <div key={set}>
            <LongTextField
              label={say(`referrals.data.${set}`)}
              rows={1}
              maxLength={4000}
              value={data[set] ?? ""}
              onChange={(text) => setData({ ...data, [set]: text })}
              {...(to !== null && !covers(set) ? { hint: say("referrals.notCovered") } : {})}
            />
          </div>
        ))}
        {known !== undefined && (
          <>
            <LongTextField
              label={say("referrals.note")}
              rows={2}
              maxLength={2000}
              value={note}
              onChange={setNote}
            />
            <TickField label={say("referrals.mayPassOn")} value={onward} onChange={setOnward} />
          </>
        )}
        {to !== null && purpose !== null && yes.size === 0 && (
          <Group gap="xs">
            <StateTag tone="waiting">{say("referrals.notAsked")}</StateTag>
            <Button variant="subtle" onClick={() => go(`/referrals/people/${view.person.id}/ask`)}>
              {say("referrals.ask")}
            </Button>
          </Group>
        )}
        {fault !== null && <Problem fault={fault} />}
        <div className="s-acts">
          {service === undefined && to !== null ? (
            <LeaveStateButton
              label={say("referrals.send")}
              preview={preview}
              recipients={[recipients.find((one) => one.value === to)?.label ?? ""]}
              codes={null}
              approves={say("referrals.approves")}
              reasonNeeded={false}
              disabled={!ready}
              onLeave={send}
            />
          ) : (
            <Button loading={busy} disabled={!ready} onClick={() => void send().catch(() => undefined)}>
              {say(service?.way === "link" ? "referrals.makeLink" : "referrals.send")}
            </Button>
          )}
        </div>
      </Stack>
    </Guided>
  );
}
