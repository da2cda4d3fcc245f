// Permissions asked of us and by us, with what was decided and until when.
import { Button, Group, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import {
  ClockText,
  DataTable,
  Empty,
  Link,
  TimeText,
  api,
  useAddressValue,
  useWords,
} from "@simpul/doors/web";
import { permissionStates } from "../contract.ts";
import type { PermissionView } from "../contract.ts";
import { listTopic } from "./data.ts";
import type { Named } from "./data.ts";
import { PermissionTag } from "./texts.tsx";

type Row = Named<PermissionView>;
type Listed = Named<{ permissions: PermissionView[]; next: string | null }>;
export const isOpen = (one: Pick<PermissionView, "state">): boolean =>
  ["sent", "delivered"].includes(one.state);

export function PermissionsTable(): ReactNode {
  const words = useWords();
  const { say, state } = words;
  const [way, setWay] = useAddressValue("way", "incoming");
  return (
    <Stack gap="xs">
      <Group gap="xs" role="group" aria-label={say("requests.box.permissions")}>
        {["incoming", "outgoing"].map((one) => (
          <Button
            key={one}
            size="compact-sm"
            variant={way === one ? "filled" : "default"}
            aria-pressed={way === one}
            onClick={() => setWay(one)}
          >
            {say(`requests.permissions.${one}`)}
          </Button>
        ))}
      </Group>
      <DataTable<Row>
        key={way}
        name={`permissions.${way}`}
        label={say("requests.box.permissions")}
        topic={listTopic}
        load={async (query, signal) => {
          const answer = await api.get<Listed>("/api/requests/permissions", {
            signal,
            query: { box: way, state: query.filters["state"], cursor: query.after },
          });
          return {
            rows: answer.permissions.map((one) => ({ ...one, names: answer.names })),
            next: answer.next,
          };
        }}
        depends={[way]}
        rowId={(row) => row.id}
        rowName={(row) => row.reference}
        to={(row) => `/requests/permissions/${row.id}`}
        filters={[
          {
            id: "state",
            label: say("requests.state"),
            choices: permissionStates.map((one) => ({
              value: one,
              label: say(`requests.permission.state.${one}`),
            })),
          },
        ]}
        columns={[
          {
            id: "what",
            label: say("requests.permission.what"),
            main: true,
            cell: (row) => (
              <Link quiet to={`/requests/permissions/${row.id}`}>
                {say(`requests.action.${row.action}`)}: {row.records.map((one) => one.title).join(", ")}
              </Link>
            ),
            text: (row) => row.records.map((one) => one.title).join(", "),
          },
          {
            id: "peer",
            label: say("requests.peer"),
            cell: (row) => state(row.peer),
            text: (row) => row.peer,
          },
          {
            id: "reference",
            label: say("requests.reference"),
            cell: (row) => <span className="r-line">{row.reference}</span>,
            text: (row) => row.reference,
          },
          {
            id: "state",
            label: say("requests.state"),
            cell: (row) => <PermissionTag state={row.state} />,
            text: (row) => row.state,
          },
          {
            id: "due",
            label: say("requests.clock"),
            cell: (row) =>
              isOpen(row) ? (
                <ClockText due={row.due} />
              ) : row.notAfter === null ? (
                ""
              ) : (
                <Text span size="sm">
                  {say("requests.until", { day: words.date(row.notAfter) })}
                </Text>
              ),
          },
          { id: "at", label: say("requests.changedAt"), cell: (row) => <TimeText at={row.at} ago /> },
        ]}
        empty={<Empty title={say(`requests.empty.permissions.${way}`)}>{say("requests.silence")}</Empty>}
      />
    </Stack>
  );
}
