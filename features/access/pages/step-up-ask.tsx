// Between the page's way to its node and the dialog: one question at a time, answered yes or no.
import { useSyncExternalStore } from "react";
import type { Refused } from "@simpul/doors/web";

export interface StepUpQuestion {
  code: string;
  act: string;
  record: string;
  answer: (proven: boolean) => void;
}

let question: StepUpQuestion | null = null;
const listeners = new Set<() => void>();
function put(next: StepUpQuestion | null): void {
  question = next;
  for (const tell of listeners) tell();
}

/** Called when the node answers `STEP_UP` or `SECOND_WORD`; resolves when a proof was made, or she let it be. */
export function askStepUp(refused: Refused): Promise<boolean> {
  const { act, record } = refused.facts;
  if (typeof act !== "string" || typeof record !== "string" || listeners.size === 0)
    return Promise.resolve(false);
  question?.answer(false);
  return new Promise((resolve) => {
    put({
      code: refused.code,
      act,
      record,
      answer: (proven) => {
        put(null);
        resolve(proven);
      },
    });
  });
}

export const useStepUpQuestion = (): StepUpQuestion | null =>
  useSyncExternalStore(
    (tell) => {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
    () => question,
  );
