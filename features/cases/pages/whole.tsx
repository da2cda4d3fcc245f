// A whole case on one sheet, for the file that lies on a desk: every side that can be read without a screen.
import { Button, Stack, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { Awaited, PageHead, useParam, useWords } from "@simpul/doors/web";
import { handlingCodes } from "@simpul/model";
import type { CaseView } from "../contract.ts";
import type { Side } from "./case.tsx";
import { useActs, useCase } from "./data.tsx";
import type { Named } from "./data.tsx";
import { Side as Events } from "./events.tsx";
import { States } from "./list.tsx";
import { Side as Notes } from "./notes.tsx";
import { Side as Overview } from "./overview.tsx";
import { Side as Places } from "./places.tsx";
import { Side as Selectors } from "./selectors.tsx";
import { Side as Subjects } from "./subjects.tsx";
import { Side as Tasks } from "./tasks.tsx";

const sheets = {
  overview: Overview,
  subjects: Subjects,
  selectors: Selectors,
  places: Places,
  events: Events,
  tasks: Tasks,
  notes: Notes,
} as const;

export function Page(): ReactNode {
  const query = useCase(useParam("ref"));
  return (
    <Awaited query={query} back="/cases">
      {(view) => <Whole view={view} />}
    </Awaited>
  );
}

function Whole({ view }: { view: Named<CaseView> }): ReactNode {
  const { say } = useWords();
  // Paper is read, not edited: no side is given an act.
  const given: Side = { view, acts: useActs(view.number), may: () => false, paper: true };
  const holds: Partial<Record<keyof typeof sheets, number>> = {
    subjects: view.holds.subject,
    selectors: view.holds.selector,
    places: view.holds.place,
    events: view.holds.event,
    tasks: view.holds.task,
    notes: view.holds.note + view.holds.decision,
  };
  return (
    <>
      <PageHead
        title={`${view.number} · ${view.title}`}
        windowTitle={view.number}
        back={{ to: `/cases/${view.number}`, label: view.number }}
        marks={<States of={view} />}
        act={<Button onClick={() => window.print()}>{say("cases.paper.print")}</Button>}
      />
      <Stack gap="xl">
        {(Object.keys(sheets) as (keyof typeof sheets)[])
          .filter((name) => holds[name] !== 0)
          .map((name) => {
            const Sheet = sheets[name];
            return (
              <section key={name}>
                <Title order={2} size="h3" mb="sm">
                  {say(`cases.side.${name}`)}
                </Title>
                <Sheet {...given} />
              </section>
            );
          })}
        {/* On a screen the marks say it themselves; a sheet has nobody to ask. */}
        <dl className="s-legend">
          {handlingCodes.map((code) => (
            <div key={code}>
              <dt>{code}</dt>
              <dd>{say(`handling.${code}`, { owner: "none" })}</dd>
            </div>
          ))}
        </dl>
      </Stack>
    </>
  );
}
