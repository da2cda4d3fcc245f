// What the victim desk let cases know: a reference and the minimum, for those who work on the case.
import { Anchor, Card, Group, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import {
  Awaited,
  Empty,
  Link,
  PageHead,
  StateTag,
  TimeText,
  api,
  useQuery,
  useWords,
} from "@simpul/doors/web";
import type { Released } from "../contract.ts";
import { Shown } from "./shown.tsx";

export function Page(): ReactNode {
  const { say, bytes } = useWords();
  const query = useQuery({
    queryKey: ["case", "released"],
    queryFn: ({ signal }) => api.get<Released[]>("/api/victims/released", { signal }),
  });
  return (
    <>
      <PageHead title={say("victims.released")} />
      <Awaited query={query}>
        {(all) => (
          <Stack gap="md" maw="44rem">
            {all.length === 0 && <Empty title={say("victims.released.none")} />}
            {all.map((one) => (
              <Card key={one.id} withBorder component="section" aria-label={one.reference ?? one.case}>
                <Stack gap="xs">
                  <Group gap="sm">
                    <Link to={`/cases/${one.case}`}>{one.case}</Link>
                    {one.reference !== null && (
                      <Text fw={600} className="s-whole">
                        {one.reference}
                      </Text>
                    )}
                    {one.ended !== null && <StateTag>{say("victims.released.ended")}</StateTag>}
                  </Group>
                  <Shown fields={one.fields} />
                  {one.testimonies.map((testimony) => (
                    <Anchor
                      key={testimony.id}
                      href={`/api/victims/released/${one.id}/testimonies/${testimony.id}`}
                      download={testimony.name}
                    >
                      {testimony.name} ({bytes(testimony.size)})
                    </Anchor>
                  ))}
                  <Text size="sm" c="dimmed">
                    {one.by} · <TimeText at={one.at} />
                  </Text>
                </Stack>
              </Card>
            ))}
          </Stack>
        )}
      </Awaited>
    </>
  );
}
