// A list is taken in: the file is read first and nothing kept; what contradicts it stands before the act.
import { Button, FileInput, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import { Guided, PageHead, Problem, Progress, api, useGo, useWords } from "@simpul/doors/web";
import { Gate } from "../../victims/contract/gate.tsx";
import type { ListView } from "../contract.ts";
import { Issues, Totals } from "./said.tsx";
import "./surge.css";

type Read = Pick<ListView, "totals" | "statesAddUpTo" | "columns" | "issues" | "rows"> & {
  first: { name: string; nationality: string | null }[];
};
const send = <T,>(where: string, file: File): Promise<T> =>
  api.post<T>(`/api/surge/${where}?name=${encodeURIComponent(file.name)}`, file, {
    headers: { "content-type": "application/octet-stream" },
  });

export function Page(): ReactNode {
  const { say } = useWords();
  return (
    <>
      <PageHead title={say("surge.take")} back={{ to: "/surge?tab=lists", label: say("surge.room") }} />
      <Gate>
        <Guided by="surge.guide.take">
          <Take />
        </Guided>
      </Gate>
    </>
  );
}

function Take(): ReactNode {
  const words = useWords();
  const { say } = words;
  const go = useGo();
  const [file, setFile] = useState<File | null>(null);
  const [read, setRead] = useState<Read | null>(null);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<unknown>(null);
  async function choose(next: File | null): Promise<void> {
    setFile(next);
    setRead(null);
    setFault(null);
    if (next === null) return;
    setBusy(true);
    await send<Read>("read", next).then(setRead, setFault);
    setBusy(false);
  }
  async function take(): Promise<void> {
    if (file === null) return;
    setBusy(true);
    try {
      const { id } = await send<{ id: string }>("lists", file);
      go(`/surge/lists/${id}`, { replace: true });
    } catch (no) {
      setFault(no);
      setBusy(false);
    }
  }
  return (
    <Stack gap="md" maw="44rem">
      <FileInput
        label={say("surge.file")}
        placeholder={say("surge.file.choose")}
        accept=".csv,.tsv,.txt,.xlsx"
        value={file}
        onChange={(next) => void choose(next)}
      />
      {busy && <Progress says={say("surge.reading")} part={null} />}
      {fault !== null && <Problem fault={fault} />}
      {read !== null && (
        <>
          <Text fw={600} role="status">
            {say("surge.read.rows", { rows: words.number(read.rows) })}
          </Text>
          <Totals of={read} />
          <Issues of={read.issues} />
          <section>
            <Text fw={600} component="h2" size="md">
              {say("surge.read.columns")}
            </Text>
            <Text size="sm">{Object.values(read.columns).join(" · ")}</Text>
            <Text size="sm" c="dimmed">
              {say("surge.read.first")}: <bdi>{read.first.map((one) => one.name || "–").join(" · ")}</bdi>
            </Text>
          </section>
          <Text size="sm">{say("surge.takeIn.text")}</Text>
          <div className="s-acts">
            <Button onClick={() => void take()} loading={busy}>
              {say("surge.takeIn", { rows: words.number(read.rows) })}
            </Button>
          </div>
        </>
      )}
    </Stack>
  );
}
