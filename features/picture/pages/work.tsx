// Figures before they leave: looked at with what speaks against them, proposed by one, let go by another; what left, and the budget.
import { Button, Checkbox, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  api,
  Awaited,
  Empty,
  LeaveStateButton,
  PageHead,
  Problem,
  StateTag,
  useLive,
  useQuery,
  useWords,
} from "@simpul/doors/web";
import type { Id } from "@simpul/model";
import { definitionOf, join, type Draft, type Proposal, type WorkView } from "../contract.ts";
import { Because, Budgets, LeftTables } from "./left.tsx";
import { Counted, useAct, useMonth } from "./parts.tsx";
import { FigureTable } from "./table.tsx";
import "./picture.css";

export function Page(): ReactNode {
  const { say } = useWords();
  useLive(["picture"]);
  const query = useQuery({
    queryKey: ["picture", "work"],
    queryFn: ({ signal }) => api.get<WorkView>("/api/picture/work", { signal }),
  });
  return (
    <>
      <PageHead title={say("picture.work")} back={{ to: "/picture", label: say("picture.room") }} />
      <Awaited query={query} back="/picture">
        {(view) => (
          <Stack gap="lg" maw="60rem">
            <Text size="sm">{say("picture.work.text")}</Text>
            <Missing view={view} />
            {view.proposals.map((one) => (
              <Proposed key={one.id} of={one} drafts={view.drafts} />
            ))}
            <Waiting view={view} />
            <Budgets of={view.budget} />
            <LeftTables of={view.left} />
          </Stack>
        )}
      </Awaited>
    </>
  );
}

function Missing({ view }: { view: WorkView }): ReactNode {
  const { say, list } = useWords();
  const month = useMonth();
  const act = useAct();
  const names = (figures: readonly string[]): string =>
    list(figures.map((one) => say(`picture.figure.${one}`)));
  if (view.missing.length === 0 && view.waitsForDesk.length === 0) return null;
  return (
    <Stack gap="xs">
      {view.waitsForDesk.length > 0 && (
        <Text size="sm" c="dimmed">
          {say("picture.count.desk", { figures: names(view.waitsForDesk) })}
        </Text>
      )}
      {view.missing.length > 0 && (
        <>
          <Text size="sm">{say("picture.count.missing", { figures: names(view.missing) })}</Text>
          <Group>
            <Button
              variant="default"
              loading={act.busy}
              onClick={() => void act.run(() => api.post("/api/picture/count", { month: view.month }))}
            >
              {say("picture.count", { month: month(view.month) })}
            </Button>
          </Group>
        </>
      )}
      {act.fault !== null && <Problem fault={act.fault} />}
    </Stack>
  );
}

function Waiting({ view }: { view: WorkView }): ReactNode {
  const { say } = useWords();
  const month = useMonth();
  const act = useAct();
  const [chosen, setChosen] = useState<ReadonlySet<Id>>(new Set());
  const proposed = new Set(view.proposals.flatMap((one) => one.drafts));
  const free = view.drafts.filter((one) => !proposed.has(one.id));
  if (free.length === 0)
    return view.proposals.length > 0 ? null : (
      <Empty title={say("picture.work.empty")}>{say("picture.work.empty.text")}</Empty>
    );
  const months = [...new Set(free.map((one) => one.published.month))];
  const drafts = free.filter((one) => chosen.has(one.id));
  const first = drafts[0]?.published.month;
  const choose = (ids: readonly Id[], on: boolean): void => {
    const next = new Set(chosen);
    for (const id of ids)
      if (on) next.add(id);
      else next.delete(id);
    setChosen(next);
  };
  return (
    <Stack gap="sm">
      {months.map((one) => {
        const of = free.filter((each) => each.published.month === one);
        return (
          <Stack gap="xs" key={one}>
            <Title order={2} size="h5">
              {month(one)}
            </Title>
            <Checkbox
              label={say("picture.choose.all", { month: month(one) })}
              checked={of.every((each) => chosen.has(each.id))}
              disabled={first !== undefined && first !== one}
              onChange={(event) =>
                choose(
                  of.map((each) => each.id),
                  event.currentTarget.checked,
                )
              }
            />
            {of.map((draft) => (
              <Looked
                key={draft.id}
                draft={draft}
                chosen={chosen.has(draft.id)}
                onChoose={first !== undefined && first !== one ? null : (on) => choose([draft.id], on)}
              />
            ))}
          </Stack>
        );
      })}
      {act.fault !== null && <Problem fault={act.fault} />}
      <div className="s-acts s-noprint">
        <Button
          disabled={drafts.length === 0}
          loading={act.busy}
          onClick={() =>
            void act
              .run(() => api.post("/api/picture/proposals", { drafts: drafts.map((one) => one.id) }))
              .then((done) => {
                if (done) setChosen(new Set());
              })
          }
        >
          {say("picture.propose", { count: drafts.length })}
        </Button>
      </div>
    </Stack>
  );
}

/** One table as it would be published, with what she should think of. */
function Looked({
  draft,
  chosen = false,
  onChoose,
}: {
  draft: Draft;
  chosen?: boolean;
  onChoose?: ((on: boolean) => void) | null;
}): ReactNode {
  const { say } = useWords();
  const act = useAct();
  const [open, setOpen] = useState(false);
  const { published } = draft;
  const definition = definitionOf(published.figure, published.definition);
  const [joined] = open ? join([published]) : [];
  const all = published.cells.length * published.cells[0]!.length;
  const title = say(`picture.figure.${published.figure}`);
  return (
    <Paper withBorder p="sm" component="article" aria-label={title}>
      <Group justify="space-between" align="flex-start" gap="xs">
        <Stack gap={4}>
          {onChoose === undefined ? (
            <Text fw={600}>{title}</Text>
          ) : (
            <Checkbox
              label={title}
              fw={600}
              checked={chosen}
              disabled={onChoose === null}
              onChange={(event) => onChoose?.(event.currentTarget.checked)}
            />
          )}
          <Text size="xs" c="dimmed">
            {say("picture.withheldOf", { withheld: draft.withheld, all })}
            {draft.byDesk && ` · ${say("picture.byDesk")}`}
            {draft.reason !== "" && ` · ${draft.reason}`}
          </Text>
          <Group gap={6}>
            {draft.warnings.map((one) => (
              <StateTag key={one} tone="waiting">
                {say(`picture.warning.${one}`)}
              </StateTag>
            ))}
          </Group>
        </Stack>
        <Group gap="xs" className="s-noprint">
          <Button size="compact-sm" variant="default" aria-expanded={open} onClick={() => setOpen(!open)}>
            {say(open ? "picture.hide" : "picture.look")}
          </Button>
          {onChoose !== undefined && open && (
            <Button
              size="compact-sm"
              variant="default"
              loading={act.busy}
              title={say("picture.drop.text")}
              onClick={() => void act.run(() => api.delete(`/api/picture/drafts/${draft.id}`))}
            >
              {say("picture.drop")}
            </Button>
          )}
        </Group>
      </Group>
      {act.fault !== null && <Problem fault={act.fault} />}
      {joined !== undefined && definition !== null && (
        <Stack gap="xs" mt="sm">
          <Counted of={definition} />
          <FigureTable of={joined} definition={definition} tables={[draft.published]} />
        </Stack>
      )}
    </Paper>
  );
}

function Proposed({ of, drafts }: { of: Proposal; drafts: readonly Draft[] }): ReactNode {
  const { say, date } = useWords();
  const month = useMonth();
  const act = useAct();
  const tables = drafts.filter((one) => of.drafts.includes(one.id));
  return (
    <Paper withBorder p="md">
      <Title order={2} size="h5">
        {say("picture.proposal", { month: month(of.month), count: tables.length })}
      </Title>
      <Text size="sm" c="dimmed" mb="xs">
        {say("picture.proposed", { name: of.byName, at: date(of.at) })}
      </Text>
      <Stack gap="xs">
        {tables.map((one) => (
          <Looked key={one.id} draft={one} />
        ))}
      </Stack>
      {act.fault !== null && <Problem fault={act.fault} />}
      {of.mayRelease ? (
        <div className="s-acts s-noprint">
          <LeaveStateButton
            label={say("picture.release")}
            recipients={[say("picture.release.to")]}
            codes={say("picture.release.codes")}
            approves={say("picture.release.approves", { name: of.byName })}
            reasonNeeded={false}
            preview={
              <Stack gap="xs">
                {tables.map((one) => (
                  <Looked key={one.id} draft={one} />
                ))}
              </Stack>
            }
            onLeave={async () => {
              await api.post(`/api/picture/proposals/${of.id}/release`);
              await act.run(() => Promise.resolve());
            }}
          />
          <Because
            label={say("picture.return")}
            send={(reason) => api.post(`/api/picture/proposals/${of.id}/return`, { reason })}
          />
        </div>
      ) : (
        <Group mt="sm" gap="sm">
          <Text size="sm">{say("picture.release.waits")}</Text>
          <Because
            label={say("picture.return")}
            send={(reason) => api.post(`/api/picture/proposals/${of.id}/return`, { reason })}
          />
        </Group>
      )}
    </Paper>
  );
}
