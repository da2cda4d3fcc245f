// Who asked what is held about her, and the form that enters a new asking: identity first, then what finds her.
import { Button, Group, List, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  Awaited,
  ChoiceField,
  Link,
  LongTextField,
  PageHead,
  Problem,
  StateTag,
  TextField,
  TextsField,
  api,
  useDraft,
  useGo,
  useQuery,
  useSession,
  useWords,
} from "@simpul/doors/web";
import { localeFacts } from "@simpul/doors/i18n";
import { identifierTypes, letterLanguages } from "../contract.ts";
import type { AccessHead } from "../contract.ts";

export function Page(): ReactNode {
  const { say, date } = useWords();
  const { officer } = useSession();
  const query = useQuery({
    queryKey: ["subject-access"],
    queryFn: ({ signal }) => api.get<AccessHead[]>("/api/subject-access", { signal }),
  });
  return (
    <>
      <PageHead title={say("subject-access.room")} />
      <Stack gap="lg" maw="44rem">
        <Text size="sm">{say("subject-access.text")}</Text>
        <Awaited query={query}>
          {(all) => (
            <List listStyleType="none" spacing="xs">
              {all.length === 0 && <List.Item>{say("subject-access.none")}</List.Item>}
              {all.map((one) => (
                <List.Item key={one.id}>
                  <Link to={`/subject-access/${one.id}`}>
                    {one.reference} · {one.names[0] ?? ""} · {date(one.askedOn)}
                  </Link>{" "}
                  <StateTag tone={one.state === "answered" ? "good" : "waiting"}>
                    {say(`subject-access.state.${one.state}`)}
                  </StateTag>
                </List.Item>
              ))}
            </List>
          )}
        </Awaited>
        {officer.roles.includes("oversight") && <Enter />}
      </Stack>
    </>
  );
}

const blank = {
  names: [] as string[],
  birth: "",
  type: "phone",
  written: [] as string[],
  language: "",
  contact: "",
  askedOn: "",
  checkedHow: "",
  checkedBy: "",
};

function Enter(): ReactNode {
  const { say } = useWords();
  const go = useGo();
  const draft = useDraft("subject-access.enter", blank);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<unknown>(null);
  const value = draft.value;
  const set = (to: Partial<typeof blank>): void => draft.set((before) => ({ ...before, ...to }));
  const given = (texts: readonly string[]): string[] =>
    texts.map((one) => one.trim()).filter((one) => one !== "");
  async function enter(): Promise<void> {
    setBusy(true);
    setFault(null);
    try {
      const { id } = await api.post<{ id: string }>("/api/subject-access", {
        names: given(value.names),
        birth: value.birth.trim() === "" ? null : value.birth.trim(),
        identifiers: given(value.written).map((written) => ({ type: value.type, written })),
        language: value.language,
        contact: value.contact,
        askedOn: value.askedOn,
        checkedHow: value.checkedHow,
        checkedBy: value.checkedBy,
      });
      draft.clear();
      go(`/subject-access/${id}`);
    } catch (no) {
      setFault(no);
    } finally {
      setBusy(false);
    }
  }
  const whole =
    value.checkedHow.trim().length >= 10 &&
    value.checkedBy.trim().length >= 2 &&
    value.contact.trim().length >= 3 &&
    value.language !== "" &&
    value.askedOn !== "" &&
    given([...value.names, ...value.written]).length > 0;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void enter();
      }}
    >
      <Stack gap="sm">
        <Title order={2} size="h4">
          {say("subject-access.enter")}
        </Title>
        <LongTextField
          label={say("subject-access.checkedHow")}
          hint={say("subject-access.checkedHow.hint")}
          required
          rows={2}
          maxLength={500}
          value={value.checkedHow}
          onChange={(checkedHow) => set({ checkedHow })}
        />
        <TextField
          label={say("subject-access.checkedBy")}
          required
          maxLength={200}
          value={value.checkedBy}
          onChange={(checkedBy) => set({ checkedBy })}
        />
        <TextsField
          label={say("subject-access.names")}
          hint={say("subject-access.names.hint")}
          value={value.names}
          onChange={(names) => set({ names })}
        />
        <TextField
          label={say("subject-access.birth")}
          hint="1990, 1990-04, 1990-04-02"
          maxLength={10}
          value={value.birth}
          onChange={(birth) => set({ birth })}
        />
        <ChoiceField
          label={say("subject-access.type")}
          required
          value={value.type}
          choices={identifierTypes.map((one) => ({ value: one, label: say(`selector.${one}`) }))}
          onChange={(type) => set({ type: type ?? "phone" })}
        />
        <TextsField
          label={say("subject-access.identifiers")}
          value={value.written}
          onChange={(written) => set({ written })}
        />
        <ChoiceField
          label={say("subject-access.language")}
          required
          value={value.language === "" ? null : value.language}
          choices={letterLanguages.map((one) => ({ value: one, label: localeFacts[one].name }))}
          onChange={(language) => set({ language: language ?? "" })}
        />
        <LongTextField
          label={say("subject-access.contact")}
          required
          rows={2}
          maxLength={500}
          value={value.contact}
          onChange={(contact) => set({ contact })}
        />
        <TextField
          kind="date"
          label={say("subject-access.askedOn")}
          required
          value={value.askedOn}
          onChange={(askedOn) => set({ askedOn })}
        />
        {fault !== null && <Problem fault={fault} kept={say("subject-access.kept")} />}
        <Group>
          <Button type="submit" loading={busy} disabled={!whole}>
            {say("subject-access.enter.act")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
