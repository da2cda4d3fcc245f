// One entry of the inbox: its clock, and what it holds beside the list.
import type { ReactNode } from "react";
import { ClockText, Link, TimeText, useWords } from "@simpul/doors/web";
import type { InboxEntry } from "../contract.ts";
import type { Row } from "./acts.tsx";

/** What is left of its time. */
export function Clock({ entry }: { entry: InboxEntry }): ReactNode {
  if (entry.due === null) return "–";
  return entry.due.length === 10 ? <TimeText at={entry.due} day /> : <ClockText due={entry.due} />;
}

/** What it holds, beside the list. */
export function Peek({ entry }: { entry: Row }): ReactNode {
  const { say } = useWords();
  const told = entry.told ?? [];
  return (
    <dl className="s-answers">
      <Said says={say("inbox.kind")}>{say(`inbox.kind.${entry.kind}`)}</Said>
      <Said says={say("inbox.for")}>{say(`inbox.for.${entry.for}`)}</Said>
      {entry.until !== undefined && (
        <Said says={say("inbox.later.until")}>
          <TimeText at={entry.until} />
        </Said>
      )}
      {entry.due !== null && (
        <Said says={say("inbox.due")}>
          <Clock entry={entry} />
        </Said>
      )}
      <Said says={say("inbox.since")}>
        <TimeText at={entry.since} ago />
      </Said>
      {entry.case !== null && (
        <Said says={say("inbox.case")}>
          <Link to={`/cases/${entry.case.number}`}>{entry.case.number}</Link> · {entry.case.title}
        </Said>
      )}
      {told.length > 0 && (
        <Said says={say("inbox.told")}>
          {told.map((one) => (
            <div key={`${one.name} ${one.at}`}>
              <bdi>{one.name}</bdi> <TimeText at={one.at} ago />
            </div>
          ))}
        </Said>
      )}
    </dl>
  );
}

const Said = ({ says, children }: { says: string; children: ReactNode }): ReactNode => (
  <div>
    <dt>{says}</dt>
    <dd>{children}</dd>
  </div>
);
