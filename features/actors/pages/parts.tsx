// What both pages of actors show: a kind in words, where something stands, and why it stands in the list.
import { Group, List, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { HandlingBadge, Link, useWords } from "@simpul/doors/web";
import type { Actor, ActorKind, Stated, Whence } from "../contract.ts";

export function useKind(): (kind: ActorKind) => string {
  const { say } = useWords();
  return (kind) =>
    kind === "person" || kind === "organisation" || kind === "place"
      ? say(`actors.kind.${kind}`)
      : say(`selector.${kind}`);
}

/** In its own script, romanised beside. */
export const nameOf = ({ text, romanised }: Actor["name"]): string =>
  romanised === undefined || romanised === text ? text : `${text} · ${romanised}`;

export function Whences({ of }: { of: readonly Whence[] }): ReactNode {
  return (
    <Group gap="xs">
      {of.map((one) => (
        <Link key={one.id} to={one.to}>
          {one.number}
        </Link>
      ))}
    </Group>
  );
}

/** Reasons in the order of their weight; no number adds them up. */
export function Why({ of }: { of: Actor }): ReactNode {
  const { say } = useWords();
  const { firm, supported, weak } = of.links;
  const reasons = [
    say("actors.why.seen", { count: of.seen.length }),
    ...of.same.map((one) => say(`actors.same.${one}`)),
    ...(of.broker === null ? [] : [say("actors.why.broker", of.broker)]),
    ...(of.parts === null ? [] : [say("actors.why.parts", of.parts)]),
    ...(of.firmly === false ? [say("actors.why.weakly")] : []),
    ...(firm + supported + weak === 0 ? [] : [say("actors.why.links", { firm, supported, weak })]),
  ];
  return (
    <List size="sm" spacing={2} listStyleType="none">
      {reasons.map((one) => (
        <List.Item key={one}>{one}</List.Item>
      ))}
    </List>
  );
}

/** On what a link rests: what was stated, in which case, from which source, how sure. */
export function Grounds({ of }: { of: Stated }): ReactNode {
  const { say, date } = useWords();
  const day = (when: string): string => (/^\d{4}-\d{2}-\d{2}$/.test(when) ? date(when) : when);
  const span = [of.began, of.ended].flatMap((one) => (one === null ? [] : [day(one)]));
  return (
    <Group gap="xs">
      <Text size="sm">{say(of.words)}</Text>
      {span.length > 0 && (
        <Text size="sm" c="dimmed">
          {span.join(" – ")}
        </Text>
      )}
      <Link to={of.in.to}>{of.in.number}</Link>
      {of.source.kind === "item" ? (
        <Link to={`/evidence/${of.source.item}`}>{say("actors.source.item")}</Link>
      ) : (
        <Text size="sm" c="dimmed">
          {of.source.kind === "officer" && of.source.says !== undefined
            ? of.source.says
            : say(`actors.source.${of.source.kind}`)}
        </Text>
      )}
      <HandlingBadge handling={of.handling} evaluation={of.evaluation} />
    </Group>
  );
}
