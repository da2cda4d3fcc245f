// A request that goes as a letter: its pages before it leaves, who gets it, and the way to what became of it.
import { Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import { Link, Problem, address, api, useQuery, useWords } from "@simpul/doors/web";
import type { Words } from "@simpul/doors/i18n";
import type { LetterPreview } from "../../letters/contract.ts";
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
export function LetterSheets({
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
  if (!folded) return <Sheets request={request} to={to} name={name} />;
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{words.say("requests.letter.see", { name })}</summary>
      {open && <Sheets request={request} to={to} name={name} />}
    </details>
  );
}

function Sheets({ request, to, name }: { request: string; to: string; name: string }): ReactNode {
  const { say } = useWords();
  const query = useQuery({
    queryKey: ["request", request, "letter", to],
    queryFn: ({ signal }) =>
      api.get<LetterPreview>("/api/letters/preview", { query: { request, to }, signal }),
    staleTime: 0,
  });
  if (query.error !== null) return <Problem fault={query.error} />;
  if (query.data === undefined) return <Text size="sm">{say("requests.letter.writing")}</Text>;
  const { pages, filled, fields } = query.data;
  return (
    <Stack gap="sm">
      <Text size="sm">{say("requests.letter.filled", { filled, fields, pages })}</Text>
      {Array.from({ length: pages }, (_, index) => (
        <img
          key={index}
          className="r-page"
          loading="lazy"
          alt={say("requests.letter.page", { page: index + 1, pages, name })}
          src={address("/api/letters/preview/page", {
            request,
            to,
            page: index + 1,
            at: query.dataUpdatedAt,
          })}
        />
      ))}
    </Stack>
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
