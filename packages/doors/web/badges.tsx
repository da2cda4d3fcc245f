// Marks that stand at the same place everywhere: handling and evaluation, proof, exercise.
import { Badge, HoverCard, Stack, Text, UnstyledButton } from "@mantine/core";
import type { ReactNode } from "react";
import { Evaluation } from "@simpul/model";
import type { Handling } from "@simpul/model";
import { useLink } from "./link.tsx";
import { useWords } from "./words.tsx";

/**
 * Handling and evaluation as one badge (`H1 H2 B3`); on hover or focus it says in words what may be done and how sure
 * it is. `from` names the state whose permission is needed ("ask Cambodia before passing on", HC-3).
 */
export function HandlingBadge({
  handling,
  evaluation,
  from,
}: {
  handling: Handling;
  evaluation?: Evaluation | null;
  from?: string;
}): ReactNode {
  const { say, state } = useWords();
  const codes = handling.codes.join(" ");
  const grade = evaluation ? Evaluation.print(evaluation) : null;
  const owner = from === undefined ? "none" : state(from);
  const lines = [
    ...handling.codes.map((code) => say(`handling.${code}`, { owner })),
    ...(handling.text === undefined ? [] : [handling.text]),
    ...(evaluation
      ? grade === "X4"
        ? [say("evaluation.none")]
        : [
            say(`evaluation.source.${evaluation.source}`),
            say(`evaluation.information.${evaluation.information}`),
          ]
      : []),
  ];
  return (
    <HoverCard width={320} shadow="md" openDelay={150} withinPortal>
      <HoverCard.Target>
        <span
          className="s-marking"
          data-strict={handling.codes.includes("H0") ? "no" : "yes"}
          tabIndex={0}
          role="img"
          aria-label={lines.join("; ")}
        >
          {grade === null ? codes : `${codes} ${grade}`}
        </span>
      </HoverCard.Target>
      <HoverCard.Dropdown>
        <Stack gap={4}>
          {lines.map((line) => (
            <Text size="sm" key={line}>
              {line}
            </Text>
          ))}
        </Stack>
      </HoverCard.Dropdown>
    </HoverCard>
  );
}

export type ProofState =
  { kind: "sealed" } | { kind: "cosigned"; by: readonly string[] } | { kind: "verified"; at: string };

/** The shield: sealed, cosigned by …, verified just now; one click leads to the story. */
export function Shield({ state, to }: { state: ProofState; to?: string }): ReactNode {
  const words = useWords();
  const text =
    state.kind === "sealed"
      ? words.say("web.shield.sealed")
      : state.kind === "cosigned"
        ? words.say("web.shield.cosigned", { states: words.list(state.by.map((code) => code.toLowerCase())) })
        : words.say("web.shield.verified", { time: words.time(state.at) });
  const inside = (
    <>
      <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
        <path
          d="M8 1 14 3v5c0 3.5-2.5 6-6 7-3.5-1-6-3.5-6-7V3z"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.5"
        />
        {state.kind !== "sealed" && (
          <path d="m5 8 2 2 4-4" fill="none" stroke="currentColor" strokeWidth="1.5" />
        )}
        {state.kind === "verified" && (
          <path d="m5 11 2 2 4-4" fill="none" stroke="currentColor" strokeWidth="1.2" />
        )}
      </svg>
      {text}
    </>
  );
  return to === undefined ? (
    <span className="s-shield" data-state={state.kind}>
      {inside}
    </span>
  ) : (
    <ShieldLink to={to} state={state.kind}>
      {inside}
    </ShieldLink>
  );
}

function ShieldLink({ to, state, children }: { to: string; state: string; children: ReactNode }): ReactNode {
  return (
    <UnstyledButton component="a" {...useLink(to)} className="s-shield" data-state={state}>
      {children}
    </UnstyledButton>
  );
}

/** A short word for a state of things, e.g. `open`, `closed`; `tone` never says more than the word does. */
export function StateTag({
  children,
  tone = "plain",
}: {
  children: ReactNode;
  tone?: "plain" | "good" | "waiting" | "bad" | "accent";
}): ReactNode {
  return (
    <Badge className="s-tag" data-tone={tone} variant="default" radius="sm">
      {children}
    </Badge>
  );
}

/** Oversight has ordered that a record rests: by whom and since when; nothing where it does not. */
export function RestsTag({ of }: { of: { by: string; at: string } | null }): ReactNode {
  const { say, time } = useWords();
  return of === null ? null : (
    <StateTag tone="bad">{say("web.rests", { name: of.by, time: time(of.at) })}</StateTag>
  );
}
