// What the pages of checks share: their questions to the node, words for results, names of officers.
import { Loader } from "@mantine/core";
import type { ReactNode } from "react";
import { NameText, StateTag, api, useQuery, useWords } from "@simpul/doors/web";
import type { AskingState, CheckHead, CheckStart, CheckView, Result } from "../contract.ts";

export interface Names {
  officers: Record<string, { name: string; nameLatin: string | null }>;
}
export type Named<T> = T & { names: Names };
export type Listed = Named<{ checks: CheckHead[]; next: string | null }>;

export const useCheck = (id: string) =>
  useQuery({
    queryKey: ["check", id],
    queryFn: ({ signal }) => api.get<Named<CheckView>>(`/api/checks/${id}`, { signal }),
    // Beside the live stream, for a line that lost it.
    refetchInterval: (query) => (query.state.data?.state === "asking" ? 5_000 : false),
  });

export const useStart = (of: string) =>
  useQuery({
    queryKey: ["check", "start", of],
    queryFn: ({ signal }) => api.get<CheckStart>("/api/checks/start", { query: { case: of }, signal }),
  });

export function Who({ id, names }: { id: string | null; names: Names }): ReactNode {
  const known = id === null ? undefined : names.officers[id];
  return known === undefined ? "–" : <NameText text={known.name} romanised={known.nameLatin} />;
}

const tones: Readonly<Record<Result, "plain" | "good" | "waiting" | "bad" | "accent">> = {
  hit: "accent",
  "no-hit": "plain",
  "not-searchable": "plain",
  withdrawn: "plain",
  waiting: "waiting",
  "not-reached": "waiting",
  limited: "waiting",
  refused: "bad",
  "not-believed": "bad",
};

/** HIT-6 in words; the colour says nothing that the word does not. */
export function ResultText({ result }: { result: Result }): ReactNode {
  const { say } = useWords();
  if (result === "no-hit" || result === "not-searchable" || result === "withdrawn")
    return <span>{say(`checks.result.${result}`)}</span>;
  return (
    <>
      {result === "waiting" && <Loader size={12} mr={6} aria-hidden />}
      <StateTag tone={tones[result]}>{say(`checks.result.${result}`)}</StateTag>
    </>
  );
}

const stateTones: Readonly<Record<AskingState, "plain" | "good" | "waiting" | "bad">> = {
  waiting: "waiting",
  answered: "good",
  refused: "bad",
  limited: "waiting",
  "not-searchable": "plain",
  "not-reached": "waiting",
  "not-believed": "bad",
  "given-up": "bad",
};

export function AskingTag({ state }: { state: AskingState }): ReactNode {
  const { say } = useWords();
  return <StateTag tone={stateTones[state]}>{say(`checks.asking.${state}`)}</StateTag>;
}

/** How a check stands as a whole. */
export function CheckTag({ of }: { of: Pick<CheckHead, "state" | "states"> }): ReactNode {
  const { say } = useWords();
  const away = of.states.some((one) => one.state === "not-reached");
  const word = of.state === "asking" && away ? "away" : of.state;
  const tone = word === "done" ? "good" : word === "declined" ? "bad" : "waiting";
  return <StateTag tone={tone}>{say(`checks.state.${word}`)}</StateTag>;
}

/** Why a state did not answer, in words; null when there is nothing to say. */
export function useBecause(): (because: string | null) => string | null {
  const words = useWords();
  return (because) =>
    because === null
      ? null
      : (words.sayOne([
          `checks.because.${because}`,
          because.startsWith("missing-") ? "checks.because.missing" : "checks.because.other",
        ]) ?? because);
}

export const offenceWords = (code: string): string[] => [`cases.crime.${code}`];
