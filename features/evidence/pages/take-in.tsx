// Taking in: drop, choose or paste; everything is hashed here at once, the facts are asked once, then one act signs and sends.
import { Button, FileButton, Group, Paper, Stack, Text, Textarea, Title } from "@mantine/core";
import { useState } from "react";
import type { DragEvent, ReactNode } from "react";
import {
  Link,
  PageHead,
  toFirstError,
  useAddressValue,
  useDraft,
  useQuery,
  useSession,
  useWords,
} from "@simpul/doors/web";
import type { Id } from "@simpul/model";
import { useCaseHead } from "./data.ts";
import { Facts, factsMissing, localNow, noFacts } from "./facts.tsx";
import { FileLine } from "./file-line.tsx";
import { Unfinished } from "./unfinished.tsx";
import { addFiles, clearDone, takeInAll, unfinished, useWorks } from "./work.ts";
import "./evidence.css";

export function Page(): ReactNode {
  const { say } = useWords();
  const { officer } = useSession();
  const works = useWorks();
  const [ref] = useAddressValue("case");
  const preset = useCaseHead(ref);
  const draft = useDraft("evidence.take-in", { ...noFacts, takenAt: localNow(), text: "" });
  const [warned, setWarned] = useState(false);
  const [over, setOver] = useState(false);
  const left = useQuery({ queryKey: ["intake", "unfinished"], queryFn: unfinished });
  const facts = draft.value;
  const asked = works.filter(
    (one) => one.item === null && ["waiting", "hashing", "ready"].includes(one.step),
  );
  const ready = works.filter((one) => one.item === null && one.step === "ready");
  const onlyPasted = asked.length > 0 && asked.every((one) => one.pasted);
  const missing = factsMissing(facts, onlyPasted);
  const into = preset.data?.id ?? (facts.case as Id | null);

  function take(): void {
    if (missing !== null) {
      setWarned(true);
      return;
    }
    takeInAll({
      method: facts.method ?? "pasted",
      takenAt: new Date(facts.takenAt).toISOString(),
      ...{ source: facts.source, authority: facts.authority, place: facts.place, note: facts.note },
      case: into,
      officerName: officer.name,
    });
    setWarned(false);
  }
  const dropped = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    addFiles([...event.dataTransfer.files].map((file) => ({ file, name: file.name })));
  };

  const paste = (
    <Stack gap="xs">
      <Textarea
        label={say("evidence.paste")}
        description={say("evidence.paste.hint")}
        autosize
        minRows={2}
        maxRows={12}
        value={facts.text}
        onChange={(event) => {
          const { value } = event.currentTarget;
          draft.set((before) => ({ ...before, text: value }));
        }}
      />
      <Group>
        <Button
          variant="default"
          disabled={facts.text.trim() === ""}
          onClick={() => {
            addFiles([{ file: new Blob([facts.text]), name: say("evidence.paste.name"), pasted: true }]);
            draft.set((before) => ({ ...before, text: "" }));
          }}
        >
          {say("evidence.paste.take")}
        </Button>
      </Group>
    </Stack>
  );

  return (
    <div
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={dropped}
    >
      <PageHead
        title={say("evidence.take-in")}
        back={
          preset.data === undefined
            ? { to: "/evidence", label: say("evidence.room") }
            : { to: `/cases/${preset.data.number}`, label: preset.data.number }
        }
      />
      <Stack maw="46rem" gap="lg">
        <Paper withBorder className="e-drop" data-over={over}>
          <Text>{say("evidence.drop")}</Text>
          <FileButton
            multiple
            onChange={(files) => addFiles(files.map((file) => ({ file, name: file.name })))}
          >
            {(props) => <Button {...props}>{say("evidence.choose")}</Button>}
          </FileButton>
          {works.length === 0 && (
            <Text size="sm" c="dimmed">
              {say("evidence.drop.kinds")}
            </Text>
          )}
        </Paper>
        {works.length === 0 ? (
          paste
        ) : (
          <details>
            <summary>{say("evidence.paste")}</summary>
            {paste}
          </details>
        )}
        <Unfinished left={(left.data ?? []).filter((one) => !works.some((work) => work.item === one.item))} />
        {works.length > 0 && (
          <Stack gap="xs" component="section">
            <Group justify="space-between">
              <Title order={2} size="h5">
                {say("evidence.files", { count: works.length })}
              </Title>
              {works.some((one) => one.step === "sealed") && (
                <Button size="compact-sm" variant="subtle" onClick={clearDone}>
                  {say("evidence.files.clear")}
                </Button>
              )}
            </Group>
            {works.map((work) => (
              <FileLine key={work.key} work={work} />
            ))}
          </Stack>
        )}
        {asked.length > 0 && (
          <form
            noValidate
            onSubmit={(event) => {
              event.preventDefault();
              take();
              toFirstError(event.currentTarget);
            }}
          >
            <Facts
              value={facts}
              warned={warned}
              onlyPasted={onlyPasted}
              fixedCase={preset.data !== undefined}
              onChange={(change) => draft.set((before) => ({ ...before, ...change }))}
            />
            {preset.data !== undefined && (
              <Text mt="md">
                {say("evidence.into")}{" "}
                <Link to={`/cases/${preset.data.number}`}>
                  {preset.data.number} · {preset.data.title}
                </Link>
              </Text>
            )}
            <Group className="s-acts" mt="md">
              <Button type="submit" disabled={ready.length === 0}>
                {say("evidence.sign", { count: ready.length })}
              </Button>
              <Text size="sm" c="dimmed" role="status">
                {ready.length < asked.length ? say("evidence.sign.wait") : draft.says}
              </Text>
            </Group>
          </form>
        )}
      </Stack>
    </div>
  );
}
