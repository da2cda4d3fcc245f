// Early recorded testimony: kept piece by piece over any line, sealed in her record, so that she may go home.
import { Button, Card, FileButton, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  Guided,
  Problem,
  Progress,
  TextField,
  TimeText,
  api,
  useQueryClient,
  useWords,
} from "@simpul/doors/web";
import { testimonyPart, type PersonView, type TestimonyView } from "../contract.ts";
import { digestOf, inBase64 } from "./bytes.ts";

export function Testimonies({ view }: { view: PersonView }): ReactNode {
  const { say, bytes } = useWords();
  const queries = useQueryClient();
  const [part, setPart] = useState<number | null>(null);
  const [fault, setFault] = useState<unknown>(null);
  const at = `/api/victims/people/${view.id}/testimonies`;

  async function keep(file: File): Promise<void> {
    setFault(null);
    setPart(0);
    try {
      const digest = await digestOf(file);
      const known = view.testimonies.find((one) => one.digest === digest && one.sealedAt === null);
      const type = /^[a-z]+\/[a-z0-9.+-]+$/.test(file.type) ? file.type : "application/octet-stream";
      const ask = { name: file.name.slice(0, 200), type, size: file.size, digest };
      const id = known?.id ?? (await api.post<{ testimony: string }>(at, ask)).testimony;
      const parts = Math.ceil(file.size / testimonyPart);
      for (let nth = 0; nth < parts; nth++) {
        const piece = file.slice(nth * testimonyPart, (nth + 1) * testimonyPart);
        await api.post(`${at}/${id}/parts/${nth}`, { bytes: await inBase64(piece) });
        setPart((nth + 1) / parts);
      }
      await api.post(`${at}/${id}/whole`);
    } catch (no) {
      setFault(no);
    } finally {
      setPart(null);
      await queries.invalidateQueries({ queryKey: ["victims"] });
    }
  }
  return (
    <Guided by="victims.testimony.text">
      <Stack gap="md" maw="44rem" pt="md">
        {view.testimonies.map((one) => (
          <Card key={one.id} withBorder>
            <Text fw={600}>{one.name}</Text>
            <Text size="sm">
              {bytes(one.size)} ·{" "}
              {one.sealedAt === null ? say("victims.testimony.missing") : <TimeText at={one.sealedAt} />}
            </Text>
            {one.sealedAt !== null && <Read at={at} testimony={one} />}
          </Card>
        ))}
        {part !== null && <Progress says={say("victims.testimony.keeping")} part={part} />}
        {fault !== null && <Problem fault={fault} />}
        <Group>
          <FileButton onChange={(file) => file !== null && void keep(file)}>
            {(props) => (
              <Button {...props} variant="default" disabled={part !== null}>
                {say("victims.testimony.add")}
              </Button>
            )}
          </FileButton>
        </Group>
      </Stack>
    </Guided>
  );
}

function Read({ at, testimony }: { at: string; testimony: TestimonyView }): ReactNode {
  const { say } = useWords();
  const [reason, setReason] = useState("");
  const [fault, setFault] = useState<unknown>(null);
  async function read(): Promise<void> {
    const blob = await api.blob(`${at}/${testimony.id}/read`, {}, { reason });
    save(blob, testimony.name);
    setReason("");
  }
  return (
    <Group align="end" mt="xs">
      <TextField label={say("victims.reveal.why")} maxLength={500} value={reason} onChange={setReason} />
      <Button
        variant="default"
        disabled={reason.trim().length < 3}
        onClick={() => {
          setFault(null);
          void read().catch(setFault);
        }}
      >
        {say("victims.testimony.open")}
      </Button>
      {fault !== null && <Problem fault={fault} />}
    </Group>
  );
}

function save(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
