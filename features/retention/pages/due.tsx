// What is due for review at this desk: kept with a reason and a new date, held for a court, or deleted; silence deletes (RET-1).
import { Box, Button, Card, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  Awaited,
  Empty,
  Link,
  LongTextField,
  PageHead,
  Problem,
  StateTag,
  Tabs,
  TextField,
  TimeText,
  WhyThis,
  api,
  useLive,
  useQuery,
  useQueryClient,
  useWords,
} from "@simpul/doors/web";
import type { AskKept, Gone, Kept, Terms } from "../contract.ts";

type List = { kept: Kept[]; names: Record<string, string> };

export function Page(): ReactNode {
  const { say } = useWords();
  useLive(["kept", "case", "item", "request"]);
  return (
    <>
      <PageHead title={say("retention.room")} />
      <Tabs
        label={say("retention.room")}
        tabs={[
          { id: "due", label: say("retention.due"), body: <Due state="due" /> },
          { id: "held", label: say("retention.held"), body: <Due state="held" /> },
          { id: "gone", label: say("retention.gone"), body: <GoneList /> },
        ]}
      />
    </>
  );
}

function Due({ state }: { state: "due" | "held" }): ReactNode {
  const { say } = useWords();
  const terms = useQuery({
    queryKey: ["codes", "retention"],
    queryFn: () => api.get<Terms>("/api/retention/terms"),
  });
  const query = useQuery({
    queryKey: ["kept", state],
    queryFn: ({ signal }) => api.get<List>("/api/retention", { query: { state }, signal }),
  });
  return (
    <Awaited query={query}>
      {({ kept, names }) =>
        kept.length === 0 ? (
          <Empty title={say(`retention.none.${state}`)}>{say("retention.none.text")}</Empty>
        ) : (
          <Stack gap="xs" component="ul" p={0} m={0} style={{ listStyle: "none" }}>
            {kept.map((one) => (
              <li key={`${one.kind} ${one.id}`}>
                <One of={one} names={names} longest={terms.data?.longestDays ?? 1825} />
              </li>
            ))}
          </Stack>
        )
      }
    </Awaited>
  );
}

function One({
  of,
  names,
  longest,
}: {
  of: Kept;
  names: Record<string, string>;
  longest: number;
}): ReactNode {
  const words = useWords();
  const { say } = words;
  const queries = useQueryClient();
  const [open, setOpen] = useState<AskKept["decision"] | null>(null);
  const [reason, setReason] = useState("");
  const [until, setUntil] = useState(new Date(Date.now() + longest * 86_400_000).toISOString().slice(0, 10));
  const [fault, setFault] = useState<unknown>(null);
  async function send(decision: AskKept["decision"]): Promise<void> {
    setFault(null);
    try {
      await api.post(`/api/retention/${of.kind}/${of.id}`, {
        decision,
        reason: reason.trim(),
        ...(decision === "keep" ? { until } : {}),
      });
      setOpen(null);
      setReason("");
      await Promise.all(["kept", "inbox"].map((topic) => queries.invalidateQueries({ queryKey: [topic] })));
    } catch (no) {
      setFault(no);
    }
  }
  const to = whereOf(of);
  const title = of.title === "" ? say(`retention.kind.${of.kind}`) : of.title;
  return (
    <Card withBorder padding="sm">
      <Group justify="space-between" gap="xs">
        <Text fw={600} component="div">
          {to === null ? <bdi>{title}</bdi> : <Link to={to}>{title}</Link>}
        </Text>
        <Group gap="xs">
          {of.hold !== null && <StateTag tone="good">{say("retention.isHeld")}</StateTag>}
          {of.frozen && <StateTag tone="good">{say("retention.frozen")}</StateTag>}
          {of.hold === null && !of.frozen && of.deleteAfter !== null && (
            <StateTag tone="bad">{say("retention.deletedOn", { day: words.date(of.deleteAfter) })}</StateTag>
          )}
        </Group>
      </Group>
      <Text size="sm" c="dimmed">
        {say(`retention.kind.${of.kind}`)}
        {of.case !== null && ` · ${of.case.number}`} ·{" "}
        {say("retention.reviewOn", { day: words.date(of.reviewOn) })} · {say(`retention.basis.${of.basis}`)}
      </Text>
      {of.reason !== "" && (
        <Text size="sm">
          {of.reason}
          {of.decidedBy !== null && ` · ${names[of.decidedBy] ?? "–"}`}
        </Text>
      )}
      {of.hold !== null && (
        <Text size="sm">
          {of.hold.reason} · {names[of.hold.by] ?? "–"}
        </Text>
      )}
      <Group gap="xs" mt="xs" className="s-noprint">
        {of.may.map((act) => (
          <Button
            key={act}
            size="compact-sm"
            variant={act === "keep" ? "filled" : "default"}
            aria-expanded={act === "release" ? undefined : open === act}
            onClick={() => (act === "release" ? void send("release") : setOpen(open === act ? null : act))}
          >
            {say(`retention.act.${act}`)}
          </Button>
        ))}
      </Group>
      {open !== null && (
        <Stack gap="xs" mt="xs" maw="40rem">
          <Text size="sm">{say(`retention.act.${open}.text`)}</Text>
          {open === "keep" && (
            <TextField
              label={say("retention.until")}
              kind="date"
              required
              value={until}
              onChange={setUntil}
            />
          )}
          <LongTextField
            label={say("retention.reason")}
            required
            rows={2}
            maxLength={2000}
            value={reason}
            onChange={setReason}
          />
          <Group>
            <Button disabled={reason.trim().length < 3} onClick={() => void send(open)}>
              {say(`retention.act.${open}`)}
            </Button>
          </Group>
        </Stack>
      )}
      {fault !== null && <Problem fault={fault} />}
      <Box mt="xs">
        <WhyThis of={of.id} />
      </Box>
    </Card>
  );
}

/** Where it is looked at before somebody decides; null for what stands alone. */
function whereOf({ kind, id, case: of }: Kept): string | null {
  if (kind === "item") return `/evidence/${id}`;
  if (kind === "request") return `/requests/${id}`;
  return of === null ? null : `/cases/${of.number}`;
}

function GoneList(): ReactNode {
  const { say } = useWords();
  const query = useQuery({
    queryKey: ["kept", "gone"],
    queryFn: ({ signal }) => api.get<{ gone: Gone[] }>("/api/retention/gone", { signal }),
  });
  return (
    <Awaited query={query}>
      {({ gone }) =>
        gone.length === 0 ? (
          <Empty title={say("retention.none.gone")} />
        ) : (
          <Stack gap={4} component="ul" p={0} m={0} style={{ listStyle: "none" }}>
            {gone.map((one) => (
              <li key={`${one.kind} ${one.id}`}>
                <Text size="sm" component="div">
                  {say(`retention.kind.${one.kind}`)} · <code>{one.id}</code> · <TimeText at={one.at} />
                </Text>
                <WhyThis of={one.id} />
              </li>
            ))}
          </Stack>
        )
      }
    </Awaited>
  );
}
