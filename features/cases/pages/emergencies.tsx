// Emergencies: opening a case one does not see, what is open now, and the review by somebody else.
import { Button, Group, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  Awaited,
  Link,
  LongTextField,
  PageHead,
  Problem,
  StateTag,
  TextField,
  TimeText,
  api,
  useDraft,
  useGo,
  useLive,
  useNow,
  useQuery,
  useQueryClient,
  useSession,
  useTellProblem,
  useWords,
} from "@simpul/doors/web";
import type { Opening, OpeningFinding } from "../contract.ts";
import type { Named } from "./data.tsx";
import { DeskName, Who } from "./parts.tsx";

type Listed = Named<{ openings: Opening[]; hours: number }>;

export function Page(): ReactNode {
  const { say } = useWords();
  const { officer } = useSession();
  useLive(["case", "officer", "desk"]);
  const query = useQuery({
    queryKey: ["case", "emergencies"],
    queryFn: ({ signal }) => api.get<Listed>("/api/cases/emergencies", { signal }),
  });
  const works = !officer.roles.includes("oversight");
  return (
    <>
      <PageHead title={say("cases.emergency.title")} />
      <Awaited query={query}>
        {(view) => (
          <Stack gap="xl">
            {works && <Ask hours={view.hours} />}
            <Openings view={view} />
          </Stack>
        )}
      </Awaited>
    </>
  );
}

/** Number and reason, and what happens then. */
function Ask({ hours }: { hours: number }): ReactNode {
  const { say } = useWords();
  const go = useGo();
  const draft = useDraft("cases.emergency", { number: "", reason: "" });
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<unknown>(null);
  const { number, reason } = draft.value;
  async function open(): Promise<void> {
    setBusy(true);
    setFault(null);
    try {
      const opened = await api.post<{ number: string }>("/api/cases/emergencies", {
        number: number.trim(),
        reason,
      });
      draft.clear();
      go(`/cases/${opened.number}`);
    } catch (no) {
      setFault(no);
    } finally {
      setBusy(false);
    }
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void open();
      }}
    >
      <Stack gap="md" maw="40rem">
        <Text>{say("cases.emergency.text", { hours })}</Text>
        <TextField
          label={say("cases.emergency.number")}
          required
          maxLength={14}
          value={number}
          onChange={(next) => draft.set((before) => ({ ...before, number: next }))}
        />
        <LongTextField
          label={say("cases.emergency.reason")}
          hint={say("cases.emergency.reason.hint")}
          value={reason}
          rows={3}
          onChange={(next) => draft.set((before) => ({ ...before, reason: next }))}
        />
        {fault !== null && <Problem fault={fault} kept={say("cases.form.kept")} />}
        <Group className="s-acts">
          <Button
            type="submit"
            loading={busy}
            disabled={!/^[A-Za-z]{2}-\d{4}-\d{6}$/.test(number.trim()) || reason.trim().length < 20}
          >
            {say("cases.emergency.open")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Openings({ view }: { view: Listed }): ReactNode {
  const { say } = useWords();
  return (
    <Stack gap="md" component="section" aria-label={say("cases.emergency.list")}>
      <Title order={2} size="h4">
        {say("cases.emergency.list")}
      </Title>
      {view.openings.length === 0 && <Text>{say("cases.emergency.none")}</Text>}
      {view.openings.map((one) => (
        <One key={one.id} of={one} names={view.names} />
      ))}
    </Stack>
  );
}

function One({ of, names }: { of: Opening; names: Listed["names"] }): ReactNode {
  const { say } = useWords();
  const queries = useQueryClient();
  const tellProblem = useTellProblem();
  const now = useNow(30_000);
  const runs = of.endedAt === null && Date.parse(of.until) > now.getTime();
  const end = (): void =>
    void api
      .post(`/api/cases/emergencies/${of.id}/end`)
      .then(() => queries.invalidateQueries({ queryKey: ["case"] }))
      .catch(tellProblem);
  return (
    <Stack gap="xs" className="s-sheet" component="article" aria-label={of.case.number}>
      <Group gap="sm">
        <Link to={`/cases/${of.case.number}`}>
          {of.case.number}
          {of.case.title !== null && ` · ${of.case.title}`}
        </Link>
        <StateTag>
          {say(
            of.review !== null
              ? `cases.emergency.${of.review.finding}`
              : runs
                ? "cases.emergency.runs"
                : "cases.emergency.over",
          )}
        </StateTag>
      </Group>
      <Text size="sm">
        <Who id={of.officer} names={names} />, <DeskName id={of.desk} names={names} />,{" "}
        <TimeText at={of.openedAt} /> – <TimeText at={of.endedAt ?? of.until} />
      </Text>
      <Text style={{ whiteSpace: "pre-wrap" }}>{of.reason}</Text>
      {of.review !== null && (
        <Text size="sm">
          <Who id={of.review.by} names={names} />, <TimeText at={of.review.at} />
          {of.review.text !== "" && `: ${of.review.text}`}
        </Text>
      )}
      {of.may.includes("end") && (
        <Group>
          <Button variant="default" onClick={end}>
            {say("cases.emergency.end")}
          </Button>
        </Group>
      )}
      {of.may.includes("review") && <Review of={of} />}
    </Stack>
  );
}

function Review({ of }: { of: Opening }): ReactNode {
  const { say } = useWords();
  const queries = useQueryClient();
  const [text, setText] = useState("");
  const [fault, setFault] = useState<unknown>(null);
  const tell = (finding: OpeningFinding): void =>
    void api
      .post(`/api/cases/emergencies/${of.id}/review`, { finding, text })
      .then(() => queries.invalidateQueries({ queryKey: ["case"] }))
      .catch(setFault);
  return (
    <Stack gap="sm">
      <LongTextField label={say("cases.emergency.review")} value={text} rows={2} onChange={setText} />
      {fault !== null && <Problem fault={fault} />}
      <Group>
        <Button variant="default" onClick={() => tell("justified")}>
          {say("cases.emergency.justified")}
        </Button>
        <Button variant="default" onClick={() => tell("not-justified")}>
          {say("cases.emergency.not-justified")}
        </Button>
      </Group>
    </Stack>
  );
}
