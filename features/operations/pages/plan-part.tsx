// The plan in words, as every state that takes part reads it.
import type { ReactNode } from "react";
import { useWords } from "@simpul/doors/web";
import type { OperationView } from "../contract.ts";

export function PlanPart({ view }: { view: OperationView }): ReactNode {
  const { say, state, list } = useWords();
  const rows: [string, ReactNode][] = [
    ["aim", view.aim],
    ["parties", list(view.parties.map(state))],
    ["lead", state(view.lead)],
    ["fallback", view.fallback === "" ? "–" : view.fallback],
    [
      "hotspots",
      view.hotspots.map((one) => [one.name, one.area].filter(Boolean).join(", ")).join("; ") || "–",
    ],
  ];
  return (
    <dl className="s-answers">
      {rows.map(([word, text]) => (
        <div key={word}>
          <dt>{say(`operations.${word}`)}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
}
