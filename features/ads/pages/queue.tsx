// The queue of the day, worked by keyboard: the list on one side, the advert in hand with its reasons on the other.
import { Group, Stack, Text, UnstyledButton } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useEffect, useRef } from "react";
import type { ReactNode } from "react";
import {
  api,
  Awaited,
  Empty,
  Link,
  LinkButton,
  narrow,
  PageHead,
  useAddressValue,
  useGo,
  useKeys,
  useLive,
  useQuery,
  useWords,
} from "@simpul/doors/web";
import type { AdvertHead, AdvertView, QueueView } from "../contract.ts";
import { FindBar, Line, Marked, PanelsOf, Share, type Named } from "./parts.tsx";

export function Page(): ReactNode {
  const { say } = useWords();
  useLive(["ads"]);
  const query = useQuery({
    queryKey: ["ads", "queue"],
    queryFn: ({ signal }) => api.get<QueueView>("/api/ads/queue", { signal }),
  });
  return (
    <>
      <PageHead
        title={say("ads.room")}
        act={
          <Group gap="xs">
            <LinkButton to="/ads/sources" variant="default">
              {say("ads.sources")}
            </LinkButton>
            <LinkButton to="/ads/letters" variant="default">
              {say("ads.letters")}
            </LinkButton>
            <LinkButton to="/ads/evaluation" variant="default">
              {say("ads.evaluation")}
            </LinkButton>
          </Group>
        }
      />
      <Awaited query={query}>{(view) => <Body view={view} />}</Awaited>
    </>
  );
}

function Body({ view }: { view: QueueView }): ReactNode {
  const { say } = useWords();
  const { entries } = view;
  if (entries.length === 0 && view.done + view.later + view.archive === 0)
    return (
      <Empty
        title={say("ads.empty")}
        act={<LinkButton to="/ads/sources">{say("ads.source.add")}</LinkButton>}
      >
        {say("ads.empty.text")}
      </Empty>
    );
  return (
    <Stack gap="md">
      <Standing view={view} />
      {entries.length === 0 ? (
        <Empty title={say("ads.done")}>{say("ads.done.text", { later: view.later })}</Empty>
      ) : (
        <Work entries={entries} />
      )}
    </Stack>
  );
}

/** How far the day is, and how often what came first was what was sought: no promise where nobody looked yet. */
function Standing({ view }: { view: QueueView }): ReactNode {
  const { say } = useWords();
  const { past, entries } = view;
  return (
    <Text size="sm" component="div">
      {say("ads.standing", {
        left: entries.length,
        done: view.done,
        later: view.later,
        archive: view.archive,
      })}{" "}
      {past.looked + past.drawn === 0 ? say("ads.past.none") : say("ads.past", past)}{" "}
      {view.second > 0 && <Link to="/ads/second">{say("ads.second.link", { count: view.second })}</Link>}{" "}
      <Link to="/ads/all">{say("ads.all")}</Link>
    </Text>
  );
}

export function Work({
  entries,
  alone = false,
}: {
  entries: readonly AdvertHead[];
  alone?: boolean;
}): ReactNode {
  const { say } = useWords();
  const go = useGo();
  const phone = useMediaQuery(narrow, false, { getInitialValueInEffect: false });
  const [at, setAt] = useAddressValue("at", "");
  const index = Math.max(0, entries.findIndex((one) => one.id === at)); // prettier-ignore
  const hand = entries[index];
  const move = (by: number): void => {
    const next = entries[Math.min(entries.length - 1, Math.max(0, index + by))];
    if (next !== undefined) setAt(next.id, { replace: true });
  };
  useKeys([
    { keys: "j", says: say("ads.key.next"), do: () => move(1) },
    { keys: "k", says: say("ads.key.before"), do: () => move(-1) },
    ...(hand === undefined
      ? []
      : [{ keys: "Enter", says: say("ads.key.open"), do: () => go(`/ads/adverts/${hand.id}`) }]),
  ]);
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    list.current?.querySelector("[aria-current=true]")?.scrollIntoView({ block: "nearest" });
  }, [hand?.id]);
  return (
    <div className="ads-two">
      <ul className="ads-list" ref={list} aria-label={say("ads.queue")}>
        {entries.map((one) => (
          <li key={one.id}>
            <UnstyledButton
              className="ads-entry"
              aria-current={!phone && one.id === hand?.id}
              onClick={() =>
                phone
                  ? go(`/ads/adverts/${one.id}${alone ? "?second=1" : ""}`)
                  : setAt(one.id, { replace: true })
              }
            >
              <Line of={one} />
            </UnstyledButton>
          </li>
        ))}
      </ul>
      {!phone && hand !== undefined && (
        // What comes after the one just found stands in hand next.
        <Hand
          key={hand.id}
          of={hand}
          alone={alone}
          onDone={() => setAt(entries[index + 1]?.id ?? entries[index - 1]?.id ?? "", { replace: true })}
        />
      )}
    </div>
  );
}

function Hand({ of, onDone, alone }: { of: AdvertHead; onDone: () => void; alone: boolean }): ReactNode {
  const { say } = useWords();
  const query = useQuery({
    queryKey: ["ads", "advert", of.id],
    queryFn: ({ signal }) => api.get<Named<AdvertView>>(`/api/ads/adverts/${of.id}`, { signal }),
  });
  return (
    <section aria-label={say("ads.advert")}>
      <Stack gap="sm">
        <FindBar of={of} onDone={onDone} alone={alone} />
        <Awaited query={query}>
          {(view) => (
            <Stack gap="sm">
              <Marked text={view.body} flags={view.flags} contacts={view.selectors} />
              <Share of={view} />
              <PanelsOf view={view} />
              <Group gap="md">
                <Link to={`/ads/adverts/${of.id}`}>{say("ads.open")}</Link>
                {view.size > 1 && (
                  <Link to={`/ads/campaigns/${view.campaign}`}>
                    {say("ads.campaign.of", { count: view.size })}
                  </Link>
                )}
              </Group>
            </Stack>
          )}
        </Awaited>
      </Stack>
    </section>
  );
}
