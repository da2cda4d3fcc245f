// The list of items that this officer sees.
import type { ReactNode } from "react";
import { DataTable, Empty, LinkButton, PageHead, TimeText, api, useLive, useWords } from "@simpul/doors/web";
import type { Item } from "../contract.ts";

export function Page(): ReactNode {
  const { say } = useWords();
  useLive(["item"]);
  const first = <LinkButton to="/evidence/take-in">{say("evidence.take-in")}</LinkButton>;
  return (
    <>
      <PageHead title={say("evidence.room")} act={first} />
      <DataTable<Item>
        name="evidence"
        label={say("evidence.room")}
        topic="item"
        searchable
        load={async (query, signal) => {
          const answer = await api.get<{ items: Item[]; next: string | null }>("/api/evidence/items", {
            signal,
            query: {
              text: query.text,
              loose: query.filters["loose"],
              cursor: query.after,
              limit: query.size,
            },
          });
          return { rows: answer.items, next: answer.next };
        }}
        rowId={(row) => row.id}
        rowName={(row) => row.fileName}
        to={(row) => `/evidence/${row.id}`}
        filters={[
          {
            id: "loose",
            label: say("evidence.case"),
            choices: [{ value: "true", label: say("evidence.loose") }],
          },
        ]}
        columns={[
          {
            id: "name",
            label: say("evidence.name"),
            cell: (row) => <a href={`/evidence/${row.id}`}>{row.fileName}</a>,
            text: (row) => row.fileName,
            main: true,
          },
          {
            id: "reading",
            label: say("evidence.reading"),
            cell: (row) =>
              row.reading.refusal === null
                ? say(`evidence.reading.${row.reading.state}`)
                : say(`evidence.refusal.${row.reading.refusal.code}`),
            text: (row) => row.reading.state,
          },
          {
            id: "open",
            label: say("evidence.open"),
            cell: (row) => row.findings.open,
            text: (row) => String(row.findings.open),
          },
          {
            id: "confirmed",
            label: say("evidence.confirmed"),
            cell: (row) => row.findings.confirmed,
            text: (row) => String(row.findings.confirmed),
          },
          {
            id: "sealed",
            label: say("evidence.sealedAt"),
            cell: (row) => <TimeText at={row.sealedAt} ago />,
            text: (row) => row.sealedAt,
          },
        ]}
        empty={
          <Empty title={say("evidence.empty.title")} act={first}>
            {say("evidence.empty.text")}
          </Empty>
        }
      />
    </>
  );
}
