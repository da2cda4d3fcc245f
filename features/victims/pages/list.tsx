// Everybody in the compartment: found by name in any script, by need, risk, status, age and language.
import { Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  DataTable,
  Empty,
  Link,
  LinkButton,
  PageHead,
  StateTag,
  TextField,
  TimeText,
  api,
  useQuery,
  useWords,
} from "@simpul/doors/web";
import { localeFacts } from "@simpul/doors/i18n";
import { needs, risks, statuses } from "../contract.ts";
import type { PeoplePage, PersonLine, ReleaseView } from "../contract.ts";
import { Gate } from "./gate.tsx";
import { AgeTag, StatusTag } from "./marks.tsx";

export function Page(): ReactNode {
  const { say } = useWords();
  return (
    <>
      <PageHead
        title={say("victims.room")}
        act={<LinkButton to="/victims/new">{say("victims.new")}</LinkButton>}
      />
      <Gate>
        <People />
      </Gate>
    </>
  );
}

/** What her colleagues asked to let a case know, and waits for her. */
function Waiting(): ReactNode {
  const { say } = useWords();
  const query = useQuery({
    queryKey: ["victims", "waiting"],
    queryFn: ({ signal }) =>
      api.get<{ person: string; release: ReleaseView }[]>("/api/victims/waiting", { signal }),
  });
  return (query.data ?? []).map(({ person, release }) => (
    <Text key={release.id}>
      <Link to={`/victims/${person}?tab=released`}>{say("victims.waiting", { number: release.case })}</Link>
    </Text>
  ));
}

function People(): ReactNode {
  const { say, language, state } = useWords();
  // Not in the address: a name would stay in the browser's history.
  const [text, setText] = useState("");
  const choices = (kind: string, codes: readonly string[]) => ({
    id: kind,
    label: say(`victims.${kind}`),
    choices: codes.map((value) => ({ value, label: say(`victims.${kind}.${value}`) })),
  });
  return (
    <Stack gap="md">
      <Waiting />
      <Group align="end" justify="space-between">
        <TextField
          label={say("victims.find")}
          hint={say("victims.find.hint")}
          kind="search"
          maxLength={200}
          value={text}
          onChange={setText}
        />
        <Group gap="md">
          <Link to="/victims/alike">{say("victims.alike")}</Link>
          <Link to="/victims/desk">{say("victims.desk")}</Link>
        </Group>
      </Group>
      <DataTable<PersonLine>
        name="victims"
        label={say("victims.list")}
        topic="victims"
        depends={[text]}
        load={async (query, signal) => {
          const found = await api.post<PeoplePage>(
            "/api/victims/people/find",
            {
              ...(text.trim() === "" ? {} : { q: text }),
              ...query.filters,
              ...(query.after === "" ? {} : { after: query.after }),
              limit: query.size,
            },
            { signal },
          );
          return { rows: found.people, next: found.next, total: found.total };
        }}
        rowId={(row) => row.id}
        rowName={(row) => row.pseudonym}
        to={(row) => `/victims/${row.id}`}
        filters={[
          choices("need", needs),
          choices("risk", risks),
          choices("status", statuses),
          choices("age", ["child", "doubt", "adult", "not-said"]),
          {
            id: "language",
            label: say("victims.language"),
            choices: Object.entries(localeFacts).map(([value, { name }]) => ({ value, label: name })),
          },
        ]}
        columns={[
          {
            id: "name",
            label: say("victims.name"),
            main: true,
            cell: (row) => (
              <>
                <Link to={`/victims/${row.id}`} quiet>
                  {row.name ?? say("victims.nameless")}
                </Link>
                {row.away !== undefined && (
                  <>
                    {" "}
                    <StateTag tone={row.away.pending ? "waiting" : "plain"}>
                      {say(row.away.pending ? "victims.away.offered" : "victims.away.there", {
                        state: state(row.away.state),
                      })}
                    </StateTag>
                  </>
                )}
                {row.alike === true && (
                  <Text size="sm" c="dimmed" span>
                    {" "}
                    {say("victims.find.alike")}
                  </Text>
                )}
              </>
            ),
          },
          {
            id: "needs",
            label: say("victims.needs"),
            cell: (row) => row.needs.map((one) => say(`victims.need.${one}`)).join(", "),
          },
          {
            id: "risks",
            label: say("victims.risks"),
            cell: (row) => row.risks.map((one) => say(`victims.risk.${one}`)).join(", "),
          },
          { id: "age", label: say("victims.age"), cell: (row) => <AgeTag age={row.age} /> },
          { id: "status", label: say("victims.status"), cell: (row) => <StatusTag status={row.status} /> },
          {
            id: "language",
            label: say("victims.language"),
            cell: (row) => (row.languages[0] === undefined ? "" : language(row.languages[0])),
          },
          {
            id: "reference",
            label: say("victims.reference"),
            cell: (row) => <span className="s-whole">{row.pseudonym}</span>,
          },
          {
            id: "changed",
            label: say("victims.changed"),
            rare: true,
            cell: (row) => <TimeText at={row.changed} ago />,
          },
        ]}
        empty={<Empty title={text === "" ? say("victims.empty") : say("victims.none")} />}
      />
    </Stack>
  );
}
