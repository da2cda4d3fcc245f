// Pairs of records that may be one person: side by side with what they share; an officer joins them, or leaves them.
import { Button, Card, Group, SimpleGrid, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  Awaited,
  Empty,
  Guided,
  Link,
  PageHead,
  Problem,
  TimeText,
  api,
  useQuery,
  useWords,
} from "@simpul/doors/web";
import type { PersonLine } from "../contract.ts";
import { Gate } from "./gate.tsx";
import { useMerge } from "./joined.tsx";
import { AgeTag, StatusTag } from "./marks.tsx";

interface Pair {
  one: PersonLine;
  other: PersonLine;
  by: string;
}

export function Page(): ReactNode {
  const { say } = useWords();
  return (
    <>
      <PageHead title={say("victims.alike")} back={{ to: "/victims", label: say("victims.room") }} />
      <Gate>
        <Pairs />
      </Gate>
    </>
  );
}

function Pairs(): ReactNode {
  const { say } = useWords();
  const merge = useMerge();
  const [fault, setFault] = useState<unknown>(null);
  const query = useQuery({
    queryKey: ["victims", "alike"],
    queryFn: ({ signal }) => api.get<Pair[]>("/api/victims/alike", { signal }),
  });
  return (
    <Awaited query={query}>
      {(pairs) => (
        <Guided by="victims.guide.alike">
          <Stack gap="md" maw="44rem">
            {pairs.length === 0 && <Empty title={say("victims.alike.none")} />}
            {fault !== null && <Problem fault={fault} />}
            {pairs.map(({ one, other, by }) => (
              <Card key={`${one.id} ${other.id}`} withBorder>
                <Text fw={600}>{say(`victims.alike.${by}`)}</Text>
                <SimpleGrid cols={2}>
                  <Half person={one} />
                  <Half person={other} />
                </SimpleGrid>
                <Group mt="sm">
                  <Button
                    variant="default"
                    onClick={() => void merge(one.id, other.id, say(`victims.alike.${by}`)).catch(setFault)}
                  >
                    {say("victims.join")}
                  </Button>
                </Group>
              </Card>
            ))}
          </Stack>
        </Guided>
      )}
    </Awaited>
  );
}

function Half({ person }: { person: PersonLine }): ReactNode {
  const { say } = useWords();
  return (
    <Stack gap={4}>
      <Link to={`/victims/${person.id}`}>{person.name ?? say("victims.nameless")}</Link>
      <Text size="sm" className="s-whole">
        {person.pseudonym}
      </Text>
      <Group gap="xs">
        <AgeTag age={person.age} />
        <StatusTag status={person.status} />
      </Group>
      <Text size="sm" c="dimmed">
        <TimeText at={person.changed} ago />
      </Text>
    </Stack>
  );
}
