// Where a case is on its way to another state, or is another state's already: said on the case itself.
import { Alert, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { api, Link, useHasPage, useLive, useQuery, useWords } from "@simpul/doors/web";
import type { HandOverHead } from "../../hand-overs/contract.ts";
import type { CaseView, Handed } from "../contract.ts";

export function Handing({ view }: { view: Pick<CaseView, "number" | "handed"> }): ReactNode {
  const { say, state } = useWords();
  const reads = useHasPage("/hand-overs");
  useLive(["handing"]);
  const query = useQuery({
    queryKey: ["handing", "of case", view.number],
    queryFn: ({ signal }) =>
      api.get<{ handOvers: HandOverHead[] }>("/api/hand-overs", {
        query: { case: view.number, open: "true" },
        signal,
      }),
    enabled: reads,
  });
  const whole = view.handed.find((one) => one.whole);
  const parts = whole === undefined ? [...byHandOver(view.handed)] : [];
  const waits = query.data?.handOvers.filter((one) => one.ours) ?? [];
  if (whole === undefined && parts.length === 0 && waits.length === 0) return null;
  const link = (id: string) => reads && <Link to={`/hand-overs/${id}`}>{say("cases.handed.to")}</Link>;
  return (
    <Alert variant="light">
      {whole !== undefined && (
        <Text size="sm">
          {say("cases.handed.whole", { state: state(whole.to), reference: whole.reference })}{" "}
          {link(whole.handOver)}
        </Text>
      )}
      {parts.map(([id, list]) => (
        <Text size="sm" key={id}>
          {say("cases.handed.parts", {
            ...{ count: list.length, state: state(list[0]!.to), reference: list[0]!.reference },
          })}{" "}
          {link(id)}
        </Text>
      ))}
      {waits.map((one) => (
        <Text size="sm" key={one.id}>
          {say("cases.handing", {
            ...{ state: state(one.peer), standing: say(`hand-overs.state.${one.state}`) },
          })}{" "}
          {link(one.id)}
        </Text>
      ))}
    </Alert>
  );
}

function byHandOver(list: readonly Handed[]): Map<string, Handed[]> {
  const found = new Map<string, Handed[]>();
  for (const one of list) found.set(one.handOver, [...(found.get(one.handOver) ?? []), one]);
  return found;
}
