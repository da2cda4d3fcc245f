// The plan in words, as every state that takes part reads it.
import type { ReactNode } from "react";
import { stateZones } from "@simpul/doors/i18n";
import { Link, useWords } from "@simpul/doors/web";
import type { OperationView } from "../contract.ts";

export function PlanPart({ view }: { view: OperationView }): ReactNode {
  const { say, state, list, time } = useWords();
  const rows: [string, ReactNode][] = [
    ["aim", view.aim],
    ["parties", list(view.parties.map(state))],
    ["lead", state(view.lead)],
    [
      "phases",
      view.phases.length === 0 ? (
        "–"
      ) : (
        <ul className="op-plain">
          {view.phases.map((one, at) => (
            <li key={at}>
              {one.name}:{" "}
              {view.parties
                .map((party) => `${party.toUpperCase()} ${time(one.starts, stateZones[party])}`)
                .join(" · ")}
            </li>
          ))}
        </ul>
      ),
    ],
    ["fallback", view.fallback === "" ? "–" : view.fallback],
    [
      "hotspots",
      view.hotspots.map((one) => [one.name, one.area].filter(Boolean).join(", ")).join("; ") || "–",
    ],
    ...(view.space === null
      ? []
      : [
          [
            "space",
            view.spaceTitle === null ? (
              say("operations.ref.hidden", { mark: view.space.slice(-8) })
            ) : (
              <Link to={`/joint/${view.space}`}>{view.spaceTitle}</Link>
            ),
          ] satisfies [string, ReactNode],
        ]),
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
