// The lists that stand here: other states' and ours, whether they may be used, until when.
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
  useQuery,
  useWords,
} from "@simpul/doors/web";
import type { ListHead, ListsView } from "../contract.ts";

export function Page(): ReactNode {
  const { say } = useWords();
  const query = useQuery({
    queryKey: ["watch-lists"],
    queryFn: ({ signal }) => api.get<ListsView>("/api/watch-lists", { signal }),
  });
  return (
    <>
      <PageHead
        title={say("watch-lists.room")}
        act={<LinkButton to="/watch-lists/new">{say("watch-lists.new")}</LinkButton>}
      />
      <Awaited query={query}>
        {({ lists }) =>
          lists.length === 0 ? (
            <Empty title={say("watch-lists.none")}>{say("watch-lists.none.text")}</Empty>
          ) : (
            <Stack gap="xl" maw="46rem">
              <Part title={say("watch-lists.theirs")} of={lists.filter((one) => !one.ours)} />
              <Part title={say("watch-lists.ours")} of={lists.filter((one) => one.ours)} />
            </Stack>
          )
        }
      </Awaited>
    </>
  );
}

function Part({ title, of }: { title: string; of: ListHead[] }): ReactNode {
  const { say, state, date } = useWords();
  if (of.length === 0) return null;
  return (
    <Stack gap="sm" component="section">
      <Title order={2} size="h4">
        {title}
      </Title>
      {of.map((one) => (
        <Card withBorder component="article" key={one.id} aria-label={one.title}>
          <Stack gap={4}>
            <Group gap="xs">
              <Link to={`/watch-lists/${one.id}`}>{one.title}</Link>
              <ListTag of={one} />
              {one.waiting > 0 && one.state === "active" && (
                <StateTag tone="waiting">{say("watch-lists.waiting", { count: one.waiting })}</StateTag>
              )}
            </Group>
            <Text size="sm" c="dimmed">
              {state(one.origin)} ·{" "}
              {one.stays && !one.ours
                ? say("watch-lists.stays.short")
                : say("watch-lists.people", { count: one.entries })}{" "}
              · {say("watch-lists.untilDay", { day: date(one.until) })}
            </Text>
          </Stack>
        </Card>
      ))}
    </Stack>
  );
}

export function ListTag({ of }: { of: Pick<ListHead, "unused"> }): ReactNode {
  const { say } = useWords();
  const tone = of.unused === null ? "good" : of.unused === "proposed" ? "waiting" : "bad";
  return <StateTag tone={tone}>{say(`watch-lists.state.${of.unused ?? "used"}`)}</StateTag>;
}
