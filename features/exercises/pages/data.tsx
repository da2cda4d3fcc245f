// What the pages of exercises share: texts of a script in the reader's language, the tag of a run and of a step.
import type { ReactNode } from "react";
import { StateTag, useWords } from "@simpul/doors/web";
import type { RunHead, Standing, Told } from "../contract.ts";

/** A text of the script in the language of the page. */
export function useTold(): (told: Told) => string {
  const { locale } = useWords();
  return (told) => (locale in told ? told[locale] : told.en);
}

const runTones = { announced: "waiting", running: "good", resting: "waiting", ended: "plain" } as const;
export function RunTag({ of }: { of: RunHead }): ReactNode {
  const { say } = useWords();
  return <StateTag tone={runTones[of.state]}>{say(`exercises.state.${of.state}`)}</StateTag>;
}

const stepTones = { later: "plain", open: "waiting", late: "bad", done: "good", skipped: "plain" } as const;
export function StepTag({ kind }: { kind: Standing["kind"] }): ReactNode {
  const { say } = useWords();
  return <StateTag tone={stepTones[kind]}>{say(`exercises.kind.${kind}`)}</StateTag>;
}

/** A moment as it is said while an exercise runs: of today the minute alone. */
export function useMoment(): (at: string) => string {
  const { time, minute, date } = useWords();
  return (at) => (date(at) === date(new Date()) ? minute(at) : time(at));
}
