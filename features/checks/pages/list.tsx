// Checks that were asked, newest first, with how each state stands now.
import { Group } from "@mantine/core";
import type { ReactNode } from "react";
import {
  DataTable,
  Empty,
  Link,
  LinkButton,
  PageHead,
  TimeText,
  api,
  useLive,
  useMay,
  useWords,
} from "@simpul/doors/web";
import type { CheckHead } from "../contract.ts";
import { CheckTag, Who, type Listed, type Named } from "./data.tsx";
import { watches } from "./rights.ts";

type Row = Named<CheckHead>;

export function Page(): ReactNode {
  const { say, state, number, list } = useWords();
  const watching = useMay(watches);
  useLive(["check"]);
  const statesOf = (row: Row): string => list(row.states.map((one) => state(one.node)));
  return (
    <>
      <PageHead
        title={say("checks.room")}
        {...(watching && {
          act: (
            <LinkButton to="/check/answered" variant="default">
              {say("checks.answered.title")}
            </LinkButton>
          ),
        })}
      />
      <DataTable<Row>
        name="checks"
        label={say("checks.list.title")}
        topic="check"
        load={async (query, signal) => {
          const answer = await api.get<Listed>("/api/checks", {
            signal,
            query: {
              case: new URLSearchParams(window.location.search).get("case"),
              cursor: query.after,
              limit: query.size,
            },
          });
          return { rows: answer.checks.map((one) => ({ ...one, names: answer.names })), next: answer.next };
        }}
        depends={[new URLSearchParams(window.location.search).get("case")]}
        rowId={(row) => row.id}
        rowName={(row) => row.case.number}
        to={(row) => `/check/${row.id}`}
        columns={[
          {
            id: "case",
            label: say("checks.case"),
            main: true,
            cell: (row) => (
              <Link to={`/check/${row.id}`}>
                {row.case.number === ""
                  ? say("checks.case.hidden")
                  : `${row.case.number} · ${row.case.title}`}
              </Link>
            ),
            text: (row) => row.case.number,
          },
          {
            id: "hits",
            label: say("checks.hits"),
            cell: (row) =>
              row.hits > 0 ? (
                <strong>{say("checks.hits.of", { hits: row.hits, count: row.selectors })}</strong>
              ) : (
                say("checks.hits.of", { hits: 0, count: row.selectors })
              ),
            text: (row) => number(row.hits),
          },
          { id: "states", label: say("checks.states"), cell: statesOf, text: statesOf },
          {
            id: "state",
            label: say("checks.stands"),
            cell: (row) => <CheckTag of={row} />,
            text: (row) => say(`checks.state.${row.state}`),
          },
          {
            id: "officer",
            label: say("checks.officer"),
            cell: (row) => <Who id={row.officer} names={row.names} />,
            text: (row) => row.names.officers[row.officer]?.name ?? row.officer,
          },
          {
            id: "asked",
            label: say("checks.askedAt"),
            cell: (row) => <TimeText at={row.askedAt} ago />,
            text: (row) => row.askedAt,
          },
        ]}
        empty={
          <Empty
            title={say("checks.empty.title")}
            act={
              <Group>
                <LinkButton to="/cases">{say("checks.empty.act")}</LinkButton>
              </Group>
            }
          >
            {say("checks.empty.text")}
          </Empty>
        }
      />
    </>
  );
}
