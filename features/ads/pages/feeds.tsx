// Feeds by address: an officer asks at her source, an administrator sees address and legal basis and switches it on.
import { Button, Card, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  api,
  Awaited,
  Empty,
  NumberField,
  PageHead,
  StateTag,
  TextField,
  TimeText,
  useQuery,
  useWords,
} from "@simpul/doors/web";
import { feedLimits, type Feed, type Source } from "../contract.ts";
import { Form, useCall } from "./form.tsx";
import type { Named } from "./parts.tsx";

export const useFeeds = () =>
  useQuery({
    queryKey: ["ads", "feeds"],
    queryFn: ({ signal }) => api.get<Named<{ feeds: Feed[] }>>("/api/ads/feeds", { signal }),
  });

/** For an administrator. */
export function Page(): ReactNode {
  const { say } = useWords();
  const feeds = useFeeds();
  return (
    <>
      <PageHead title={say("ads.feeds")} />
      <Awaited query={feeds}>
        {({ feeds: all, names }) =>
          all.length === 0 ? (
            <Empty title={say("ads.feeds.none")}>{say("ads.feeds.text")}</Empty>
          ) : (
            <Stack gap="sm">
              <Text size="sm">{say("ads.feeds.text")}</Text>
              {all.map((one) => (
                <Card key={one.source} withBorder component="article" aria-label={one.name}>
                  <Stack gap={6}>
                    <Text fw={600}>{one.name}</Text>
                    <Facts of={one} asked={names[one.askedBy] ?? one.askedBy} />
                    <Switch of={one} />
                  </Stack>
                </Card>
              ))}
            </Stack>
          )
        }
      </Awaited>
    </>
  );
}

function Switch({ of }: { of: Feed }): ReactNode {
  const { say } = useWords();
  const { busy, call } = useCall();
  return (
    <Group className="s-noprint">
      <Button
        variant="default"
        loading={busy}
        onClick={() => void call(`/api/ads/feeds/${of.source}/switch`, { on: !of.on })}
      >
        {say(of.on ? "ads.feed.off" : "ads.feed.on")}
      </Button>
    </Group>
  );
}

function Facts({ of, asked }: { of: Feed; asked?: string }): ReactNode {
  const { say } = useWords();
  return (
    <>
      <Text size="sm" component="div" className="s-long">
        <StateTag tone={of.fault !== null ? "bad" : of.on ? "good" : "plain"}>
          {say(of.fault !== null ? "ads.feed.is.failing" : of.on ? "ads.feed.is.on" : "ads.feed.is.off")}
        </StateTag>{" "}
        {of.address}
      </Text>
      <Text size="sm" component="div">
        {say("ads.source.basis")}: {of.legalBasis} · {say("ads.feed.every", { minutes: of.minutes })}
        {asked !== undefined && ` · ${say("ads.feed.asked", { name: asked })}`}
      </Text>
      {of.fault !== null && <Text size="sm">{say(`ads.feed.fault.${of.fault}`)}</Text>}
      <Text size="sm" component="div">
        {say("ads.feed.taken", { count: of.taken })}
        {of.fetchedAt !== null && (
          <>
            {" · "}
            {say("ads.feed.last")} <TimeText at={of.fetchedAt} />
          </>
        )}
        {of.nextAt !== null && (
          <>
            {" · "}
            {say("ads.feed.next")} <TimeText at={of.nextAt} />
          </>
        )}
      </Text>
    </>
  );
}

/** At the source of an officer: how its feed stands, and the form that asks for one. */
export function FeedOf({ source }: { source: Source }): ReactNode {
  const { say } = useWords();
  const feeds = useFeeds();
  const own = feeds.data?.feeds.find((one) => one.source === source.id);
  const [open, setOpen] = useState(false);
  return (
    <>
      {own !== undefined && <Facts of={own} />}
      {own?.on === false && <Text size="sm">{say("ads.feed.waits")}</Text>}
      {source.closedAt === null &&
        (open ? (
          <AskFeed source={source} close={() => setOpen(false)} />
        ) : (
          <Group className="s-noprint">
            <Button size="compact-md" variant="default" onClick={() => setOpen(true)}>
              {say(own === undefined ? "ads.feed.ask" : "ads.feed.change")}
            </Button>
          </Group>
        ))}
    </>
  );
}

function AskFeed({ source, close }: { source: Source; close: () => void }): ReactNode {
  const { say } = useWords();
  const [address, setAddress] = useState("");
  const [legalBasis, setBasis] = useState(source.legalBasis);
  const [minutes, setMinutes] = useState<number | null>(60);
  const { busy, fault, call } = useCall();
  return (
    <Form
      whole={address.trim().length >= 8 && legalBasis.trim().length >= 2 && minutes !== null}
      busy={busy}
      fault={fault}
      act={say("ads.save")}
      send={() =>
        call(`/api/ads/sources/${source.id}/feed`, {
          ...{ address: address.trim(), legalBasis: legalBasis.trim(), minutes },
        })
      }
      close={close}
    >
      <TextField
        label={say("ads.feed.address")}
        hint={say("ads.feed.address.hint")}
        required
        maxLength={1000}
        value={address}
        onChange={setAddress}
      />
      <TextField
        label={say("ads.source.basis")}
        required
        maxLength={500}
        value={legalBasis}
        onChange={setBasis}
      />
      <NumberField
        label={say("ads.feed.minutes")}
        required
        min={feedLimits.least}
        max={feedLimits.most}
        value={minutes}
        onChange={setMinutes}
      />
    </Form>
  );
}
