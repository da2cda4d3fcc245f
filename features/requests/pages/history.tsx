// Who did and who saw what of a request, from the two logs of this node; and why one sees it at all (AUD-1).
import { List, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import {
  Awaited,
  HandlingBadge,
  Shield,
  TimeText,
  WhyThis,
  api,
  useQuery,
  useWords,
} from "@simpul/doors/web";
import type { RequestAct, RequestView } from "../contract.ts";
import type { Named } from "./data.ts";
import { Who, plainWho } from "./texts.tsx";

export function History({ view }: { view: Named<RequestView> }): ReactNode {
  const words = useWords();
  const { say } = words;
  const query = useQuery({
    queryKey: ["request", view.id, "activity"],
    queryFn: ({ signal }) =>
      api.get<Named<{ activity: RequestAct[] }>>(`/api/requests/${view.id}/activity`, { signal }),
  });
  return (
    <Stack gap="lg" maw="52rem">
      {view.releases.length > 0 && (
        <section aria-label={say("requests.left")}>
          <Title order={2} size="h5" mb="xs">
            {say("requests.left")}
          </Title>
          <Stack gap="xs" component="ul" className="r-cards">
            {view.releases.map((one) => (
              <li key={one.id} className="r-sheet">
                <Text size="sm" component="div">
                  <TimeText at={one.at} other={one.to} /> ·{" "}
                  {say(`requests.left.${one.what}`, { state: words.state(one.to) })}{" "}
                  <HandlingBadge handling={one.handling} /> <Shield state={{ kind: "sealed" }} />
                </Text>
                <Text size="sm">
                  {say("requests.left.people", {
                    author: plainWho(one.author, view.names, say("requests.somebody")),
                    by: plainWho(one.by, view.names, say("requests.somebody")),
                  })}
                </Text>
                <Text size="sm">
                  {say("requests.left.holds", { records: one.records, items: one.items })}
                </Text>
                {one.reason !== null && one.reason !== "" && (
                  <Text size="sm">
                    {say("requests.left.reason")}: {one.reason}
                  </Text>
                )}
                <Text size="xs" c="dimmed" className="r-digest">
                  SHA-256 {one.digest}
                </Text>
              </li>
            ))}
          </Stack>
        </section>
      )}
      <WhyThis of={view.id} />
      <section aria-label={say("requests.history.all")}>
        <Title order={2} size="h5" mb="xs">
          {say("requests.history.all")}
        </Title>
        <Awaited query={query}>
          {({ activity, names }) => (
            <List listStyleType="none" spacing="xs" size="sm">
              {activity.map((one, index) => (
                <List.Item key={`${one.at} ${one.kind} ${index}`}>
                  <TimeText at={one.at} other={view.from} /> ·{" "}
                  {one.by.startsWith("officer:") ? (
                    <Who id={one.by.slice("officer:".length)} names={names} />
                  ) : one.by.startsWith("peer:") ? (
                    words.state(one.by.slice("peer:".length))
                  ) : (
                    say("requests.node")
                  )}{" "}
                  · {words.sayOne([`activity.${one.kind}`, `requests.activity.${one.kind}`]) ?? one.kind}
                  {one.purpose !== null && (
                    <Text span size="xs" c="dimmed">
                      {" "}
                      · {words.sayOne([`purpose.${one.purpose}`]) ?? one.purpose}
                    </Text>
                  )}
                </List.Item>
              ))}
            </List>
          )}
        </Awaited>
      </section>
    </Stack>
  );
}
