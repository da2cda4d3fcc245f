// The story of an item's custody: each signed statement with who, when, why and where its proof stands; can be printed.
import { Button, Group, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { Awaited, Shield, StateTag, TimeText, WhyThis, useWords } from "@simpul/doors/web";
import type { ProofState } from "@simpul/doors/web";
import type { ItemView, Story, StoryLine } from "../contract.ts";
import { ReportsOnItem } from "../../requests/contract/reports.tsx";
import { useStory } from "./data.ts";

type Told = Story & { names: Record<string, string> };

export function Custody({ item }: { item: ItemView }): ReactNode {
  const { say } = useWords();
  const query = useStory(item.id);
  return (
    <Awaited query={query}>
      {(story) => (
        <Stack gap="lg" maw="52rem">
          <Group justify="space-between" align="flex-start">
            <Stack gap={4} align="flex-start">
              {story.intact ? (
                <Shield state={{ kind: "verified", at: new Date(query.dataUpdatedAt).toISOString() }} />
              ) : (
                <StateTag tone="bad">{say("evidence.broken")}</StateTag>
              )}
              <Text size="sm">{say(story.intact ? "evidence.intact.text" : "evidence.broken.text")}</Text>
              {story.problems.map((one) => (
                <Text key={one} size="sm" className="s-error">
                  {one}
                </Text>
              ))}
            </Stack>
            <Group gap="xs" className="s-noprint">
              <Button variant="default" size="xs" onClick={() => window.print()}>
                {say("web.print")}
              </Button>
              {item.state === "sealed" && (
                <Button
                  variant="default"
                  size="xs"
                  component="a"
                  href={`/api/evidence/items/${item.id}/original`}
                  download
                >
                  {say("evidence.copy")}
                </Button>
              )}
            </Group>
          </Group>
          <WhyThis of={item.id} />
          <Acquired story={story} item={item} />
          <ReportsOnItem item={item.id} />
          <section>
            <Title order={2} size="h5">
              {say("evidence.story")}
            </Title>
            <ol className="e-story">
              {story.lines.map((line) => (
                <Line key={line.number} line={line} story={story} />
              ))}
            </ol>
          </section>
        </Stack>
      )}
    </Awaited>
  );
}

/** What her device signed before a byte was sent. */
function Acquired({ story, item }: { story: Told; item: ItemView }): ReactNode {
  const words = useWords();
  const { say } = words;
  const { acquisition } = story;
  const { hidden } = acquisition;
  const lines: readonly [string, ReactNode][] = [
    [say("evidence.name"), hidden.fileName ?? item.fileName],
    [say("evidence.method"), say(`evidence.method.${acquisition.method}`)],
    [say("evidence.takenAt"), <TimeText key="at" at={acquisition.takenAt} />],
    [say("evidence.source"), hidden.source],
    [say("evidence.authority"), hidden.authority],
    [say("evidence.place"), hidden.place],
    [say("evidence.note"), hidden.note],
    [say("evidence.by"), hidden.officerName],
    [say("evidence.size"), say("evidence.size.exact", { size: acquisition.size })],
    [say("evidence.tool"), acquisition.tool],
    [
      say("evidence.clock"),
      say(acquisition.clockOffset < 0 ? "evidence.clock.was.behind" : "evidence.clock.was.ahead", {
        ms: Math.abs(acquisition.clockOffset),
      }),
    ],
  ];
  return (
    <section>
      <Title order={2} size="h5">
        {say("evidence.acquired")}
      </Title>
      <dl className="e-facts">
        {lines
          .filter(([, value]) => value !== undefined && value !== "")
          .map(([label, value]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
      <Digests
        label={say("evidence.digests")}
        digests={[
          [say("evidence.digest.original"), story.original],
          [say("evidence.digest.sealed"), story.sealedFile],
        ]}
      />
    </section>
  );
}

function Line({ line, story }: { line: StoryLine; story: Told }): ReactNode {
  const words = useWords();
  const { say } = words;
  const officer = line.actor.startsWith("officer:") ? line.actor.slice("officer:".length) : null;
  const who =
    officer === null ? say("evidence.by.node") : (story.names[officer] ?? say("evidence.by.somebody"));
  const facts = Object.entries(line.facts)
    .map(([name, value]) => words.sayOne([`evidence.fact.${name}`], { value: String(value) }))
    .filter((one) => one !== null);
  const proof: ProofState =
    line.proof === "cosigned" ? { kind: "cosigned", by: line.cosigners.map(stateOf) } : { kind: "sealed" };
  return (
    <li>
      <Group gap="xs" justify="space-between" align="flex-start">
        <Text fw={600} size="sm">
          {say(`evidence.event.${line.event}`)}
        </Text>
        {line.proof === "kept" ? (
          <StateTag tone="waiting">{say("evidence.proof.kept")}</StateTag>
        ) : line.proof === "logged" ? (
          <StateTag>{say("evidence.proof.logged")}</StateTag>
        ) : (
          <Shield state={proof} />
        )}
      </Group>
      <Text size="sm" component="div">
        <TimeText at={line.at} /> · {who}
        {line.purpose !== null && officer !== null && ` · ${say(`purpose.${line.purpose}`)}`}
      </Text>
      {facts.length > 0 && (
        <Text size="sm" c="dimmed">
          {facts.join(" · ")}
        </Text>
      )}
      <Digests label={say("evidence.digest")} digests={[[say("evidence.digest.statement"), line.digest]]} />
    </li>
  );
}

/** A node cosigns as `kh.simpul/cosigner`. */
const stateOf = (name: string): string => name.split(".")[0] ?? name;

function Digests({
  label,
  digests,
}: {
  label: string;
  digests: readonly (readonly [string, string])[];
}): ReactNode {
  return (
    <details className="e-digest">
      <summary>{label}</summary>
      {digests.map(([what, digest]) => (
        <div key={digest}>
          {what}: <code>SHA-256 {digest}</code>
        </div>
      ))}
    </details>
  );
}
