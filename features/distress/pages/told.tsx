// What the emergency desk told this desk: exactly that, and a way to write back.
import { Card, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import {
  Awaited,
  Empty,
  Guided,
  PageHead,
  TimeText,
  api,
  useLive,
  useQuery,
  useWords,
} from "@simpul/doors/web";
import type { Told } from "../contract.ts";
import { Reply } from "./shared.tsx";

export function Page(): ReactNode {
  const { say } = useWords();
  useLive(["desk"]);
  const query = useQuery({
    queryKey: ["distress", "told"],
    queryFn: ({ signal }) => api.get<Told[]>("/api/distress/told", { signal }),
  });
  return (
    <>
      <PageHead title={say("distress.told")} />
      <Guided by="distress.told.text">
        <Stack gap="md" maw="44rem">
          <Awaited query={query}>
            {(all) =>
              all.length === 0 ? (
                <Empty title={say("distress.told.none")} />
              ) : (
                <Stack gap="sm">
                  {all.map((one) => (
                    <One key={one.id} of={one} />
                  ))}
                </Stack>
              )
            }
          </Awaited>
        </Stack>
      </Guided>
    </>
  );
}

function One({ of }: { of: Told }): ReactNode {
  const { say } = useWords();
  return (
    <Card withBorder padding="md">
      <Text style={{ whiteSpace: "pre-wrap" }}>
        <bdi>{of.text}</bdi>
      </Text>
      <Text size="sm" c="dimmed" component="div">
        <bdi>{of.from}</bdi>, <TimeText at={of.at} />
      </Text>
      {of.answer === null ? (
        <Stack mt="sm">
          <Reply
            to={`/api/distress/told/${of.id}/answer`}
            label={say("distress.told.answer")}
            send={say("distress.told.send")}
            {...{ rows: 3, most: 4000 }}
          />
        </Stack>
      ) : (
        <Text size="sm" mt="sm">
          <bdi>{of.answer.by}</bdi>, <TimeText at={of.answer.at} />: <bdi>{of.answer.text}</bdi>
        </Text>
      )}
    </Card>
  );
}
