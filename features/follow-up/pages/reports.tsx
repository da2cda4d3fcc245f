// What this desk owes: reports by month and year, what is overdue first, and one that the clock has not written.
import { Button, Group, Stack, Table, Text } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  api,
  Awaited,
  ChoiceField,
  Empty,
  Link,
  PageHead,
  Problem,
  StateTag,
  TextField,
  useGo,
  useLive,
  useQuery,
  useWords,
  ListTable,
} from "@simpul/doors/web";
import type { ReportHead, Template } from "../contract.ts";
import { lastMonth } from "../rules.ts";
import { Rooms } from "./parts.tsx";

interface Answer {
  reports: ReportHead[];
  templates: Template[];
}

export function Page(): ReactNode {
  const { say } = useWords();
  useLive(["report"]);
  const query = useQuery({
    queryKey: ["report"],
    queryFn: ({ signal }) => api.get<Answer>("/api/follow-up/reports", { signal }),
  });
  return (
    <>
      <PageHead title={say("follow-up.reports")} />
      <Rooms at="reports" />
      <Awaited query={query}>
        {({ reports, templates }) => (
          <Stack gap="md" maw="60rem">
            {templates.length === 0 && reports.length === 0 ? (
              <Empty title={say("follow-up.reports.none")}>{say("follow-up.reports.none.text")}</Empty>
            ) : (
              <>
                <Text size="sm">{say("follow-up.reports.text")}</Text>
                {reports.length > 0 && <Reports of={reports} />}
                <Begin templates={templates} />
              </>
            )}
          </Stack>
        )}
      </Awaited>
    </>
  );
}

const tones = { draft: "waiting", left: "good", corrected: "accent" } as const;
export function ReportTag({ of }: { of: Pick<ReportHead, "state" | "overdue"> }): ReactNode {
  const { say } = useWords();
  return (
    <Group gap={4}>
      <StateTag tone={tones[of.state]}>{say(`follow-up.report.${of.state}`)}</StateTag>
      {of.overdue && <StateTag tone="bad">{say("follow-up.report.overdue")}</StateTag>}
    </Group>
  );
}

function Reports({ of }: { of: readonly ReportHead[] }): ReactNode {
  const { say } = useWords();
  return (
    <ListTable
      label={say("follow-up.reports")}
      columns={["report", "dueOn", "state"].map((one) => say(`follow-up.report.column.${one}`))}
    >
      {of
        .toSorted((a, b) => Number(b.overdue) - Number(a.overdue))
        .map((one) => (
          <Table.Tr key={one.id} style={{ cursor: "auto" }}>
            <Table.Td data-main data-label={say("follow-up.report.column.report")}>
              <Link to={`/follow-up/reports/${one.id}`}>
                {say("follow-up.report.title", {
                  template: say(`follow-up.template.${one.template}`),
                  of: one.of,
                })}
              </Link>
            </Table.Td>
            <Table.Td data-label={say("follow-up.report.column.dueOn")}>{one.dueOn}</Table.Td>
            <Table.Td data-label={say("follow-up.report.column.state")}>
              <ReportTag of={one} />
            </Table.Td>
          </Table.Tr>
        ))}
    </ListTable>
  );
}

const lastOf = (period: Template["period"] | undefined): string =>
  period === "year" ? String(new Date().getUTCFullYear() - 1) : lastMonth(new Date());

/** An earlier period, or the last one before its day. */
function Begin({ templates }: { templates: readonly Template[] }): ReactNode {
  const { say } = useWords();
  const go = useGo();
  const [template, setTemplate] = useState<string | null>(templates[0]?.code ?? null);
  const [of, setOf] = useState(lastOf(templates[0]?.period));
  const [fault, setFault] = useState<unknown>(null);
  const [open, setOpen] = useState(false);
  const chosen = templates.find((one) => one.code === template);
  if (templates.length === 0) return null;
  async function send(): Promise<void> {
    setFault(null);
    try {
      const { id } = await api.post<{ id: string }>("/api/follow-up/reports", { template, of });
      go(`/follow-up/reports/${id}`);
    } catch (no) {
      setFault(no);
    }
  }
  if (!open)
    return (
      <Group className="s-noprint">
        <Button variant="default" onClick={() => setOpen(true)}>
          {say("follow-up.report.begin")}
        </Button>
      </Group>
    );
  return (
    <form
      className="s-noprint"
      aria-label={say("follow-up.report.begin")}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <Stack gap="sm" maw="28rem">
        <ChoiceField
          label={say("follow-up.report.column.report")}
          required
          value={template}
          choices={templates.map((one) => ({
            value: one.code,
            label: say(`follow-up.template.${one.code}`),
          }))}
          onChange={(to) => {
            setTemplate(to);
            setOf(lastOf(templates.find((one) => one.code === to)?.period));
          }}
        />
        <TextField
          label={say("follow-up.report.of")}
          hint={say(chosen?.period === "year" ? "follow-up.report.ofYear" : "follow-up.report.ofMonth")}
          required
          maxLength={7}
          value={of}
          onChange={setOf}
        />
        {fault !== null && <Problem fault={fault} />}
        <Group gap="xs" className="s-acts">
          <Button type="submit" disabled={template === null || of === ""}>
            {say("follow-up.report.write")}
          </Button>
          <Button variant="subtle" onClick={() => setOpen(false)}>
            {say("follow-up.cancel")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
