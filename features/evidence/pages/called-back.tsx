// At a bundle: what in it was called back since, by whom, when and why; the bundle itself stays as it was given (COR-2).
import { Text } from "@mantine/core";
import type { ReactNode } from "react";
import { Link, TimeText, api, useLive, useQuery, useWords } from "@simpul/doors/web";
import type { Id } from "@simpul/model";
import { closingKinds } from "../../recalls/contract.ts";
import type { RecallHead, RecallList } from "../../recalls/contract.ts";

interface OfBundle {
  recall: RecallHead;
  /** How many items of the bundle it is about. */
  items: number;
}

/** Recalls of what is in this bundle, the last first. */
export function useCalledBack(bundle: Id): OfBundle[] {
  useLive(["recall"]);
  const { data } = useQuery({
    queryKey: ["recall", "list", { made: "bundle" }],
    queryFn: ({ signal }) => api.get<RecallList>("/api/recalls", { query: { made: "bundle" }, signal }),
  });
  const flags = (data?.flags ?? []).filter((one) => one.about === bundle);
  return (data?.recalls ?? []).flatMap((recall) => {
    const items = new Set(flags.filter((one) => one.recall === recall.id).map((one) => one.record)).size;
    return items === 0 ? [] : [{ recall, items }];
  });
}

/** The node hands such a bundle out no more. */
export const isClosed = (of: readonly OfBundle[]): boolean =>
  of.some(({ recall }) => closingKinds.includes(recall.kind));

export function CalledBack({ of }: { of: readonly OfBundle[] }): ReactNode {
  const { say, state } = useWords();
  return of.map(({ recall, items }) => (
    <div key={recall.id} className="e-back">
      <Text size="sm" fw={600}>
        {say(`requests.back.${recall.kind}`, { state: state(recall.originator), count: items })}
      </Text>
      <Text size="sm" component="div">
        {say(`recalls.reason.${recall.reasonCode}`)} · <TimeText at={recall.at ?? recall.createdAt} /> ·{" "}
        <Link to={`/recalls/${recall.id}`}>{say("requests.back.look")}</Link>
      </Text>
    </div>
  ));
}
