// Whom something missing is asked of, and until when: a desk here, or a state.
import { useState } from "react";
import type { ReactNode } from "react";
import { ChoiceField, RadioField, TextField, useDesks, useWords } from "@simpul/doors/web";
import { states, today } from "./parts.tsx";

export interface Asked {
  to: "desk" | "state";
  whom: string | null;
  due: string;
}

/** A fortnight from today, of that state where one is likely. */
export const useAsked = (state: string | null = null) =>
  useState<Asked>({ to: state === null ? "desk" : "state", whom: state, due: today(14) });

export const asksSomebody = ({ whom, due }: Asked): boolean => whom !== null && due !== "";

export function AskedOf({ of, onChange }: { of: Asked; onChange: (to: Asked) => void }): ReactNode {
  const { say, state } = useWords();
  const desks = useDesks(true);
  const choices =
    of.to === "desk"
      ? (desks.data ?? []).map((one) => ({ value: one.id, label: one.name }))
      : states.map((one) => ({ value: one, label: state(one) }));
  return (
    <>
      <RadioField
        label={say("charges.gap.to")}
        required
        value={of.to}
        choices={["desk", "state"].map((value) => ({ value, label: say(`charges.gap.${value}`) }))}
        onChange={(to) => onChange({ ...of, to: to as Asked["to"], whom: null })}
      />
      <ChoiceField
        label={say(`charges.gap.${of.to}`)}
        required
        value={of.whom}
        choices={choices}
        onChange={(whom) => onChange({ ...of, whom })}
      />
      <TextField
        label={say("charges.gap.due")}
        kind="date"
        required
        value={of.due}
        onChange={(due) => onChange({ ...of, due })}
      />
    </>
  );
}
