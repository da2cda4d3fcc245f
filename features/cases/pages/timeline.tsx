// The timeline of a case: what happened, what was decided, what falls due, down one line of years and months.
import type { ReactNode } from "react";
import { Awaited, Empty, useWords } from "@simpul/doors/web";
import type { Records } from "../contract.ts";
import { TimeLine, type Moment } from "../contract/time-line.tsx";
import type { Side as Given } from "./case.tsx";
import { useRecords } from "./data.tsx";
import { Marks, SourceText, plainName } from "./parts.tsx";

export function Side({ view }: Given): ReactNode {
  const { say } = useWords();
  const query = useRecords(view.number, ["event", "place", "subject", "task", "decision"]);
  return (
    <Awaited query={query}>
      {({ records }) => {
        const list = moments(records, say);
        if (list.length === 0)
          return <Empty title={say("cases.timeline.empty")}>{say("cases.events.empty.text")}</Empty>;
        return <TimeLine moments={list} />;
      }}
    </Awaited>
  );
}

function moments(records: Records, say: (key: string) => string): Moment[] {
  const events = records.event.map((event): Moment => {
    const place = records.place.filter((one) => one.id === event.place).map(plainName);
    const who = records.subject.filter((one) => event.subjects.includes(one.id)).map(plainName);
    return {
      id: event.id,
      began: event.began,
      ended: event.ended,
      kind: say(`cases.event.kind.${event.kind}`),
      title: event.title,
      beside: (
        <>
          {[...place, ...who].join(" · ")} <SourceText source={event.source} /> <Marks of={event} />
        </>
      ),
    };
  });
  const day = (id: string, text: string, kind: string, title: string, beside: ReactNode): Moment => ({
    id,
    began: text,
    ended: null,
    kind,
    title,
    beside,
  });
  return [
    ...events,
    ...records.decision.map((one) =>
      day(one.id, one.decidedOn, say("cases.decision"), one.title, one.reason),
    ),
    ...records.task.flatMap((one) =>
      one.due === null || one.state !== "open"
        ? []
        : [day(one.id, one.due, say("cases.task.due"), one.title, null)],
    ),
  ];
}
