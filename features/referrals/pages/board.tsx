// The referral board: what others answer next, what others ask of us, what was called back and is not confirmed (VIC-4).
import { Card, Group, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import {
  Awaited,
  ClockText,
  Empty,
  Link,
  LinkButton,
  PageHead,
  StateTag,
  Tabs,
  TimeText,
  useWords,
} from "@simpul/doors/web";
import type { NextOnTrack } from "../contract.ts";
import { useBoard, type Board, type Card as One } from "./data.ts";
import { Gate } from "../../victims/contract/gate.tsx";

const running = ["pending", "accepted"];

export function Page(): ReactNode {
  const { say } = useWords();
  return (
    <>
      <PageHead
        title={say("referrals.room")}
        act={
          <LinkButton to="/referrals/services" variant="default">
            {say("referrals.services")}
          </LinkButton>
        }
      />
      <Gate>
        <Lists />
      </Gate>
    </>
  );
}

function Lists(): ReactNode {
  const { say } = useWords();
  const query = useBoard();
  return (
    <Awaited query={query}>
      {(board) => (
        <>
          <Pressing board={board} />
          <Tabs
            label={say("referrals.room")}
            tabs={[
              {
                id: "came",
                label: say("referrals.came"),
                body: (
                  <List of={board.came.filter(({ share }) => running.includes(share.state))} none="came" />
                ),
              },
              {
                id: "out",
                label: say("referrals.out"),
                body: <List of={board.out.filter(({ share }) => running.includes(share.state))} none="out" />,
              },
              {
                id: "over",
                label: say("referrals.over"),
                body: (
                  <List
                    of={[...board.came, ...board.out].filter(({ share }) => !running.includes(share.state))}
                    none="over"
                  />
                ),
              },
            ]}
          />
          <Group mt="md" gap="md" className="s-noprint">
            <Link to="/referrals/desk-keys">{say("referrals.deskKeys")}</Link>
            <Link to="/referrals/tracks">{say("referrals.tracks")}</Link>
          </Group>
        </>
      )}
    </Awaited>
  );
}

/** What must not wait: holders who have not confirmed, and sharing without consent that nobody reviewed. */
function Pressing({ board }: { board: Board }): ReactNode {
  const { say } = useWords();
  const overdue = [...board.out, ...board.came].filter(({ holders }) => holders.some((one) => one.overdue));
  const reviews = board.overrides;
  if (overdue.length + reviews.length === 0) return null;
  return (
    <Stack gap="xs" mb="md">
      {overdue.length > 0 && (
        <Card withBorder padding="sm">
          <Text fw={600}>{say("referrals.overdue", { count: overdue.length })}</Text>
          {overdue.map((one) => (
            <div key={one.share.id}>
              <Link to={`/referrals/${one.share.id}`}>{nameOf(one, say("referrals.noName"))}</Link>
            </div>
          ))}
        </Card>
      )}
      {reviews.length > 0 && (
        <Card withBorder padding="sm">
          <Text fw={600}>{say("referrals.toReview", { count: reviews.length })}</Text>
          {reviews.map((one) => (
            <div key={one.override}>
              <Link to={`/referrals/people/${one.person.id}`}>{one.person.pseudonym}</Link>
              {one.mine && ` · ${say("referrals.reviewedByOther")}`}
            </div>
          ))}
        </Card>
      )}
    </Stack>
  );
}

const nameOf = (one: One, none: string): string =>
  one.person?.pseudonym ?? (one.recipientName === "" ? none : one.recipientName);

function List({ of, none }: { of: One[]; none: "came" | "out" | "over" }): ReactNode {
  const { say } = useWords();
  if (of.length === 0)
    return <Empty title={say(`referrals.none.${none}`)}>{say("referrals.none.text")}</Empty>;
  return (
    <Stack gap="xs" component="ul" p={0} m={0} style={{ listStyle: "none" }}>
      {of.map((one) => (
        <li key={one.share.id}>
          <Line of={one} />
        </li>
      ))}
    </Stack>
  );
}

function Line({ of }: { of: One }): ReactNode {
  const { say, state } = useWords();
  const { share } = of;
  const who = share.ours ? of.recipientName : share.peer === null ? "" : state(share.peer);
  return (
    <Card withBorder padding="sm">
      <Group justify="space-between" gap="xs">
        <Link to={`/referrals/${share.id}`}>
          {say(`referrals.kind.${of.kind}`)} · {of.person?.pseudonym ?? say("referrals.noName")}
        </Link>
        <Group gap="xs">
          {of.urgent && <StateTag tone="bad">{say("referrals.urgent")}</StateTag>}
          <StateTag tone={toneOf(share.state)}>{say(`referrals.state.${share.state}`)}</StateTag>
          {share.due !== null && <ClockText due={share.due} />}
        </Group>
      </Group>
      <Text size="sm" c="dimmed" component="div">
        {share.ours ? say("referrals.to", { who }) : say("referrals.fromWho", { who })} ·{" "}
        {say(`referrals.way.${share.way}`)}
        {of.last !== null && ` · ${say(`referrals.step.${of.last}`)}`} · <TimeText at={share.changedAt} />
      </Text>
      {of.next !== null && <NextStep of={of.next} />}
    </Card>
  );
}

/** The step that is next by this state's clocks, and what that clock rests on. */
export function NextStep({ of }: { of: NextOnTrack }): ReactNode {
  const { say } = useWords();
  return (
    <Group gap="xs" mt={4}>
      <Text size="sm">{say("referrals.track.next", { step: say(`referrals.step.${of.step}`) })}</Text>
      <ClockText due={of.due} />
      <Text size="sm" c="dimmed">
        {of.confirmed ? of.source : `${of.source} (${say("referrals.toConfirm")})`}
      </Text>
    </Group>
  );
}

export const toneOf = (state: string): "good" | "bad" | "waiting" | "plain" =>
  state === "accepted" || state === "done"
    ? "good"
    : state === "pending"
      ? "waiting"
      : state === "returned" || state === "rejected"
        ? "bad"
        : "plain";
