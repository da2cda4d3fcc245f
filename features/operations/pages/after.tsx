// After the window: this state's figures, each with what it counts; then the whole of all states, on the page and as a PDF.
import { Button, Group, Stack, Table, Text } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  api,
  Awaited,
  LongTextField,
  NumberField,
  PageHead,
  Problem,
  useDraft,
  useLive,
  useParam,
  useQuery,
  useWords,
} from "@simpul/doors/web";
import {
  reportCounts,
  type BoardView,
  type Counted,
  type OperationView,
  type ReportCount,
} from "../contract.ts";
import { sumOf } from "../rules.ts";
import { StateOf, useActs, WindowTable } from "./parts.tsx";
import "./operations.css";

export function Page(): ReactNode {
  const id = useParam("id");
  const { say } = useWords();
  useLive(["operation"]);
  const query = useQuery({
    queryKey: ["operation", id, "after"],
    queryFn: async ({ signal }) => ({
      view: await api.get<OperationView>(`/api/operations/${id}`, { signal }),
      board: await api.get<BoardView>(`/api/operations/${id}/board`, { signal }),
    }),
  });
  return (
    <Awaited query={query} back="/operations">
      {({ view, board }) => (
        <>
          <PageHead
            title={say("operations.after")}
            back={{ to: `/operations/${id}`, label: view.title }}
            marks={<StateOf state={view.state} />}
          />
          <Stack gap="lg" maw="60rem">
            <WindowTable of={view} />
            {view.reports.length > 0 && (
              <>
                <Group className="s-noprint">
                  <Paper id={id} />
                </Group>
                <Figures view={view} />
              </>
            )}
            {view.may.includes("report") && <Hand view={view} board={board} />}
          </Stack>
        </>
      )}
    </Awaited>
  );
}

function Paper({ id }: { id: string }): ReactNode {
  const { say } = useWords();
  const [busy, setBusy] = useState(false);
  async function save(): Promise<void> {
    setBusy(true);
    try {
      const url = URL.createObjectURL(await api.blob(`/api/operations/${id}/paper`));
      const link = document.createElement("a");
      link.href = url;
      link.download = `after-action-${id.slice(-8)}.pdf`;
      link.click();
      URL.revokeObjectURL(url);
    } finally {
      setBusy(false);
    }
  }
  return (
    <Button variant="default" loading={busy} onClick={() => void save()}>
      {say("operations.pdf")}
    </Button>
  );
}

function Figures({ view }: { view: OperationView }): ReactNode {
  const { say, state, number, list } = useWords();
  const sum = sumOf(view.reports);
  const missing = view.parties.filter((party) => !view.reports.some((one) => one.node === party));
  return (
    <Stack gap="sm">
      {missing.length > 0 && (
        <Text fw={600}>{say("operations.after.missing", { states: list(missing.map(state)) })}</Text>
      )}
      <Table className="op-figures" verticalSpacing={6} aria-label={say("operations.after")}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{say("operations.definitions", { version: view.reports[0]!.definitions })}</Table.Th>
            {view.reports.map((one) => (
              <Table.Th ta="end" key={one.node}>
                {one.node.toUpperCase()}
              </Table.Th>
            ))}
            <Table.Th ta="end">{say("operations.sum")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {reportCounts.map((one) => (
            <Table.Tr key={one}>
              <Table.Th scope="row" fw={400}>
                <Text fw={600}>{say(`operations.count.${one}`)}</Text>
                <Text size="sm" c="dimmed">
                  {say(`operations.count.${one}.means`)}
                </Text>
              </Table.Th>
              {view.reports.map((each) => (
                <Table.Td ta="end" key={each.node}>
                  {number(each.counts[one])}
                </Table.Td>
              ))}
              <Table.Td ta="end" fw={700}>
                {number(sum[one])}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {view.reports
        .filter((one) => one.lessons !== "")
        .map((one) => (
          <Text key={one.node}>
            <b>
              {say("operations.lessons")}, {state(one.node)}:
            </b>{" "}
            {one.lessons}
          </Text>
        ))}
    </Stack>
  );
}

interface Begun {
  counts: Partial<Record<ReportCount, number | null>>;
  lessons: string;
}

/** What the board counted already at this state's sites; the rest is hers to say. */
function fromBoard({ sites, own }: BoardView): Begun["counts"] {
  const ours = sites.filter((site) => site.node === own);
  const sum = (of: Counted): number => ours.reduce((all, site) => all + site.tally[of], 0);
  return {
    sites: ours.filter((site) => site.status !== "waiting").length,
    ...{ checked: sum("checks"), met: sum("met"), items: sum("items") },
  };
}

function Hand({ view, board }: { view: OperationView; board: BoardView }): ReactNode {
  const { say } = useWords();
  const acting = useActs(view.id);
  const mine = view.reports.find((one) => one.node === view.own);
  const begun: Begun = { counts: mine?.counts ?? fromBoard(board), lessons: mine?.lessons ?? "" };
  const draft = useDraft(`operations.after.${view.id}`, begun);
  const { counts, lessons } = draft.value;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const whole = Object.fromEntries(reportCounts.map((one) => [one, counts[one] ?? 0]));
        void acting.run("put", "/report", { counts: whole, lessons: lessons.trim() });
      }}
    >
      <Stack gap="md">
        <div className="op-grid">
          {reportCounts.map((one) => (
            <NumberField
              key={one}
              label={say(`operations.count.${one}`)}
              hint={say(`operations.count.${one}.means`)}
              min={0}
              max={9_999_999}
              value={counts[one] ?? null}
              onChange={(to) =>
                draft.set((before) => ({ ...before, counts: { ...before.counts, [one]: to } }))
              }
            />
          ))}
        </div>
        <LongTextField
          label={say("operations.lessons")}
          rows={2}
          maxLength={4000}
          value={lessons}
          onChange={(to) => draft.set((before) => ({ ...before, lessons: to }))}
        />
        {acting.fault !== null && <Problem fault={acting.fault} kept={say("operations.kept")} />}
        <Group className="s-acts op-acts">
          <Button type="submit" loading={acting.busy}>
            {say("operations.hand")}
          </Button>
          <Text size="sm" c="dimmed">
            {draft.says}
          </Text>
        </Group>
      </Stack>
    </form>
  );
}
