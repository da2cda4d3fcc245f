// What each state's law and practice gives: clocks of every kind of help with their source, lead bodies, hotlines.
import { Card, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { Awaited, PageHead, StateTag, useWords } from "@simpul/doors/web";
import type { TrackClock } from "../contract.ts";
import { useLists } from "./data.ts";

export function Page(): ReactNode {
  const { say, state, list } = useWords();
  const query = useLists();
  return (
    <>
      <PageHead title={say("referrals.tracks")} back={{ to: "/referrals", label: say("referrals.room") }} />
      <Awaited query={query}>
        {({ terms }) => (
          <Stack gap="lg" maw="44rem">
            <section aria-label={say("referrals.clocks")}>
              <Title order={2} size="h4">
                {say("referrals.clocks")}
              </Title>
              {Object.entries(terms.hours).map(([name, one]) => (
                <Text key={name} size="sm" mt={4} component="div">
                  {say(`referrals.clockOf.${name}`)}: {say("referrals.hours", { count: one.hours })}{" "}
                  {!one.confirmed && <StateTag tone="waiting">{say("referrals.toConfirm")}</StateTag>}
                </Text>
              ))}
            </section>
            {Object.entries(terms.kinds).map(([kind, one]) => (
              <Card key={kind} withBorder padding="sm">
                <Text fw={600}>{say(`referrals.kind.${kind}`)}</Text>
                <Text size="sm">{list(one.data.map((set) => say(`referrals.data.${set}`)))}</Text>
                <Text size="sm" c="dimmed">
                  {one.steps.map((step) => say(`referrals.step.${step}`)).join(" → ")}
                </Text>
                <Clocks of={one.clocks} />
              </Card>
            ))}
            {Object.entries(terms.states).map(([code, one]) => (
              <Card key={code} withBorder padding="sm">
                <Text fw={600}>{state(code)}</Text>
                <Text size="sm">{one.lead}</Text>
                {Object.entries(one.tracks).map(([kind, track]) => (
                  <div key={kind}>
                    <Text size="sm" component="div">
                      {say(`referrals.kind.${kind}`)}
                      {track.hotline !== undefined && ` · ☎ ${track.hotline}`} · {track.source}{" "}
                      {!track.confirmed && <StateTag tone="waiting">{say("referrals.toConfirm")}</StateTag>}
                    </Text>
                    <Clocks of={track.clocks ?? []} />
                  </div>
                ))}
                {Object.keys(one.tracks).length === 0 && (
                  <Text size="sm" c="dimmed">
                    {say("referrals.toConfirm")}
                  </Text>
                )}
              </Card>
            ))}
          </Stack>
        )}
      </Awaited>
    </>
  );
}

/** By when which step is taken, from the service's yes, and what that rests on. */
function Clocks({ of }: { of: readonly TrackClock[] }): ReactNode {
  const { say } = useWords();
  return of.map((one) => (
    <Text key={one.step} size="sm" component="div">
      {say(`referrals.step.${one.step}`)}: {say("referrals.hours", { count: one.hours })} · {one.source}{" "}
      {!one.confirmed && <StateTag tone="waiting">{say("referrals.toConfirm")}</StateTag>}
    </Text>
  ));
}
