// Models with their figures, source by source; one is put in use, and an earlier one taken again, with a reason.
import { Button, Card, Group, Stack, Table, Text, Title } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import { Progress, StateTag, TextField, TimeText, useWords } from "@simpul/doors/web";
import { wordingLimits } from "../contract.ts";
import type { ModelFigures, WordingModel, WordingView } from "../contract.ts";
import { Form, useCall } from "./form.tsx";
import type { Named } from "./parts.tsx";

export function Models({ view }: { view: Named<WordingView> }): ReactNode {
  const { say } = useWords();
  const now = view.uses[0]?.model ?? null;
  return (
    <section>
      <Title order={2} size="h4" mb="xs">
        {say("ads.models")}
      </Title>
      <Stack gap="sm">
        {view.models.map((one) => (
          <One key={one.id} of={one} used={one.id === now} view={view} />
        ))}
      </Stack>
    </section>
  );
}

function One({ of, used, view }: { of: WordingModel; used: boolean; view: Named<WordingView> }): ReactNode {
  const { say } = useWords();
  const [open, setOpen] = useState(false);
  const before = view.uses.some((one) => one.model === of.id);
  const from = [
    ...of.learned.sets.map((one) => one.name),
    ...(of.learned.reviewers.length > 0 ? [say("ads.wording.own")] : []),
  ];
  const act = say(used ? "ads.model.stop" : before ? "ads.model.back" : "ads.model.use");
  return (
    <Card withBorder component="article" aria-label={say("ads.model", { version: of.version })}>
      <Stack gap={6}>
        <Group gap="xs">
          <Text fw={600}>{say("ads.model", { version: of.version })}</Text>
          {used && <StateTag tone="good">{say("ads.model.used")}</StateTag>}
          {of.state === "failed" && <StateTag tone="bad">{say("ads.model.failed")}</StateTag>}
        </Group>
        <Text size="sm" component="div">
          {view.names[of.by] ?? of.by} · <TimeText at={of.at} /> ·{" "}
          {say("ads.model.from", { sets: from.join(", ") })}
        </Text>
        {of.state === "training" && (
          <Progress says={say("ads.model.training")} part={of.folds / (wordingLimits.folds + 1)} />
        )}
        {of.figures !== null && <Figures of={of.figures} needed={view.needed} />}
        {of.state === "ready" &&
          (open ? (
            <Use model={used ? null : of.id} act={act} close={() => setOpen(false)} />
          ) : (
            <Group className="s-noprint">
              <Button variant={used ? "subtle" : "default"} onClick={() => setOpen(true)}>
                {act}
              </Button>
            </Group>
          ))}
      </Stack>
    </Card>
  );
}

function Figures({ of, needed }: { of: ModelFigures; needed: number }): ReactNode {
  const { say, number } = useWords();
  const percent = (share: number): string => number(Math.round(share * 100));
  return (
    <>
      <Text size="sm">
        {say("ads.model.figures", { f1: of.f1.toFixed(2), recall: percent(of.recall), all: of.yes + of.no })}
      </Text>
      <Table className="s-table" aria-label={say("ads.model.by-source")}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{say("ads.source")}</Table.Th>
            <Table.Th scope="col">{say("ads.model.false")}</Table.Th>
            <Table.Th scope="col">{say("ads.model.honest")}</Table.Th>
            <Table.Th scope="col">{say("ads.column.score")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {of.sources.map((one) => (
            <Table.Tr key={one.source ?? one.name}>
              <Table.Td data-main data-label={say("ads.source")} className="s-long">
                {one.name}
              </Table.Td>
              <Table.Td data-label={say("ads.model.false")}>
                {one.above.yes} / {one.yes}
              </Table.Td>
              <Table.Td data-label={say("ads.model.honest")}>
                {one.above.no} / {one.no}
              </Table.Td>
              <Table.Td data-label={say("ads.column.score")}>
                {one.marks === null || one.source === null
                  ? say(one.source === null ? "ads.model.no-source" : "ads.share.low", {
                      labels: one.yes + one.no,
                    })
                  : say("ads.model.marked")}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Languages of={of.languages} needed={needed} />
    </>
  );
}

function Languages({ of, needed }: { of: Record<string, number>; needed: number }): ReactNode {
  const { locale, say } = useWords();
  const name = (code: string): string =>
    new Intl.DisplayNames([locale], { type: "language" }).of(code) ?? code;
  const enough = Object.entries(of)
    .filter(([code, count]) => count >= needed && /^[a-z]{2,3}$/.test(code) && code !== "und")
    .map(([code]) => name(code));
  return (
    <Text size="sm">
      {enough.length === 0
        ? say("ads.model.languages.none")
        : say("ads.model.languages", { languages: enough.join(", ") })}
    </Text>
  );
}

function Use({ model, act, close }: { model: string | null; act: string; close: () => void }): ReactNode {
  const { say } = useWords();
  const [reason, setReason] = useState("");
  const { busy, fault, call } = useCall();
  return (
    <Form
      whole={reason.trim().length >= 3}
      busy={busy}
      fault={fault}
      act={act}
      send={() => call("/api/ads/wording/use", { model, reason: reason.trim() })}
      close={close}
    >
      <TextField label={say("ads.model.why")} required maxLength={1000} value={reason} onChange={setReason} />
    </Form>
  );
}
