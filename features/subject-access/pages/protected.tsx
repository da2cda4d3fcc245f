// The victim desk's own: people who ask and about whom it protects something; it answers them itself, and nobody else knows.
import { Card, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { Awaited, PageHead, api, useQuery, useWords } from "@simpul/doors/web";
import type { ProtectedAsk } from "../contract.ts";

export function Page(): ReactNode {
  const { say, date } = useWords();
  const query = useQuery({
    queryKey: ["subject-access", "protected"],
    queryFn: ({ signal }) => api.get<ProtectedAsk[]>("/api/subject-access/protected", { signal }),
  });
  return (
    <>
      <PageHead title={say("subject-access.protected")} />
      <Stack gap="md" maw="44rem">
        <Text size="sm">{say("subject-access.protected.text")}</Text>
        <Awaited query={query}>
          {(all) => (
            <>
              {all.length === 0 && <Text>{say("subject-access.none")}</Text>}
              {all.map((one) => (
                <Card key={one.id} withBorder component="section" aria-label={one.names[0] ?? ""}>
                  <Text fw={600}>{one.names.join(" · ")}</Text>
                  <Text size="sm">
                    {date(one.askedOn)} · {one.contact}
                  </Text>
                  {one.records.map((record) => (
                    <Text key={record.record} size="sm">
                      {record.case ?? record.record}
                    </Text>
                  ))}
                </Card>
              ))}
            </>
          )}
        </Awaited>
      </Stack>
    </>
  );
}
