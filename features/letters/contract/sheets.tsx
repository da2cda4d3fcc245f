// A piece of page for rooms whose request leaves as a letter: its pages exactly as they will be read, and how much the case filled in.
import { Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { Problem, address, api, useQuery, useWords } from "@simpul/doors/web";
import type { LetterPreview } from "../contract.ts";
import "./sheets.css";

/** `version`: of the draft, so that a newer one is written anew; `name`: of the authority, in the reader's words. */
export function LetterSheets({
  request,
  to,
  name,
  version = 0,
}: {
  request: string;
  to: string;
  name: string;
  version?: number;
}): ReactNode {
  const { say } = useWords();
  const query = useQuery({
    queryKey: ["request", request, "letter", to, version],
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
          className="l-sheet"
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
