// How a freeze stands: its own clock, and the request by which it goes out with the clock of that.
import { Text } from "@mantine/core";
import type { ReactNode } from "react";
import { ClockText, Link, useWords } from "@simpul/doors/web";
import { isAnswered, type Freeze } from "../contract.ts";

export const tones = { asked: "waiting", frozen: "good", partly: "waiting", refused: "bad" } as const;

/** Until when an answer is due; before its request has left, that no clock runs yet. */
export function Due({ of }: { of: Freeze }): ReactNode {
  const { say } = useWords();
  if (of.dueAt === null) return say("targets.freeze.due.notYet");
  return (
    <>
      {say("targets.freeze.due")} <ClockText due={of.dueAt} />
    </>
  );
}

/** Where the request by which it goes out stands, with its own clock; what is left to do there, or to note here. */
export function ByRequest({ of }: { of: Freeze }): ReactNode {
  const { say, state } = useWords();
  const { request, way } = of;
  const draft = way?.state === "draft";
  return (
    <Text size="sm" component="div">
      {way === null ? (
        say("targets.freeze.request")
      ) : (
        <>
          <Link to={`/requests/${request!}`}>
            {draft
              ? say("targets.freeze.request.finish")
              : `${say("targets.freeze.request")} ${way.reference}`}
          </Link>{" "}
          · {state(way.peer)} · {say(`requests.state.${way.state}`)}
          {way.clock !== null && way.clock.due !== null && (
            <>
              {" "}
              · <ClockText due={way.clock.due} />
            </>
          )}
        </>
      )}
      {isAnswered(of) && <b> {say("targets.freeze.came")}</b>}
    </Text>
  );
}
