// All reviews that an officer may see, each in the same words whoever the person is; the way in for those who ask.
import { Card, Group, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import {
  Awaited,
  Empty,
  Link,
  LinkButton,
  PageHead,
  StateTag,
  api,
  useLive,
  useMay,
  useQuery,
  useSession,
  useWords,
} from "@simpul/doors/web";
import type { LawSays, ReviewHead, ReviewKind } from "../contract.ts";
import { Standing } from "../contract/standing.tsx";
import { Said, nameOf } from "./parts.tsx";

type List = { reviews: ReviewHead[]; names: Record<string, string> };

export function Page(): ReactNode {
  const { say, date } = useWords();
  const { officer } = useSession();
  useLive(["review"]);
  const query = useQuery({
    queryKey: ["review", "all"],
    queryFn: ({ signal }) => api.get<List>("/api/reviews", { signal }),
  });
  const law = useQuery({
    queryKey: ["codes", "reviews"],
    queryFn: () => api.get<(LawSays & { kind: ReviewKind })[]>("/api/reviews/law"),
  });
  const desk = officer.agency.kind === "victim-services";
  const prosecutes = useMay(({ officer: who }) => who.agency.kind === "prosecutor");
  const act = desk ? (
    <>
      <LinkButton to="/reviews/searches" variant="default">
        {say("reviews.searches")}
      </LinkButton>
      <LinkButton to="/reviews/compare">{say("reviews.compare")}</LinkButton>
    </>
  ) : prosecutes ? (
    <LinkButton to="/reviews/results">{say("reviews.results")}</LinkButton>
  ) : (
    <LinkButton to="/reviews/new">{say("reviews.new")}</LinkButton>
  );
  return (
    <>
      <PageHead title={say("reviews.room")} act={act} />
      <Stack gap="md" maw="48rem">
        <Said>{say("reviews.text", { hours: law.data?.[0]?.pendingHours ?? 48 })}</Said>
        <Awaited query={query}>
          {({ reviews, names }) =>
            reviews.length === 0 ? (
              <Empty title={say("reviews.none")}>{say("reviews.none.text")}</Empty>
            ) : (
              <Stack gap="xs" component="ul" p={0} m={0} style={{ listStyle: "none" }}>
                {reviews.map((one) => (
                  <Card key={one.id} component="li" withBorder padding="sm">
                    <Group justify="space-between" gap="xs">
                      <Link to={`/reviews/${one.id}`}>
                        <bdi>{nameOf(one.person)}</bdi>
                      </Link>
                      <Group gap="xs">
                        {one.handedAt !== null && (
                          <StateTag tone="accent">{say("reviews.statement.here")}</StateTag>
                        )}
                        <Standing of={one} />
                      </Group>
                    </Group>
                    <Text size="sm" c="dimmed">
                      {say(`reviews.kind.${one.kind}`)}
                      {one.case !== null && ` · ${one.case.number}`} · {date(one.openedAt)} ·{" "}
                      {names[one.officer] ?? "–"}
                    </Text>
                  </Card>
                ))}
              </Stack>
            )
          }
        </Awaited>
      </Stack>
    </>
  );
}
