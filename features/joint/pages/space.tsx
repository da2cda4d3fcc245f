// One space: what stands and what is next, the things in it by kind, who is in and whose line is down, the note.
import { Group, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import {
  Awaited,
  ChoiceField,
  LeaveStateButton,
  HandlingBadge,
  LinkButton,
  PageHead,
  StateTag,
  Tabs,
  TimeText,
  api,
  tell,
  useAddressValue,
  useParam,
  useSession,
  useWords,
} from "@simpul/doors/web";
import { isGone, thingKinds, type SpaceView, type ThingKind } from "../contract.ts";
import { Ends } from "./acts.tsx";
import { Calendar } from "./calendar.tsx";
import { useLeaving, useSpace } from "./data.ts";
import { Documents } from "./documents.tsx";
import { Evaluation } from "./evaluation.tsx";
import { tones } from "./list.tsx";
import { NoteText } from "./note-text.tsx";
import { Parties } from "./parties.tsx";
import { NoteWords } from "./remarks.tsx";
import { SpaceChart, SpaceMap, SpaceTimeline } from "./pictures.tsx";
import { Things } from "./things.tsx";

export function Page(): ReactNode {
  const { say } = useWords();
  const query = useSpace(useParam("id"));
  return (
    <Awaited query={query} back="/joint">
      {(view) => (
        <>
          <PageHead
            title={view.note.title === "" ? say("joint.untitled") : view.note.title}
            windowTitle={say("joint.room")}
            back={{ to: "/joint", label: say("joint.room") }}
            marks={<StateTag tone={tones[view.phase]}>{say(`joint.phase.${view.phase}`)}</StateTag>}
            act={<Next view={view} />}
          />
          <Stands view={view} />
          <Sides view={view} />
        </>
      )}
    </Awaited>
  );
}

/** The one step that comes next. */
function Next({ view }: { view: SpaceView }): ReactNode {
  const { say } = useWords();
  if (view.may.includes("send") || view.may.includes("approve")) return <Sign view={view} />;
  if (view.may.includes("contribute"))
    return <LinkButton to={`/joint/${view.id}/put`}>{say("joint.put")}</LinkButton>;
  return null;
}

/** The red button: her signature binds the state, and goes to every party with the words she reads here. */
function Sign({ view }: { view: SpaceView }): ReactNode {
  const { say, state } = useWords();
  const { officer, node } = useSession();
  const leaving = useLeaving();
  const of = view.next ?? { note: view.note, digest: view.digest };
  const sends = view.may.includes("send");
  const to = of.note.parties.filter((one) => one !== view.own).map((one) => state(one));
  async function leave(): Promise<void> {
    const at = `/api/joint/${view.id}`;
    const body = { version: of.note.version, digest: of.digest };
    await leaving(() => (sends ? api.post(`${at}/send`) : api.post(`${at}/approve`, body)));
    tell(say("joint.signed"));
  }
  return (
    <LeaveStateButton
      label={say(sends ? "joint.send" : "joint.approve")}
      reasonNeeded={false}
      recipients={to}
      codes={<HandlingBadge handling={{ codes: ["H1", "H2"] }} from={node.code} />}
      approves={say("joint.signs", { name: officer.name })}
      preview={<NoteText note={of.note} digest={of.digest} />}
      onLeave={leave}
    />
  );
}

/** What stands, in one or two lines. */
function Stands({ view }: { view: SpaceView }): ReactNode {
  const { say, state, list, date } = useWords();
  const inside = view.parties.filter((one) => one.stands === "in").map((one) => state(one.state));
  const away = view.parties.filter((one) => one.line?.away === true && one.stands === "in");
  return (
    <Stack gap={4} mb="md" maw="46rem">
      {view.phase === "open" && (
        <Text size="sm">
          {say("joint.stands.open", {
            parties: list(inside),
            day: date(`${view.note.until}T12:00:00Z`),
          })}
        </Text>
      )}
      {view.phase !== "open" && <Text size="sm">{say(`joint.stands.${view.phase}`)}</Text>}
      {view.purgeBy !== null && (
        <Text size="sm">
          {say("joint.purgeBy")} <TimeText at={view.purgeBy} day />
        </Text>
      )}
      {view.phase === "open" &&
        away.map((one) => (
          <Text size="sm" key={one.state} role="status">
            {say("joint.away", { state: state(one.state), count: one.line?.waits ?? 0 })}{" "}
            {one.line !== null && one.line.since !== null && <TimeText at={one.line.since} ago />}
          </Text>
        ))}
      {view.next !== null && view.phase !== "draft" && (
        <Text size="sm">{say(view.next.sent ? "joint.next.asked" : "joint.next.draft")}</Text>
      )}
      <Group gap="xs">
        {view.may.includes("edit") && (
          <LinkButton to={`/joint/${view.id}/note`} variant="default">
            {say("joint.edit")}
          </LinkButton>
        )}
        {view.may.includes("extend") && (
          <LinkButton to={`/joint/${view.id}/note`} variant="default">
            {say("joint.extend")}
          </LinkButton>
        )}
        <Ends view={view} />
      </Group>
    </Stack>
  );
}

/** All of it, or one kind: which one stands in the address. */
function OfKind({ view }: { view: SpaceView }): ReactNode {
  const { say } = useWords();
  const [at, go] = useAddressValue("kind");
  const kind = thingKinds.find((one) => one === at) ?? null;
  const there = thingKinds.filter((one) => view.counts.some((count) => count.kind === one));
  return (
    <Stack gap="sm">
      {there.length > 1 && (
        <Group className="s-noprint">
          <ChoiceField
            label={say("joint.what")}
            value={kind ?? ""}
            required
            choices={[
              { value: "", label: say("joint.anything") },
              ...there.map((one) => ({
                value: one,
                label: say("joint.ofKind", {
                  kind: say(`joint.kind.${one}`),
                  count: view.counts.find((count) => count.kind === one)?.count ?? 0,
                }),
              })),
            ]}
            onChange={(next) => go(next ?? "")}
          />
        </Group>
      )}
      <Things key={at} view={view} kind={kind} />
    </Stack>
  );
}

function Sides({ view }: { view: SpaceView }): ReactNode {
  const { say } = useWords();
  const noteSide = {
    // Not `note`: that is the side of the things of this kind.
    id: "paper",
    label: say("joint.note"),
    body: (
      <Stack maw="40rem">
        <NoteText
          note={view.next?.note ?? view.note}
          digest={view.next?.digest ?? view.digest}
          before={view.before}
          words={view.words}
        />
        <NoteWords view={view} />
        <Documents view={view} />
        <Evaluation view={view} />
      </Stack>
    ),
  };
  const partiesSide = { id: "parties", label: say("joint.parties"), body: <Parties view={view} /> };
  const before = view.phase === "draft" || view.phase === "proposed";
  const count = (kind: ThingKind): number => view.counts.find((one) => one.kind === kind)?.count ?? 0;
  const all = view.counts.reduce((sum, one) => sum + one.count, 0);
  const drawn = (id: string, needs: readonly ThingKind[], body: ReactNode) =>
    needs.some((kind) => count(kind) > 0) ? [{ id, label: say(`joint.${id}`), body }] : [];
  const sides = [
    // Wound down: what stands in the list is that it was there, and what was kept for proceedings.
    {
      id: "all",
      label: isGone(view.phase) ? say("joint.traces") : say("joint.all", { count: all }),
      body: <OfKind view={view} />,
    },
    ...drawn("timeline", ["event", "decision", "task", "date"], <SpaceTimeline view={view} />),
    ...drawn("map", ["site"], <SpaceMap view={view} />),
    ...drawn("chart", ["subject", "selector", "site"], <SpaceChart view={view} />),
    { id: "calendar", label: say("joint.calendar"), body: <Calendar view={view} /> },
  ];
  return (
    <Tabs
      label={view.note.title === "" ? say("joint.untitled") : view.note.title}
      tabs={before ? [noteSide, partiesSide] : [...sides, partiesSide, noteSide]}
    />
  );
}
