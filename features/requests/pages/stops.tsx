// Why something may not go where it should, whom to ask, and the way out with one act (HC-4, HC-6).
import { Group, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { Link, LinkButton, Refused, address, useWords } from "@simpul/doors/web";
import { permissionAddress, type PermissionView, type Stop } from "../contract.ts";

/** Only H2, and only towards one state, gives way where a life is at risk (HC-9). */
export const mayOverride = (stop: Stop | null, to: readonly string[]): boolean =>
  stop?.because === "H2" && stop.what === "onward" && to.length === 1;

export function StopLine({
  stop,
  caseRef,
  record,
}: {
  stop: Stop;
  caseRef: string | null;
  /** This node's id of what was stopped; the stop's own where it is not known. */
  record?: string;
}): ReactNode {
  const words = useWords();
  const { say, state } = words;
  const owner = state(stop.originator);
  const to = stop.recipients.length === 0 ? "none" : words.list(stop.recipients.map((one) => state(one)));
  // A protected person is not a matter of terms: one sentence, no way out, nothing to ask (HIT-1, VIC-7).
  if (stop.because === "protected")
    return (
      <Text size="sm" className="r-stop" role="note">
        {say("requests.stop.because.protected", { owner })}
      </Text>
    );
  return (
    <Stack gap={4} className="r-stop" role="note">
      <Text size="sm" fw={600}>
        {say(stop.what === "court" ? "requests.stop.court" : "requests.stop.onward", {
          title: stop.title,
          to,
          owner,
        })}
      </Text>
      <Text size="sm">{say(`requests.stop.because.${stop.because}`, { owner })}</Text>
      <Group gap="xs">
        {stop.wayOut === "ask" && (
          <LinkButton
            size="compact-sm"
            to={permissionAddress({
              records: [record ?? stop.record],
              action: stop.what,
              recipients: stop.recipients,
              case: caseRef,
              originator: stop.originator,
            })}
          >
            {say("requests.stop.ask", { owner })}
          </LinkButton>
        )}
        {stop.wayOut === "waiting" && (
          <Text size="sm">
            {say("requests.stop.waiting", { owner })}{" "}
            {stop.permission !== null && (
              <Link to={`/requests/permissions/${stop.permission}`}>{say("requests.stop.look")}</Link>
            )}
          </Text>
        )}
        {stop.wayOut === "letter" && (
          <Text size="sm">
            {say("requests.stop.letter", { owner })}{" "}
            {caseRef !== null && (
              <Link to={address("/requests/new", { case: caseRef })}>{say("requests.new.title")}</Link>
            )}
          </Text>
        )}
        {stop.wayOut === "none" && <Text size="sm">{say("requests.stop.none")}</Text>}
      </Group>
    </Stack>
  );
}

/** Where one state's terms stop several things, one question asks for all of them. */
export function AskForAll({ stops, caseRef }: { stops: readonly Stop[]; caseRef: string | null }): ReactNode {
  const { say, state } = useWords();
  const groups = new Map<string, Stop[]>();
  for (const stop of stops)
    if (stop.wayOut === "ask") {
      const key = `${stop.originator} ${stop.what}`;
      groups.set(key, [...(groups.get(key) ?? []), stop]);
    }
  const several = [...groups].filter(([, list]) => list.length > 1);
  if (several.length === 0) return null;
  return (
    <Group gap="xs">
      {several.map(([key, list]) => (
        <LinkButton
          key={key}
          to={permissionAddress({
            records: list.map((one) => one.record),
            action: list[0]!.what,
            recipients: [...new Set(list.flatMap((one) => one.recipients))],
            case: caseRef,
            originator: list[0]!.originator,
          })}
        >
          {say("requests.stop.ask-all", { owner: state(list[0]!.originator), count: list.length })}
        </LinkButton>
      ))}
    </Group>
  );
}

/** The node's own refusal of an act, with the same way out. */
export function StoppedBy({ fault, caseRef }: { fault: unknown; caseRef: string | null }): ReactNode {
  const { say, state } = useWords();
  if (!(fault instanceof Refused) || fault.code !== "NEEDS_PERMISSION") return null;
  const { originator, record, what } = fault.facts;
  if (fault.facts["wayOut"] === "letter") return null;
  const owner = String(originator ?? "");
  return (
    <LinkButton
      to={permissionAddress({
        records: [String(record ?? "")],
        action: what === "court" ? "court" : "onward",
        recipients: String(fault.facts["recipients"] ?? "")
          .split(",")
          .filter((one) => one !== ""),
        case: caseRef,
        originator: owner,
      })}
    >
      {say("requests.stop.ask", { owner: state(owner) })}
    </LinkButton>
  );
}

/** Permissions asked for a record, each with where it stands. */
export function Asked({ of }: { of: readonly Pick<PermissionView, "id" | "state" | "action">[] }): ReactNode {
  const { say } = useWords();
  return (
    <>
      {of.map((one) => (
        <Text key={one.id} size="sm">
          <Link to={`/requests/permissions/${one.id}`}>
            {say(`requests.action.${one.action}`)}: {say(`requests.permission.state.${one.state}`)}
          </Link>
        </Text>
      ))}
    </>
  );
}
