// What each receiver's node found as it checked an item: beside the item in its thread, and in the evidence room.
import { Group, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { Link, StateTag, TimeText, api, useQuery, useWords } from "@simpul/doors/web";
import type { ItemReport } from "../contract.ts";

/** Nothing where nobody checked it. */
export function ItemReports({
  of,
  requests = false,
}: {
  of: readonly ItemReport[];
  /** Each leads to its request. */
  requests?: boolean;
}): ReactNode {
  if (of.length === 0) return null;
  return (
    <Stack gap={2} component="ul" m={0} p={0} style={{ listStyle: "none" }}>
      {of.map((one) => (
        <li key={`${one.thread} ${one.by}`}>
          <Found report={one} request={requests} />
        </li>
      ))}
    </Stack>
  );
}

function Found({ report, request }: { report: ItemReport; request: boolean }): ReactNode {
  const { say, state } = useWords();
  const { by, peer, failed, untold } = report;
  return (
    <>
      <Group gap="xs">
        <StateTag tone={failed === null ? "good" : "bad"}>
          {say(failed === null ? "requests.report.verified" : "requests.report.failed", { state: state(by) })}
        </StateTag>
        <Text size="sm" component="span">
          {failed !== null && <>{say(`requests.report.${failed}`)} </>}
          <TimeText at={report.at} />
          {request && (
            <>
              {" · "}
              <Link to={`/requests/${report.request}`}>{report.reference}</Link>
            </>
          )}
        </Text>
      </Group>
      {failed !== null && by === peer && <Text size="sm">{say("requests.report.todo")}</Text>}
      {untold !== null && (
        <Text size="sm">
          {untold === "UNKNOWN_TYPE"
            ? say("requests.report.untold.old", { state: state(peer) })
            : say("requests.report.untold", { state: state(peer), code: untold })}
        </Text>
      )}
    </>
  );
}

/** The same on the item's own page, of all requests that this officer sees. */
export function ReportsOnItem({ item }: { item: string }): ReactNode {
  const { say } = useWords();
  const query = useQuery({
    queryKey: ["item", item, "reports"],
    queryFn: ({ signal }) =>
      api.get<{ reports: ItemReport[] }>(`/api/requests/items/${item}/reports`, { signal }),
  });
  const reports = query.data?.reports ?? [];
  if (reports.length === 0) return null;
  return (
    <section>
      <Title order={2} size="h5">
        {say("requests.report.title")}
      </Title>
      <ItemReports of={reports} requests />
    </section>
  );
}
