// Where the work of a financial intelligence desk begins: every freeze she sees, what waits for an answer first.
import { Card, Group, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import {
  api,
  Awaited,
  Empty,
  Link,
  LinkButton,
  PageHead,
  StateTag,
  useLive,
  useQuery,
  useWords,
} from "@simpul/doors/web";
import type { ListedFreeze } from "../contract.ts";
import { nameOf } from "./parts.tsx";
import { ByRequest, Due, tones } from "./way.tsx";

export function Page(): ReactNode {
  const { say } = useWords();
  useLive(["target"]);
  const query = useQuery({
    queryKey: ["target", "freezes"],
    queryFn: ({ signal }) => api.get<{ freezes: ListedFreeze[] }>("/api/targets/freezes", { signal }),
  });
  return (
    <>
      <PageHead
        title={say("targets.freezes.room")}
        act={<LinkButton to="/targets">{say("targets.room")}</LinkButton>}
      />
      <Awaited query={query}>
        {({ freezes }) =>
          freezes.length === 0 ? (
            <Empty title={say("targets.freezes.empty")}>{say("targets.freezes.empty.text")}</Empty>
          ) : (
            <Stack gap="lg" maw="46rem">
              <Some
                title={say("targets.freezes.due")}
                of={freezes.filter(({ state }) => state === "asked")}
              />
              <Some
                title={say("targets.freezes.answered")}
                of={freezes.filter(({ state }) => state !== "asked")}
              />
            </Stack>
          )
        }
      </Awaited>
    </>
  );
}

function Some({ title, of }: { title: string; of: readonly ListedFreeze[] }): ReactNode {
  if (of.length === 0) return null;
  return (
    <Stack gap="sm" component="section" aria-label={title}>
      <Title order={2} size="h5">
        {title}
      </Title>
      {of.map((one) => (
        <One key={one.id} of={one} />
      ))}
    </Stack>
  );
}

function One({ of }: { of: ListedFreeze }): ReactNode {
  const { say, date } = useWords();
  return (
    <Card withBorder component="article" aria-label={of.value}>
      <Stack gap={4}>
        <Group gap="xs">
          <Text fw={600} style={{ overflowWrap: "anywhere" }}>
            {say(`selector.${of.type}`)} {of.value}
          </Text>
          <StateTag tone={tones[of.state]}>{say(`targets.freeze.${of.state}`)}</StateTag>
        </Group>
        <Text size="sm">
          {say("targets.freeze.asked.of", { recipient: of.recipient })}
          {of.amount !== "" && ` · ${of.amount}`}
        </Text>
        <Text size="sm" component="div">
          {of.state === "asked" ? (
            <Due of={of} />
          ) : (
            of.until !== null && `${say("targets.freeze.until")} ${date(of.until)}`
          )}
        </Text>
        {of.request !== null && <ByRequest of={of} />}
        <Text size="sm">
          <Link to={`/targets/${of.target}`}>{nameOf(of.name)}</Link>
          {of.case !== null && ` · ${of.case}`}
        </Text>
      </Stack>
    </Card>
  );
}
