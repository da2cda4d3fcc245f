// The board of the day, made for a phone in the field: sums, how each site stands, what happened; a line is written at the bottom.
import { Button, Card, Group, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  api,
  Awaited,
  ChoiceField,
  LongTextField,
  NumberField,
  PageHead,
  StateTag,
  TimeText,
  useLive,
  useParam,
  useQuery,
  useQueryClient,
  useWords,
} from "@simpul/doors/web";
import type { Id } from "@simpul/model";
import { counted, siteStatuses, type BoardView, type SiteStatus, type Tally } from "../contract.ts";
import { useKeptLines } from "./offline.ts";
import { RecallButton } from "./operation.tsx";
import { StateOf, WindowTable } from "./parts.tsx";
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

function TallyOf({ of }: { of: Tally }): ReactNode {
  const { say, number } = useWords();
  return (
    <dl className="op-tally">
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
  const others = operation.parties.filter((party) => party !== view.own).map(state);
  return (
    <Stack gap="md" maw="46rem">
      <TallyOf of={view.total} />
      {view.sites.map((site) => (
        <Card withBorder key={site.id} component="article" aria-label={site.label} padding="sm">
          <Group gap="xs">
            <Text fw={600}>{site.label}</Text>
            <StateTag tone={tones[site.status] ?? "plain"}>
              {say(`operations.status.${site.status}`)}
            </StateTag>
            <Text size="sm" c="dimmed">
              {state(site.node)}
              {site.last !== null && (
                <>
                  , <TimeText at={site.last} other={site.node} ago />
                </>
              )}
            </Text>
          </Group>
          <TallyOf of={site.tally} />
        </Card>
      ))}
      {view.may.includes("enter") ? (
        <Write view={view} />
      ) : (
        <>
          <Text>{say("operations.entry.notRunning")}</Text>
          <WindowTable of={operation} />
        </>
      )}
      <Happened view={view} />
      {view.may.includes("recall") && (
        <Group className="s-noprint">
          <RecallButton
            view={operation}
            others={others}
            onLeave={async (reason) => {
              await api.post(`/api/operations/${operation.id}/recall`, { reason });
              await queries.invalidateQueries({ queryKey: ["operation"] });
            }}
          />
        </Group>
      )}
    </Stack>
  );
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
                <TimeText at={one.at} other={one.node} />
                <Text size="sm">{one.by ?? state(one.node)}</Text>
                {site !== undefined && <Text size="sm">{site.label}</Text>}
                {one.status !== null && <StateTag>{say(`operations.status.${one.status}`)}</StateTag>}
              </Group>
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

const blank = { status: null as SiteStatus | null, checks: null, met: null, items: null, text: "" } as {
  status: SiteStatus | null;
  checks: number | null;
  met: number | null;
  items: number | null;
  text: string;
};

function Write({ view }: { view: BoardView }): ReactNode {
  const { say, sayOne } = useWords();
  const lines = useKeptLines(view.operation.id);
  const own = view.sites.filter((site) => site.node === view.own);
  const [site, setSite] = useState<string>(own[0]?.id ?? "");
  const [said, setSaid] = useState(blank);
  const set = (to: Partial<typeof blank>): void => setSaid((before) => ({ ...before, ...to }));
  const empty =
    said.status === null && said.text.trim() === "" && counted.every((one) => (said[one] ?? 0) === 0);
  const open = lines.waiting.filter((one) => one.refused === null).length;
  function write(): void {
    lines.add({
      ...{
        id: crypto.randomUUID() as Id,
        site: site === "" ? null : (site as Id),
        at: new Date().toISOString(),
      },
      ...{ status: site === "" ? null : said.status, text: said.text.trim() },
      counts: { checks: said.checks ?? 0, met: said.met ?? 0, items: said.items ?? 0 },
    });
    setSaid(blank);
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        write();
      }}
    >
      <Stack gap="sm">
        <ChoiceField
          label={say("operations.entry.site")}
          required
          value={site === "" ? "whole" : site}
          choices={[
            ...own.map(({ id, label }) => ({ value: id as string, label })),
            { value: "whole", label: say("operations.entry.whole") },
          ]}
          onChange={(to) => setSite(to === "whole" || to === null ? "" : to)}
        />
        {site !== "" && (
          <ChoiceField
            label={say("operations.entry.status")}
            value={said.status}
            choices={siteStatuses.map((value) => ({ value, label: say(`operations.status.${value}`) }))}
            onChange={(to) => set({ status: to as SiteStatus | null })}
          />
        )}
        <div className="op-tally">
          {counted.map((one) => (
            <NumberField
              key={one}
              label={say(`operations.tally.${one}`)}
              min={-9999}
              max={9999}
              value={said[one]}
              onChange={(to) => set({ [one]: to === null ? null : Math.trunc(to) })}
            />
          ))}
        </div>
        <LongTextField
          label={say("operations.entry.text")}
          hint={say("operations.entry.hint")}
          rows={1}
          maxLength={500}
          value={said.text}
          onChange={(text) => set({ text })}
        />
        {lines.waiting
          .filter((one) => one.refused !== null)
          .map((one) => (
            <Group key={one.id} gap="xs" role="alert">
              <Text size="sm">
                {say("operations.entry.dropped", {
                  why: sayOne([`problem.${one.refused!}`]) ?? one.refused!,
                })}{" "}
                {one.text}
              </Text>
              <Button size="compact-sm" variant="default" onClick={() => lines.drop(one.id)}>
                {say("operations.entry.drop")}
              </Button>
            </Group>
          ))}
        <Text size="sm" role="status">
          {open > 0 ? say("operations.entry.waiting", { count: open }) : ""}
        </Text>
        <div className="s-acts">
          <Button type="submit" disabled={empty}>
            {say("operations.entry.write")}
          </Button>
        </div>
      </Stack>
    </form>
  );
}
