// On what the request rests, where an officer relies on it: which list, what is confirmed, by whom and when, and what is not.
import { Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { Link, useWords } from "@simpul/doors/web";
import type { Codes, Form, Ruled } from "../contract.ts";
import { openOf, restsOn, type Rest } from "../rules.ts";
import { useCodeWords } from "./data.ts";
import "./assistance.css";

/** To be confirmed, or confirmed by whom and when; and its source. */
export function StandingText({ of, read }: { of: Ruled; read: string }): ReactNode {
  const { say, date } = useWords();
  const { confirmation } = of;
  const says =
    of.standing === "to-be-confirmed"
      ? say("assistance.tbc")
      : confirmation === undefined
        ? say("assistance.confirmed.read", { day: date(read) })
        : say("assistance.confirmed.by", { by: confirmation.by, day: date(confirmation.on) });
  return (
    <Text size="xs" c="dimmed" component="span" display="block">
      {says}
      {of.source !== "" && (
        <>
          {" · "}
          <span lang="en">{of.source}</span>
        </>
      )}
    </Text>
  );
}

export function useRestWords(): (of: Pick<Rest, "rule" | "says">) => string {
  const { say } = useWords();
  const code = useCodeWords();
  return ({ rule, says }) => {
    const name = say(`assistance.rule.${rule}`);
    return says === null ? name : `${name}: ${rule === "basis" ? code("basis", says) : says}`;
  };
}

export function Rests({
  codes,
  form,
}: {
  codes: Codes;
  form: Pick<Form, "type" | "to" | "basis">;
}): ReactNode {
  const { say, state } = useWords();
  const rests = restsOn(codes, form);
  const open = openOf(rests);
  if (rests.length === 0) return null;
  return (
    <section aria-label={say("assistance.rests")} className="a-check">
      <Title order={2} size="h5">
        {say("assistance.rests")}
      </Title>
      <Text size="sm">
        {say("assistance.rests.text", {
          ...{ state: state(form.to), version: codes.statesVersion },
          ...{ open: open.length, of: rests.length },
        })}
      </Text>
      <List of={open} read={codes.sourcesRead} open />
      {open.length < rests.length && (
        <details className="a-rests">
          <summary>{say("assistance.rests.confirmed", { count: rests.length - open.length })}</summary>
          <List of={rests.filter((one) => !open.includes(one))} read={codes.sourcesRead} />
        </details>
      )}
      <Link to={`/assistance/states?of=${form.to}`}>
        {say("assistance.rests.all", { state: state(form.to) })}
      </Link>
    </section>
  );
}

function List({ of, read, open = false }: { of: readonly Rest[]; read: string; open?: boolean }): ReactNode {
  const words = useRestWords();
  return (
    <ul className="a-list">
      {of.map((one) => (
        <li key={one.rule} data-open={open}>
          <Text size="sm">{words(one)}</Text>
          <StandingText of={one} read={read} />
        </li>
      ))}
    </ul>
  );
}
