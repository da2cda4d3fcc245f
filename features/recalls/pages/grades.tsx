// Other grades proposed, by us or to us: both grades side by side, the clock, and the originator's answer (EV-4).
import { Button, Card, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  Awaited,
  ClockText,
  Empty,
  HandlingBadge,
  LeaveStateButton,
  Link,
  LongTextField,
  PageHead,
  Problem,
  StateTag,
  Tabs,
  TimeText,
  api,
  tell,
  useGo,
  useLive,
  useQuery,
  useSession,
  useWords,
} from "@simpul/doors/web";
import { Evaluation } from "@simpul/model";
import type { GradeProposal } from "../contract.ts";
import { useFresh, type Named } from "./data.ts";

type List = Named<{ proposals: GradeProposal[] }>;

export function Page(): ReactNode {
  const { say } = useWords();
  useLive(["recall", "request"]);
  return (
    <>
      <PageHead title={say("recalls.grades")} back={{ to: "/recalls", label: say("recalls.room") }} />
      <Tabs
        label={say("recalls.grades")}
        tabs={(["open", "closed"] as const).map((state) => ({
          id: state,
          label: say(`recalls.grades.${state}`),
          body: <Grades state={state} />,
        }))}
      />
    </>
  );
}

function Grades({ state }: { state: "open" | "closed" }): ReactNode {
  const { say } = useWords();
  const query = useQuery({
    queryKey: ["recall", "grades", state],
    queryFn: ({ signal }) => api.get<List>("/api/recalls/grades", { query: { state }, signal }),
  });
  return (
    <Awaited query={query}>
      {({ proposals, names }) =>
        proposals.length === 0 ? (
          <Empty title={say("recalls.grades.none")}>{say("recalls.grades.none.text")}</Empty>
        ) : (
          <Stack gap="xs" component="ul" p={0} m={0} style={{ listStyle: "none" }}>
            {proposals.map((one) => (
              <li key={one.id}>
                <One of={one} names={names} />
              </li>
            ))}
          </Stack>
        )
      }
    </Awaited>
  );
}

function One({ of, names }: { of: GradeProposal; names: Record<string, string> }): ReactNode {
  const words = useWords();
  const { say, state } = words;
  const open = of.state === "open" || of.state === "accepting";
  const title = of.title === "" ? say(`recalls.thing.${of.what}`) : of.title;
  return (
    <Card withBorder padding="sm">
      <Group justify="space-between" gap="xs">
        <Link to={`/requests/${of.request}`}>
          <bdi>{title}</bdi> · {state(of.peer)}
        </Link>
        <Group gap="xs">
          <StateTag tone={of.overdue ? "bad" : open ? "waiting" : of.state === "accepted" ? "good" : "plain"}>
            {say(of.overdue ? "recalls.overdue" : `recalls.grade.state.${of.state}`)}
          </StateTag>
          {open && <ClockText due={of.due} />}
        </Group>
      </Group>
      <Text size="sm" component="div">
        {say("recalls.grade.both", {
          given: Evaluation.print(of.given),
          proposed: Evaluation.print(of.evaluation),
          state: of.ours ? say("recalls.grade.we") : state(of.peer),
        })}{" "}
        · <TimeText at={of.at} />
        {of.by !== null && ` · ${names[of.by] ?? "–"}`}
      </Text>
      <Text size="sm">{of.reason}</Text>
      {of.answer !== null && of.answer !== "" && (
        <Text size="sm" mt={4}>
          {say("recalls.grade.answered")}: {of.answer}
        </Text>
      )}
      {of.recall !== null && (
        <Text size="sm">
          <Link to={`/recalls/${of.recall}`}>{say("recalls.one")}</Link>
        </Text>
      )}
      {of.may.includes("answer") && <Answer of={of} />}
    </Card>
  );
}

/** Accepting writes a recall, which a second person lets go; declining leaves the state with its reason. */
function Answer({ of }: { of: GradeProposal }): ReactNode {
  const { say, state } = useWords();
  const { officer, node } = useSession();
  const fresh = useFresh();
  const go = useGo();
  const [text, setText] = useState("");
  const [fault, setFault] = useState<unknown>(null);
  const send = (accept: boolean) =>
    api.post<{ recall: string | null }>(`/api/recalls/grades/${of.id}/answer`, { accept, text: text.trim() });
  async function accept(): Promise<void> {
    setFault(null);
    try {
      const { recall } = await send(true);
      await fresh();
      if (recall !== null) go(`/recalls/${recall}`);
    } catch (no) {
      setFault(no);
    }
  }
  return (
    <Stack gap="xs" mt="xs" maw="40rem" className="s-noprint">
      <LongTextField
        label={say("recalls.inWords")}
        hint={say("recalls.grade.why.hint")}
        rows={2}
        maxLength={4000}
        value={text}
        onChange={setText}
      />
      {fault !== null && <Problem fault={fault} />}
      <Group>
        <Button onClick={() => void accept()}>
          {say("recalls.grade.accept", { grade: Evaluation.print(of.evaluation) })}
        </Button>
        <LeaveStateButton
          label={say("recalls.grade.decline")}
          disabled={text.trim() === ""}
          reasonNeeded={false}
          recipients={[state(of.peer)]}
          codes={<HandlingBadge handling={{ codes: ["H1", "H2"] }} from={node.code} />}
          approves={say("recalls.signs", { name: officer.name })}
          preview={<Text>{text.trim()}</Text>}
          onLeave={async () => {
            await send(false);
            await fresh();
            tell(say("recalls.grade.declined"));
          }}
        />
      </Group>
    </Stack>
  );
}
