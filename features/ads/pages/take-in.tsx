// Taking adverts in: one by pasting, many by file, with what its columns mean. A file that broke off goes on where it was.
import { Button, Group, Stack, Text } from "@mantine/core";
import { useRef, useState } from "react";
import type { ReactNode } from "react";
import {
  api,
  ChoiceField,
  ChoicesField,
  Link,
  LongTextField,
  Problem,
  Progress,
  Tabs,
  TextField,
  useQueryClient,
  useWords,
} from "@simpul/doors/web";
import { adLimits } from "../contract.ts";
import type { Mapping, Source } from "../contract.ts";
import { columnsIn, suggest } from "../rules.ts";
import { begun, sendFile } from "./send.ts";
import { TakePicture } from "./take-picture.tsx";

export function TakeIn({ source, close }: { source: Source; close: () => void }): ReactNode {
  const { say } = useWords();
  const paste = { id: "paste", label: say("ads.paste"), body: <Paste source={source} close={close} /> };
  const file = { id: "file", label: say("ads.file"), body: <FromFile source={source} close={close} /> };
  const picture = {
    id: "picture",
    label: say("ads.picture"),
    body: <TakePicture source={source} close={close} />,
  };
  const byHand = source.kind === "pasted" || source.kind === "hotline";
  return (
    <Tabs
      label={say("ads.take")}
      name="take"
      tabs={byHand ? [paste, picture, file] : [file, paste, picture]}
    />
  );
}

function Paste({ source, close }: { source: Source; close: () => void }): ReactNode {
  const { say } = useWords();
  const queries = useQueryClient();
  const [text, setText] = useState("");
  const [origin, setOrigin] = useState("");
  const [fault, setFault] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const [took, setTook] = useState<{ id: string; again: boolean } | null>(null);
  async function send(): Promise<void> {
    setBusy(true);
    setFault(null);
    setTook(null);
    try {
      const body = { text, ...(origin.trim() === "" ? {} : { origin: origin.trim() }) };
      setTook(await api.post<{ id: string; again: boolean }>(`/api/ads/sources/${source.id}/adverts`, body));
      setText("");
      await queries.invalidateQueries({ queryKey: ["ads"] });
    } catch (no) {
      setFault(no);
    } finally {
      setBusy(false);
    }
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <Stack gap="sm" maw="40rem" pt="sm">
        <LongTextField
          label={say(source.kind === "hotline" ? "ads.paste.heard" : "ads.paste.text")}
          required
          rows={6}
          maxLength={adLimits.text}
          value={text}
          onChange={setText}
        />
        <TextField label={say("ads.paste.origin")} maxLength={1000} value={origin} onChange={setOrigin} />
        {fault !== null && <Problem fault={fault} />}
        {took !== null && (
          <Text size="sm" role="status">
            {say(took.again ? "ads.paste.again" : "ads.paste.done")}{" "}
            <Link to={`/ads/adverts/${took.id}`}>{say("ads.open")}</Link>
          </Text>
        )}
        <Group gap="xs" className="s-acts">
          <Button type="submit" loading={busy} disabled={text.trim() === ""}>
            {say("ads.take")}
          </Button>
          <Button variant="subtle" onClick={close}>
            {say("ads.cancel")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function FromFile({ source, close }: { source: Source; close: () => void }): ReactNode {
  const { say } = useWords();
  const queries = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const [columns, setColumns] = useState<string[]>([]);
  const [mapping, setMapping] = useState<Mapping>({});
  const [fault, setFault] = useState<unknown>(null);
  const [sent, setSent] = useState<number | null>(null);
  const input = useRef<HTMLInputElement>(null);
  async function pick(chosen: File | null): Promise<void> {
    setFile(chosen);
    setFault(null);
    if (chosen === null) return;
    const packed = /\.gz$/i.test(chosen.name);
    const found = packed ? [] : columnsIn(await chosen.slice(0, 65_536).text());
    const export_ = found.includes("messages") || found.includes("chats");
    setColumns(export_ ? [] : found);
    setMapping(source.mapping.text?.every((one) => found.includes(one)) ? source.mapping : suggest(found));
  }
  async function send(): Promise<void> {
    if (file === null) return;
    setFault(null);
    setSent(0);
    try {
      if (columns.length > 0) await api.post(`/api/ads/sources/${source.id}`, { mapping });
      const { id, parts } = await begun("imports", source.id, file);
      await sendFile(`/api/ads/imports/${id}`, file, parts, setSent);
      await queries.invalidateQueries({ queryKey: ["ads"] });
      close();
    } catch (no) {
      setFault(no);
      setSent(null);
    }
  }
  const tooLarge = file !== null && file.size > adLimits.file;
  const choices = columns.map((value) => ({ value, label: value }));
  const single = (name: "origin" | "postedAt" | "said") => ({
    label: say(`ads.column.${name}`),
    value: mapping[name] ?? null,
    choices,
    onChange: (to: string | null) => setMapping((before) => ({ ...before, [name]: to ?? undefined })),
  });
  return (
    <Stack gap="sm" maw="40rem" pt="sm">
      <Text size="sm">{say("ads.file.text")}</Text>
      <input
        ref={input}
        type="file"
        hidden
        accept=".txt,.csv,.tsv,.json,.jsonl,.ndjson,.html,.xml,.rss,.atom,.gz"
        aria-label={say("ads.file.pick")}
        onChange={(event) => void pick(event.currentTarget.files?.[0] ?? null)}
      />
      <Group gap="sm">
        <Button variant="default" onClick={() => input.current?.click()}>
          {say("ads.file.pick")}
        </Button>
        {file !== null && <Text size="sm">{file.name}</Text>}
      </Group>
      {columns.length > 0 && (
        <>
          <ChoicesField
            label={say("ads.column.text")}
            required
            value={mapping.text ?? []}
            choices={choices}
            onChange={(to) => setMapping((before) => ({ ...before, text: to }))}
          />
          <ChoiceField {...single("origin")} />
          <ChoiceField {...single("postedAt")} />
          <ChoiceField {...single("said")} />
        </>
      )}
      {tooLarge && <Text size="sm">{say("ads.file.large")}</Text>}
      {sent !== null && <Progress says={say("ads.file.sending")} part={sent} />}
      {fault !== null && <Problem fault={fault} kept={say("ads.file.kept")} />}
      <Group gap="xs" className="s-acts">
        <Button
          disabled={
            file === null || tooLarge || file.size === 0 || (columns.length > 0 && !mapping.text?.length)
          }
          loading={sent !== null}
          onClick={() => void send()}
        >
          {say("ads.take")}
        </Button>
        <Button variant="subtle" onClick={close}>
          {say("ads.cancel")}
        </Button>
      </Group>
    </Stack>
  );
}
