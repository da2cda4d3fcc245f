// What is good to know at a step, beside it: right of it where there is room, above it on a phone.
import type { ReactNode } from "react";
import "./guided.css";
import { useWords } from "./words.tsx";

/** `by`: its message, of a few short sentences; not printed. */
export function Guided({
  by,
  values,
  children,
}: {
  by: string;
  values?: Record<string, string>;
  children: ReactNode;
}): ReactNode {
  const { say } = useWords();
  return (
    <div className="s-guided">
      <aside role="note" aria-label={say("web.guide")} className="s-guide s-noprint">
        {say(by, values)}
      </aside>
      <div className="s-step">{children}</div>
    </div>
  );
}
