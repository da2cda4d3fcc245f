// The list of cases: filters that stand in the address, keys, a look beside, the first act.
import { Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import {
  DataTable,
  Empty,
  Link,
  LinkButton,
  PageHead,
  StateTag,
  TimeText,
  api,
  useLive,
  useQuery,
  useWords,
} from "@simpul/doors/web";
import type { CaseHead, CaseView } from "../contract.ts";
import { useCodes } from "./data.tsx";
import type { Listed, Named } from "./data.tsx";
import { DeskName, Who } from "./parts.tsx";

type Row = Named<CaseHead>;

export function Page(): ReactNode {
  const { say } = useWords();
  const codes = useCodes();
  useLive(["case"]);
  const first = <LinkButton to="/cases/new">{say("cases.new.title")}</LinkButton>;
  return (
    <>
      <PageHead title={say("cases.room")} act={first} />
      <DataTable<Row>
        name="cases"
        label={say("cases.list.label")}
        topic="case"
        searchable
        load={async (query, signal) => {
          const answer = await api.get<Listed>("/api/cases", {
            signal,
            query: {
              q: query.text,
              state: query.filters["state"],
              crimeType: query.filters["crimeType"],
              mine: query.filters["mine"],
              selector: new URLSearchParams(window.location.search).get("selector"),
              cursor: query.after,
              limit: query.size,
            },
          });
          return { rows: answer.cases.map((one) => ({ ...one, names: answer.names })), next: answer.next };
        }}
        depends={[new URLSearchParams(window.location.search).get("selector")]}
        rowId={(row) => row.id}
        rowName={(row) => row.number}
        to={(row) => `/cases/${row.number}`}
        peek={(row) => <Peek row={row} />}
        filters={[
          {
            id: "mine",
            label: say("cases.list.whose"),
            choices: [{ value: "true", label: say("cases.list.mine") }],
          },
          {
            id: "state",
            label: say("cases.state"),
            choices: ["open", "suspended", "closed"].map((one) => ({
              value: one,
              label: say(`cases.state.${one}`),
            })),
          },
          {
            id: "crimeType",
            label: say("cases.field.crimeType"),
            choices: (codes.data?.crimeTypes.types ?? []).map((one) => ({
              value: one.code,
              label: say(`cases.crime.${one.code}`),
            })),
          },
        ]}
        columns={[
          {
            id: "number",
            label: say("cases.number"),
            cell: (row) => (
              <Link to={`/cases/${row.number}`} quiet>
                <span className="s-whole">{row.number}</span>
              </Link>
            ),
            text: (row) => row.number,
          },
          {
            id: "title",
            label: say("cases.field.title"),
            cell: (row) => row.title,
            text: (row) => row.title,
            main: true,
          },
          {
            id: "crimeType",
            label: say("cases.field.crimeType"),
            cell: (row) => say(`cases.crime.${row.crimeType}`),
            text: (row) => row.crimeType,
          },
          {
            id: "desk",
            label: say("cases.desk"),
            cell: (row) => <DeskName id={row.desk} names={row.names} />,
          },
          {
            id: "state",
            label: say("cases.state"),
            cell: (row) => <States of={row} />,
            text: (row) => row.state,
          },
          {
            id: "changed",
            label: say("cases.changedAt"),
            cell: (row) => <TimeText at={row.changedAt} ago />,
            text: (row) => row.changedAt,
          },
        ]}
        empty={
          <Empty title={say("cases.empty.title")} act={first}>
            {say("cases.empty.text")}
          </Empty>
        }
      />
      <p className="s-noprint">
        <Link to="/emergencies">{say("cases.emergency.title")}</Link>
      </p>
    </>
  );
}

/** Open, suspended, closed; and covert, in a word. */
export function States({ of }: { of: Pick<CaseHead, "state" | "covert" | "stateReason"> }): ReactNode {
  const { say } = useWords();
  return (
    <>
      <StateTag tone={of.state === "open" ? "good" : of.state === "suspended" ? "waiting" : "plain"}>
        {say(`cases.state.${of.state}`)}
      </StateTag>
      {of.covert && <StateTag tone="accent">{say("cases.covert")}</StateTag>}
    </>
  );
}

function Peek({ row }: { row: Row }): ReactNode {
  const { say } = useWords();
  const { data } = useQuery({
    queryKey: ["case", row.number],
    queryFn: ({ signal }) => api.get<Named<CaseView>>(`/api/cases/${row.number}`, { signal }),
  });
  return (
    <Stack gap="xs">
      <Text fw={600}>{row.title}</Text>
      <Text size="sm">{say(`cases.crime.${row.crimeType}`)}</Text>
      <States of={row} />
      {data && (
        <>
          <Text size="sm" lang={data.summaryLanguage ?? undefined} style={{ whiteSpace: "pre-wrap" }}>
            {data.summary}
          </Text>
          <Text size="sm">
            {say("cases.holds", {
              subjects: data.holds.subject,
              selectors: data.holds.selector,
              places: data.holds.place,
              events: data.holds.event,
              tasks: data.holds.task,
            })}
          </Text>
          <Text size="sm" component="div">
            {data.team.map((member) => (
              <div key={member.officer}>
                <Who id={member.officer} names={data.names} /> · {say(`cases.team.${member.role}`)}
              </div>
            ))}
          </Text>
        </>
      )}
    </Stack>
  );
}
