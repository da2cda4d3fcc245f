// A case: its head, and its sides, each at an address that can be sent to a colleague.
import { Stack, Tabs } from "@mantine/core";
import type { ComponentType, ReactNode } from "react";
import {
  Awaited,
  fetched,
  LinkButton,
  Loading,
  PageHead,
  RestsTag,
  useGo,
  useHasPage,
  useLive,
  useOpenInSight,
  useParam,
  useWords,
} from "@simpul/doors/web";
import type { CaseView } from "../contract.ts";
import { useActs, useCase } from "./data.tsx";
import type { Acts, Named } from "./data.tsx";
import { States } from "./list.tsx";
import { Conflicts } from "./parts.tsx";

/** What every side of a case is given. */
export interface Side {
  view: Named<CaseView>;
  acts: Acts;
  /** Does the policy let her do this here? What she may not do has no button. */
  may: (act: string) => boolean;
  /** Shown to be printed: no ways to other pages. */
  paper?: boolean;
}

const side = (load: () => Promise<{ Side: ComponentType<Side> }>): ComponentType<Side> =>
  fetched(async () => (await load()).Side, Loading);
const sides: Readonly<Record<string, ComponentType<Side>>> = {
  overview: side(() => import("./overview.tsx")),
  subjects: side(() => import("./subjects.tsx")),
  selectors: side(() => import("./selectors.tsx")),
  places: side(() => import("./places.tsx")),
  events: side(() => import("./events.tsx")),
  tasks: side(() => import("./tasks.tsx")),
  notes: side(() => import("./notes.tsx")),
  timeline: side(() => import("./timeline.tsx")),
  chart: side(() => import("./chart.tsx")),
  map: side(() => import("./map.tsx")),
  abroad: side(() => import("./abroad.tsx")),
  activity: side(() => import("./activity.tsx")),
};

export function Page(): ReactNode {
  const ref = useParam("ref");
  const query = useCase(ref);
  useLive(["case"]);
  return (
    <Awaited query={query} back="/cases">
      {(view) => <Case view={view} />}
    </Awaited>
  );
}

function Case({ view }: { view: Named<CaseView> }): ReactNode {
  const { say } = useWords();
  const go = useGo();
  const acts = useActs(view.number);
  const asked = useParam("tab");
  const at = Object.hasOwn(sides, asked) ? asked : "overview";
  const Shown = sides[at]!;
  const list = useOpenInSight(at);
  const may = (act: string): boolean => view.may.includes(act);
  const asks = useHasPage("/check/new") && may("check.ask");
  // What is known is asked of others; before anything is known, something is taken in.
  const next =
    asks && view.holds.selector > 0
      ? {
          to: `/check/new?case=${view.number}&step=check`,
          says: say("cases.selectors.check", { count: 0 }),
        }
      : may("case.edit")
        ? { to: `/evidence/take-in?case=${view.number}`, says: say("cases.evidence.takeIn") }
        : null;
  const counts: Readonly<Record<string, number>> = {
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
        title={
          <>
            {view.number} · {view.title}
          </>
        }
        windowTitle={view.number}
        back={{ to: "/cases", label: say("cases.room") }}
        marks={
          <>
            <States of={view} />
            <RestsTag of={view.rests} />
          </>
        }
        {...(at === "overview" && view.state !== "closed" && next !== null
          ? { act: <LinkButton to={next.to}>{next.says}</LinkButton> }
          : {})}
      />
      <Tabs
        value={at}
        onChange={(tab) =>
          go(tab === null || tab === "overview" ? `/cases/${view.number}` : `/cases/${view.number}/${tab}`)
        }
        keepMounted={false}
      >
        <Tabs.List ref={list} aria-label={say("cases.sides")} className="s-tabs">
          {Object.keys(sides).map((name) => (
            <Tabs.Tab key={name} value={name}>
              {say(`cases.side.${name}`)}
              {(counts[name] ?? 0) > 0 && ` ${String(counts[name])}`}
            </Tabs.Tab>
          ))}
        </Tabs.List>
      </Tabs>
      <Stack gap="md" mt="md">
        <Conflicts kind="case" of={view} names={view.names} acts={acts} may={may("case.edit")} />
        <Shown view={view} acts={acts} may={may} />
      </Stack>
    </>
  );
}
