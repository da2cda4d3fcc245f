// A request that goes as a letter: its pages before it leaves, who gets it, and the way to what became of it.
import { Text } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import { Link, useWords } from "@simpul/doors/web";
import type { Words } from "@simpul/doors/i18n";
import { LetterSheets } from "../../letters/contract/sheets.tsx";
import type { AskDraft, Codes, Thread } from "../contract.ts";
import { useRequestCodes } from "./data.ts";

/** Every state it goes to, whichever way. */
export const statesOf = (of: Pick<AskDraft, "to" | "letters">): string[] => [
  ...new Set([...of.to, ...(of.letters ?? []).map((code) => code.slice(0, 2))]),
];

/** `Myanmar · Anti-Trafficking in Persons Division (to be confirmed)`, in the reader's language where the list has it. */
export function correspondentName(words: Words, codes: Codes | undefined, code: string): string {
  const found = codes?.correspondents.list.find((one) => one.code === code);
  const state = words.state(code.slice(0, 2));
  if (found === undefined) return `${state} · ${code}`;
  const name = found.names[words.locale] ?? found.names["en"] ?? Object.values(found.names)[0] ?? code;
  const unsure = found.standing === "confirmed" ? "" : ` (${words.say("requests.toBeConfirmed")})`;
  return `${state} · ${name}${unsure}`;
}

/** The letter page by page as it will leave, and how much of it the case has filled in. */
export function LetterOf({
  request,
  to,
  folded = false,
}: {
  request: string;
  to: string;
  folded?: boolean;
}): ReactNode {
  const words = useWords();
  const codes = useRequestCodes();
  const [open, setOpen] = useState(!folded);
  const name = correspondentName(words, codes.data, to);
  if (!folded) return <LetterSheets request={request} to={to} name={name} />;
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{words.say("requests.letter.see", { name })}</summary>
      {open && <LetterSheets request={request} to={to} name={name} />}
    </details>
  );
}

/** On the request: who has it, and the way to the letter and its notes. */
export function LetterLine({ thread }: { thread: Thread }): ReactNode {
  const words = useWords();
  const codes = useRequestCodes();
  return (
    <Text size="sm" mb="xs">
      {correspondentName(words, codes.data, thread.correspondent ?? "")}
      <br />
      <Link to={`/letters/${thread.id}`}>{words.say("requests.letter.open")}</Link>
    </Text>
  );
}
