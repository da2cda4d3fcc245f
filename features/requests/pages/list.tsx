// The lists of this room: what we asked, what we are asked, what waits for a second person, permissions; clocks running.
import { Button, Group, Stack, Text } from "@mantine/core";
import { useEffect } from "react";
import type { ReactNode } from "react";
import {
  DataTable,
  Empty,
  Link,
  LinkButton,
  PageHead,
  StateTag,
  Tabs,
  TimeText,
  api,
  useAddressValue,
  useLive,
  useQuery,
  useQueryClient,
  useSession,
  useWords,
} from "@simpul/doors/web";
import type { Column } from "@simpul/doors/web";
import { requestStates } from "../contract.ts";
import type { BoxCounts, RequestHead } from "../contract.ts";
import { listTopic, useCodeWords } from "./data.ts";
import type { Named } from "./data.ts";
import { several } from "../rules.ts";
import { PermissionsTable } from "./permission-list.tsx";
import { ClockLine, DeskName, ThreadState, ThreeTimes, Who } from "./texts.tsx";
import "./requests.css";

type Row = Named<RequestHead>;
export type Listed = Named<{ requests: RequestHead[]; next: string | null; counts: BoxCounts }>;
const working = "delivered,opened,in-work,judicial";
const none: BoxCounts = {
  outgoing: 0,
  incoming: 0,
  "permissions-in": 0,
  "permissions-out": 0,
  approval: 0,
  release: 0,
};

export function Page(): ReactNode {
  const { say } = useWords();
  const { officer } = useSession();
  const second = officer.roles.includes("liaison") || officer.roles.includes("supervisor");
  const live = useLive(["request", "permission"], { hold: true });
  const queries = useQueryClient();
  const show = (): void => {
    live.show();
    void queries.invalidateQueries({ queryKey: [listTopic] });
  };
  const { data } = useQuery({
    queryKey: ["request", "counts"],
    queryFn: ({ signal }) => api.get<Listed>("/api/requests", { query: { box: "incoming" }, signal }),
  });
  const counts = data?.counts ?? none;
  const label = (key: string, count: number): string =>
    count > 0 ? `${say(key)} ${String(count)}` : say(key);
  const tabs = [
    {
      id: "incoming",
      label: say("requests.box.incoming"),
      body: <Requests box="incoming" />,
    },
    { id: "outgoing", label: say("requests.box.outgoing"), body: <Requests box="outgoing" /> },
    ...(second
      ? [
          {
            id: "approval",
            label: label("requests.box.approval", counts.approval + counts.release),
            body: <Approvals />,
          },
        ]
      : []),
    {
      id: "permissions",
      label: label("requests.box.permissions", counts["permissions-in"]),
      body: <PermissionsTable />,
    },
  ];
  // An investigator asks, the contact point is asked: each finds her own list first.
  if (!second) tabs.sort((a, b) => Number(b.id === "outgoing") - Number(a.id === "outgoing"));
  const [box] = useAddressValue("box", tabs[0]!.id);
  const shown: Record<string, number> = {
    approval: counts.approval + counts.release,
    permissions: counts["permissions-in"] + counts["permissions-out"],
  };
  // Where nothing is read yet, nothing moves: what arrives in an empty list is simply there.
  const empty = data !== undefined && (shown[box] ?? counts[box as keyof BoxCounts]) === 0;
  useEffect(() => {
    if (empty && live.held > 0) show();
  });
  return (
    <>
      <PageHead
        title={say("requests.room")}
        act={
          <>
            <LinkButton variant="default" to="/requests/new?unasked=information">
              {say("requests.tell.title")}
            </LinkButton>
            <LinkButton to="/requests/new">{say("requests.new.title")}</LinkButton>
          </>
        }
      />
      <Text size="sm" className="s-noprint">
        <Link to="/letters">{say("letters.room")}</Link>
        {" · "}
        <Link to="/requests/duty">{say("requests.duty.title")}</Link>
        {second && (
          <>
            {" · "}
            <Link to="/requests/statistics">{say("requests.statistics.title")}</Link>
          </>
        )}
      </Text>
      {/* What arrives is counted; nothing moves under the reader's eyes until she lets it in. */}
      <div role="status" className="s-noprint">
        {live.held > 0 && (
          <Button size="compact-sm" mb="xs" onClick={show}>
            {say("web.live.new", { count: live.held })}
          </Button>
        )}
      </div>
      <Tabs tabs={tabs} label={say("requests.boxes")} name="box" />
    </>
  );
}

/** What waits for a second person: requests to approve, answers to release. */
function Approvals(): ReactNode {
  const { say } = useWords();
  const [what, setWhat] = useAddressValue("what", "submitted");
  return (
    <Stack gap="xs">
      <Group gap="xs" role="group" aria-label={say("requests.box.approval")}>
        {["submitted", "release"].map((one) => (
          <Button
            key={one}
            size="compact-sm"
            variant={what === one ? "filled" : "default"}
            aria-pressed={what === one}
            onClick={() => setWhat(one)}
          >
            {say(`requests.waits.${one}`)}
          </Button>
        ))}
      </Group>
      {what === "release" ? (
        <Requests key="release" box="incoming" only="release" />
      ) : (
        <Requests key="submitted" box="outgoing" only="submitted" />
      )}
    </Stack>
  );
}

function Requests({
  box,
  only,
}: {
  box: "outgoing" | "incoming";
  only?: "submitted" | "release";
}): ReactNode {
  const words = useWords();
  const { say, state } = words;
  const code = useCodeWords();
  const [caseRef] = useAddressValue("case");
  const columns: Column<Row>[] = [
    {
      id: "subject",
      label: say("requests.subject"),
      main: true,
      cell: (row) => (
        <>
          <Link quiet to={`/requests/${row.id}`}>
            {row.subject === "" ? say("requests.untitled") : row.subject}
          </Link>
          {row.unasked !== null && (
            <>
              {" "}
              <StateTag>{say(`requests.unasked.${row.unasked}`)}</StateTag>
            </>
          )}
        </>
      ),
      text: (row) => row.subject,
    },
    {
      id: "states",
      label: say(box === "outgoing" ? "requests.to" : "requests.from"),
      cell: (row) => <span className="r-line">{words.list(row.threads.map((one) => state(one.peer)))}</span>,
      text: (row) => row.threads.map((one) => one.peer).join(" "),
    },
    {
      id: "reference",
      label: say("requests.reference"),
      cell: (row) => <span className="r-line">{shortOf(row.threads.map((one) => one.reference))}</span>,
      text: (row) => row.threads.map((one) => one.reference).join(" "),
    },
    {
      id: "state",
      label: say("requests.state"),
      cell: (row) => <States of={row} />,
      text: (row) => row.threads.map((one) => say(`requests.state.${one.state}`)).join(" "),
    },
    {
      id: "clock",
      label: say("requests.clock"),
      cell: (row) => <ClockLine clock={several(row.threads).next} />,
      text: (row) => row.threads.map((one) => one.clock?.due ?? "").join(" "),
    },
    {
      id: "urgent",
      label: say("requests.urgent"),
      cell: (row) => (row.urgent ? code("urgency", row.urgencyReason) : ""),
      text: (row) => row.urgencyReason ?? "",
    },
    {
      id: "case",
      label: say("requests.case"),
      cell: (row) => <span className="s-whole">{row.case?.number}</span>,
      text: (row) => row.case?.number ?? "",
      rare: box === "incoming",
    },
    {
      id: "desk",
      label: say("requests.desk"),
      cell: (row) =>
        row.desk === null ? say("requests.noDesk") : <DeskName id={row.desk} names={row.names} />,
      rare: box === "outgoing",
    },
    {
      id: "changed",
      label: say("requests.changedAt"),
      cell: (row) => <TimeText at={row.changedAt} ago />,
      text: (row) => row.changedAt,
    },
  ];
  return (
    <DataTable<Row>
      name={`requests.${only ?? box}`}
      label={say(`requests.box.${only === undefined ? box : "approval"}`)}
      topic={listTopic}
      searchable
      load={async (query, signal) => {
        const answer = await api.get<Listed>("/api/requests", {
          signal,
          query: {
            box,
            // An answer that waits for its release lies at a request that is still open.
            state: only === "release" ? working : (only ?? query.filters["state"]),
            text: query.text,
            case: caseRef,
            cursor: query.after,
          },
        });
        return { rows: answer.requests.map((one) => ({ ...one, names: answer.names })), next: answer.next };
      }}
      depends={[box, only ?? "", caseRef]}
      rowId={(row) => row.id}
      rowName={(row) => row.threads.map((one) => one.reference).join(", ") || row.subject}
      to={(row) => `/requests/${row.id}`}
      peek={(row) => <Peek row={row} />}
      filters={
        only === undefined
          ? [
              {
                id: "state",
                label: say("requests.state"),
                choices: requestStates.map((one) => ({ value: one, label: say(`requests.state.${one}`) })),
              },
            ]
          : []
      }
      columns={columns}
      empty={
        <Empty
          title={say(`requests.empty.${only ?? box}`)}
          {...(box === "outgoing" && only === undefined
            ? { act: <LinkButton to="/requests/new">{say("requests.new.title")}</LinkButton> }
            : {})}
        >
          {say(`requests.empty.${only ?? box}.text`)}
        </Empty>
      }
    />
  );
}

/** Of several states how many have answered; each stands in the peek and on the request's own page (RFI-8). */
function States({ of }: { of: RequestHead }): ReactNode {
  const { say } = useWords();
  const { left, said } = several(of.threads);
  return (
    <Group gap={4}>
      {left > 1 ? (
        <StateTag tone={said === of.threads.length ? "good" : "plain"}>
          {say("requests.answeredOf", { said, all: of.threads.length })}
        </StateTag>
      ) : (
        of.threads.slice(0, 1).map((one) => <ThreadState key={one.id} of={one} />)
      )}
      {of.releaseWaits && <Text size="sm">{say("requests.releaseWaits")}</Text>}
    </Group>
  );
}

/** The first of several references, and how many more there are. */
const shortOf = (references: readonly string[]): string =>
  references.length > 1 && references[0] !== ""
    ? `${references[0]!} +${String(references.length - 1)}`
    : references.filter((one) => one !== "").join(", ");

/** Each state's own page, where there are several. */
function StateLink({ row, peer, id }: { row: Row; peer: string; id: string }): ReactNode {
  const { state } = useWords();
  return several(row.threads).left > 1 ? (
    <Link to={`/requests/${row.id}?thread=${id}`}>{state(peer)}</Link>
  ) : (
    state(peer)
  );
}

function Peek({ row }: { row: Row }): ReactNode {
  const { say } = useWords();
  return (
    <Stack gap="xs">
      <Text fw={600}>{row.subject}</Text>
      {row.case !== null && (
        <Text size="sm">
          {row.case.number} · {row.case.title}
        </Text>
      )}
      {row.threads.map((one) => (
        <div key={one.id}>
          <Text size="sm">
            <StateLink row={row} peer={one.peer} id={one.id} /> · {one.reference}
          </Text>
          <Group gap="xs">
            <ThreadState of={one} />
            <ClockLine clock={one.clock} />
          </Group>
          {one.clock !== null && one.clock.due !== null && (
            <Text size="sm" component="div">
              {say("requests.clock.due")}: <ThreeTimes at={one.clock.due} other={one.peer} />
            </Text>
          )}
        </div>
      ))}
      {row.author !== null && (
        <Text size="sm" component="div">
          {say("requests.author")}: <Who id={row.author} names={row.names} />
        </Text>
      )}
    </Stack>
  );
}
