// The signed statement of a review that passed: taken or handed over by the prosecutor, printed and cited by the desk that asked.
import { Anchor, Button, Code, Group, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { Problem, api, saveFile, useActing, useQueryClient, useWords } from "@simpul/doors/web";
import type { ReviewHead, ReviewView } from "../contract.ts";
import { Said } from "./parts.tsx";

const keep = (id: string, signed: object): void =>
  saveFile(`review-${id.slice(-8)}.json`, JSON.stringify(signed, null, 2), "application/json");

/** The prosecutor's: that it was reviewed, never what was found. A penalty is imposed by the desk that asked. */
export function Statement({ view }: { view: ReviewView }): ReactNode {
  const { say } = useWords();
  const { busy, fault, run } = useActing("review");
  const base = `/api/reviews/${view.id}/statement`;
  return (
    <Stack gap="xs" align="flex-start">
      <Said>{say("reviews.statement.text")}</Said>
      <Group gap="xs">
        <Button
          variant="default"
          onClick={() =>
            void run(async () => keep(view.id, await api.post<object>(base, { kind: view.kind })))
          }
        >
          {say("reviews.statement")}
        </Button>
        {view.kind === "immigration-penalty" && view.handedAt === null && (
          <Button loading={busy} onClick={() => void run(() => api.post(`${base}/hand-over`))}>
            {say("reviews.statement.hand")}
          </Button>
        )}
      </Group>
      {fault !== null && <Problem fault={fault} />}
    </Stack>
  );
}

/** For everybody who sees the review: that it was handed over; for the desk that asked, the paper and the signed file. */
export function Handed({ view, at }: { view: ReviewHead; at: string }): ReactNode {
  const { say, time } = useWords();
  const { busy, fault, run } = useActing("review");
  const queries = useQueryClient();
  const base = `/api/reviews/${view.id}/statement`;
  if (!view.may.includes("take")) return <Said>{say("reviews.statement.handed", { time: time(at) })}</Said>;
  return (
    <Stack gap="xs" component="section" aria-label={say("reviews.statement.here")}>
      <Title order={2} size="h5">
        {say("reviews.statement.here")}
      </Title>
      <Said>{say("reviews.statement.here.text", { time: time(at) })}</Said>
      <Code className="s-long">{view.id}</Code>
      <Group gap="md">
        <Button
          loading={busy}
          onClick={() =>
            void run(async () => {
              keep(view.id, await api.post<object>(`${base}/take`));
              await queries.invalidateQueries({ queryKey: ["inbox"] });
            })
          }
        >
          {say("reviews.statement")}
        </Button>
        <Anchor href={`${base}/paper`} download={`review-${view.id.slice(-8)}.pdf`}>
          {say("reviews.statement.print")}
        </Anchor>
      </Group>
      {view.takenAt !== null && (
        <Text size="sm" c="dimmed">
          {say("reviews.statement.taken", { time: time(view.takenAt) })}
        </Text>
      )}
      {fault !== null && <Problem fault={fault} />}
    </Stack>
  );
}
