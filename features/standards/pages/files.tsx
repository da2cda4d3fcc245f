// Files of HTCDS 2.0: looked at before anything is taken in, and let out by a second officer.
import { Button, Card, FileInput, Group, List, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  Awaited,
  ChoiceField,
  Guided,
  LongTextField,
  PageHead,
  Problem,
  StateTag,
  TextField,
  TickField,
  TimeText,
  useActing,
  api,
  saveFile,
  useLive,
  useQuery,
  useWords,
} from "@simpul/doors/web";
import { Gate } from "../../victims/contract/gate.tsx";
import { coded, type ExportView, type FilePreview } from "../contract.ts";

interface ExportFile {
  name: string;
  text: string;
}

export function Page(): ReactNode {
  const { say } = useWords();
  return (
    <>
      <PageHead title={say("standards.room")} />
      <Stack gap="xl" maw="48rem">
        <Text size="sm">{say("standards.text")}</Text>
        <Gate>
          <Guided by="standards.guide.in">
            <TakeIn />
          </Guided>
          <Guided by="standards.guide.out">
            <Ask />
          </Guided>
          <Exports />
        </Gate>
      </Stack>
    </>
  );
}

/** What was asked to go out, the newest first. */
function Exports(): ReactNode {
  const { say } = useWords();
  useLive(["victims"]);
  const query = useQuery({
    queryKey: ["standards", "exports"],
    queryFn: ({ signal }) => api.get<ExportView[]>("/api/standards/exports", { signal }),
  });
  return (
    <Awaited query={query}>
      {(all) => (
        <Stack gap="xs">
          {all.length === 0 && <Text size="sm">{say("standards.none")}</Text>}
          {all.map((one) => (
            <One key={one.id} of={one} />
          ))}
        </Stack>
      )}
    </Awaited>
  );
}

function TakeIn(): ReactNode {
  const { say } = useWords();
  const { busy, fault, run } = useActing("standards");
  const [text, setText] = useState<string | null>(null);
  const [preview, setPreview] = useState<FilePreview | null>(null);
  const [alsoAlike, setAlsoAlike] = useState(false);
  const [made, setMade] = useState<number | null>(null);
  const alike = preview?.records.flatMap((one, nth) => (one.alike === null ? [] : [nth])) ?? [];
  const look = (file: File | null): void => {
    setMade(null);
    setPreview(null);
    if (file === null) return;
    void run(async () => {
      const read = await file.text();
      setText(read);
      setPreview(await api.post<FilePreview>("/api/standards/preview", { text: read }));
    });
  };
  const take = () =>
    run(async () => {
      const answer = await api.post<{ made: number }>("/api/standards/take-in", {
        text,
        leaveOut: alsoAlike ? [] : alike,
      });
      setMade(answer.made);
      setPreview(null);
      setText(null);
    });
  const count = (preview?.records.length ?? 0) - (alsoAlike ? 0 : alike.length);
  return (
    <section>
      <Title order={2} size="h5" mb="xs">
        {say("standards.in")}
      </Title>
      <Stack gap="sm">
        <FileInput
          label={say("standards.file")}
          description={say("standards.file.hint")}
          placeholder={say("standards.file.choose")}
          accept=".json,.csv,.xml"
          onChange={look}
        />
        {fault !== null && <Problem fault={fault} />}
        {made !== null && <Text role="status">{say("standards.made", { count: made })}</Text>}
        {preview !== null && (
          <>
            <Text size="sm">{say("standards.found", { count: preview.records.length })}</Text>
            <Records of={preview.records} />
            {preview.doubts.length > 0 && (
              <List size="sm">
                {preview.doubts.map((one) => (
                  <List.Item key={`${one.field} ${one.kind}`}>
                    <FieldName of={one.field} />: {say(`standards.doubt.${one.kind}`)} ({one.times})
                  </List.Item>
                ))}
              </List>
            )}
            {alike.length > 0 && (
              <TickField
                label={say("standards.alsoAlike", { count: alike.length })}
                value={alsoAlike}
                onChange={setAlsoAlike}
              />
            )}
            <Group>
              <Button loading={busy} disabled={count === 0} onClick={() => void take()}>
                {say("standards.take", { count })}
              </Button>
            </Group>
          </>
        )}
      </Stack>
    </section>
  );
}

/** In words, with the standard's own name for whoever compares it with the file; a stranger to it has that name alone. */
function FieldName({ of }: { of: string }): ReactNode {
  const label = useWords().sayOne([`standards.field.${of}`]);
  return (
    <>
      {label !== null && `${label} `}
      <code>{of}</code>
    </>
  );
}

/** Shown of a long file; all of it is taken in. */
const shown = 50;

/** Who is in the file, in words, before anything is kept. */
function Records({ of }: { of: FilePreview["records"] }): ReactNode {
  const { say, state, list } = useWords();
  return (
    <Stack gap="xs" component="ul" p={0} m={0} style={{ listStyle: "none" }}>
      {of.slice(0, shown).map((one, nth) => (
        <Card key={nth} component="li" withBorder padding="sm">
          <Text fw={600} size="sm">
            <bdi>{one.name === "" ? say("standards.said.noName") : one.name}</bdi>
          </Text>
          <Text size="sm" c="dimmed">
            {[one.born, ...one.nationalities.map(state)].filter((text) => text !== null).join(" · ")}
          </Text>
          {coded
            .filter((key) => one.said[key].length > 0)
            .map((key) => (
              <Text key={key} size="sm">
                {say(`standards.said.${key}`)}:{" "}
                {list(one.said[key].map((code) => say(`standards.value.${code}`)))}
              </Text>
            ))}
          {one.alike !== null && (
            <Text size="sm" fw={600}>
              {say("standards.said.alike", { reference: one.alike })}
            </Text>
          )}
        </Card>
      ))}
      {of.length > shown && <li>{say("standards.said.more", { count: of.length - shown })}</li>}
    </Stack>
  );
}

function Ask(): ReactNode {
  const { say } = useWords();
  const { busy, fault, run } = useActing("standards");
  const [people, setPeople] = useState("");
  const [recipient, setRecipient] = useState("");
  const [reason, setReason] = useState("");
  const [format, setFormat] = useState<string>("json");
  const references = people.toUpperCase().match(/[A-Z]{2}-[0-9A-Z]{4}-[0-9A-Z]{4}/g) ?? [];
  const send = () =>
    run(async () => {
      await api.post("/api/standards/exports", {
        people: references,
        recipient: recipient.trim(),
        reason: reason.trim(),
        format,
      });
      setPeople("");
      setRecipient("");
      setReason("");
    });
  return (
    <section>
      <Title order={2} size="h5" mb="xs">
        {say("standards.out")}
      </Title>
      <Stack gap="sm">
        <LongTextField
          label={say("standards.people")}
          hint={say("standards.people.hint")}
          required
          rows={2}
          maxLength={10_000}
          value={people}
          onChange={setPeople}
        />
        <TextField
          label={say("standards.recipient")}
          required
          maxLength={300}
          value={recipient}
          onChange={setRecipient}
        />
        <LongTextField
          label={say("standards.reason")}
          required
          rows={2}
          maxLength={2000}
          value={reason}
          onChange={setReason}
        />
        <ChoiceField
          label={say("standards.format")}
          required
          value={format}
          choices={["json", "csv"].map((value) => ({ value, label: value.toUpperCase() }))}
          onChange={(value) => setFormat(value ?? "json")}
        />
        {fault !== null && <Problem fault={fault} kept={say("standards.kept")} />}
        <Group>
          <Button
            loading={busy}
            disabled={references.length === 0 || recipient.trim().length < 3 || reason.trim().length < 10}
            onClick={() => void send()}
          >
            {say("standards.ask")}
          </Button>
        </Group>
      </Stack>
    </section>
  );
}

function One({ of }: { of: ExportView }): ReactNode {
  const { say } = useWords();
  const { busy, fault, run } = useActing("standards");
  const save = ({ name, text }: ExportFile): void => {
    saveFile(name, text, name.endsWith("csv") ? "text/csv" : "application/json");
  };
  return (
    <Card withBorder padding="sm">
      <Group justify="space-between" gap="xs">
        <Text fw={600} size="sm">
          <bdi>{of.about.recipient}</bdi> ({of.about.people.length})
        </Text>
        <StateTag tone={of.state === "asked" ? "waiting" : of.state === "let-out" ? "good" : "plain"}>
          {say(`standards.state.${of.state}`)}
        </StateTag>
      </Group>
      <Text size="sm">
        <bdi>{of.about.reason}</bdi>
      </Text>
      <Text size="sm" c="dimmed" component="div">
        <bdi>{of.askedBy}</bdi>, <TimeText at={of.at} /> · {of.about.people.slice(0, 10).join(", ")}
      </Text>
      {fault !== null && <Problem fault={fault} />}
      {of.may.length > 0 && (
        <Group mt="xs" gap="xs">
          {of.may.includes("let-out") && (
            <Button
              loading={busy}
              onClick={() =>
                void run(async () =>
                  save(await api.post<ExportFile>(`/api/standards/exports/${of.id}/let-out`, {})),
                )
              }
            >
              {say("standards.letOut")}
            </Button>
          )}
          {of.may.includes("fetch") && (
            <Button
              variant="default"
              loading={busy}
              onClick={() =>
                void run(async () => save(await api.get<ExportFile>(`/api/standards/exports/${of.id}/file`)))
              }
            >
              {say("standards.fetch")}
            </Button>
          )}
          {of.may.includes("drop") && (
            <Button
              variant="default"
              loading={busy}
              onClick={() => void run(() => api.post(`/api/standards/exports/${of.id}/drop`, {}))}
            >
              {say("standards.drop")}
            </Button>
          )}
        </Group>
      )}
    </Card>
  );
}
