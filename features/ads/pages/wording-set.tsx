// Taking in a labelled set: a file, what its columns are, which labels mean false and honest, whose it is and on what terms.
import { Button, Group, Text } from "@mantine/core";
import { useRef, useState } from "react";
import type { ReactNode } from "react";
import { api, ChoiceField, ChoicesField, Progress, TextField, useQueryClient, useWords } from "@simpul/doors/web"; // prettier-ignore
import { adLimits } from "../contract.ts";
import type { LabelSet, SetMapping, WordingView } from "../contract.ts";
import { columnsIn, suggest } from "../rules.ts";
import { Form } from "./form.tsx";
import { sendFile } from "./send.ts";

/** Labels as sets of others write them. */
const usualYes = "1, true, yes, fraud, fraudulent, scam, spam";
const usualNo = "0, false, no, real, legitimate, ok, ham";
const listed = (text: string): string[] => [...new Set(text.split(/[,;\n]/).map((one) => one.trim()).filter(Boolean))].slice(0, 30); // prettier-ignore

export function AddSet({ view, close }: { view: WordingView; close: () => void }): ReactNode {
  const { say } = useWords();
  const queries = useQueryClient();
  const input = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<File | null>(null);
  const [columns, setColumns] = useState<string[]>([]);
  const [text, setText] = useState<string[]>([]);
  const [said, setSaid] = useState<string | null>(null);
  const [labels, setLabels] = useState({ yes: usualYes, no: usualNo });
  const [about, setAbout] = useState({ name: "", origin: "", licence: "" });
  const [source, setSource] = useState<string | null>(null);
  const [sent, setSent] = useState<number | null>(null);
  const [fault, setFault] = useState<unknown>(null);
  const begun = useRef<string | null>(null);
  async function pick(chosen: File | null): Promise<void> {
    setFile(chosen);
    begun.current = null;
    if (chosen === null) return;
    const found = /\.gz$/i.test(chosen.name)
      ? await packedColumns(chosen)
      : columnsIn(await chosen.slice(0, 65_536).text());
    const usual = suggest(found);
    setColumns(found);
    setText(usual.text ?? []);
    setSaid(usual.said ?? null);
    setAbout((before) => ({ ...before, name: before.name || chosen.name.replace(/\.[a-z.]+$/i, "") }));
  }
  async function send(): Promise<boolean> {
    if (file === null || said === null) return false;
    setSent(0);
    setFault(null);
    const mapping: SetMapping = { text, said, yes: listed(labels.yes), no: listed(labels.no) };
    try {
      begun.current ??= (
        await api.post<{ id: string }>("/api/ads/wording/sets", {
          ...{ name: about.name.trim(), origin: about.origin.trim(), licence: about.licence.trim() },
          ...{ source, fileName: file.name, size: file.size, mapping },
        })
      ).id;
      await sendFile(`/api/ads/wording/sets/${begun.current}`, file, await partsOf(begun.current), setSent);
      await queries.invalidateQueries({ queryKey: ["ads"] });
      return true;
    } catch (no) {
      setFault(no);
      return false;
    } finally {
      setSent(null);
    }
  }
  const choices = columns.map((value) => ({ value, label: value }));
  const named = (key: keyof typeof about, most: number): ReactNode => (
    <TextField
      label={say(`ads.set.${key}`)}
      required
      maxLength={most}
      value={about[key]}
      onChange={(to) => setAbout((before) => ({ ...before, [key]: to }))}
    />
  );
  const whole =
    file !== null &&
    file.size > 0 &&
    file.size <= adLimits.file &&
    text.length > 0 &&
    said !== null &&
    Object.values(about).every((one) => one.trim().length >= 2) &&
    listed(labels.yes).length > 0 &&
    listed(labels.no).length > 0;
  return (
    <Form whole={whole} busy={sent !== null} fault={fault} act={say("ads.take")} send={send} close={close}>
      <Text size="sm">{say("ads.set.text")}</Text>
      <input
        ref={input}
        type="file"
        hidden
        accept=".csv,.tsv,.json,.jsonl,.ndjson,.gz"
        aria-label={say("ads.file.pick")}
        onChange={(event) => void pick(event.currentTarget.files?.[0] ?? null)}
      />
      <Group gap="sm">
        <Button variant="default" onClick={() => input.current?.click()}>
          {say("ads.file.pick")}
        </Button>
        {file !== null && <Text size="sm">{file.name}</Text>}
      </Group>
      {file !== null && columns.length === 0 && <Text size="sm">{say("ads.set.no-columns")}</Text>}
      {columns.length > 0 && (
        <>
          <ChoicesField
            label={say("ads.column.text")}
            required
            value={text}
            choices={choices}
            onChange={setText}
          />
          <ChoiceField
            label={say("ads.column.said")}
            required
            value={said}
            choices={choices}
            onChange={setSaid}
          />
          <TextField
            label={say("ads.set.yes")}
            required
            value={labels.yes}
            onChange={(yes) => setLabels({ ...labels, yes })}
          />
          <TextField
            label={say("ads.set.no")}
            required
            value={labels.no}
            onChange={(no) => setLabels({ ...labels, no })}
          />
          {named("name", 200)}
          {named("origin", 500)}
          {named("licence", 300)}
          <ChoiceField
            label={say("ads.set.source")}
            hint={say("ads.set.source.hint", { needed: view.needed })}
            value={source}
            choices={view.sources.map((one) => ({ value: one.id, label: one.name }))}
            onChange={setSource}
          />
        </>
      )}
      {sent !== null && <Progress says={say("ads.file.sending")} part={sent} />}
    </Form>
  );
}

/** Parts that came before the line broke. */
async function partsOf(id: string): Promise<readonly number[]> {
  const { sets } = await api.get<{ sets: LabelSet[] }>("/api/ads/wording");
  return sets.find((one) => one.id === id)?.parts ?? [];
}

/** The columns of a packed file by its first letters. */
async function packedColumns(file: File): Promise<string[]> {
  const reader = file.stream().pipeThrough(new DecompressionStream("gzip")).getReader();
  let head = "";
  const decoder = new TextDecoder();
  try {
    while (head.length < 65_536) {
      const { done, value } = await reader.read();
      if (done) break;
      head += decoder.decode(value, { stream: true });
    }
    await reader.cancel();
  } catch {
    return [];
  }
  return columnsIn(head.slice(0, 65_536));
}
