// A letter to a platform or a labour inspectorate: written, shown as it will leave, let go by a colleague, noted as sent.
import { Anchor, Button, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  api,
  ChoiceField,
  HandlingBadge,
  LeaveStateButton,
  LongTextField,
  NumberField,
  StateTag,
  TextField,
  TickField,
  TimeText,
  useQuery,
  useQueryClient,
  useWords,
} from "@simpul/doors/web";
import { channels, letterLanguages } from "../../letters/contract.ts";
import { adLimits } from "../contract.ts";
import type { AdvertView, Outcome } from "../contract.ts";
import { Form, useCall } from "./form.tsx";

export function WriteLetter({
  view,
  kind,
  close,
}: {
  view: AdvertView;
  kind: "platform" | "labour";
  close: () => void;
}): ReactNode {
  const { say, locale, language } = useWords();
  const [letter, setLetter] = useState({ recipient: "", address: "", asked: "", basis: view.legalBasis });
  const [into, setInto] = useState<string>(kind === "labour" ? locale : "en");
  const [days, setDays] = useState<number | null>(7);
  const [campaign, setCampaign] = useState(view.size > 1);
  const { busy, fault, call } = useCall();
  const set = (change: Partial<typeof letter>): void => setLetter((before) => ({ ...before, ...change }));
  const { recipient, address, asked, basis } = letter;
  return (
    <Form
      whole={recipient.trim().length >= 2 && asked.trim().length >= 3 && days !== null}
      busy={busy}
      fault={fault}
      act={say("ads.letter.write")}
      send={() =>
        call(`/api/ads/adverts/${view.id}/letters`, {
          ...{ kind, recipient: recipient.trim(), address: address.trim(), asked: asked.trim() },
          ...{ basis: basis.trim(), language: into, writtenIn: locale, days, campaign },
        })
      }
      close={close}
    >
      <Text fw={600}>{say(`ads.outcome.${kind}`)}</Text>
      <Text size="sm">{say("ads.letter.text")}</Text>
      <TextField
        label={say("ads.outcome.recipient")}
        required
        maxLength={300}
        value={recipient}
        onChange={(to) => set({ recipient: to })}
      />
      <LongTextField
        label={say("ads.letter.address")}
        rows={2}
        maxLength={500}
        value={address}
        onChange={(to) => set({ address: to })}
      />
      <ChoiceField
        label={say("ads.letter.language")}
        required
        value={into}
        choices={letterLanguages.map((value) => ({ value, label: language(value) }))}
        onChange={(to) => setInto(to ?? into)}
      />
      <LongTextField
        label={say(`ads.outcome.${kind}.text`)}
        required
        rows={3}
        maxLength={4000}
        value={asked}
        onChange={(to) => set({ asked: to })}
      />
      <TextField
        label={say("ads.source.basis")}
        maxLength={500}
        value={basis}
        onChange={(to) => set({ basis: to })}
      />
      <NumberField
        label={say("ads.outcome.days")}
        required
        min={1}
        max={adLimits.answerDays}
        value={days}
        onChange={setDays}
      />
      {view.size > 1 && (
        <TickField
          label={say("ads.letter.campaign", { count: view.size })}
          value={campaign}
          onChange={setCampaign}
        />
      )}
    </Form>
  );
}

export function LetterState({ of: { state } }: { of: Outcome }): ReactNode {
  const { say } = useWords();
  if (state === "kept") return null;
  const tone = state === "written" || state === "released" ? "waiting" : "plain";
  return <StateTag tone={tone}>{say(`ads.letter.state.${state}`)}</StateTag>;
}

/** The letter of what followed, and what can be done with it now. */
export function LetterOf({ of, names }: { of: Outcome; names: Record<string, string> }): ReactNode {
  const { say, date } = useWords();
  if (of.state === "kept") return null;
  const { letter } = of;
  return (
    <Stack gap="xs">
      {of.corrects !== null && (
        <Text size="sm">{say("ads.letter.corrects", { reference: of.corrects })}</Text>
      )}
      {letter !== null && (
        <Text size="sm" component="div">
          {letter.reference} · {names[letter.by] ?? letter.by}, <TimeText at={letter.at} />
          {letter.postedOn !== null && letter.channel !== null && (
            <>
              {" · "}
              {say("ads.letter.state.sent")} {date(letter.postedOn)},{" "}
              {say(`requests.channels.${letter.channel}`)}
              {letter.sentNote !== "" && ` · ${letter.sentNote}`}
            </>
          )}
        </Text>
      )}
      {letter?.kept === false && <Text size="sm">{say("ads.letter.gone")}</Text>}
      {letter?.kept === true && <Paper id={of.id} reference={letter.reference} />}
      {of.state === "written" && (of.mayRelease ? <Release of={of} /> : <Other id={of.id} />)}
      {of.state === "released" && <Sent id={of.id} />}
    </Stack>
  );
}

/** Its pages as they are, or will be, on paper. */
function Pages({ id }: { id: string }): ReactNode {
  const { say } = useWords();
  const first = useQuery({
    queryKey: ["ads", "letter-pages", id],
    queryFn: async () => {
      const answer = await fetch(`/api/ads/letters/${id}/page?page=1`);
      return answer.ok ? Number(answer.headers.get("x-pages")) : 0;
    },
  });
  return Array.from({ length: first.data ?? 0 }, (_, index) => (
    <img
      key={index}
      className="ads-letter"
      alt={say("ads.letter.page", { page: index + 1 })}
      src={`/api/ads/letters/${id}/page?page=${String(index + 1)}`}
    />
  ));
}

function Paper({ id, reference }: { id: string; reference: string }): ReactNode {
  const { say } = useWords();
  const [shown, setShown] = useState(false);
  return (
    <>
      <Group gap="md" className="s-noprint">
        <Anchor href={`/api/ads/letters/${id}/paper`} download={`${reference}.pdf`}>
          {say("ads.letter.paper")}
        </Anchor>
        {!shown && (
          <Button size="compact-md" variant="default" onClick={() => setShown(true)}>
            {say("ads.letter.show")}
          </Button>
        )}
      </Group>
      {shown && <Pages id={id} />}
    </>
  );
}

function Release({ of }: { of: Outcome }): ReactNode {
  const { say } = useWords();
  const queries = useQueryClient();
  return (
    <Group gap="xs" className="s-noprint">
      <LeaveStateButton
        label={say("ads.letter.release")}
        preview={<Pages id={of.id} />}
        recipients={[of.recipient]}
        codes={<HandlingBadge handling={{ codes: ["H1", "H2"] }} />}
        approves={say("ads.letter.approves")}
        reasonNeeded={false}
        onLeave={async () => {
          await api.post(`/api/ads/letters/${of.id}/release`, {});
          await queries.invalidateQueries({ queryKey: ["ads"] });
        }}
      />
      <GiveUp id={of.id} />
    </Group>
  );
}

function Other({ id }: { id: string }): ReactNode {
  const { say } = useWords();
  const [shown, setShown] = useState(false);
  return (
    <>
      <Text size="sm">{say("ads.letter.other")}</Text>
      <Group gap="xs" className="s-noprint">
        {!shown && (
          <Button size="compact-md" variant="default" onClick={() => setShown(true)}>
            {say("ads.letter.show")}
          </Button>
        )}
        <GiveUp id={id} />
      </Group>
      {shown && <Pages id={id} />}
    </>
  );
}

function GiveUp({ id }: { id: string }): ReactNode {
  const { say } = useWords();
  const { busy, call } = useCall();
  return (
    <Button
      size="compact-md"
      variant="subtle"
      loading={busy}
      onClick={() => void call(`/api/ads/letters/${id}/withdraw`, {})}
    >
      {say("ads.letter.withdraw")}
    </Button>
  );
}

function Sent({ id }: { id: string }): ReactNode {
  const { say } = useWords();
  const [open, setOpen] = useState(false);
  const [on, setOn] = useState(() => new Date().toLocaleDateString("sv-SE"));
  const [channel, setChannel] = useState<string | null>("email");
  const [note, setNote] = useState("");
  const { busy, fault, call } = useCall();
  if (!open)
    return (
      <Group gap="xs" className="s-noprint">
        <Button size="compact-md" variant="default" onClick={() => setOpen(true)}>
          {say("ads.letter.sent")}
        </Button>
        <GiveUp id={id} />
      </Group>
    );
  return (
    <Form
      whole={on !== "" && channel !== null}
      busy={busy}
      fault={fault}
      act={say("ads.letter.sent")}
      send={() => call(`/api/ads/letters/${id}/sent`, { on, channel, note: note.trim() })}
      close={() => setOpen(false)}
    >
      <TextField kind="date" label={say("ads.letter.sentOn")} required value={on} onChange={setOn} />
      <ChoiceField
        label={say("ads.letter.by")}
        required
        value={channel}
        choices={channels.map((value) => ({ value, label: say(`requests.channels.${value}`) }))}
        onChange={setChannel}
      />
      <TextField label={say("ads.letter.note")} maxLength={300} value={note} onChange={setNote} />
    </Form>
  );
}
