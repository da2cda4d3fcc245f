// One operation: how it stands, what is missing for this state's go, who said what; its parts on tabs, the next act at hand.
import { Button, Group, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import {
  api,
  Awaited,
  HandlingBadge,
  LeaveStateButton,
  LinkButton,
  PageHead,
  Problem,
  StateTag,
  Tabs,
  TimeText,
  useLive,
  useParam,
  useQuery,
  useWords,
} from "@simpul/doors/web";
import { Handling } from "@simpul/model";
import type { OperationView } from "../contract.ts";
import { Compare, People, Risks } from "./others.tsx";
import { StateOf, useActs, WindowTable, type Acting } from "./parts.tsx";
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
  const open = view.may.includes("change");
  const parts = [
    { id: "plan", label: say("operations.tab.plan"), body: <PlanPart view={view} /> },
    {
      id: "sites",
      label: say("operations.tab.sites"),
      body: <Sites view={view} acting={acting} open={open} />,
    },
    {
      id: "reception",
      label: say("operations.tab.reception"),
      body: <ReceptionPart view={view} acting={acting} open={open} />,
    },
    {
      id: "risks",
      label: say("operations.tab.risks"),
      body: <Risks view={view} acting={acting} open={open} />,
    },
    {
      id: "compare",
      label: say("operations.tab.compare"),
      body: <Compare view={view} acting={acting} open={open} />,
    },
    {
      id: "people",
      label: say("operations.tab.people"),
      body: <People view={view} acting={acting} open={open} />,
    },
  ];
  return (
    <Stack gap="md" maw="60rem">
      {view.recalled !== null && (
        <Text role="alert" fw={700} className="s-error">
          {say("operations.recalledBy", { state: state(view.recalled.by) })}: {view.recalled.reason},{" "}
          <TimeText at={view.recalled.at} />
        </Text>
      )}
      <WindowTable of={view} />
      <Votes view={view} />
      {open && view.hindrances.length > 0 && (
        <section aria-labelledby="operations-missing">
          <Title order={2} size="h5" id="operations-missing">
            {say("operations.missing")}
          </Title>
          <ul className="op-missing">
            {view.hindrances.map((one) => (
              <li key={one}>{say(`operations.hindrance.${one}`)}</li>
            ))}
          </ul>
        </section>
      )}
      <Acts view={view} acting={acting} />
      <Tabs label={view.title} tabs={parts} />
    </Stack>
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

/** What everybody who takes part may do with it: keep it, and ask before it is used elsewhere. */
const marked = <HandlingBadge handling={Handling.usual} />;

/** The next act first; what leaves the state shows what they will see. */
function Acts({ view, acting }: { view: OperationView; acting: Acting }): ReactNode {
  const { say, state } = useWords();
  const may = (act: OperationView["may"][number]): boolean => view.may.includes(act);
  const others = view.parties.filter((party) => party !== view.own).map(state);
  async function leave(path: string, body: object): Promise<void> {
    await api.post(`/api/operations/${view.id}${path}`, body);
    await acting.refresh();
  }
  const sites = view.sites.filter((site) => site.node === view.own && site.state === view.own);
  return (
    <Stack gap="xs">
      {acting.fault !== null && <Problem fault={acting.fault} kept={say("operations.kept")} />}
      <Group gap="xs" className="s-acts s-noprint">
        {may("enter") && (
          <LinkButton to={`/operations/${view.id}/board`}>{say("operations.board")}</LinkButton>
        )}
        {(may("report") || view.reports.length > 0) && (
          <LinkButton to={`/operations/${view.id}/after`}>{say("operations.after")}</LinkButton>
        )}
        {may("send") && (
          <LeaveStateButton
            label={say("operations.send")}
            preview={<PlanPart view={view} />}
            recipients={others}
            codes={marked}
            approves={say("operations.send.approves")}
            reasonNeeded={false}
            onLeave={() => leave("/send", {})}
          />
        )}
        {may("vote") && (
          <>
            <LeaveStateButton
              label={say("operations.go")}
              disabled={view.hindrances.length > 0}
              preview={
                <ul className="op-plain">
                  {sites.map((site) => (
                    <li key={site.id}>
                      {[site.label, site.area, site.commander].filter((one) => one !== "").join(", ")}
                    </li>
                  ))}
                </ul>
              }
              recipients={others}
              codes={marked}
              approves={say("operations.vote.approves", { state: state(view.own) })}
              reasonNeeded={false}
              onLeave={() => leave("/vote", { go: true, reason: "" })}
            />
            <LeaveStateButton
              label={say("operations.nogo")}
              preview={say("operations.nogo")}
              recipients={others}
              codes={marked}
              approves={say("operations.vote.approves", { state: state(view.own) })}
              onLeave={(reason) => leave("/vote", { go: false, reason })}
            />
          </>
        )}
        {view.own === view.lead && view.state === "draft" && may("change") && (
          <LinkButton to={`/operations/${view.id}/change`} variant="default">
            {say("operations.change")}
          </LinkButton>
        )}
        {may("reopen") && (
          <Button
            variant="default"
            loading={acting.busy}
            title={say("operations.reopen.means")}
            onClick={() => void acting.run("post", "/reopen", {})}
          >
            {say("operations.reopen")}
          </Button>
        )}
        {may("recall") && (
          <RecallButton view={view} others={others} onLeave={(reason) => leave("/recall", { reason })} />
        )}
      </Group>
    </Stack>
  );
}

export function RecallButton({
  view,
  others,
  onLeave,
}: {
  view: Pick<OperationView, "title">;
  others: readonly string[];
  onLeave: (reason: string) => Promise<void>;
}): ReactNode {
  const { say } = useWords();
  return (
    <LeaveStateButton
      label={say("operations.recall")}
      preview={view.title}
      recipients={others}
      codes={marked}
      approves={say("operations.recall.approves")}
      onLeave={onLeave}
    />
  );
}

function PlanPart({ view }: { view: OperationView }): ReactNode {
  const { say, state, list } = useWords();
  const rows = [
    ["title", view.title],
    ["aim", view.aim],
    ["parties", list(view.parties.map(state))],
    ["fallback", view.fallback === "" ? "–" : view.fallback],
    [
      "hotspots",
      view.hotspots.map((one) => [one.name, one.area].filter(Boolean).join(", ")).join("; ") || "–",
    ],
  ] as const;
  return (
    <dl className="s-answers">
      {rows.map(([word, text]) => (
        <div key={word}>
          <dt>{say(`operations.${word}`)}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
}
