// One recall: what is called back and why, who holds it and what each answered, what was made of it, and the next act.
import { Card, Group, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import {
  Awaited,
  ClockText,
  HandlingBadge,
  LeaveStateButton,
  Link,
  PageHead,
  StateTag,
  TimeText,
  WhyThis,
  api,
  tell,
  useLive,
  useParam,
  useSession,
  useWords,
} from "@simpul/doors/web";
import type { Flag, Holder } from "../contract.ts";
import { Answer, OnPaper, SendBack } from "./acts.tsx";
import { useFresh, useRecall, type View } from "./data.ts";
import { Told } from "./told.tsx";

export function Page(): ReactNode {
  const id = useParam("id");
  useLive(["recall"]);
  const query = useRecall(id);
  return (
    <Awaited query={query} back="/recalls">
      {(view) => <Recall key={view.id} view={view} />}
    </Awaited>
  );
}

function Recall({ view }: { view: View }): ReactNode {
  const { say, state } = useWords();
  const runs =
    view.due !== null && (view.ours ? view.holders.answered < view.holders.all : view.outcome === null);
  const title = `${say(`recalls.kind.${view.kind}`)} · ${view.ours ? say("recalls.ours") : state(view.originator)}`;
  return (
    <>
      <PageHead
        title={title}
        windowTitle={say("recalls.one")}
        back={
          view.request === null
            ? { to: "/recalls", label: say("recalls.room") }
            : { to: `/requests/${view.request}`, label: say("recalls.request") }
        }
        marks={
          <>
            <StateTag tone={view.overdue ? "bad" : view.may.length > 0 ? "waiting" : "plain"}>
              {say(`recalls.state.${view.state}`)}
            </StateTag>
            {view.safety && <StateTag tone="waiting">{say("recalls.safety")}</StateTag>}
            {runs && <ClockText due={view.due} />}
          </>
        }
        {...(view.may.includes("recall.approve") ? { act: <LetGo view={view} /> } : {})}
      />
      <Stack gap="lg" maw="52rem">
        {!view.ours && <Text>{say(`recalls.here.${view.kind}`, { state: state(view.originator) })}</Text>}
        {view.returned !== null && <Text fw={600}>{view.returned.reason}</Text>}
        <Told view={view} />
        {view.may.includes("recall.answer") && <Answer view={view} />}
        {(view.may.includes("recall.return") || view.may.includes("recall.drop")) && <SendBack view={view} />}
        {view.answer !== null && <Answered view={view} />}
        {view.tree.length > 0 && <Tree view={view} />}
        {view.flags.length > 0 && <Flags of={view.flags} />}
        {!view.ours && view.places.length > 0 && (
          <section aria-label={say("recalls.places")}>
            <Title order={2} size="h5">
              {say("recalls.places")}
            </Title>
            {view.places.map((one, at) => (
              <Text key={one.request} size="sm" py={3}>
                <Link to={`/requests/${one.request}`}>
                  {say("recalls.request")} {view.places.length > 1 && at + 1}
                </Link>
              </Text>
            ))}
          </section>
        )}
        <WhyThis of={view.id} />
      </Stack>
    </>
  );
}

/** The red button: it leaves the state. */
function LetGo({ view }: { view: View }): ReactNode {
  const words = useWords();
  const { say } = words;
  const { officer, node } = useSession();
  const fresh = useFresh();
  return (
    <LeaveStateButton
      label={say("recalls.letGo")}
      recipients={[say("recalls.everyHolder")]}
      codes={
        view.handling === null ? (
          say(view.kind === "correct" ? "recalls.sameCodes" : "recalls.noCodes")
        ) : (
          <HandlingBadge handling={view.handling} from={node.code} />
        )
      }
      approves={say("recalls.approves", {
        name: officer.name,
        author: view.author === null ? "–" : (view.names[view.author] ?? "–"),
      })}
      preview={<Told view={view} abroad />}
      onLeave={async (reason) => {
        await api.post(`/api/recalls/${view.id}/approve`, { reason });
        await fresh();
        tell(say("recalls.gone"));
      }}
    />
  );
}

function Answered({ view }: { view: View }): ReactNode {
  const { say } = useWords();
  const answer = view.answer!;
  return (
    <section aria-label={say("recalls.ourAnswer")}>
      <Title order={2} size="h5">
        {say("recalls.ourAnswer")}
      </Title>
      <Text>
        {say(`recalls.outcome.${answer.outcome}`)}
        {answer.code !== null && ` · ${say(`recalls.answer.${answer.code}`)}`} ·{" "}
        {answer.by === null ? say("recalls.byItself") : (view.names[answer.by] ?? "–")} ·{" "}
        <TimeText at={answer.at} />
      </Text>
      {answer.text !== "" && <Text size="sm">{answer.text}</Text>}
    </section>
  );
}

/** COR-1: every holder and every holder's holder, as far as this node knows. */
function Tree({ view }: { view: View }): ReactNode {
  const { say, state } = useWords();
  return (
    <section aria-label={say("recalls.tree")}>
      <Title order={2} size="h5" mb="xs">
        {say("recalls.tree")}
      </Title>
      <Stack gap="xs" component="ul" p={0} m={0} style={{ listStyle: "none" }}>
        {view.tree.map((one) => (
          <li key={one.holder}>
            <Card withBorder padding="sm">
              <Group justify="space-between" gap="xs">
                <Text fw={600}>{state(one.holder)}</Text>
                <HolderState of={one} />
              </Group>
              {one.onPaper && one.answeredAt === null && one.letters.length === 0 && (
                <>
                  <Text size="sm">{say("recalls.onPaper")}</Text>
                  {view.may.includes("recall.note") && <OnPaper view={view} holder={one.holder} />}
                </>
              )}
              {one.letters.map((letter) => (
                <Text size="sm" key={letter.id}>
                  <Link to={`/letters/${letter.id}`}>{letter.reference}</Link>
                  {" · "}
                  {say(
                    letter.standing === "queued"
                      ? "recalls.letter.queued"
                      : `requests.state.${letter.standing}`,
                  )}
                  {letter.overdue && ` · ${say("recalls.overdue")}`}
                </Text>
              ))}
              <Text size="sm" component="div" hidden={one.onPaper}>
                {one.takenAt === null ? (
                  say("recalls.notThere")
                ) : (
                  <>
                    {say("recalls.inForce")} <TimeText at={one.takenAt} other={one.holder} />
                  </>
                )}
                {one.onward.length > 0 &&
                  ` · ${say("recalls.wentOn", { states: one.onward.map((to) => state(to)).join(", ") })}`}
              </Text>
              {one.outcome !== null && (
                <Text size="sm">
                  {one.code !== null && `${say(`recalls.answer.${one.code}`)} · `}
                  {one.officer ?? say("recalls.byItself")}
                  {one.destroyed > 0 && ` · ${say("recalls.tombstones", { count: one.destroyed })}`}
                </Text>
              )}
              {one.text !== null && one.text !== "" && <Text size="sm">{one.text}</Text>}
            </Card>
          </li>
        ))}
      </Stack>
    </section>
  );
}

function HolderState({ of }: { of: Holder }): ReactNode {
  const { say } = useWords();
  if (of.outcome !== null && of.answeredAt !== null)
    return (
      <StateTag tone={of.outcome === "complied" ? "good" : "waiting"}>
        {say(`recalls.outcome.${of.outcome}`)}
      </StateTag>
    );
  return (
    <StateTag tone={of.overdue ? "bad" : "waiting"}>
      {say(of.overdue ? "recalls.overdue" : "recalls.waits")}
    </StateTag>
  );
}

/** COR-2: shown, never changed in silence. */
function Flags({ of }: { of: readonly Flag[] }): ReactNode {
  const { say } = useWords();
  const where = (flag: Flag): string | null => {
    if (flag.what === "request" || flag.what === "answer") return `/requests/${flag.request ?? flag.about}`;
    if (flag.case === null) return null;
    return flag.what === "bundle"
      ? `/evidence/export?case=${flag.case}`
      : `/cases/${flag.case}/selectors?at=${flag.about}`;
  };
  const once = [...new Map(of.map((one) => [`${one.what} ${one.about}`, one])).values()];
  return (
    <section aria-label={say("recalls.flags")}>
      <Title order={2} size="h5">
        {say("recalls.flags")}
      </Title>
      <Text size="sm" c="dimmed" mb="xs">
        {say("recalls.flags.text")}
      </Text>
      {once.map((one) => {
        const to = where(one);
        const words = `${say(`recalls.flag.${one.what}`)}${one.label === "" ? "" : ` · ${one.label}`}`;
        return (
          <Text key={`${one.what} ${one.about}`} size="sm" py={3}>
            {to === null ? words : <Link to={to}>{words}</Link>}
          </Text>
        );
      })}
    </section>
  );
}
