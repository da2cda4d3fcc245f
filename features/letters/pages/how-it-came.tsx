// How an answer on paper came: by what way, who said so, when, and its scan. The same for every form that takes one in.
import { Text } from "@mantine/core";
import type { ReactNode } from "react";
import { ChoiceField, ChoicesField, Link, TextField, useWords } from "@simpul/doors/web";
import { answerWays, spokenWays, type AnswerWay, type AskAnswered } from "../contract.ts";
import type { View } from "./data.ts";

export type Came = Pick<AskAnswered, "way" | "saidBy" | "saidAt" | "theirReference" | "items">;

export function HowItCame({
  view,
  value,
  set,
  ways = answerWays,
  itemsHint,
  children,
}: {
  view: View;
  value: Came;
  set: (change: Partial<Came>) => void;
  ways?: readonly AnswerWay[];
  itemsHint?: string;
  /** What the form asks between the way and who said so. */
  children?: ReactNode;
}): ReactNode {
  const { say } = useWords();
  return (
    <>
      <ChoiceField
        label={say("letters.way")}
        required
        value={value.way}
        choices={ways.map((one) => ({ value: one, label: say(`letters.way.${one}`) }))}
        onChange={(way) => set({ way: (way ?? value.way) as AnswerWay })}
      />
      {children}
      <TextField
        label={say("letters.saidBy")}
        required
        maxLength={300}
        value={value.saidBy}
        onChange={(saidBy) => set({ saidBy })}
      />
      <TextField
        kind="date"
        label={say("letters.on")}
        required
        value={value.saidAt}
        onChange={(saidAt) => set({ saidAt })}
      />
      {!spokenWays.includes(value.way) && (
        <>
          <TextField
            label={say("letters.theirReference")}
            maxLength={120}
            value={value.theirReference}
            onChange={(theirReference) => set({ theirReference })}
          />
          {view.joinable.length > 0 && (
            <ChoicesField
              label={say("letters.items")}
              {...(itemsHint === undefined ? {} : { hint: itemsHint })}
              value={value.items}
              choices={view.joinable.map((one) => ({ value: one.id, label: one.fileName }))}
              onChange={(items) => set({ items: items as Came["items"] })}
            />
          )}
          <Text size="sm">
            <Link to="/evidence/take-in">{say("letters.items.take-in")}</Link>
          </Text>
        </>
      )}
    </>
  );
}
