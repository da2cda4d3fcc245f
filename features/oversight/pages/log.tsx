// Who did and read what, newest first: filters in the address, a look beside with the proof, CSV, print.
import { Button, Text } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  DataTable,
  Empty,
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
import type { LogEntry, LogPage } from "../contract.ts";
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
  const whyColumn: Column<LogEntry> = {
    id: "why",
    label: say("oversight.column.why"),
    cell: (entry) => <Text size="sm">{why(entry).join(" ")}</Text>,
    text: (entry) => why(entry).join(" "),
  };
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
      <DataTable<LogEntry>
        name="oversight"
        label={say("oversight.log.label")}
        topic="oversight"
        pageSize={100}
        depends={[ask]}
        load={async (query, signal) => {
          const page = await api.get<LogPage>("/api/oversight/log", {
            signal,
            query: { ...ask, before: query.after === "" ? undefined : query.after, limit: query.size },
          });
          return { rows: page.entries, next: page.next };
        }}
        rowId={(entry) => `${entry.log}/${entry.id}`}
        rowName={(entry) => `${who(entry)} · ${what(entry)}`}
        to={(entry) =>
          `/oversight/entries/${entry.log}/${entry.id}${back === "" ? "" : `?back=${encodeURIComponent(back)}`}`
        }
        peek={(entry) => <EntryBeside entry={entry} />}
        aside={<AllAsCsv ask={ask} />}
        columns={[
          {
            id: "at",
            label: say("oversight.column.at"),
            cell: (entry) => <TimeText at={entry.at} />,
            text: (entry) => entry.at,
          },
          {
            id: "who",
            label: say("oversight.column.who"),
            cell: (entry) => (
              <div className="s-least">
                <Who entry={entry} />
              </div>
            ),
            text: who,
          },
          {
            id: "what",
            label: say("oversight.column.what"),
            cell: (entry) => (
              <>
                {what(entry)} {entry.log === "reads" && <StateTag>{say("oversight.log.reads")}</StateTag>}
              </>
            ),
            text: what,
            main: true,
          },
          {
            id: "case",
            label: say("oversight.column.case"),
            cell: (entry) => entry.case?.number ?? "",
            text: (entry) => entry.case?.number ?? "",
          },
          // What stands beside says why at length.
          ...(values["row"] === undefined ? [whyColumn] : []),
          {
            id: "purpose",
            label: say("oversight.column.purpose"),
            cell: (entry) => say(`purpose.${entry.purpose}`),
            text: (entry) => entry.purpose,
            rare: true,
          },
          {
            id: "place",
            label: say("oversight.column.place"),
            cell: (entry) => entry.index ?? "…",
            text: (entry) => String(entry.index ?? ""),
            numeric: true,
            rare: true,
          },
        ]}
        empty={<Empty title={say("oversight.empty.title")}>{say("oversight.empty.text")}</Empty>}
      />
    </>
  );
}

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
