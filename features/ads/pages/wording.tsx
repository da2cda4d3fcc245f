// Learning wording: which model is in use and how good it is, what it learns from, and taking in labelled sets.
import { Button, Card, Group, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import { api, Awaited, Empty, Link, PageHead, StateTag, TimeText, useLive, useQuery, useWords } from "@simpul/doors/web"; // prettier-ignore
import type { LabelSet, WordingView } from "../contract.ts";
import { Models } from "./models.tsx";
import { useCall } from "./form.tsx";
import type { Named } from "./parts.tsx";
import { AddSet } from "./wording-set.tsx";
import { Train } from "./wording-train.tsx";

export function Page(): ReactNode {
  const { say } = useWords();
  useLive(["ads"]);
  const query = useQuery({
    queryKey: ["ads", "wording"],
    queryFn: ({ signal }) => api.get<Named<WordingView>>("/api/ads/wording", { signal }),
  });
  const [open, setOpen] = useState<"set" | "train" | null>(null);
  const close = (): void => setOpen(null);
  return (
    <>
      <PageHead
        title={say("ads.wording")}
        back={{ to: "/ads/evaluation", label: say("ads.evaluation") }}
        {...(open === null && {
          act: <Button onClick={() => setOpen("train")}>{say("ads.wording.train")}</Button>,
        })}
      />
      <Awaited query={query}>
        {(view) => (
          <Stack gap="lg">
            {open === "train" && <Train view={view} close={close} />}
            <InUse view={view} />
            {view.models.length > 0 && <Models view={view} />}
            <Own view={view} />
            <section>
              <Group justify="space-between" mb="xs">
                <Title order={2} size="h4">
                  {say("ads.sets")}
                </Title>
                {open === null && (
                  <Button variant="default" onClick={() => setOpen("set")}>
                    {say("ads.set.add")}
                  </Button>
                )}
              </Group>
              {open === "set" && <AddSet view={view} close={close} />}
              {view.sets.length === 0 && open !== "set" && (
                <Empty title={say("ads.sets.none")}>{say("ads.sets.none.text")}</Empty>
              )}
              <Stack gap="sm">
                {view.sets.map((one) => (
                  <OneSet key={one.id} of={one} names={view.names} />
                ))}
              </Stack>
            </section>
          </Stack>
        )}
      </Awaited>
    </>
  );
}

function InUse({ view }: { view: Named<WordingView> }): ReactNode {
  const { say } = useWords();
  const [now] = view.uses;
  if (now === undefined || now.version === null) return <Text>{say("ads.wording.unused")}</Text>;
  return (
    <Text component="div">
      {say("ads.wording.used", { version: now.version })} · {view.names[now.by] ?? now.by} ·{" "}
      <TimeText at={now.at} />
      <Text component="div" size="sm">
        {now.reason} ·{" "}
        {say(now.rankedAt === null ? "ads.wording.ranking" : "ads.wording.ranked", { count: now.ranked })}
      </Text>
    </Text>
  );
}

/** What officers of this agency decided, and whose labels count for less. */
function Own({ view }: { view: Named<WordingView> }): ReactNode {
  const { say, number } = useWords();
  const noticed = view.own.reviewers.filter((one) => one.weight < 0.95);
  return (
    <section>
      <Title order={2} size="h4">
        {say("ads.wording.own")}
      </Title>
      <Text size="sm">{say("ads.wording.own.text", { yes: view.own.yes, no: view.own.no })}</Text>
      {noticed.map((one) => (
        <Group key={one.officer} gap="xs">
          <StateTag tone="waiting">{view.names[one.officer] ?? one.officer}</StateTag>
          <Text size="sm">
            {say(one.noticed ? "ads.wording.noticed" : "ads.wording.less", {
              labels: one.labels,
              share: number(Math.round(one.weight * 100)),
            })}
          </Text>
          <Link to="/ads/evaluation">{say("ads.reviewers")}</Link>
        </Group>
      ))}
    </section>
  );
}

function OneSet({ of, names }: { of: LabelSet; names: Record<string, string> }): ReactNode {
  const { say } = useWords();
  const { busy, call } = useCall();
  const [sure, setSure] = useState(false);
  return (
    <Card withBorder component="article" aria-label={of.name}>
      <Stack gap={4}>
        <Group gap="xs">
          <Text fw={600}>{of.name}</Text>
          {of.state !== "ready" && (
            <StateTag tone={of.state === "refused" ? "bad" : "waiting"}>
              {say(`ads.set.${of.state}`)}
            </StateTag>
          )}
        </Group>
        <Text size="sm" component="div">
          {of.origin} · {of.licence} · {names[of.by] ?? of.by} · <TimeText at={of.at} />
          {of.sourceName !== null && ` · ${say("ads.set.of", { source: of.sourceName })}`}
        </Text>
        {of.refusal !== null && <Text size="sm">{say(`problem.${of.refusal}`)}</Text>}
        {(of.state === "ready" || of.state === "withdrawn") && (
          <Text size="sm">{say("ads.set.counts", { yes: of.yes, no: of.no, left: of.leftOut })}</Text>
        )}
        {of.state !== "withdrawn" && (
          <Group gap="xs" className="s-noprint">
            <Button
              size="compact-md"
              variant={sure ? "filled" : "subtle"}
              loading={busy}
              onClick={() =>
                sure ? void call(`/api/ads/wording/sets/${of.id}/withdraw`, {}) : setSure(true)
              }
            >
              {say(sure ? "ads.set.withdraw.sure" : "ads.set.withdraw")}
            </Button>
            {sure && (
              <Button size="compact-md" variant="subtle" onClick={() => setSure(false)}>
                {say("ads.cancel")}
              </Button>
            )}
          </Group>
        )}
      </Stack>
    </Card>
  );
}
