// Taking in a table that others published: the file is read first and shown, then kept with who published it, when, on which terms.
import { Button, FileInput, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  address,
  api,
  PageHead,
  Problem,
  Progress,
  saveFile,
  TextField,
  useDraft,
  useGo,
  useQueryClient,
  useWords,
} from "@simpul/doors/web";
import { publishedLimits, type PublishedRow } from "../contract.ts";
import { RowsTable } from "./table.tsx";

interface Read {
  rows: number;
  elsewhere: number;
  twice: number;
  contradictory: number;
  first: PublishedRow[];
}
const empty = { publisher: "", title: "", publishedOn: "", address: "", licence: "" };
/** Invented numbers, to show which columns a file needs. */
const example = [
  "State,Year,Indicator,Value,Note",
  "Indonesia,2030,Victims,120,EXERCISE",
  "Cambodia,2030,Victims,<5,EXERCISE",
  'Philippines,2030,Victims,"1,250",EXERCISE (a)',
  "Philippines,2030,Persons convicted,40,EXERCISE",
  "",
].join("\r\n");

export function Page(): ReactNode {
  const { say, number } = useWords();
  const go = useGo();
  const queries = useQueryClient();
  const draft = useDraft("follow-up.table", empty);
  const [file, setFile] = useState<File | null>(null);
  const [read, setRead] = useState<Read | null>(null);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<unknown>(null);
  const ask = draft.value;
  async function run(call: () => Promise<void>): Promise<void> {
    setBusy(true);
    setFault(null);
    try {
      await call();
    } catch (no) {
      setFault(no);
    } finally {
      setBusy(false);
    }
  }
  const send = <T,>(path: string, query: Record<string, string>, of: File): Promise<T> =>
    api.post<T>(address(path, { ...query, name: of.name }), of.slice(0, of.size, "application/octet-stream"));
  const pick = (chosen: File | null): void => {
    setFile(chosen);
    setRead(null);
    setFault(null);
    if (chosen !== null && chosen.size <= publishedLimits.bytes)
      void run(async () => setRead(await send<Read>("/api/follow-up/tables/read", {}, chosen)));
  };
  const tooLarge = file !== null && file.size > publishedLimits.bytes;
  const whole =
    read !== null &&
    ask.publisher.trim().length > 1 &&
    ask.title.trim().length > 1 &&
    ask.licence.trim().length > 1 &&
    ask.address.trim() !== "";
  const field = (name: keyof typeof empty) => ({
    label: say(`follow-up.table.${name}`),
    value: ask[name],
    onChange: (to: string) => draft.set((before) => ({ ...before, [name]: to })),
  });
  return (
    <>
      <PageHead
        title={say("follow-up.takeIn")}
        back={{ to: "/follow-up/sources", label: say("follow-up.sources") }}
      />
      <Stack gap="md" maw="48rem">
        <Text size="sm">
          {say("follow-up.takeIn.text")}{" "}
          <Button
            variant="subtle"
            size="compact-sm"
            onClick={() => saveFile("example-EXERCISE.csv", example, "text/csv;charset=utf-8")}
          >
            {say("follow-up.example")}
          </Button>
        </Text>
        <FileInput
          label={say("follow-up.table.file")}
          placeholder={say("follow-up.pick")}
          accept=".csv,.xlsx,.tsv,.txt"
          value={file}
          onChange={pick}
          clearable
          clearButtonProps={{ "aria-label": say("follow-up.cancel") }}
        />
        {tooLarge && (
          <Text size="sm" role="alert">
            {say("follow-up.fileLarge")}
          </Text>
        )}
        {busy && <Progress says={say("follow-up.reading")} part={null} />}
        {fault !== null && <Problem fault={fault} />}
        {read !== null && (
          <>
            <Text size="sm" role="status">
              {say("follow-up.read", {
                rows: number(read.rows),
                elsewhere: read.elsewhere,
                contradictory: read.contradictory,
              })}
            </Text>
            <RowsTable of={read.first} />
            <TextField
              {...field("publisher")}
              required
              hint={say("follow-up.table.publisher.hint")}
              maxLength={100}
            />
            <TextField {...field("title")} required maxLength={300} />
            <TextField {...field("publishedOn")} kind="date" />
            <TextField {...field("address")} required hint={say("follow-up.table.address.hint")} />
            <TextField
              {...field("licence")}
              required
              hint={say("follow-up.table.licence.hint")}
              maxLength={300}
            />
            <Text size="xs" c="dimmed">
              {draft.says}
            </Text>
            <Group className="s-acts">
              <Button
                loading={busy}
                disabled={!whole}
                onClick={() =>
                  void run(async () => {
                    const { id } = await send<{ id: string }>("/api/follow-up/tables", ask, file!);
                    draft.clear();
                    await queries.invalidateQueries({ queryKey: ["published"] });
                    go(`/follow-up/tables/${id}`);
                  })
                }
              >
                {say("follow-up.keep")}
              </Button>
            </Group>
          </>
        )}
      </Stack>
    </>
  );
}
