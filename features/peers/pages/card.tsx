// This node's own card: what we hand another state, and the fingerprint that we read out to it.
import { Button, Code, CopyButton, Group, ScrollArea, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { api, Awaited, PageHead, saveFile, useQuery, useWords } from "@simpul/doors/web";
import type { OwnCard } from "../contract.ts";
import { Fingerprint, topic } from "./parts.tsx";

const textOf = (own: OwnCard): string => `${JSON.stringify(own.card, null, 2)}\n`;

export function Page(): ReactNode {
  const { say } = useWords();
  const query = useQuery({
    queryKey: [topic, "card"],
    queryFn: ({ signal }) => api.get<OwnCard>("/api/peers/card", { signal }),
  });
  const download = (own: OwnCard): void =>
    saveFile(
      `${own.exercise ? "EXERCISE-" : ""}simpul-card-${own.card.node}.json`,
      textOf(own),
      "application/json;charset=utf-8",
    );
  return (
    <>
      <PageHead
        title={say("peers.card.title")}
        back={{ to: "/peers", label: say("peers.room") }}
        act={
          query.data !== undefined && (
            <>
              <CopyButton value={textOf(query.data)}>
                {({ copied, copy }) => (
                  <Button variant="default" onClick={copy}>
                    {say(copied ? "web.copied" : "peers.card.copy")}
                  </Button>
                )}
              </CopyButton>
              <Button onClick={() => download(query.data)}>{say("peers.card.download")}</Button>
            </>
          )
        }
      />
      <Awaited query={query}>
        {(own) => (
          <Stack gap="lg">
            <Text maw="44rem">{say("peers.card.text")}</Text>
            <section aria-label={say("peers.fingerprint")}>
              <Group mb="xs">
                <Title order={2} size="h4">
                  {say("peers.fingerprint")}
                </Title>
              </Group>
              <Fingerprint groups={own.fingerprint} />
              <Text mt="xs" maw="44rem" size="sm">
                {say("peers.card.read")}
              </Text>
            </section>
            <section aria-label={say("peers.card.whole")}>
              <Title order={2} size="h4" mb="xs">
                {say("peers.card.whole")}
              </Title>
              <ScrollArea type="auto">
                <Code block tabIndex={0}>
                  {textOf(own)}
                </Code>
              </ScrollArea>
            </section>
          </Stack>
        )}
      </Awaited>
    </>
  );
}
