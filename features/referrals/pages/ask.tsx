// Asking her: what she reads or hears in her language beside what the officer reads, one recipient, one purpose (VIC-3).
import { Button, Card, Group, SimpleGrid, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  ChoiceField,
  ChoicesField,
  FieldGroup,
  Guided,
  LongTextField,
  Problem,
  RadioField,
  TextField,
  TickField,
  api,
  useGo,
  useWords,
} from "@simpul/doors/web";
import { localeFacts } from "@simpul/doors/i18n";
import { dataSets, overrideReasons, sharePurposes } from "../contract.ts";
import { recipientOf, useFresh, type Explanation, type Directory } from "./data.ts";
import { AboutHerPage, type AboutHer } from "./about-her.tsx";

export function Page(): ReactNode {
  const { say } = useWords();
  const [without, setWithout] = useState(false);
  return (
    <AboutHerPage title={say(without ? "referrals.override" : "referrals.ask")}>
      {(of) => <Ask {...of} without={without} setWithout={setWithout} />}
    </AboutHerPage>
  );
}

/** Recipients as a list of choices: services by name, victim desks by state. */
export function useRecipients(found: Directory): { value: string; label: string }[] {
  const { say, state } = useWords();
  return [
    ...found.services
      .filter(({ active }) => active)
      .map((one) => ({
        value: `service:${one.id}`,
        label: `${one.name} · ${one.kinds.map((kind) => say(`referrals.kind.${kind}`)).join(", ")}`,
      })),
    ...found.states.map((one) => ({
      value: `state:${one}`,
      label: say("referrals.deskOf", { state: state(one) }),
    })),
  ];
}

type Asking = AboutHer & { without: boolean; setWithout: (without: boolean) => void };

function Ask({ view, codes, found, without, setWithout }: Asking): ReactNode {
  const { say, locale } = useWords();
  const go = useGo();
  const fresh = useFresh();
  const child = view.person.age === "child" || view.person.age === "doubt";
  const first =
    codes.spoken.find((one) => view.person.languages.some((own) => own.split("-")[0] === one)) ?? "en";
  const [to, setTo] = useState<string | null>(null);
  const [purpose, setPurpose] = useState<string | null>(null);
  const [data, setData] = useState<string[]>([]);
  const [onward, setOnward] = useState(false);
  const [language, setLanguage] = useState<string>(first);
  const [how, setHow] = useState<string | null>(null);
  const [interpreter, setInterpreter] = useState("");
  const [guardian, setGuardian] = useState({ name: "", relation: "" });
  const [because, setBecause] = useState<string | null>(null);
  const [reason, setReason] = useState("");
  const [fault, setFault] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const recipients = useRecipients(found);
  const name = recipients.find((one) => one.value === to)?.label.split(" · ")[0] ?? "";
  const chosen = to !== null && purpose !== null && data.length > 0;
  const ready =
    chosen &&
    how !== null &&
    (how !== "interpreter" || interpreter.trim() !== "") &&
    (!child || (guardian.name.trim() !== "" && guardian.relation.trim() !== ""));
  async function send(path: string, more: object): Promise<void> {
    setBusy(true);
    setFault(null);
    try {
      await api.post(`/api/referrals/people/${view.person.id}/${path}`, {
        recipient: recipientOf(to ?? ""),
        recipientName: name,
        purpose,
        data,
        ...more,
      });
      await fresh();
      go(`/referrals/people/${view.person.id}`);
    } catch (no) {
      setFault(no);
    } finally {
      setBusy(false);
    }
  }
  const answer = (said: "given" | "refused"): Promise<void> =>
    send("consent", {
      onward,
      answer: said,
      language,
      text: codes.explanation.version,
      how,
      interpreter,
      guardian: child ? guardian : null,
    });
  return (
    <Guided by={without ? "referrals.override.text" : "referrals.guide.ask"}>
      <Stack gap="lg" maw="56rem">
        <ChoiceField
          label={say("referrals.recipient")}
          required
          value={to}
          choices={recipients}
          onChange={setTo}
        />
        <ChoiceField
          label={say("referrals.purpose")}
          required
          value={purpose}
          choices={sharePurposes.map((one) => ({ value: one, label: say(`referrals.purpose.${one}`) }))}
          onChange={(one) => {
            setPurpose(one);
            if (one === "care-elsewhere") setData(["file"]);
          }}
        />
        <ChoicesField
          label={say("referrals.what")}
          required
          value={data}
          choices={[...dataSets, ...(to?.startsWith("state:") === true ? ["file"] : [])].map((one) => ({
            value: one,
            label: say(`referrals.data.${one}`),
          }))}
          onChange={setData}
        />
        <TickField label={say("referrals.mayPassOn")} value={onward} onChange={setOnward} />
        {!without && (
          <>
            <ChoiceField
              label={say("referrals.herLanguage")}
              required
              value={language}
              choices={codes.spoken.map((one) => ({ value: one, label: localeFacts[one as "en"].name }))}
              onChange={(one) => setLanguage(one ?? first)}
            />
            {chosen && (
              <SimpleGrid cols={{ base: 1, sm: language === locale ? 1 : 2 }}>
                <Said
                  of={codes.explanation}
                  language={language}
                  {...{ name, data, onward, child }}
                  purpose={purpose}
                  large
                />
                {language !== locale && (
                  <Said
                    of={codes.explanation}
                    language={locale}
                    {...{ name, data, onward, child }}
                    purpose={purpose}
                  />
                )}
              </SimpleGrid>
            )}
            <RadioField
              label={say("referrals.how")}
              value={how}
              choices={(["read", "heard", "interpreter"] as const).map((one) => ({
                value: one,
                label: say(`referrals.how.${one}`),
              }))}
              onChange={setHow}
            />
            {how === "interpreter" && (
              <TextField
                label={say("referrals.interpreter")}
                required
                value={interpreter}
                onChange={setInterpreter}
                maxLength={200}
              />
            )}
            {child && (
              <FieldGroup label={say("referrals.guardian")}>
                <TextField
                  label={say("referrals.guardian.name")}
                  required
                  value={guardian.name}
                  maxLength={200}
                  onChange={(one) => setGuardian({ ...guardian, name: one })}
                />
                <TextField
                  label={say("referrals.guardian.relation")}
                  required
                  value={guardian.relation}
                  maxLength={200}
                  onChange={(one) => setGuardian({ ...guardian, relation: one })}
                />
              </FieldGroup>
            )}
          </>
        )}
        {without && (
          <Stack gap="md">
            <RadioField
              label={say("referrals.override.why")}
              value={because}
              choices={overrideReasons
                .filter((one) => one !== "child-interest" || child)
                .map((one) => ({ value: one, label: say(`referrals.because.${one}`) }))}
              onChange={setBecause}
            />
            <LongTextField
              label={say("referrals.review.reason")}
              required
              rows={3}
              maxLength={4000}
              value={reason}
              onChange={setReason}
            />
          </Stack>
        )}
        {fault !== null && <Problem fault={fault} />}
        {!without ? (
          <Group gap="sm" className="s-acts">
            <Button loading={busy} disabled={!ready} onClick={() => void answer("given")}>
              {say("referrals.saysYes")}
            </Button>
            <Button variant="default" loading={busy} disabled={!ready} onClick={() => void answer("refused")}>
              {say("referrals.saysNo")}
            </Button>
          </Group>
        ) : (
          <Group gap="sm" className="s-acts">
            <Button
              loading={busy}
              disabled={!chosen || because === null || reason.trim().length < 10}
              onClick={() => void send("override", { because, reason })}
            >
              {say("referrals.override.do")}
            </Button>
          </Group>
        )}
        <Group className="s-noprint">
          <Button variant="subtle" onClick={() => setWithout(!without)}>
            {say(without ? "referrals.override.not" : "referrals.override.open")}
          </Button>
        </Group>
      </Stack>
    </Guided>
  );
}

/** The text as it is read out; the person's own in large letters and in her script. */
function Said({
  of,
  language,
  name,
  purpose,
  data,
  onward,
  child,
  large,
}: {
  of: Explanation;
  language: string;
  name: string;
  purpose: string | null;
  data: string[];
  onward: boolean;
  child: boolean;
  large?: boolean;
}): ReactNode {
  const text = (key: string): string => of.texts[key]?.[language] ?? "";
  // Not every browser knows how Burmese or Lao join a list; a comma is understood everywhere.
  const comma = language === "my" ? "၊ " : language === "zh" ? "、" : ", ";
  const named = data.map((set) => of.data[set]?.[language] ?? "").join(comma);
  const lines = [
    text("intro"),
    text("what").replace("{recipient}", name).replace("{data}", named),
    text("why").replace("{purpose}", of.purposes[purpose ?? ""]?.[language] ?? ""),
    ...(onward ? [text("onward")] : []),
    text("free"),
    text("police"),
    text("change"),
    text("limit"),
    ...(child ? [text("guardian")] : []),
    text("ask"),
  ];
  return (
    <Card withBorder lang={language} component="section" aria-label={localeFacts[language as "en"].name}>
      <Stack gap="xs">
        {lines.map((line) => (
          <Text key={line} size={large === true ? "lg" : "sm"} lh={1.8}>
            {line}
          </Text>
        ))}
      </Stack>
    </Card>
  );
}
