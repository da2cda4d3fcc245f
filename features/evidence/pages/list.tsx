// The list of items: whose, of which case, how far they are read, where something waits to be decided; a look beside.
import { Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import {
  DataTable,
  Empty,
  HandlingBadge,
  Link,
  LinkButton,
  PageHead,
  StateTag,
  TimeText,
  api,
  useAddressValue,
  useGo,
  useLive,
  useMay,
  needsRole,
  useWords,
} from "@simpul/doors/web";
import type { Item, ListedItems, NamesOfItems } from "../contract.ts";
import { useMyCases } from "./data.ts";

type Row = Item & { names: NamesOfItems };
const noCase = "none";

export function Page(): ReactNode {
  const { say, bytes } = useWords();
  const go = useGo();
  useLive(["item"]);
  const [ref] = useAddressValue("case");
  const mine = useMyCases(true);
  const opens = useMay(needsRole("investigator", "supervisor", "analyst", "liaison", "prosecutor"));
  const cases = (mine.data ?? []).map((one) => ({
    value: String(one.number),
    label: `${one.number} · ${one.title}`,
  }));
  const named = ref !== "" && ref !== noCase;
  const first = (
    <LinkButton to={named ? `/evidence/take-in?case=${ref}` : "/evidence/take-in"}>
      {say("evidence.take-in")}
    </LinkButton>
  );
  return (
    <>
      <PageHead
        title={say("evidence.room")}
        act={first}
        {...(named ? { back: { to: `/cases/${ref}`, label: ref } } : {})}
      />
      <DataTable<Row>
        name="evidence"
        label={say("evidence.list")}
        topic="item"
        searchable
        load={async (query, signal) => {
          const { filters } = query;
          const answer = await api.get<ListedItems>("/api/evidence/items", {
            signal,
            query: {
              text: query.text,
              scope: filters["scope"],
              stage: filters["stage"],
              open: filters["open"],
              case: filters["case"] === noCase ? "" : filters["case"],
              loose: filters["case"] === noCase ? true : "",
              cursor: query.after,
              limit: query.size,
            },
          });
          return { rows: answer.items.map((one) => ({ ...one, names: answer.names })), next: answer.next };
        }}
        rowId={(row) => row.id}
        rowName={(row) => row.fileName}
        to={(row) => `/evidence/${row.id}`}
        peek={(row) => <Peek row={row} />}
        acts={
          opens
            ? [
                {
                  key: "a",
                  label: say("evidence.open.these"),
                  may: (rows) => rows.every((row) => row.case === null),
                  do: (rows) => go(`/cases/new?items=${rows.map((row) => row.id).join(",")}`),
                },
              ]
            : []
        }
        filters={[
          {
            id: "scope",
            label: say("evidence.scope"),
            choices: (["mine", "desk"] as const).map((one) => ({
              value: one,
              label: say(`evidence.scope.${one}`),
            })),
          },
          {
            id: "case",
            label: say("evidence.case"),
            choices: [
              { value: noCase, label: say("evidence.loose") },
              ...(named && !cases.some((one) => one.value === ref) ? [{ value: ref, label: ref }] : []),
              ...cases,
            ],
          },
          {
            id: "stage",
            label: say("evidence.reading"),
            choices: (["waiting", "ready", "refused"] as const).map((one) => ({
              value: one,
              label: say(`evidence.reading.${one}`),
            })),
          },
          {
            id: "open",
            label: say("evidence.open"),
            choices: [{ value: "true", label: say("evidence.open.some") }],
          },
        ]}
        columns={[
          {
            id: "name",
            label: say("evidence.name"),
            cell: (row) => (
              <Link to={`/evidence/${row.id}`} quiet>
                {row.fileName}
              </Link>
            ),
            text: (row) => row.fileName,
            main: true,
          },
          {
            id: "case",
            label: say("evidence.case"),
            cell: (row) =>
              row.caseNumber === null ? (
                <Text span size="sm" c="dimmed">
                  {say("evidence.loose")}
                </Text>
              ) : (
                <Link to={`/cases/${row.caseNumber}`} quiet>
                  {row.caseNumber}
                </Link>
              ),
            text: (row) => row.caseNumber ?? "",
          },
          {
            id: "reading",
            label: say("evidence.reading"),
            cell: (row) => <ReadingTag row={row} />,
            text: (row) => row.reading.state,
          },
          {
            id: "open",
            label: say("evidence.open"),
            cell: (row) => row.findings.open,
            text: (row) => String(row.findings.open),
            numeric: true,
          },
          {
            id: "confirmed",
            label: say("evidence.confirmed"),
            cell: (row) => row.findings.confirmed,
            text: (row) => String(row.findings.confirmed),
            numeric: true,
          },
          {
            id: "size",
            label: say("evidence.size"),
            cell: (row) => bytes(row.size),
            text: (row) => String(row.size),
            numeric: true,
            rare: true,
          },
          {
            id: "by",
            label: say("evidence.by"),
            cell: (row) => taker(row, say("evidence.origin.peer")) || "–",
            text: (row) => taker(row, say("evidence.origin.peer")),
          },
          {
            id: "sealedAt",
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

/** Her name, or that it came from another state. */
function taker(row: Row, peer: string): string {
  if (row.origin === "peer") return peer;
  return row.takenInBy === null ? "" : (row.names.officers[row.takenInBy] ?? "");
}

/** How far the reading is, or that it was refused, in a short word. */
function ReadingTag({ row }: { row: Item }): ReactNode {
  const { say } = useWords();
  if (row.state === "key-destroyed") return <StateTag>{say("evidence.destroyed")}</StateTag>;
  const { state } = row.reading;
  return (
    <StateTag tone={state === "ready" ? "good" : state === "refused" ? "bad" : "waiting"}>
      {say(`evidence.reading.${state}`)}
    </StateTag>
  );
}

function Peek({ row }: { row: Row }): ReactNode {
  const words = useWords();
  const { say } = words;
  const lines: readonly [string, ReactNode][] = [
    [say("evidence.method"), say(`evidence.method.${row.method}`)],
    [say("evidence.takenAt"), <TimeText key="at" at={row.takenAt} />],
    [say("evidence.size"), words.bytes(row.size)],
    [say("evidence.desk"), row.names.desks[row.desk] ?? "–"],
    [say("evidence.open"), words.number(row.findings.open)],
    [say("evidence.confirmed"), words.number(row.findings.confirmed)],
  ];
  return (
    <Stack gap="xs" align="flex-start">
      <ReadingTag row={row} />
      {row.reading.refusal !== null && (
        <Text size="sm">{say(`evidence.refusal.${row.reading.refusal.code}`)}</Text>
      )}
      <HandlingBadge handling={row.handling} evaluation={row.evaluation} />
      <dl className="e-facts">
        {lines.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Stack>
  );
}
