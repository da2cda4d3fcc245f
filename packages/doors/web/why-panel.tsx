// "Why can I see this? Who else can? Who did?" beside every record.
import { List, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { Awaited } from "./notices.tsx";
import { TimeText } from "./texts.tsx";
import { useWords } from "./words.tsx";

export interface Why {
  /** The policy's own sentence, in words. */
  because: readonly string[];
  /** Who else may, in words: a team, a role, a desk. */
  others: readonly string[];
  /** Who did, latest first. */
  seen: readonly { who: string; at: string; what: string; purpose?: string | null }[];
}

/** Fed by a query of the page, so that the frame knows no feature. */
export function WhyPanel({
  query,
}: {
  query: { data: Why | undefined; error: unknown; isPending: boolean; refetch: () => unknown };
}): ReactNode {
  const { say } = useWords();
  const lines = (title: string, texts: readonly string[]): ReactNode => (
    <section>
      <Title order={3} size="h6">
        {title}
      </Title>
      {texts.length === 0 ? (
        <Text size="sm">{say("web.why.nobody")}</Text>
      ) : (
        <List size="sm">
          {texts.map((text) => (
            <List.Item key={text}>{text}</List.Item>
          ))}
        </List>
      )}
    </section>
  );
  return (
    <Awaited query={query}>
      {(why) => (
        <Stack gap="md" className="s-why">
          {lines(say("web.why.because"), why.because)}
          {lines(say("web.why.others"), why.others)}
          <section>
            <Title order={3} size="h6">
              {say("web.why.seen")}
            </Title>
            <List size="sm">
              {why.seen.map((one) => (
                <List.Item key={`${one.who} ${one.at} ${one.what}`}>
                  {one.who}: {one.what}, <TimeText at={one.at} />
                  {one.purpose ? ` (${say(`purpose.${one.purpose}`)})` : ""}
                </List.Item>
              ))}
            </List>
          </section>
        </Stack>
      )}
    </Awaited>
  );
}
