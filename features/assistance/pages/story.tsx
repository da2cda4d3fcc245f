// The story of a matter: what happened, when, on which side, and what was said with it.
import { Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { TimeText, useWords } from "@simpul/doors/web";
import type { View } from "./data.ts";

export function Story({ view }: { view: View }): ReactNode {
  const words = useWords();
  const { say, sayOne, state } = words;
  if (view.steps.length === 0) return null;
  return (
    <section aria-label={say("assistance.story")}>
      <Title order={2} size="h5" mb="xs">
        {say("assistance.story")}
      </Title>
      <ol className="a-list">
        {view.steps.map((one, at) => (
          <li key={at} className="a-step">
            <Text size="sm" component="div">
              <b>{say(`assistance.done.${one.step}`)}</b> ·{" "}
              {one.side === "theirs" ? state(view.peer) : one.by === null ? "–" : (view.names[one.by] ?? "–")}{" "}
              · <TimeText at={one.at} />
            </Text>
            {(one.code !== null || one.until !== null) && (
              <Text size="sm">
                {one.code !== null && (sayOne([`assistance.code.${one.code}`]) ?? one.code)}
                {one.code !== null && one.until !== null && " · "}
                {one.until !== null && say("assistance.untilDay", { day: words.date(one.until) })}
              </Text>
            )}
            {one.text !== "" && <Text size="sm">{one.text}</Text>}
          </li>
        ))}
      </ol>
    </section>
  );
}
