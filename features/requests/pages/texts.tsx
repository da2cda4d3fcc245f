// Small texts of this room: who and which desk, where a request stands, its clock, the address of what it is about.
import { Group, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { ClockText, NameText, StateTag, useSession, useWords } from "@simpul/doors/web";
import { stateZones } from "@simpul/doors/i18n";
import type { Names } from "../../cases/contract.ts";
import type { Clock, Limit, PermissionState, RequestState, Thread } from "../contract.ts";

type Known = Record<string, { name: string; nameLatin: string | null } | undefined>;

export function Who({ id, names }: { id: string | null; names: Names }): ReactNode {
  const { say } = useWords();
  const known = id === null ? undefined : (names.officers as Known)[id];
  return known ? (
    <NameText text={known.name} romanised={known.nameLatin} />
  ) : (
    <span>{say("requests.somebody")}</span>
  );
}

export const plainWho = (id: string | null, names: Names, otherwise: string): string =>
  (id === null ? undefined : (names.officers as Known)[id]?.name) ?? otherwise;

export function DeskName({ id, names }: { id: string | null; names: Names }): ReactNode {
  const { say } = useWords();
  const known = id === null ? undefined : (names.desks as Known)[id];
  return known ? (
    <NameText text={known.name} romanised={known.nameLatin} />
  ) : (
    <span>{say("requests.noDesk")}</span>
  );
}

const tones: Partial<Record<RequestState | PermissionState, "good" | "waiting" | "bad" | "accent">> = {
  submitted: "waiting",
  clarification: "waiting",
  judicial: "waiting",
  answered: "good",
  refused: "bad",
  transferred: "waiting",
  undelivered: "bad",
  opened: "accent",
  "in-work": "accent",
  granted: "good",
  conditions: "good",
  partly: "waiting",
  sent: "waiting",
  expired: "bad",
};

export function ThreadState({ of }: { of: Pick<Thread, "state" | "outcome"> }): ReactNode {
  const { say } = useWords();
  return (
    <StateTag tone={tones[of.state] ?? "plain"}>
      {of.outcome === null || of.state === "closed"
        ? say(`requests.state.${of.state}`)
        : say(`requests.outcome.${of.outcome}`)}
    </StateTag>
  );
}

export function PermissionTag({ state }: { state: PermissionState }): ReactNode {
  const { say } = useWords();
  return <StateTag tone={tones[state] ?? "plain"}>{say(`requests.permission.state.${state}`)}</StateTag>;
}

/** As messages know it: their selectors hold no hyphen. */
export const unitWord = (limit: Limit): string => limit.unit.replace("-", "");

/** What is left, or why it stands still. */
export function ClockLine({ clock }: { clock: Clock | null }): ReactNode {
  const words = useWords();
  if (clock === null) return <span>–</span>;
  switch (clock.state) {
    case "running":
      return <ClockText due={clock.due} />;
    case "stopped":
      return <ClockText due={null} stopped={words.say("requests.clock.stopped")} />;
    case "suspended":
      return (
        <ClockText
          due={null}
          stopped={words.say("requests.clock.suspended", {
            day: clock.until === null ? "–" : words.date(clock.until),
          })}
        />
      );
    case "ended":
      return (
        <Text span size="sm">
          {words.say(clock.over ? "requests.clock.endedLate" : "requests.clock.ended")}
        </Text>
      );
  }
}

/** A time as three desks read it: here, over there, UTC. */
export function ThreeTimes({ at, other }: { at: string; other: string }): ReactNode {
  const words = useWords();
  const { node } = useSession();
  const states = [node.code, ...(other === node.code ? [] : [other])];
  const shown = states.map((code) => words.time(at, stateZones[code]));
  // Neighbours often share a clock: the same time is said once.
  const lines = [...new Set(shown)].map((time) =>
    words.say("requests.time.in", {
      time,
      state: words.list(states.filter((_, index) => shown[index] === time).map((code) => words.state(code))),
    }),
  );
  return <span>{[...lines, words.say("web.time.utc", { time: words.reference(at) })].join(" · ")}</span>;
}

/** The whole clock: how long, from when, until when on every desk's wall, and what stops it (RFI-3, RFI-4). */
export function ClockCard({ clock, peer }: { clock: Clock; peer: string }): ReactNode {
  const words = useWords();
  const { say } = words;
  return (
    <section aria-label={say("requests.clock.title")}>
      <Group gap="xs" mb={4}>
        <Text fw={600} size="sm">
          {say("requests.clock.title")}
        </Text>
        <ClockLine clock={clock} />
      </Group>
      <Text size="sm">
        {say("requests.clock.limit", {
          amount: clock.limit.amount,
          unit: unitWord(clock.limit),
          urgent: clock.urgent ? "yes" : "no",
        })}{" "}
        {say(`requests.reach.${clock.reach}`)}
      </Text>
      {clock.days !== undefined && (
        <Text size="sm">
          {say("requests.clock.days", {
            states: words.list(clock.days.states.map((one) => words.state(one))),
          })}{" "}
          {!clock.days.entered && say("requests.clock.days.not-entered")}
        </Text>
      )}
      {clock.standing === "target" && <Text size="sm">{say("requests.clock.target")}</Text>}
      <Text size="sm" component="div">
        {say("requests.clock.started")}: <ThreeTimes at={clock.started} other={peer} />
      </Text>
      {clock.due !== null && clock.state === "running" && (
        <Text size="sm" component="div">
          {say("requests.clock.due")}: <ThreeTimes at={clock.due} other={peer} />
        </Text>
      )}
      {clock.left !== null && (
        <Text size="sm">{say("requests.clock.kept", { length: words.duration(clock.left * 1000) })}</Text>
      )}
      {clock.state !== "ended" && (
        <Text size="sm" c="dimmed">
          {say("requests.clock.stops")}
        </Text>
      )}
    </section>
  );
}

/** A label and what stands behind it, in the notation of every record. */
export function Facts({ of }: { of: readonly { label: string; value: ReactNode }[] }): ReactNode {
  return (
    <dl className="s-answers">
      {of.map((one) => (
        <div key={one.label}>
          <dt>{one.label}</dt>
          <dd>{one.value}</dd>
        </div>
      ))}
    </dl>
  );
}
