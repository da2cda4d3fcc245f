// What pages of targets share: how one stands, in words and the same for everybody, and one act at a time.
import type { ReactNode } from "react";
import { api, StateTag, useActing, useWords } from "@simpul/doors/web";
import type { TargetHead } from "../contract.ts";

const tones = { "under-review": "waiting", standing: "accent", withdrawn: "plain", closed: "plain" } as const;

export function State({ of }: { of: Pick<TargetHead, "state" | "last"> }): ReactNode {
  const { say } = useWords();
  const word =
    of.state === "standing" && of.last !== null
      ? say(`targets.step.${of.last.step}`)
      : say(`targets.state.${of.state}`);
  return <StateTag tone={tones[of.state]}>{word}</StateTag>;
}

export const nameOf = ({ text, romanised }: TargetHead["name"]): string =>
  romanised === undefined || romanised === text ? text : `${text} · ${romanised}`;

/** A day from now, as a date field takes it. */
export const inDays = (days: number): string =>
  new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

/** One call at a time about one target. */
export function useAct(id: string) {
  const { run, ...acting } = useActing("target");
  return {
    ...acting,
    run: (path: string, body?: object) => run(() => api.post(`/api/targets/${id}/${path}`, body)),
  };
}
export type Acting = ReturnType<typeof useAct>;
