// What pages of targets share: how one stands, in words and the same for everybody, and one act at a time.
import { useState } from "react";
import type { ReactNode } from "react";
import { api, StateTag, useQueryClient, useWords } from "@simpul/doors/web";
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

export interface Acting {
  busy: boolean;
  fault: unknown;
  /** True when it was done. */
  run: (path: string, body?: object) => Promise<boolean>;
}

/** One call at a time about one target; what was refused stands there. */
export function useAct(id: string): Acting {
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<unknown>(null);
  async function run(path: string, body?: object): Promise<boolean> {
    setBusy(true);
    setFault(null);
    try {
      await api.post(`/api/targets/${id}/${path}`, body);
      await queries.invalidateQueries({ queryKey: ["target"] });
      return true;
    } catch (no) {
      setFault(no);
      return false;
    } finally {
      setBusy(false);
    }
  }
  return { busy, fault, run };
}
