// Who is kept from what: by our word at other states' nodes, and here by our word and theirs; with what to do about each.
import { Card, Group, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import {
  api,
  Awaited,
  LinkButton,
  PageHead,
  StateTag,
  TimeText,
  useAddressValue,
  useQuery,
  useWords,
} from "@simpul/doors/web";
import type { Done, Exclusion, ExclusionSide, ExclusionsView } from "../contract.ts";
import { Acts } from "./acts.tsx";

export function Page(): ReactNode {
  const { say } = useWords();
  const [at] = useAddressValue("at");
  const query = useQuery({
    queryKey: ["exclusions"],
    queryFn: ({ signal }) => api.get<ExclusionsView>("/api/exclusions", { signal }),
  });
  return (
    <>
      <PageHead
        title={say("exclusions.room")}
        act={<LinkButton to="/exclusions/new">{say("exclusions.new")}</LinkButton>}
      />
      <Awaited query={query}>
        {({ exclusions }) => (
          <Stack gap="xl" maw="46rem">
            {(["there", "here", "told"] as const).map((side) => (
              <Part key={side} side={side} of={exclusions.filter((one) => one.side === side)} at={at} />
            ))}
          </Stack>
        )}
      </Awaited>
    </>
  );
}

function Part({ side, of, at }: { side: ExclusionSide; of: Exclusion[]; at: string | null }): ReactNode {
  const { say } = useWords();
  return (
    <section aria-labelledby={`exclusions-${side}`}>
      <Stack gap="sm">
        <Title order={2} size="h4" id={`exclusions-${side}`}>
          {say(`exclusions.side.${side}`)}
        </Title>
        {of.length === 0 && (
          <Text size="sm" c="dimmed">
            {say(`exclusions.none.${side}`)}
          </Text>
        )}
        {of
          .toSorted((a, b) => Number(b.id === at) - Number(a.id === at))
          .map((one) => (
            <One key={one.id} of={one} />
          ))}
      </Stack>
    </section>
  );
}

const tones = { proposed: "waiting", active: "bad", lifted: "plain", dropped: "plain" } as const;

function One({ of }: { of: Exclusion }): ReactNode {
  const { say, state, date } = useWords();
  const where = of.peer === null ? say("exclusions.everyState") : state(of.peer);
  return (
    <Card withBorder component="article" aria-label={of.name}>
      <Stack gap={6}>
        <Group gap="xs">
          <Text fw={600}>{of.name}</Text>
          <StateTag tone={tones[of.state]}>{say(`exclusions.state.${of.state}`)}</StateTag>
        </Group>
        <Text size="sm">
          {say(`exclusions.about.${of.side}`, { kind: say(`exclusions.kind.${of.kind}`), state: where })}
        </Text>
        {of.reason !== null && <Text size="sm">{of.reason}</Text>}
        <When word="ordered" done={of.ordered} peer={of.side === "told" ? where : null} />
        <When word="agreed" done={of.agreed} />
        {of.reviewed !== null && <When word="reviewed" done={of.reviewed} text={of.reviewed.text} />}
        {of.lift !== null && <When word="lift" done={of.lift} text={of.lift.reason} />}
        <When word={of.state === "dropped" ? "dropped" : "lifted"} done={of.ended} peer={where} />
        {of.state === "active" && of.review !== null && (
          <Text size="sm">
            {say("exclusions.review")} {date(of.review)}
          </Text>
        )}
        {of.agreed !== null || of.side === "told" ? (
          <Text size="sm" c="dimmed">
            {say(of.side === "there" ? "exclusions.letters" : "exclusions.requests", { count: of.letters })}
          </Text>
        ) : null}
        <Acts of={of} />
      </Stack>
    </Card>
  );
}

function When({
  word,
  done,
  text,
  peer = null,
}: {
  word: string;
  done: Done | null;
  text?: string;
  /** Who it was, where it was nobody here. */
  peer?: string | null;
}): ReactNode {
  const { say } = useWords();
  if (done === null) return null;
  return (
    <Text size="sm" c="dimmed" component="div">
      {say(`exclusions.by.${word}`, { name: done.by === "" ? (peer ?? "") : done.by })},{" "}
      <TimeText at={done.at} />
      {text !== undefined && text !== "" && `: ${text}`}
    </Text>
  );
}
