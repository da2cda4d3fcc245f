// Exactly what a state without a node will read: the letter, page by page.
import { Text } from "@mantine/core";
import type { ReactNode } from "react";
import { Problem, address, api, useQuery, useWords } from "@simpul/doors/web";
import type { LetterPreview } from "../../letters/contract.ts";
import type { View } from "./data.ts";

export function LetterPages({ view, to }: { view: View; to: string }): ReactNode {
  const { say } = useWords();
  const asked = { request: view.id, to };
  const letter = useQuery({
    queryKey: ["assistance", view.id, "letter", view.version],
    queryFn: ({ signal }) => api.get<LetterPreview>("/api/letters/preview", { query: asked, signal }),
  });
  if (letter.error !== null) return <Problem fault={letter.error} />;
  const { pages } = letter.data ?? { pages: 0 };
  return (
    <>
      {pages === 0 && <Text size="sm">{say("assistance.letter.writing")}</Text>}
      {[...Array(pages).keys()].map((at) => (
        <img
          key={at}
          className="a-page"
          alt={say("assistance.letter.page", { page: at + 1, pages })}
          src={address("/api/letters/preview/page", { ...asked, page: at + 1, at: letter.dataUpdatedAt })}
        />
      ))}
    </>
  );
}
