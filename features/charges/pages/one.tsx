// One charge: who and for what, what speaks against filing, and its sides: elements, exhibits, admission, witnesses, court.
import { Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import {
  api,
  Awaited,
  Link,
  PageHead,
  Tabs,
  TimeText,
  useLive,
  useParam,
  useQuery,
  useWords,
} from "@simpul/doors/web";
import { Admission } from "./admission.tsx";
import { Court } from "./court.tsx";
import { Elements } from "./elements.tsx";
import { Exhibits } from "./exhibits.tsx";
import { Filing } from "./filing.tsx";
import { nameOf, State, type Shown } from "./parts.tsx";
import { Witnesses } from "./witnesses.tsx";

export function Page(): ReactNode {
  const id = useParam("id");
  useLive(["charge"]);
  const query = useQuery({
    queryKey: ["charge", id],
    queryFn: ({ signal }) => api.get<Shown>(`/api/charges/${id}`, { signal }),
  });
  return (
    <Awaited query={query} back="/charges">
      {(view) => <Body view={view} />}
    </Awaited>
  );
}

function Body({ view }: { view: Shown }): ReactNode {
  const { say, date, list } = useWords();
  const who = (id: string | null): string => (id === null ? "" : (view.names[id] ?? id));
  return (
    <>
      <PageHead
        title={nameOf(view.name)}
        windowTitle={say("charges.one")}
        back={{ to: "/charges", label: say("charges.room") }}
        marks={<State of={view} />}
      />
      <Stack gap="lg" maw="56rem">
        <div>
          <Text>
            {list(view.offences.map((one) => say(`offences.kind.${one}`)))} · {date(view.began)}
            {view.ended !== view.began && ` – ${date(view.ended)}`} · {view.place}
          </Text>
          <Text size="sm" c="dimmed" component="div">
            <Link to={`/cases/${view.case.number}`}>{view.case.number}</Link>
            {" · "}
            {say("charges.by.prepared", { name: who(view.preparedBy) })}, <TimeText at={view.preparedAt} />
            {view.filedAt !== null && (
              <>
                {" · "}
                {say("charges.by.filed", { name: who(view.filedBy) })}, <TimeText at={view.filedAt} />
                {`, ${view.court}`}
              </>
            )}
          </Text>
        </div>
        <Text style={{ whiteSpace: "pre-wrap" }}>{view.facts}</Text>
        {(view.state === "prepared" || view.state === "filed") && <Filing view={view} />}
        <Tabs
          label={say("charges.sides")}
          tabs={[
            { id: "elements", label: say("charges.side.file"), body: <Elements view={view} /> },
            { id: "exhibits", label: say("charges.side.exhibits"), body: <Exhibits view={view} /> },
            { id: "admission", label: say("charges.side.admission"), body: <Admission view={view} /> },
            { id: "witnesses", label: say("charges.side.witnesses"), body: <Witnesses view={view} /> },
            { id: "court", label: say("charges.side.court"), body: <Court view={view} /> },
          ]}
        />
      </Stack>
    </>
  );
}
