// What the pages of reviews share: a person as she is known, and what stands behind the door of the victim desk.
import { List, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { Empty, LinkButton, useWords } from "@simpul/doors/web";
import type { ReviewedPerson } from "../contract.ts";

export const nameOf = (person: ReviewedPerson): string =>
  person.names[0]?.text ?? person.documents[0] ?? person.phones[0] ?? "–";

/** Original script first, romanised beside; only what is known is named. */
export function Known({ of }: { of: ReviewedPerson }): ReactNode {
  const { say, state } = useWords();
  const lines = [
    ...of.names.map(({ text, romanised }) => (romanised === undefined ? text : `${text} (${romanised})`)),
    of.birth === null ? "" : say("reviews.born", { day: of.birth }),
    of.nationalities.map((one) => state(one.toLowerCase())).join(", "),
    ...of.documents,
    ...of.phones,
  ].filter((line) => line !== "");
  return (
    <List listStyleType="none" size="sm">
      {lines.map((line) => (
        <List.Item key={line}>
          <bdi>{line}</bdi>
        </List.Item>
      ))}
    </List>
  );
}

export function Said({ children }: { children: ReactNode }): ReactNode {
  return (
    <Text size="sm" maw="42rem" component="div">
      {children}
    </Text>
  );
}

/** Everything of the victim desk is behind its door. */
export function Closed(): ReactNode {
  const { say } = useWords();
  return (
    <Empty
      title={say("reviews.closed")}
      act={<LinkButton to="/victims">{say("reviews.closed.act")}</LinkButton>}
    >
      {say("reviews.closed.text")}
    </Empty>
  );
}
