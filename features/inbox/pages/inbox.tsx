// What waits for this officer and her desk: what presses most stands first, one click leads to where it is done.
import { Alert, Group, Stack } from "@mantine/core";
import { useEffect } from "react";
import type { ReactNode } from "react";
import {
  Awaited,
  DataTable,
  Empty,
  Link,
  PageHead,
  StateTag,
  TimeText,
  api,
  listenLive,
  useAddressValue,
  useQuery,
  useQueryClient,
  useWords,
} from "@simpul/doors/web";
import { inboxTopics, type InboxView } from "../contract.ts";
import { chosen } from "../rules.ts";
import { useEntryActs, type Row } from "./acts.tsx";
import { Clock, Peek } from "./entry.tsx";
import { useViews } from "./views.ts";

const topic = "inbox";

export function Page(): ReactNode {
  const { say } = useWords();
  const queries = useQueryClient();
  useEffect(
    () =>
      listenLive((change) => {
        if (["behind", ...inboxTopics].includes(change.topic))
          void queries.invalidateQueries({ queryKey: [topic, "view"] });
      }),
    [queries],
  );
  const query = useQuery({
    queryKey: [topic, "view"],
    queryFn: ({ signal }) => api.get<InboxView>("/api/inbox", { signal }),
  });
  return (
    <>
      <PageHead title={say("inbox.room")} />
      <Awaited query={query}>
        {({ entries, later, missing }) => (
          <Stack gap="md">
            {missing.map((one) => (
              <Alert
                key={one}
                variant="default"
                role="status"
                title={say("inbox.missing", { kind: say(`inbox.kind.${one}`) })}
              />
            ))}
            <Entries entries={entries} later={later} asked={query.dataUpdatedAt} />
          </Stack>
        )}
      </Awaited>
    </>
  );
}

/** The list; `asked` is when the node gave the entries, by which the table knows that they are new. */
function Entries({
  entries,
  later,
  asked,
}: {
  entries: readonly Row[];
  later: readonly Row[];
  asked: number;
}): ReactNode {
  const { acts, asking } = useEntryActs();
  const { say } = useWords();
  const views = useViews();
  const [kind] = useAddressValue("kind");
  const [caseNumber] = useAddressValue("case");
  // What is chosen stays a choice when nothing of it waits any more: a saved view may be empty today.
  const among = (values: readonly string[], now: string): string[] =>
    [...new Set([...values, now])].filter((one) => one !== "");
  return (
    <>
      {asking}
      <DataTable<Row>
        name="inbox"
        label={say("inbox.room")}
        topic={topic}
        load={(query) =>
          Promise.resolve({
            rows: chosen(query.filters["later"] === "yes" ? later : entries, query.filters, new Date()),
            next: null,
          })
        }
        depends={[asked]}
        rowId={(row) => `${row.kind} ${row.id}`}
        rowName={(row) => row.title}
        to={(row) => row.to}
        peek={(row) => <Peek entry={row} />}
        filters={[
          {
            id: "for",
            label: say("inbox.for"),
            choices: ["me", "desk"].map((one) => ({ value: one, label: say(`inbox.for.${one}`) })),
          },
          {
            id: "kind",
            label: say("inbox.kind"),
            choices: among(
              entries.map((one) => one.kind),
              kind,
            ).map((one) => ({ value: one, label: say(`inbox.kind.${one}`) })),
          },
          {
            id: "case",
            label: say("inbox.case"),
            choices: among(
              entries.map((one) => one.case?.number ?? ""),
              caseNumber,
            ).map((one) => ({ value: one, label: one })),
          },
          {
            id: "due",
            label: say("inbox.due"),
            choices: [{ value: "over", label: say("inbox.due.over") }],
          },
          {
            id: "later",
            label: say("inbox.later"),
            choices: [{ value: "yes", label: say("inbox.later.yes") }],
          },
        ]}
        columns={[
          {
            id: "title",
            label: say("inbox.title"),
            cell: (row) => (
              <Link to={row.to} quiet>
                {row.title}
              </Link>
            ),
            text: (row) => row.title,
            main: true,
          },
          {
            id: "kind",
            label: say("inbox.kind"),
            cell: (row) => (
              <Group gap="xs">
                <StateTag>{say(`inbox.kind.${row.kind}`)}</StateTag>
                {row.for === "desk" && <StateTag tone="waiting">{say("inbox.for.desk")}</StateTag>}
              </Group>
            ),
            text: (row) => say(`inbox.kind.${row.kind}`),
          },
          {
            id: "case",
            label: say("inbox.case"),
            cell: (row) => <span className="s-whole">{row.case?.number ?? "–"}</span>,
            text: (row) => row.case?.number ?? "",
          },
          {
            id: "due",
            label: say("inbox.due"),
            cell: (row) => <Clock entry={row} />,
            text: (row) => row.due ?? "",
          },
          {
            id: "since",
            label: say("inbox.since"),
            cell: (row) => <TimeText at={row.since} ago />,
            text: (row) => row.since,
          },
        ]}
        acts={acts}
        saved={views}
        empty={<Empty title={say("inbox.empty.title")}>{say("inbox.empty.text")}</Empty>}
      />
    </>
  );
}
