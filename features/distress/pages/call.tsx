// A call is written down while it goes on: sealed as it is typed, so that one that breaks off reaches the desk too.
import { Button, Group, SimpleGrid, Stack, Text } from "@mantine/core";
import { useCallback, useEffect, useRef, useState } from "react";
import type { ReactNode } from "react";
import { localeFacts } from "@simpul/doors/i18n";
import {
  ChoiceField,
  ChoicesField,
  Guided,
  LongTextField,
  PageHead,
  Problem,
  StateTag,
  TextField,
  TickField,
  api,
  useWords,
} from "@simpul/doors/web";
import { dangers, howMany, longest, notToTell, pageLanguages } from "../contract.ts";

const blank = {
  language: "en",
  where: "",
  many: null as string | null,
  danger: null as string | null,
  child: false,
  not: [] as string[],
  notOther: "",
  more: "",
  caller: null as string | null,
  callerName: "",
  phone: "",
  callBack: null as string | null,
  callBackNote: "",
  person: "",
  nationality: "",
};
type Call = typeof blank;
/** Typing rests so long before it is sealed, in milliseconds. */
const rests = 1200;
const token = (): string =>
  btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(24))))
    .replaceAll("+", "-")
    .replaceAll("/", "_");
const begin = (language: string) => ({ id: crypto.randomUUID(), token: token(), language });

function body(call: Call, form: { token: string }, finished: boolean): unknown {
  const { caller, callerName, phone, callBack, callBackNote, person, nationality, ...said } = call;
  return {
    token: form.token,
    said: {
      ...said,
      call: { caller, callerName, phone, callBack, callBackNote, person, nationality, finished },
    },
  };
}

export function Page(): ReactNode {
  const { say, locale, time } = useWords();
  const [form, setForm] = useState(() => begin(locale));
  const [call, setCall] = useState<Call>({ ...blank, language: form.language });
  const [kept, setKept] = useState<Date | null>(null);
  const [done, setDone] = useState(false);
  const [fault, setFault] = useState<unknown>(null);
  const going = useRef<Promise<void>>(Promise.resolve());
  const typed = JSON.stringify(call) !== JSON.stringify({ ...blank, language: call.language });

  const keep = useCallback(
    (now: Call, finished: boolean): Promise<void> =>
      (going.current = going.current.then(async () => {
        try {
          await api.put(`/api/distress/calls/${form.id}`, body(now, form, finished));
          setKept(new Date());
          setFault(null);
          if (finished) setDone(true);
        } catch (no) {
          setFault(no);
        }
      })),
    [form],
  );
  useEffect(() => {
    if (!typed || done) return undefined;
    const timer = setTimeout(() => void keep(call, false), rests);
    return () => clearTimeout(timer);
  }, [call, typed, done, keep]);

  const set = <Key extends keyof Call>(key: Key, value: Call[Key]): void => {
    setDone(false);
    setCall((before) => ({ ...before, [key]: value }));
  };
  const next = (): void => {
    setForm(begin(locale));
    setCall({ ...blank, language: locale });
    setKept(null);
    setDone(false);
  };
  const choices = (all: readonly string[], words: string) =>
    all.map((value) => ({ value, label: say(`${words}.${value}`) }));
  const text = (
    key: "callerName" | "phone" | "callBackNote" | "person" | "nationality" | "notOther",
    most: number,
  ): ReactNode => (
    <TextField
      label={say(`distress.call.${key}`)}
      maxLength={most}
      value={call[key]}
      onChange={(value) => set(key, value)}
    />
  );

  if (done)
    return (
      <>
        <PageHead
          title={say("distress.call.title")}
          act={<Button onClick={next}>{say("distress.call.next")}</Button>}
        />
        <Text role="status">{say("distress.call.done")}</Text>
      </>
    );
  return (
    <>
      <PageHead
        title={say("distress.call.title")}
        marks={
          kept !== null && <StateTag tone="good">{say("distress.call.kept", { time: time(kept) })}</StateTag>
        }
      />
      <Guided by="distress.guide.call">
        <Stack gap="md" maw="52rem">
          <Text size="sm">{say("distress.call.text")}</Text>
          {fault !== null && <Problem fault={fault} kept={say("distress.kept")} />}
          <LongTextField
            label={say("distress.said.where")}
            rows={3}
            maxLength={longest.where}
            value={call.where}
            onChange={(value) => set("where", value)}
          />
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <ChoiceField
              label={say("distress.said.danger")}
              value={call.danger}
              choices={choices(dangers, "distress.danger")}
              onChange={(value) => set("danger", value)}
            />
            <ChoiceField
              label={say("distress.said.many")}
              value={call.many}
              choices={choices(howMany, "distress.many")}
              onChange={(value) => set("many", value)}
            />
          </SimpleGrid>
          <TickField
            label={say("distress.child")}
            value={call.child}
            onChange={(value) => set("child", value)}
          />
          <ChoicesField
            label={say("distress.not")}
            value={call.not}
            choices={choices(notToTell, "distress.not")}
            onChange={(value) => set("not", value)}
          />
          {call.not.includes("other") && text("notOther", longest.other)}
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <ChoiceField
              label={say("distress.call.caller")}
              value={call.caller}
              choices={choices(["self", "family", "friend", "other"], "distress.caller")}
              onChange={(value) => set("caller", value)}
            />
            {text("callerName", 200)}
            {text("phone", 100)}
            <ChoiceField
              label={say("distress.call.callBack")}
              value={call.callBack}
              choices={choices(["any-time", "at-times", "text-only", "never"], "distress.callBack")}
              onChange={(value) => set("callBack", value)}
            />
          </SimpleGrid>
          {text("callBackNote", 400)}
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            {text("person", 200)}
            {text("nationality", 60)}
            <ChoiceField
              label={say("distress.call.language")}
              required
              value={call.language}
              choices={pageLanguages.map((value) => ({ value, label: localeFacts[value].name }))}
              onChange={(value) => set("language", value ?? locale)}
            />
          </SimpleGrid>
          <LongTextField
            label={say("distress.said.more")}
            rows={6}
            maxLength={longest.more}
            value={call.more}
            onChange={(value) => set("more", value)}
          />
          <Group className="s-acts">
            <Button disabled={!typed} onClick={() => void keep(call, true)}>
              {say("distress.call.finish")}
            </Button>
          </Group>
        </Stack>
      </Guided>
    </>
  );
}
