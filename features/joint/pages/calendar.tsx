// The calendar of a space: dates, tasks that fall due and the end of the note, each in every party's time.
import { Group, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { Awaited, Empty, useWords } from "@simpul/doors/web";
import type { SpaceView, ThingView } from "../contract.ts";
import { WhenThere } from "./body.tsx";
import { usePicture } from "./data.ts";
import { Owner } from "./pictures.tsx";

interface Entry {
  id: string;
  /** The instant, or the day that is meant everywhere. */
  at: string;
  title: string;
  what: string;
  of: ThingView | null;
}

export function Calendar({ view }: { view: SpaceView }): ReactNode {
  const { say, date } = useWords();
  const query = usePicture(view.id);
  return (
    <Awaited query={query}>
      {({ things }) => {
        const entries = entriesOf(view, things, say);
        const from = new Date().toISOString().slice(0, 10);
        const ahead = entries.filter((one) => one.at.slice(0, 10) >= from);
        const past = entries.filter((one) => one.at.slice(0, 10) < from).toReversed();
        if (entries.length === 0) return <Empty title={say("joint.nothing")}>{""}</Empty>;
        return (
          <Stack gap="md" maw="46rem">
            {[ahead, past].map(
              (list, i) =>
                list.length > 0 && (
                  <section key={i} aria-label={say(i === 0 ? "joint.ahead" : "joint.past")}>
                    <Title order={2} size="h5" mb="xs">
                      {say(i === 0 ? "joint.ahead" : "joint.past")}
                    </Title>
                    <Stack gap="sm">
                      {list.map((one) => (
                        <Stack gap={2} key={one.id}>
                          <Group gap="xs">
                            <Text fw={600}>{one.title}</Text>
                            <Text size="sm" c="dimmed">
                              {one.what}
                            </Text>
                          </Group>
                          {one.at.length > 10 ? (
                            <WhenThere at={one.at} parties={view.parties.map((each) => each.state)} text="" />
                          ) : (
                            <Text size="sm">{date(`${one.at}T12:00:00Z`, "UTC")}</Text>
                          )}
                          <Text size="sm" component="div">
                            <Owner of={one.of ?? undefined} />
                          </Text>
                        </Stack>
                      ))}
                    </Stack>
                  </section>
                ),
            )}
          </Stack>
        );
      }}
    </Awaited>
  );
}

function entriesOf(view: SpaceView, things: readonly ThingView[], say: (key: string) => string): Entry[] {
  const own = things.flatMap((one): Entry[] => {
    if (one.content === null || !("own" in one.content)) return [];
    const { own: said } = one.content;
    const entry = (at: string): Entry => ({
      ...{ id: one.id, at, title: one.title, what: say(`joint.kind.${one.kind}`), of: one },
    });
    if ("at" in said)
      return [{ ...entry(said.at), ...(said.discloses === true && { what: say("joint.forcesDisclosure") }) }];
    return "due" in said && said.due !== null && said.state === "open" ? [entry(said.due)] : [];
  });
  const { note, purgeBy, id } = view;
  const ends: Entry[] = [
    { id, at: `${note.until}T23:59:59Z`, title: say("joint.ends"), what: say("joint.note"), of: null },
  ];
  if (purgeBy !== null)
    ends.push({
      id: `${id} purge`,
      at: purgeBy,
      title: say("joint.purgeBy"),
      what: say("joint.note"),
      of: null,
    });
  return [...own, ...ends].sort((a, b) => (a.at < b.at ? -1 : 1));
}
