// One report: numbers with their definitions, text of a named officer, every version with what changed, and letting it leave.
import { Button, Group, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  api,
  Awaited,
  ChoiceField,
  LongTextField,
  PageHead,
  Problem,
  saveFile,
  saveTable,
  tell,
  useAddressValue,
  useDraft,
  useLive,
  useParam,
  useQuery,
  useQueryClient,
  useSession,
  useWords,
} from "@simpul/doors/web";
import { reportLimits, reportTexts, type ReportView, type ShownVersion } from "../contract.ts";
import { Changes, Numbers } from "./report-parts.tsx";
import { ReportTag } from "./reports.tsx";

type Shown = ReportView & { names: Record<string, string> };

export function Page(): ReactNode {
  const { say } = useWords();
  const id = useParam("id");
  useLive(["report"]);
  const query = useQuery({
    queryKey: ["report", id],
    queryFn: ({ signal }) => api.get<Shown>(`/api/follow-up/reports/${id}`, { signal }),
  });
  return (
    <Awaited query={query} back="/follow-up/reports">
      {(view) => (
        <>
          <PageHead
            title={say("follow-up.report.title", {
              template: say(`follow-up.template.${view.template}`),
              of: view.of,
            })}
            back={{ to: "/follow-up/reports", label: say("follow-up.reports") }}
            marks={<ReportTag of={view} />}
          />
          <One key={view.versions} of={view} />
        </>
      )}
    </Awaited>
  );
}

function One({ of }: { of: Shown }): ReactNode {
  const { say, time } = useWords();
  const latest = of.all.at(-1)!;
  const [chosen, choose] = useAddressValue("version", String(latest.version));
  const shown = of.all.find((one) => String(one.version) === chosen) ?? latest;
  const current = shown.version === latest.version;
  // What has left is read; to change it is a decision of its own.
  const [correcting, setCorrecting] = useState(false);
  const writing = current && of.may.includes("write") && (latest.left === null || correcting);
  const who = (one: ShownVersion): string =>
    one.by === null ? say("follow-up.report.byItself") : (of.names[one.by] ?? "–");
  return (
    <Stack gap="md" maw="48rem">
      <Text size="sm">
        {say("follow-up.report.due", { day: of.dueOn })}{" "}
        {of.due.standing === "to-be-confirmed" && (
          <Text span size="sm" c="dimmed">
            {say("follow-up.report.dueTbc")}
          </Text>
        )}
      </Text>
      {of.all.length > 1 && (
        <div className="s-noprint">
          <ChoiceField
            label={say("follow-up.report.version")}
            required
            value={String(shown.version)}
            choices={of.all.toReversed().map((one) => ({
              value: String(one.version),
              label: `${String(one.version)} · ${who(one)} · ${time(one.at)}${one.left === null ? "" : ` · ${say("follow-up.report.left")}`}`,
            }))}
            onChange={(to) => choose(to ?? String(latest.version))}
          />
        </div>
      )}
      <Changes of={shown} />
      {writing ? <Write of={of} latest={latest} /> : <Texts of={shown} />}
      {current && latest.left !== null && !correcting && of.may.includes("write") && (
        <Group className="s-noprint">
          <Button variant="default" onClick={() => setCorrecting(true)}>
            {say("follow-up.report.correct")}
          </Button>
        </Group>
      )}
      <Away of={of} shown={shown} />
      <section aria-label={say("follow-up.report.numbers")}>
        <Title order={2} size="h4">
          {say("follow-up.report.numbers")}
        </Title>
        <Text size="sm" c="dimmed">
          {say("follow-up.report.nobody")}
        </Text>
        <Numbers of={shown.figures} />
      </section>
    </Stack>
  );
}

function Texts({ of }: { of: ShownVersion }): ReactNode {
  const { say } = useWords();
  return (
    <dl className="s-answers">
      {reportTexts.map((one) => (
        <div key={one}>
          <dt>{say(`follow-up.text.${one}`)}</dt>
          <dd>{of.texts[one] === "" ? "–" : of.texts[one]}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Her text, kept as a version of its own; numbers as they are released by now; and letting it leave. */
function Write({ of, latest }: { of: Shown; latest: ShownVersion }): ReactNode {
  const { say } = useWords();
  const queries = useQueryClient();
  const draft = useDraft(`follow-up.report.${of.id}.${String(latest.version)}`, latest.texts);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<unknown>(null);
  const changed = reportTexts.some((one) => draft.value[one].trim() !== latest.texts[one]);
  async function run(call: () => Promise<unknown>, done: string): Promise<void> {
    setBusy(true);
    setFault(null);
    try {
      await call();
      tell(say(done));
      await queries.invalidateQueries({ queryKey: ["report"] });
    } catch (no) {
      setFault(no);
    } finally {
      setBusy(false);
    }
  }
  const revise = (renew: boolean): Promise<void> =>
    run(async () => {
      await api.post(`/api/follow-up/reports/${of.id}/versions`, {
        ...{ after: latest.version, texts: draft.value, renew },
      });
      draft.clear();
    }, "follow-up.report.kept");
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void revise(false);
      }}
    >
      <Stack gap="sm">
        {reportTexts.map((one) => (
          <LongTextField
            key={one}
            label={say(`follow-up.text.${one}`)}
            {...(one === "summary" && { hint: say("follow-up.text.hint"), required: true })}
            rows={one === "summary" ? 4 : 2}
            maxLength={reportLimits.text}
            value={draft.value[one]}
            onChange={(to) => draft.set((before) => ({ ...before, [one]: to }))}
          />
        ))}
        <Text size="xs" c="dimmed" className="s-noprint">
          {draft.says}
        </Text>
        {fault !== null && <Problem fault={fault} kept={say("follow-up.report.keptHere")} />}
        <Group gap="xs" className="s-acts">
          {of.may.includes("leave") && !changed ? (
            <Button
              loading={busy}
              disabled={latest.texts.summary === ""}
              onClick={() =>
                void run(
                  () => api.post(`/api/follow-up/reports/${of.id}/leave`, { version: latest.version }),
                  "follow-up.report.leftNow",
                )
              }
            >
              {say("follow-up.report.leave")}
            </Button>
          ) : (
            <Button type="submit" loading={busy} disabled={!changed}>
              {say("follow-up.report.save")}
            </Button>
          )}
          <Button variant="default" disabled={busy} onClick={() => void revise(true)}>
            {say("follow-up.report.renew")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** The paper exactly as it left, and the numbers as CSV. */
function Away({ of, shown }: { of: Shown; shown: ShownVersion }): ReactNode {
  const { say, time } = useWords();
  const { node } = useSession();
  const [fault, setFault] = useState<unknown>(null);
  const base = `/api/follow-up/reports/${of.id}/versions/${String(shown.version)}`;
  const name = `${of.template}-${of.of}-${String(shown.version)}`;
  const run = (call: () => Promise<void>): void => {
    setFault(null);
    call().catch(setFault);
  };
  return (
    <Stack gap="xs">
      {shown.left !== null && (
        <Text size="sm">
          {say("follow-up.report.leftBy", {
            name: of.names[shown.left.by] ?? "–",
            time: time(shown.left.at),
          })}{" "}
          <code className="s-long">SHA-256 {shown.left.digest}</code>
        </Text>
      )}
      <Group gap="xs" className="s-noprint">
        {shown.left !== null && (
          <Button
            variant="default"
            onClick={() => run(async () => saveFile(`${name}.pdf`, await api.blob(`${base}/paper`)))}
          >
            {say("follow-up.report.pdf")}
          </Button>
        )}
        <Button
          variant="default"
          onClick={() =>
            run(async () => {
              const { rows } = await api.get<{ rows: string[][] }>(`${base}/table`);
              saveTable(name, rows, node.exercise ? say("web.exercise") : null);
            })
          }
        >
          {say("follow-up.csv")}
        </Button>
      </Group>
      {fault !== null && <Problem fault={fault} />}
    </Stack>
  );
}
