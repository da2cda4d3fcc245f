// One review: the same page for everybody and about everybody; below it, for a prosecutor with her key open, what follows.
import { Button, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  Awaited,
  Link,
  PageHead,
  Problem,
  api,
  useLive,
  useParam,
  useQuery,
  useQueryClient,
  useSession,
  useWords,
} from "@simpul/doors/web";
import type { ReviewView } from "../contract.ts";
import { Standing } from "../contract/standing.tsx";
import { Known, Said, nameOf } from "./parts.tsx";
import { Ruled } from "./ruled.tsx";
import { Handed } from "./statement.tsx";

type View = ReviewView & { names: Record<string, string> };

export function Page(): ReactNode {
  const id = useParam("id");
  useLive(["review"]);
  const query = useQuery({
    queryKey: ["review", id],
    queryFn: ({ signal }) => api.get<View>(`/api/reviews/${id}`, { signal }),
  });
  return (
    <Awaited query={query} back="/reviews">
      {(view) => <One view={view} />}
    </Awaited>
  );
}

function One({ view }: { view: View }): ReactNode {
  const { say, time } = useWords();
  const { officer } = useSession();
  const prosecutes = officer.agency.kind === "prosecutor";
  const queries = useQueryClient();
  const [fault, setFault] = useState<unknown>(null);
  const withdraw = (): void =>
    void api
      .post(`/api/reviews/${view.id}/withdraw`)
      .then(() => queries.invalidateQueries({ queryKey: ["review"] }))
      .catch(setFault);
  return (
    <>
      <PageHead
        title={<bdi>{nameOf(view.person)}</bdi>}
        windowTitle={say("reviews.one")}
        back={{ to: "/reviews", label: say("reviews.room") }}
        marks={<Standing of={view} />}
      />
      <Stack gap="md" maw="44rem">
        {(view.state !== "with-prosecutor" || !prosecutes) && view.handedAt === null && (
          <Said>{say(`reviews.state.${view.state}.text`, { time: time(view.dueAt) })}</Said>
        )}
        <Text component="div">
          <strong>{say(`reviews.kind.${view.kind}`)}</strong>
          {view.case !== null && (
            <>
              {" · "}
              <Link to={`/cases/${view.case.number}`}>{view.case.number}</Link>
            </>
          )}
        </Text>
        <Known of={view.person} />
        <Said>
          {view.reason}
          <Text size="sm" c="dimmed">
            {view.names[view.officer] ?? "–"} · {time(view.openedAt)}
          </Text>
        </Said>
        <Stack gap={4}>
          <Title order={2} size="h5">
            {say("reviews.law")}
          </Title>
          <Said>
            {view.law.basis}
            {view.law.standing === "to-be-confirmed" && ` (${say("reviews.toBeConfirmed")})`}
          </Said>
        </Stack>
        {view.handedAt !== null && <Handed view={view} at={view.handedAt} />}
        {fault !== null && <Problem fault={fault} />}
        {view.may.includes("withdraw") && (
          <div>
            <Button variant="default" onClick={withdraw}>
              {say("reviews.withdraw")}
            </Button>
          </div>
        )}
        {prosecutes && <Ruled view={view} />}
      </Stack>
    </>
  );
}
