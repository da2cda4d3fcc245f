// What the phone asks of the flow of questions: it is handed in, so that the phone knows no question.
import type { ComponentType } from "react";

/** What a finished screening leaves for the desk: entries of the kinds that its feature declares. */
export interface Finished {
  entries: readonly { kind: string; data: unknown }[];
}

export interface FlowProps {
  /** What was kept of this screening; null at its beginning. */
  value: unknown;
  /** Kept at once, encrypted on this phone. `part` from 0 to 1: how far it is. */
  onChange: (value: unknown, part: number) => void;
  onFinish: (finished: Finished) => void;
  /** Puts it aside; it stays in the list of what is not finished. */
  onLeave: () => void;
}
export type Flow = ComponentType<FlowProps>;

/** Seals one entry to the desk (features/victims). */
export type Seal = (
  to: { kid: string; key: object },
  entry: {
    id: string;
    person: string;
    kind: string;
    at: string;
    by: { node: string; officer: string | null; door: "field" };
    data: unknown;
  },
) => Promise<{ id: string; person: string; jwe: string }>;

/** What is kept of a screening that is not finished. */
export interface Work {
  person: string;
  /** As it was scanned or typed; null for a person without one. */
  wristband: string | null;
  began: string;
  part: number;
  value: unknown;
}
