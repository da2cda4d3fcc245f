// Parts that the pages of this room share: how a line is, a fingerprint in groups, who did it, an error in words.
import { Code, SimpleGrid, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { NameText, StateTag, useNow, useWords } from "@simpul/doors/web";
import type { Doer, PeerView } from "../contract.ts";
import { explained } from "../rules.ts";

/** Query keys begin with it; the live stream says it. */
export const topic = "peer";

const tones = {
  unknown: "plain",
  up: "good",
  down: "bad",
  "clock-off": "waiting",
  refusing: "bad",
  behind: "waiting",
  suspended: "waiting",
} as const;

/** How the line is, in one short sentence. */
export function useHealthWords(): (peer: Pick<PeerView, "state" | "health">) => string {
  const { say, ago } = useWords();
  const now = useNow(30_000);
  return ({ state, health }) => {
    if (state !== "confirmed") return say(`peers.line.${state}`);
    const { kind, minutes, since } = health;
    if (kind === "clock-off" && minutes !== null)
      return say(minutes < 0 ? "peers.health.late" : "peers.health.ahead", { minutes: Math.abs(minutes) });
    // A clock that was set back must not speak of the future.
    const then = since === null ? now : new Date(Math.min(Date.parse(since), now.getTime()));
    return say(`peers.health.${kind}`, { since: ago(then, now) });
  };
}

/** The state between the two nodes and, between confirmed ones, how the line is. */
export function LineTag({ peer }: { peer: Pick<PeerView, "state" | "health"> }): ReactNode {
  const words = useHealthWords();
  const tone =
    peer.state === "confirmed" ? tones[peer.health.kind] : peer.state === "stopped" ? "bad" : "waiting";
  return <StateTag tone={tone}>{words(peer)}</StateTag>;
}

/** What an error means and what to do about it; one that nobody explained yet by its code. */
export function useErrorWords(): (code: string | null, detail?: string | null) => string {
  const { say, sayOne } = useWords();
  return (code, detail = null) => {
    if (code === null) return "";
    if (code === "MAY_NOT_LEAVE")
      return say("peers.error.MAY_NOT_LEAVE", { because: sayOne([detail ?? ""]) ?? detail ?? "" });
    return explained.some((one) => one === code)
      ? say(`peers.error.${code}`)
      : say("peers.error.other", { code });
  };
}

export function HealthDetail({ peer }: { peer: Pick<PeerView, "node" | "health"> }): ReactNode {
  const { say, state } = useWords();
  const { health } = peer;
  const error = useErrorWords();
  const text =
    health.kind === "behind" ? say("peers.behind.text", { state: state(peer.node) }) : error(health.code);
  return text === "" ? null : <Text maw="44rem">{text}</Text>;
}

/** Sixteen groups of four, four in a row, as they are read out; `open` further ones are left blank. */
export function Fingerprint({ groups, open = 0 }: { groups: readonly string[]; open?: number }): ReactNode {
  const { say } = useWords();
  const shown = [...groups, ...Array.from({ length: open }, () => "····")];
  return (
    <SimpleGrid
      cols={4}
      spacing="xs"
      verticalSpacing="xs"
      maw="22rem"
      role="img"
      aria-label={`${say("peers.fingerprint")}: ${groups.join(" ")}`}
    >
      {shown.map((group, index) => (
        <Code key={index} fz="md" ta="center" aria-hidden="true">
          {group}
        </Code>
      ))}
    </SimpleGrid>
  );
}

export function Who({ doer }: { doer: Doer }): ReactNode {
  const { say } = useWords();
  return doer.name === null ? (
    <span>{say("peers.by.node")}</span>
  ) : (
    <NameText text={doer.name} romanised={doer.nameLatin} />
  );
}
