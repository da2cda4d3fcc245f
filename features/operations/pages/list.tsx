// Operations that she may know of: those that run or are to come first, each with its window and how it stands.
import { Card, Group, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import {
  api,
  Awaited,
  Empty,
  Link,
  LinkButton,
  PageHead,
  useLive,
  useQuery,
  useSession,
  useWords,
} from "@simpul/doors/web";
import { stateZones } from "@simpul/doors/i18n";
import type { OperationHead } from "../contract.ts";
import { StateOf } from "./parts.tsx";

const over = (one: OperationHead): boolean => ["reported", "recalled", "lapsed"].includes(one.state);

export function Page(): ReactNode {
  const words = useWords();
  const { say } = words;
  const { officer, node, purpose } = useSession();
  useLive(["operation"]);
  const query = useQuery({
    queryKey: ["operation", "list"],
    queryFn: ({ signal }) => api.get<{ operations: OperationHead[] }>("/api/operations", { signal }),
  });
  const plans =
    purpose === "crime-investigation" &&
    officer.roles.some((role) => role !== "prosecutor" && role !== "caseworker");
  const first = plans ? <LinkButton to="/operations/new">{say("operations.new")}</LinkButton> : undefined;
  return (
    <>
      <PageHead title={say("operations.room")} {...(first !== undefined && { act: first })} />
      <Awaited query={query}>
        {({ operations }) =>
          operations.length === 0 ? (
            <Empty title={say("operations.empty")}>{say("operations.empty.what")}</Empty>
          ) : (
            <Stack gap="sm" maw="46rem">
              {operations
                .toSorted(
                  (a, b) => Number(over(a)) - Number(over(b)) || (a.window.starts < b.window.starts ? -1 : 1),
                )
                .map((one) => (
                  <Card key={one.id} withBorder component="article" aria-label={one.title}>
                    <Group gap="xs">
                      <Link to={`/operations/${one.id}`}>{one.title}</Link>
                      <StateOf state={one.state} />
                    </Group>
                    <Text size="sm">{words.list(one.parties.map(words.state))}</Text>
                    <Text size="sm" c="dimmed">
                      {words.time(one.window.starts, stateZones[node.code])} –{" "}
                      {words.time(one.window.ends, stateZones[node.code])}
                    </Text>
                  </Card>
                ))}
            </Stack>
          )
        }
      </Awaited>
    </>
  );
}
