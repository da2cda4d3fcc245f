// Who did and read what, newest first: filters in the address, a look beside with the proof, CSV, print.
import { Button, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  DataTable,
  Empty,
  Link,
  PageHead,
  Problem,
  StateTag,
  TimeText,
  api,
  saveTable,
  useSession,
  useAddressValues,
  useWords,
} from "@simpul/doors/web";
import type { Column } from "@simpul/doors/web";
import type { EventPage, LogEntry, LogEvent, LogPage } from "../contract.ts";
import { EntryBeside } from "./entry-beside.tsx";
import { askFor, FilterBar, useFilters } from "./filters.tsx";
import { Sides } from "./sides.tsx";
import { useEntryWords, Who } from "./words.tsx";

export function Page(): ReactNode {
  const { say } = useWords();
  const { who, what, why } = useEntryWords();
  const [filters] = useFilters();
  const [values] = useAddressValues();
  const ask = askFor(filters);
  // The entry's page leads back to this very place.
  const { row: _row, ...place } = values;
  const back = new URLSearchParams(place).toString();
  const whyColumn: Column<LogEvent> = {
    id: "why",
    label: say("oversight.column.why"),
    cell: ({ entry }) => <Text size="sm">{why(entry).join(" ")}</Text>,
    text: ({ entry }) => why(entry).join(" "),
  };
  const did = (event: LogEvent): string =>
    event.what === null ? what(event.entry) : say(`oversight.event.${event.what}`);
  return (
    <>
      <PageHead
        title={say("oversight.log")}
        act={
          <Button variant="default" onClick={() => window.print()}>
            {say("oversight.print")}
          </Button>
        }
      />
      <Sides />
      <FilterBar />
      <DataTable<LogEvent>
        name="oversight"
        label={say("oversight.log.label")}
        topic="oversight"
        pageSize={100}
        depends={[ask]}
        load={async (query, signal) => {
          const page = await api.get<EventPage>("/api/oversight/events", {
            signal,
            query: { ...ask, before: query.after === "" ? undefined : query.after, limit: query.size },
          });
          return { rows: page.events, next: page.next };
        }}
        rowId={({ entry }) => `${entry.log}/${entry.id}`}
        rowName={(event) => `${who(event.entry)} · ${did(event)}`}
        to={({ entry }) =>
          `/oversight/entries/${entry.log}/${entry.id}${back === "" ? "" : `?back=${encodeURIComponent(back)}`}`
        }
        peek={(event) => (
          <>
            {event.count > 1 && <Reads of={event} />}
            <EntryBeside entry={event.entry} />
          </>
        )}
        aside={<AllAsCsv ask={ask} />}
        columns={[
          {
            id: "at",
            label: say("oversight.column.at"),
            cell: ({ entry }) => <TimeText at={entry.at} />,
            text: ({ entry }) => entry.at,
          },
          {
            id: "who",
            label: say("oversight.column.who"),
            cell: ({ entry }) => (
              <div className="s-least">
                <Who entry={entry} />
              </div>
            ),
            text: ({ entry }) => who(entry),
          },
          {
            id: "what",
            label: say("oversight.column.what"),
            cell: (event) => (
              <>
                {did(event)}{" "}
                {event.entry.log === "reads" && (
                  <StateTag>
                    {event.count === 1
                      ? say("oversight.log.reads")
                      : say("oversight.event.reads", { count: event.count })}
                  </StateTag>
                )}
              </>
            ),
            text: did,
            main: true,
          },
          {
            id: "case",
            label: say("oversight.column.case"),
            cell: ({ entry }) => entry.case?.number ?? "",
            text: ({ entry }) => entry.case?.number ?? "",
          },
          // What stands beside says why at length.
          ...(values["row"] === undefined ? [whyColumn] : []),
          {
            id: "purpose",
            label: say("oversight.column.purpose"),
            cell: ({ entry }) => say(`purpose.${entry.purpose}`),
            text: ({ entry }) => entry.purpose,
            rare: true,
          },
          {
            id: "place",
            label: say("oversight.column.place"),
            cell: ({ entry }) => entry.index ?? "…",
            text: ({ entry }) => String(entry.index ?? ""),
            numeric: true,
            rare: true,
          },
        ]}
        empty={<Empty title={say("oversight.empty.title")}>{say("oversight.empty.text")}</Empty>}
      />
    </>
  );
}

/** The single reads of a viewing session, each with its own place and proof. */
function Reads({ of }: { of: LogEvent }): ReactNode {
  const { say, time } = useWords();
  return (
    <Stack gap={4} mb="md">
      <Text size="sm">
        {say("oversight.event.from", { count: of.count, first: time(of.first), last: time(of.entry.at) })}
      </Text>
      <ol>
        {of.leaves.slice(0, shownLeaves).map((leaf) => (
          <li key={leaf.id}>
            <Link to={`/oversight/entries/${of.entry.log}/${leaf.id}`}>
              {say("oversight.event.leaf", { place: leaf.index ?? "…" })}
            </Link>
          </li>
        ))}
      </ol>
      {of.leaves.length > shownLeaves && (
        <Text size="sm" c="dimmed">
          {say("oversight.event.more", { count: of.leaves.length - shownLeaves })}
        </Text>
      )}
    </Stack>
  );
}
const shownLeaves = 40;

const most = 10_000;

/** Every entry that matches, not only this page; says so when it stops at ten thousand. */
function AllAsCsv({ ask }: { ask: Record<string, string | undefined> }): ReactNode {
  const { say, number } = useWords();
  const { node } = useSession();
  const { who, what, why } = useEntryWords();
  const [count, setCount] = useState<number | null>(null);
  const [cut, setCut] = useState(false);
  const [fault, setFault] = useState<unknown>(null);

  async function collect(): Promise<void> {
    const entries: LogEntry[] = [];
    let before: string | null = null;
    do {
      const page: LogPage = await api.get<LogPage>("/api/oversight/log", {
        query: { ...ask, before: before ?? undefined, limit: 500 },
      });
      entries.push(...page.entries);
      before = page.next;
      setCount(entries.length);
    } while (before !== null && entries.length < most);
    setCut(before !== null);
    const head = ["at", "who", "what", "case", "why", "purpose", "place"];
    const lines = entries.map((one) => [
      one.at,
      who(one),
      what(one),
      one.case?.number ?? "",
      why(one).join(" "),
      say(`purpose.${one.purpose}`),
      one.index === null ? "" : `${one.log} ${one.index}`,
    ]);
    const names = head.map((id) => say(`oversight.column.${id}`));
    saveTable("oversight-all", [names, ...lines], node.exercise ? say("web.exercise") : null);
  }
  const start = (): void => {
    setFault(null);
    setCount(0);
    collect()
      .catch(setFault)
      .finally(() => setCount(null));
  };
  return (
    <>
      <Button size="xs" variant="default" disabled={count !== null} onClick={start}>
        {count === null ? say("oversight.csv.all") : say("oversight.csv.working", { count: number(count) })}
      </Button>
      {cut && (
        <Text size="xs" role="status">
          {say("oversight.csv.cut", { count: number(most) })}
        </Text>
      )}
      {fault !== null && <Problem fault={fault} again={start} />}
    </>
  );
}
