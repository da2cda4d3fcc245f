// What waits for this officer and her desk: what presses most stands first, one click leads to where it is done.
import { Alert, Group, Stack, Text } from "@mantine/core";
import { useEffect } from "react";
import type { ReactNode } from "react";
import {
  Awaited,
  ChoiceField,
  ClockText,
  Empty,
  Link,
  PageHead,
  StateTag,
  TimeText,
  api,
  listenLive,
  useAddressValue,
  useGo,
  useKeys,
  useLive,
  useQuery,
  useQueryClient,
  useWords,
} from "@simpul/doors/web";
import { inboxTopics, type InboxEntry, type InboxView } from "../contract.ts";

export function Page(): ReactNode {
  const words = useWords();
  const { say } = words;
  const go = useGo();
  const [whose, setWhose] = useAddressValue("for");
  const [kind, setKind] = useAddressValue("kind");
  const [hand, setHand] = useAddressValue("hand", "0");
  const live = useLive(["case"]);
  const queries = useQueryClient();
  useEffect(
    () =>
      listenLive(({ topic }) => {
        if ((inboxTopics as readonly string[]).includes(topic))
          void queries.invalidateQueries({ queryKey: ["case", "inbox"] });
      }),
    [queries],
  );
  const query = useQuery({
    queryKey: ["case", "inbox"],
    queryFn: ({ signal }) => api.get<InboxView>("/api/inbox", { signal }),
  });
  const all = query.data?.entries ?? [];
  const shown = all.filter(
    (one) => (whose === "" || one.for === whose) && (kind === "" || one.kind === kind),
  );
  const at = Math.min(Number(hand) || 0, Math.max(0, shown.length - 1));
  useKeys([
    {
      keys: "j",
      says: say("web.table.keys.down"),
      do: () => setHand(String(Math.min(shown.length - 1, at + 1))),
    },
    { keys: "k", says: say("web.table.keys.up"), do: () => setHand(String(Math.max(0, at - 1))) },
    {
      keys: "Enter",
      says: say("web.table.keys.open"),
      do: () => {
        const one = shown[at];
        if (one !== undefined) go(one.to);
      },
    },
  ]);
  const kinds = [...new Set(all.map((one) => one.kind))];
  return (
    <>
      <PageHead title={say("inbox.room")} />
      <Stack gap="md">
        {live.held > 0 && <Text size="sm">{say("inbox.new", { count: live.held })}</Text>}
        <Awaited query={query}>
          {({ entries, missing }) => (
            <>
              {missing.map((one) => (
                <Alert
                  key={one}
                  variant="default"
                  role="status"
                  title={say("inbox.missing", { kind: say(`inbox.kind.${one}`) })}
                />
              ))}
              {entries.length === 0 ? (
                <Empty title={say("inbox.empty.title")}>{say("inbox.empty.text")}</Empty>
              ) : (
                <>
                  <Group className="s-noprint" grow wrap="nowrap" maw="30rem">
                    <ChoiceField
                      label={say("inbox.for")}
                      value={whose === "" ? null : whose}
                      choices={["me", "desk"].map((one) => ({ value: one, label: say(`inbox.for.${one}`) }))}
                      onChange={(value) => setWhose(value ?? "")}
                    />
                    {kinds.length > 1 && (
                      <ChoiceField
                        label={say("inbox.kind")}
                        value={kind === "" ? null : kind}
                        choices={kinds.map((one) => ({ value: one, label: say(`inbox.kind.${one}`) }))}
                        onChange={(value) => setKind(value ?? "")}
                      />
                    )}
                  </Group>
                  <Stack gap={0} component="ul" p={0} m={0} aria-label={say("inbox.room")}>
                    {shown.map((one, i) => (
                      <Entry key={`${one.kind} ${one.id}`} entry={one} inHand={i === at} />
                    ))}
                  </Stack>
                </>
              )}
            </>
          )}
        </Awaited>
      </Stack>
    </>
  );
}

function Entry({ entry, inHand }: { entry: InboxEntry; inHand: boolean }): ReactNode {
  const { say } = useWords();
  return (
    <Group
      component="li"
      justify="space-between"
      align="flex-start"
      py="xs"
      px="xs"
      data-hand={inHand}
      style={{
        listStyle: "none",
        borderBottom: "1px solid var(--mantine-color-default-border)",
        borderInlineStart: inHand ? "3px solid var(--mantine-primary-color-filled)" : "3px solid transparent",
      }}
    >
      <Stack gap={2}>
        <Group gap="xs">
          <Link to={entry.to}>{entry.title}</Link>
          <StateTag>{say(`inbox.kind.${entry.kind}`)}</StateTag>
          {entry.for === "desk" && <StateTag tone="waiting">{say("inbox.for.desk")}</StateTag>}
        </Group>
        {entry.told !== undefined && entry.told.length > 0 && (
          <Text size="sm">
            {say("inbox.told")}{" "}
            {entry.told.map((one, i) => (
              <span key={`${one.name} ${one.at}`}>
                {i > 0 && ", "}
                <bdi>{one.name}</bdi> <TimeText at={one.at} ago />
              </span>
            ))}
          </Text>
        )}
        {entry.case !== null && (
          <Text size="sm" c="dimmed">
            {entry.case.number} · {entry.case.title}
          </Text>
        )}
      </Stack>
      <Text size="sm" component="div">
        {entry.due === null ? (
          <TimeText at={entry.since} ago />
        ) : entry.due.length === 10 ? (
          <TimeText at={entry.due} day />
        ) : (
          <ClockText due={entry.due} />
        )}
      </Text>
    </Group>
  );
}
