// Pieces that the pages of this room share: how it stands, what goes and what stays, one act at a time.
import { Group, List, Text, Title } from "@mantine/core";
import { useId } from "react";
import type { ReactNode } from "react";
import { api, HandlingBadge, StateTag, useActing, useQuery, useWords } from "@simpul/doors/web";
import type { Codes, HandOverHead, HandOverState, HandOverView, Line, Preview } from "../contract.ts";

const tones: Partial<Record<HandOverState, "waiting" | "good" | "bad">> = {
  submitted: "waiting",
  pending: "waiting",
  accepting: "waiting",
  handed: "good",
  undelivered: "bad",
};

export type View = HandOverView & { names: Record<string, string> };
export type Lists = Codes & { states: string[]; byLetter: string[]; crimeTypes: string[] };

export function Standing({ of }: { of: Pick<HandOverHead, "state"> }): ReactNode {
  const { say } = useWords();
  return <StateTag tone={tones[of.state] ?? "plain"}>{say(`hand-overs.state.${of.state}`)}</StateTag>;
}

export const useHandOverCodes = () =>
  useQuery({
    queryKey: ["handing", "codes"],
    queryFn: ({ signal }) => api.get<Lists>("/api/hand-overs/codes", { signal }),
  });

/** One call at a time about one hand-over. */
export function useAct(id: string) {
  const { run, ...acting } = useActing("handing");
  return {
    ...acting,
    run: (path: string, body: object = {}) => run(() => api.post(`/api/hand-overs/${id}/${path}`, body)),
  };
}
export type Acting = ReturnType<typeof useAct>;

export function Section({ title, children }: { title: string; children: ReactNode }): ReactNode {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <Title order={2} size="h5" id={id} mb="xs">
        {title}
      </Title>
      {children}
    </section>
  );
}

/** How much of each kind, in words. */
export function Counts({
  of,
}: {
  of: readonly { kind: Line["kind"]; count: number; because?: string }[];
}): ReactNode {
  const { say } = useWords();
  return (
    <List size="sm">
      {of.map(({ kind, count, because }) => (
        <List.Item key={`${kind} ${because ?? ""}`}>
          {say(`hand-overs.kind.${kind}`, { count })}
          {because !== undefined && ` · ${say(`hand-overs.because.${because}`)}`}
        </List.Item>
      ))}
    </List>
  );
}

export function Lines({
  of,
}: {
  of: readonly (Line & Partial<Pick<Preview["stays"][number], "because">>)[];
}): ReactNode {
  const { say } = useWords();
  return (
    <List size="sm" listStyleType="none" spacing={4}>
      {of.map((one) => (
        <List.Item key={one.id}>
          <Group gap="xs" wrap="wrap">
            <bdi>{one.kind === "link" ? say(`cases.link.kind.${one.title}`) : one.title}</bdi>
            <Text span size="sm" c="dimmed">
              {say(`hand-overs.kind.${one.kind}`, { count: 1 })}
            </Text>
            <HandlingBadge handling={one.handling} />
            {one.because !== undefined && (
              <Text span size="sm" c="dimmed">
                {say(`hand-overs.because.${one.because}`)}
              </Text>
            )}
          </Group>
        </List.Item>
      ))}
    </List>
  );
}
