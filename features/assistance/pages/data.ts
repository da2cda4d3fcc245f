// What these pages ask their node, and what is asked anew after an act.
import { api, useQuery, useQueryClient, useWords } from "@simpul/doors/web";
import type { Words } from "@simpul/doors/i18n";
import type { AssistanceHead, AssistanceView, Choice, Codes } from "../contract.ts";

export type View = AssistanceView & { names: Record<string, string> };
const base = "/api/assistance";

export const useCodes = () =>
  useQuery({
    queryKey: ["codes", "assistance"],
    queryFn: () => api.get<Codes>(`${base}/codes`),
    staleTime: 600_000,
  });

export const useList = (query: Record<string, string>) =>
  useQuery({
    queryKey: ["assistance", "list", query],
    queryFn: ({ signal }) => api.get<{ assistances: AssistanceHead[] }>(base, { query, signal }),
  });

export const useMatter = (id: string) =>
  useQuery({
    queryKey: ["assistance", id],
    queryFn: ({ signal }) => api.get<View>(`${base}/${id}`, { signal }),
  });

export const useChoices = (of: string, to: string) =>
  useQuery({
    queryKey: ["assistance", "choices", of, to],
    queryFn: ({ signal }) =>
      api.get<{ records: Choice[]; items: Choice[] }>(`${base}/choices`, { query: { case: of, to }, signal }),
    enabled: of !== "",
    staleTime: 0,
  });

export function useFresh(): () => Promise<void> {
  const queries = useQueryClient();
  return async () => {
    await Promise.all(
      ["assistance", "request", "case", "inbox"].map((topic) =>
        queries.invalidateQueries({ queryKey: [topic] }),
      ),
    );
  };
}

/** To whom a letter goes, in the reader's language where the list has it, and whether it is to be confirmed. */
export function authorityName({ say, locale }: Words, of: Codes["letters"][number]): string {
  const name = of.names[locale] ?? of.names["en"] ?? of.code;
  return of.standing === "confirmed" ? name : `${name} (${say("assistance.tbc")})`;
}

/** The same by its code; the code where the list has it no more. */
export function authorityOf(words: Words, codes: Codes, code: string): string {
  const found = codes.letters.find((one) => one.code === code);
  return found === undefined ? code : authorityName(words, found);
}

/** Codes in words: offences are the cases' own, urgency and bases those of requests. */
export function useCodeWords(): (field: string, code: string) => string {
  const { say, sayOne, language } = useWords();
  return (field, code) => {
    if (code === "") return "–";
    if (field.endsWith("language")) return language(code);
    const keys = {
      offence: [`requests.offences.${code}`, `cases.crime.${code}`],
      urgencyReason: [`requests.urgency.${code}`],
      basis: [`requests.legalBases.${code}`],
    }[field] ?? [`assistance.${field}.${code}`];
    return sayOne(keys) ?? say(`assistance.${field}.${code}`);
  };
}
