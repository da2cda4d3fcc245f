// What the pages of this room ask their node, and how one act is sent, refused and shown anew.
import { useState } from "react";
import { api, useQuery, useQueryClient } from "@simpul/doors/web";
import type { Words } from "@simpul/doors/i18n";
import type { Names } from "../../cases/contract.ts";
import type { Correspondent, LetterHead, LetterView } from "../contract.ts";

export type View = LetterView & { names: Names };
export type Listed = LetterHead & { names: Record<string, string> };

export const useLetters = () =>
  useQuery({
    queryKey: ["request", "letters"],
    queryFn: ({ signal }) => api.get<{ letters: Listed[]; next: string | null }>("/api/letters", { signal }),
  });

export const useLetter = (id: string) =>
  useQuery({
    queryKey: ["request", "letter", id],
    queryFn: ({ signal }) => api.get<View>(`/api/letters/${id}`, { signal }),
  });

/** In the reader's language where the list has it. */
export const nameIn = ({ locale }: Words, names: Correspondent["names"]): string =>
  names[locale] ?? names["en"] ?? Object.values(names)[0] ?? "";

/** One act at a time; a refusal stays until the next try. */
export function useAct(): {
  busy: boolean;
  fault: unknown;
  run: (act: () => Promise<unknown>) => Promise<boolean>;
} {
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<unknown>(null);
  const queries = useQueryClient();
  return {
    busy,
    fault,
    async run(act) {
      setBusy(true);
      setFault(null);
      try {
        await act();
        await Promise.all(
          ["request", "case", "item"].map((topic) => queries.invalidateQueries({ queryKey: [topic] })),
        );
        return true;
      } catch (no) {
        setFault(no);
        return false;
      } finally {
        setBusy(false);
      }
    },
  };
}
