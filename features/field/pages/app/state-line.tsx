// The state of sending, in words: what is not sent yet and since when, what the node refused, when it was last heard.
import { Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useWords } from "@simpul/doors/web";
import { syncState } from "../../rules.ts";
import type { OutboxState } from "./outbox.ts";

export function StateLine({ state, again }: { state: OutboxState; again: () => void }): ReactNode {
  const words = useWords();
  const { say } = words;
  const says = syncState(state.waiting, state);
  const today = (at: string): string =>
    new Date(at).toDateString() === new Date().toDateString() ? words.minute(at) : words.time(at);
  const facts = says.kind === "nothing" ? {} : { count: says.count, time: today(says.oldest) };
  return (
    <div className="fp-state" role="status" data-sync={says.kind}>
      <Text component="p" m={0}>
        {say(`field.app.sync.${says.kind}`, facts)}
        {says.kind === "refused" &&
          ` ${words.sayOne([`problem.${says.code}`, "problem.FAULT"]) ?? says.code}`}
      </Text>
      {state.lastContact !== null && (
        <Text component="p" m={0} size="sm" c="dimmed">
          {say("field.app.contact", { time: words.time(state.lastContact) })}
        </Text>
      )}
      {(says.kind === "waiting" || says.kind === "refused") && (
        <button type="button" className="fp-link" onClick={again}>
          {say("field.app.sendNow")}
        </button>
      )}
    </div>
  );
}
