// One published table as it was taken in: who published it, who took it in, its rows; it can be withdrawn with a reason.
import { Button, Group, Stack, Table, Text } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  api,
  Awaited,
  LongTextField,
  PageHead,
  Problem,
  StateTag,
  TimeText,
  useLive,
  useParam,
  useQuery,
  useQueryClient,
  useSession,
  useWords,
  ListTable,
} from "@simpul/doors/web";
import type { PublishedRow, TableView } from "../contract.ts";
import { Source, takesIn } from "./parts.tsx";

type Shown = TableView & { names: Record<string, string> };

export function Page(): ReactNode {
  const { say } = useWords();
  const id = useParam("id");
  useLive(["published"]);
  const query = useQuery({
    queryKey: ["published", "table", id],
    queryFn: ({ signal }) => api.get<Shown>(`/api/follow-up/tables/${id}`, { signal }),
  });
  return (
    <Awaited query={query} back="/follow-up/sources">
      {(view) => (
        <>
          <PageHead
            title={view.title}
            back={{ to: "/follow-up/sources", label: say("follow-up.sources") }}
            marks={view.withdrawn !== null && <StateTag>{say("follow-up.withdrawn")}</StateTag>}
          />
          <Stack gap="md">
            <About of={view} />
            <RowsTable of={view.shown} />
            {view.shown.length < view.rows && (
              <Text size="sm">{say("follow-up.more", { count: view.rows - view.shown.length })}</Text>
            )}
            {view.withdrawn === null && <Withdraw id={id} />}
          </Stack>
        </>
      )}
    </Awaited>
  );
}

function About({ of }: { of: Shown }): ReactNode {
  const { say } = useWords();
  const facts: [string, ReactNode][] = [
    ["publisher", of.publisher],
    ["publishedOn", of.publishedOn ?? say("follow-up.notSaid")],
    ["address", <Source key="address" address={of.address} />],
    ["licence", of.licence],
    ["file", of.fileName],
    [
      "takenIn",
      <span key="taken">
        {of.names[of.by]}, <TimeText at={of.at} />
      </span>,
    ],
    ...(of.withdrawn === null ? [] : [["withdrawn", of.withdrawn.reason] as [string, ReactNode]]),
  ];
  return (
    <dl className="s-answers">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{say(`follow-up.table.${name}`)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

export function RowsTable({ of }: { of: readonly PublishedRow[] }): ReactNode {
  const { say, state } = useWords();
  return (
    <ListTable
      label={say("follow-up.rowsTable")}
      columns={["row", "state", "year", "measure", "written", "note"].map((one) =>
        say(`follow-up.column.${one}`),
      )}
    >
      {of.map((one) => (
        <Table.Tr key={`${one.sheet} ${String(one.row)} ${String(one.year)}`} style={{ cursor: "auto" }}>
          <Table.Td data-label={say("follow-up.column.row")}>
            {one.sheet === "" ? one.row : `${one.sheet} ${String(one.row)}`}
          </Table.Td>
          <Table.Td data-main data-label={say("follow-up.column.state")}>
            {state(one.state)}
          </Table.Td>
          <Table.Td data-label={say("follow-up.column.year")}>{one.year}</Table.Td>
          <Table.Td data-label={say("follow-up.column.measure")} className="s-long">
            {say(`follow-up.measure.${one.measure}`)}
            {one.part !== "" && ` · ${one.part}`}
          </Table.Td>
          <Table.Td data-label={say("follow-up.column.written")}>
            {one.written === "" ? "–" : one.written}
          </Table.Td>
          <Table.Td data-label={say("follow-up.column.note")} className="s-long">
            {one.note}
          </Table.Td>
        </Table.Tr>
      ))}
    </ListTable>
  );
}

function Withdraw({ id }: { id: string }): ReactNode {
  const { say } = useWords();
  const { officer } = useSession();
  const queries = useQueryClient();
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState("");
  const [fault, setFault] = useState<unknown>(null);
  if (!takesIn(officer.roles)) return null;
  async function send(): Promise<void> {
    setFault(null);
    try {
      await api.post(`/api/follow-up/tables/${id}/withdraw`, { reason });
      await queries.invalidateQueries({ queryKey: ["published"] });
    } catch (no) {
      setFault(no);
    }
  }
  if (!open)
    return (
      <Group className="s-noprint">
        <Button variant="default" onClick={() => setOpen(true)}>
          {say("follow-up.withdraw")}
        </Button>
      </Group>
    );
  return (
    <Stack gap="sm" maw="36rem" className="s-noprint">
      <LongTextField
        label={say("follow-up.withdraw.reason")}
        hint={say("follow-up.withdraw.hint")}
        required
        rows={2}
        maxLength={1000}
        value={reason}
        onChange={setReason}
      />
      {fault !== null && <Problem fault={fault} />}
      <Group gap="xs" className="s-acts">
        <Button disabled={reason.trim().length < 3} onClick={() => void send()}>
          {say("follow-up.withdraw")}
        </Button>
        <Button variant="subtle" onClick={() => setOpen(false)}>
          {say("follow-up.cancel")}
        </Button>
      </Group>
    </Stack>
  );
}
