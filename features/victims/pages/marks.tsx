// Age and status as they stand beside a person: a word first, a tone that says no more than the word.
import { Group } from "@mantine/core";
import type { ReactNode } from "react";
import { StateTag, useWords } from "@simpul/doors/web";
import type { Age, Status } from "../contract.ts";

const agesShown = { child: "bad", doubt: "bad", adult: "plain", "not-said": "waiting" } as const;

/** Doubt counts as child, and says so. */
export function AgeTag({ age }: { age: Age }): ReactNode {
  const { say } = useWords();
  return <StateTag tone={agesShown[age]}>{say(`victims.age.${age}`)}</StateTag>;
}

const statusTones = {
  "not-screened": "waiting",
  indicators: "waiting",
  presumed: "accent",
  identified: "accent",
  "not-identified": "plain",
} as const;

export function StatusTag({ status }: { status: Status }): ReactNode {
  const { say } = useWords();
  return <StateTag tone={statusTones[status]}>{say(`victims.status.${status}`)}</StateTag>;
}

export function Tags({ kind, codes }: { kind: "need" | "risk"; codes: readonly string[] }): ReactNode {
  const { say } = useWords();
  return (
    <Group gap="xs">
      {codes.map((one) => (
        <StateTag key={one} tone={kind === "risk" ? "bad" : "accent"}>
          {say(`victims.${kind}.${one}`)}
        </StateTag>
      ))}
    </Group>
  );
}
