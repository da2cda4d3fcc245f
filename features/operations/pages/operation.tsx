// One operation: how it stands, what is missing for this state's go, who said what; its parts on tabs, the next act at hand.
import { Group, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import {
  api,
  Awaited,
  Link,
  PageHead,
  StateTag,
  Tabs,
  useAddressValue,
  useLive,
  useParam,
  useQuery,
  useWords,
} from "@simpul/doors/web";
import type { Hindrance, OperationView } from "../contract.ts";
import { Acts } from "./acts.tsx";
import { Compare, People, Risks } from "./others.tsx";
import { StateOf, useActs, WallTime, WindowTable } from "./parts.tsx";
import { PlanPart } from "./plan-part.tsx";
import { Refs } from "./refs.tsx";
import { ReceptionPart } from "./reception.tsx";
import { Sites } from "./sites.tsx";
import "./operations.css";

export function Page(): ReactNode {
  const id = useParam("id");
  const { say } = useWords();
  useLive(["operation"]);
  const query = useQuery({
    queryKey: ["operation", id],
    queryFn: ({ signal }) => api.get<OperationView>(`/api/operations/${id}`, { signal }),
  });
  return (
    <Awaited query={query} back="/operations">
      {(view) => (
        <>
          <PageHead
            title={view.title}
            windowTitle={say("operations.room")}
            back={{ to: "/operations", label: say("operations.room") }}
            marks={<StateOf state={view.state} />}
          />
          <Whole view={view} />
        </>
      )}
    </Awaited>
  );
}

function Whole({ view }: { view: OperationView }): ReactNode {
  const { say, state } = useWords();
  const acting = useActs(view.id);
  const [tab] = useAddressValue("tab", "plan");
  const open = view.may.includes("change");
  // A go is about these sites and numbers: others act on it, so a no-go comes first.
  const fixed = view.votes.some((vote) => vote.node === view.own && vote.go);
  const of = { view, acting, open };
  const firm = { ...of, open: open && !fixed };
  const parts = [
    ["plan", <PlanPart key="plan" view={view} />],
    ["sites", <Sites key="sites" {...firm} />],
    ["reception", <ReceptionPart key="reception" {...of} />],
    ["compare", <Compare key="compare" {...of} />],
    ["risks", <Risks key="risks" {...of} />],
    ["refs", <Refs key="refs" {...firm} />],
    ["people", <People key="people" {...of} />],
  ] as const;
  return (
    <Stack gap="md" maw="60rem">
      {view.recalled !== null && view.sentAt !== null && (
        <Text role="alert" fw={700} className="s-error">
          {say("operations.recalledBy", { state: state(view.recalled.by) })}: {view.recalled.reason},{" "}
          <WallTime at={view.recalled.at} state={view.own} />
        </Text>
      )}
      <WindowTable of={view} />
      {view.sentAt !== null && <Votes view={view} />}
      {open && view.hindrances.length > 0 && <Missing view={view} />}
      {open && fixed && <Text size="sm">{say("operations.fixed")}</Text>}
      <Acts view={view} acting={acting} near={tab !== "reception"} />
      <Tabs
        label={view.title}
        tabs={parts.map(([id, body]) => ({ id, label: say(`operations.tab.${id}`), body }))}
      />
    </Stack>
  );
}

/** On which side of it each is mended; what is not named is nobody's to mend here. */
const mendedOn: Partial<Record<Hindrance, string>> = {
  ...{
    "no-site": "sites",
    "no-authority": "sites",
    "authority-expired": "sites",
    "authority-later": "sites",
  },
  ...{ "no-command": "sites", "no-team": "sites", "no-reception": "reception" },
  ...{ "target-over": "refs", "not-compared": "compare", "not-cleared": "compare" },
};

/** What stands between this state and its go; each leads to where it is mended. */
function Missing({ view }: { view: OperationView }): ReactNode {
  const { say } = useWords();
  const planned = view.own === view.lead && view.state === "draft";
  return (
    <section aria-labelledby="operations-missing">
      <Title order={2} size="h5" id="operations-missing">
        {say("operations.missing")}
      </Title>
      <ul className="op-missing">
        {view.hindrances.map((one) => {
          const tab = mendedOn[one];
          const word = say(`operations.hindrance.${one}`);
          const to =
            tab !== undefined
              ? `/operations/${view.id}?tab=${tab}`
              : planned && one !== "not-sent"
                ? `/operations/${view.id}/change`
                : null;
          return <li key={one}>{to === null ? word : <Link to={to}>{word}</Link>}</li>;
        })}
      </ul>
    </section>
  );
}

function Votes({ view }: { view: OperationView }): ReactNode {
  const { say, state } = useWords();
  return (
    <Group gap="xs" aria-label={say("operations.votes")} role="group">
      {view.parties.map((party) => {
        const vote = view.votes.find((one) => one.node === party);
        const word = vote === undefined ? "unsaid" : vote.go ? "go" : "nogo";
        return (
          <Group key={party} gap={4}>
            <StateTag tone={vote === undefined ? "waiting" : vote.go ? "good" : "bad"}>
              {state(party)}: {say(`operations.${word}`)}
            </StateTag>
            {vote !== undefined && vote.reason !== "" && <Text size="sm">{vote.reason}</Text>}
          </Group>
        );
      })}
    </Group>
  );
}
