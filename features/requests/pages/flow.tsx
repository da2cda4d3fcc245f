// The way of a request through both states' desks, as a picture of two lanes, and the same as a table.
import { Table, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { TimeText, useSession, useWords } from "@simpul/doors/web";
import type { Names } from "../../cases/contract.ts";
import type { Thread, ThreadStep } from "../contract.ts";
import { useCodeWords } from "./data.ts";
import { DeskName, Who } from "./texts.tsx";

const laneAt = { ours: 25, theirs: 75 } as const;
/** What one side does and the other receives: the line crosses to the other lane before the next step begins. */
const crosses: readonly ThreadStep["kind"][] = [
  "asked-back",
  "clarified",
  "suspended",
  "resumed",
  "answered",
  "refused",
  "withdrawn",
  "closed",
  "queued",
];

function StepText({
  step,
  names,
  timed = true,
}: {
  step: ThreadStep;
  names: Names;
  timed?: boolean;
}): ReactNode {
  const { say, state, date } = useWords();
  const code = useCodeWords();
  return (
    <div>
      <Text size="sm" fw={600}>
        {say(`requests.stepped.${step.kind}`)}
      </Text>
      <Text size="xs" c="dimmed" component="div">
        {timed && <TimeText at={step.at} />}
        {step.by !== null && (
          <>
            {" "}
            · <Who id={step.by} names={names} />
          </>
        )}
        {step.desk !== null && (
          <>
            {" "}
            · <DeskName id={step.desk} names={names} />
          </>
        )}
      </Text>
      {step.text !== null && step.text !== "" && (
        <Text size="sm" style={{ whiteSpace: "pre-wrap" }}>
          {step.text}
        </Text>
      )}
      {step.code !== null && (
        <Text size="sm">
          {codeWords(step, code, state, (day) => say("requests.until", { day: date(day) }))}
        </Text>
      )}
    </div>
  );
}

function codeWords(
  step: ThreadStep,
  code: (list: string, one: string | null) => string,
  state: (one: string) => string,
  until: (day: string) => string,
): string {
  switch (step.kind) {
    case "refused":
      return code("grounds", step.code);
    case "closed":
      return code("usefulness", step.code);
    case "answered":
      return code("outcome", step.code);
    case "posted":
      return code("channels", step.code);
    case "suspended":
      return until(step.code ?? "");
    default:
      return /^[a-z]{2}$/.test(step.code ?? "") ? state(step.code ?? "") : code("because", step.code);
  }
}

export function Flow({ thread, names }: { thread: Thread; names: Names }): ReactNode {
  const { say, state } = useWords();
  const { node } = useSession();
  const sides = { ours: state(node.code), theirs: state(thread.peer) };
  const steps = thread.steps;
  return (
    <section aria-label={say("requests.flow")}>
      <div className="r-flow" role="list" aria-label={say("requests.flow.label", sides)}>
        <div className="r-flow-head" aria-hidden="true">
          <b>{sides.ours}</b>
          <span />
          <b>{sides.theirs}</b>
        </div>
        {steps.map((step, index) => {
          const before = steps[index - 1];
          const after = steps[index + 1];
          const here = laneAt[step.side];
          // A line that comes from the other lane crosses above this step, unless the one before already crossed.
          const from = before === undefined ? null : laneAt[before.side];
          return (
            <div key={`${step.at} ${step.kind} ${index}`} className="r-flow-row" role="listitem">
              <div className="r-flow-ours">
                {step.side === "ours" && <StepText step={step} names={names} />}
              </div>
              <div className="r-flow-rail" aria-hidden="true">
                <svg viewBox="0 0 100 100" preserveAspectRatio="none">
                  {from !== null && <path d={`M${from} 0 L${here} 22`} data-cross={from !== here} />}
                  {after !== undefined && <path d={`M${here} 22 L${here} 100`} />}
                  {/* The last message has crossed, even where nothing has happened there yet. */}
                  {after === undefined && crosses.includes(step.kind) && (
                    <path d={`M${here} 22 L${100 - here} 100`} data-cross />
                  )}
                </svg>
                <i style={{ left: `${here}%` }} data-cross={crosses.includes(step.kind)} />
              </div>
              <div className="r-flow-theirs">
                {step.side === "theirs" && <StepText step={step} names={names} />}
              </div>
            </div>
          );
        })}
      </div>
      <details className="s-noprint">
        <summary>{say("requests.flow.table")}</summary>
        <Table aria-label={say("requests.flow.label", sides)} className="s-table">
          <Table.Thead>
            <Table.Tr>
              {["at", "side", "what"].map((one) => (
                <Table.Th key={one} scope="col">
                  {say(`requests.flow.${one}`)}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {steps.map((step, index) => (
              <Table.Tr key={`${step.at} ${step.kind} ${index}`}>
                <Table.Td data-label={say("requests.flow.at")}>
                  <TimeText at={step.at} other={thread.peer} />
                </Table.Td>
                <Table.Td data-label={say("requests.flow.side")}>{sides[step.side]}</Table.Td>
                <Table.Td data-label={say("requests.flow.what")}>
                  <StepText step={step} names={names} timed={false} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </details>
    </section>
  );
}
