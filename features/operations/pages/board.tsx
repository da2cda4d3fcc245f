// The board of the day, made for a phone in the field: sums, how each site stands, what happened, and a line written with a thumb.
import { Button, Card, Group, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  api,
  Awaited,
  PageHead,
  StateTag,
  useLive,
  useParam,
  useQuery,
  useQueryClient,
  useWords,
} from "@simpul/doors/web";
import type { Id } from "@simpul/model";
import { counted, type BoardView, type SiteStatus, type Tally } from "../contract.ts";
import { Line } from "./line.tsx";
import { useKeptLines } from "./offline.ts";
import { RecallButton } from "./acts.tsx";
import { StateOf, WallTime, WindowTable } from "./parts.tsx";
import "./operations.css";

export function Page(): ReactNode {
  const id = useParam("id");
  const { say } = useWords();
  useLive(["operation"]);
  const query = useQuery({
    queryKey: ["operation", id, "board"],
    queryFn: ({ signal }) => api.get<BoardView>(`/api/operations/${id}/board`, { signal }),
  });
  return (
    <Awaited query={query} back="/operations">
      {(view) => (
        <>
          <PageHead
            title={say("operations.board")}
            back={{ to: `/operations/${id}`, label: view.operation.title }}
            marks={<StateOf state={view.operation.state} />}
          />
          <Board view={view} />
        </>
      )}
    </Awaited>
  );
}

function TallyOf({ of, small = false }: { of: Tally; small?: boolean }): ReactNode {
  const { say, number } = useWords();
  return (
    <dl className="op-tally" data-small={small}>
      {counted.map((one) => (
        <div key={one}>
          <dt>{say(`operations.tally.${one}`)}</dt>
          <dd>{number(of[one])}</dd>
        </div>
      ))}
    </dl>
  );
}

const tones: Partial<Record<SiteStatus, "good" | "bad" | "accent">> = {
  ...{ entered: "accent", secured: "good", "people-out": "good", trouble: "bad" },
};

function Board({ view }: { view: BoardView }): ReactNode {
  const { say, state } = useWords();
  const queries = useQueryClient();
  const { operation } = view;
  const lines = useKeptLines(operation.id);
  // Null while nothing is written; the empty text is the operation as a whole.
  const [at, setAt] = useState<Id | "" | null>(null);
  const writes = view.may.includes("enter");
  const own = view.sites.filter((site) => site.node === view.own);
  const waiting = lines.waiting.filter((one) => one.refused === null).length;
  return (
    <Stack gap="md" maw="46rem">
      <div>
        <TallyOf of={view.total} />
        <Text size="sm" role="status" fw={600}>
          {waiting > 0 ? say("operations.entry.waiting", { count: waiting }) : ""}
        </Text>
      </div>
      <Refusals lines={lines} />
      {view.sites.map((site) => (
        <Card withBorder key={site.id} component="article" aria-label={site.label} padding="sm">
          <Group justify="space-between" wrap="nowrap" align="flex-start">
            <Stack gap={4}>
              <Group gap="xs">
                <Text fw={600}>{site.label}</Text>
                <StateTag tone={tones[site.status] ?? "plain"}>
                  {say(`operations.status.${site.status}`)}
                </StateTag>
              </Group>
              <Text size="sm" c="dimmed">
                {state(site.node)}
                {site.last !== null && (
                  <>
                    , <WallTime at={site.last} state={view.own} />
                  </>
                )}
              </Text>
            </Stack>
            {writes && site.node === view.own && (
              <Button
                variant="default"
                className="s-noprint op-still"
                onClick={() => setAt(site.id)}
                aria-label={say("operations.entry.at", { site: site.label })}
              >
                {say("operations.entry.write")}
              </Button>
            )}
          </Group>
          <TallyOf of={site.tally} small />
        </Card>
      ))}
      {!writes && operation.state !== "reported" && (
        <>
          <Text>
            {say(
              operation.state === "recalled" ? "operations.state.recalled" : "operations.entry.notRunning",
            )}
          </Text>
          <WindowTable of={operation} />
        </>
      )}
      <div className="s-acts op-acts s-noprint" hidden={view.may.length === 0}>
        {writes && (
          <Button onClick={() => setAt(own.length === 1 ? own[0]!.id : "")}>
            {say("operations.entry.new")}
          </Button>
        )}
        {view.may.includes("recall") && (
          <RecallButton
            view={operation}
            others={operation.parties.filter((party) => party !== view.own).map(state)}
            onLeave={async (reason) => {
              await api.post(`/api/operations/${operation.id}/recall`, { reason });
              await queries.invalidateQueries({ queryKey: ["operation"] });
            }}
          />
        )}
      </div>
      <Happened view={view} />
      {at !== null && <Line sites={own} at={at} add={lines.add} close={() => setAt(null)} />}
    </Stack>
  );
}

/** Lines that the node did not take: she reads why, and what she wrote. */
function Refusals({ lines }: { lines: ReturnType<typeof useKeptLines> }): ReactNode {
  const { say, sayOne } = useWords();
  return lines.waiting
    .filter((one) => one.refused !== null)
    .map((one) => (
      <Group key={one.id} gap="xs" role="alert">
        <Text size="sm">
          {say("operations.entry.dropped", { why: sayOne([`problem.${one.refused!}`]) ?? one.refused! })}{" "}
          {one.text}
        </Text>
        <Button size="compact-sm" variant="default" onClick={() => lines.drop(one.id)}>
          {say("operations.entry.drop")}
        </Button>
      </Group>
    ));
}

function Happened({ view }: { view: BoardView }): ReactNode {
  const { say, state, number } = useWords();
  return (
    <section aria-labelledby="operations-entries">
      <Title order={2} size="h5" id="operations-entries">
        {say("operations.entries")}
      </Title>
      {view.entries.length === 0 && <Text c="dimmed">{say("operations.entries.none")}</Text>}
      <ul className="op-entries">
        {view.entries.map((one) => {
          const site = view.sites.find((each) => each.id === one.site);
          const counts = counted.filter((each) => one.counts[each] !== 0);
          return (
            <li key={one.id}>
              <Group gap="xs">
                <WallTime at={one.at} state={view.own} />
                {one.status !== null && (
                  <StateTag tone={tones[one.status] ?? "plain"}>
                    {say(`operations.status.${one.status}`)}
                  </StateTag>
                )}
              </Group>
              <Text size="sm" c="dimmed">
                {[site?.label, one.by ?? state(one.node)].filter((part) => part !== undefined).join(" · ")}
              </Text>
              {counts.length > 0 && (
                <Text size="sm">
                  {counts
                    .map((each) => `${say(`operations.tally.${each}`)}: ${number(one.counts[each])}`)
                    .join(" · ")}
                </Text>
              )}
              {one.text !== "" && <Text>{one.text}</Text>}
              {one.clockOff && (
                <Text size="sm" c="dimmed">
                  {say("operations.entry.clockOff")}
                </Text>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
