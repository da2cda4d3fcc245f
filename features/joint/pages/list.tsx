// The joint spaces of this state: what each is about, with whom, until when, and which wait for this state's word.
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
  useLive,
  useQuery,
  useWords,
} from "@simpul/doors/web";
import type { Phase, SpaceHead } from "../contract.ts";
import { useCodes } from "./data.ts";

export const tones: Readonly<Record<Phase, "good" | "waiting" | "plain">> = {
  ...{
    draft: "plain",
    proposed: "waiting",
    open: "good",
    suspended: "waiting",
    ended: "waiting",
    purged: "plain",
  },
  archived: "plain",
};

export function Page(): ReactNode {
  const { say } = useWords();
  useLive(["joint"]);
  const codes = useCodes();
  const query = useQuery({
    queryKey: ["joint"],
    queryFn: ({ signal }) => api.get<{ spaces: SpaceHead[] }>("/api/joint", { signal }),
  });
  const drafts = codes.data?.drafts === true;
  const act = drafts ? { act: <LinkButton to="/joint/new">{say("joint.new")}</LinkButton> } : {};
  return (
    <>
      <PageHead title={say("joint.room")} {...act} />
      <Awaited query={query}>
        {({ spaces }) =>
          spaces.length === 0 ? (
            <Empty title={say("joint.none")}>{say(drafts ? "joint.none.drafts" : "joint.none.waits")}</Empty>
          ) : (
            <Stack maw="46rem">
              <Spaces of={spaces.filter((one) => one.phase !== "archived")} />
              <Archive of={spaces.filter((one) => one.phase === "archived")} />
            </Stack>
          )
        }
      </Awaited>
    </>
  );
}

function Spaces({ of }: { of: readonly SpaceHead[] }): ReactNode {
  return (
    <Stack component="ul" gap="sm" p={0} m={0} style={{ listStyle: "none" }}>
      {of.map((one) => (
        <li key={one.id}>
          <Space of={one} />
        </li>
      ))}
    </Stack>
  );
}

/** Wound down and evaluated: out of the daily list, and still to be read. */
function Archive({ of }: { of: readonly SpaceHead[] }): ReactNode {
  const { say } = useWords();
  if (of.length === 0) return null;
  return (
    <details>
      <summary>{say("joint.archive", { count: of.length })}</summary>
      <Spaces of={of} />
    </details>
  );
}

function Space({ of }: { of: SpaceHead }): ReactNode {
  const { say, state, list, date } = useWords();
  return (
    <Card withBorder>
      <Stack gap={4}>
        <Group justify="space-between" gap="xs">
          <Title order={2} size="h5">
            <Link to={`/joint/${of.id}`}>{of.title === "" ? say("joint.untitled") : of.title}</Link>
          </Title>
          <Group gap="xs">
            {of.asksUs && <StateTag tone="waiting">{say("joint.asksUs")}</StateTag>}
            <StateTag tone={tones[of.phase]}>{say(`joint.phase.${of.phase}`)}</StateTag>
          </Group>
        </Group>
        <Text size="sm">{list(of.parties.map((one) => state(one)))}</Text>
        <Text size="sm" c="dimmed">
          {say("joint.until", { day: date(`${of.until}T12:00:00Z`) })} ·{" "}
          {say("joint.count", { count: of.things })}
        </Text>
      </Stack>
    </Card>
  );
}
