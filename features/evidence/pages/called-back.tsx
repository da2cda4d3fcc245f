// At a bundle: what in it was called back since, by whom, when and why; the bundle itself stays as it was given (COR-2).
import { Text } from "@mantine/core";
import type { ReactNode } from "react";
import { Link, TimeText, api, useLive, useQuery, useWords } from "@simpul/doors/web";
import type { Id } from "@simpul/model";
import type { RecallList } from "../../recalls/contract.ts";

export function CalledBack({ bundle }: { bundle: Id }): ReactNode {
  const { say, state } = useWords();
  useLive(["recall"]);
  const { data } = useQuery({
    queryKey: ["recall", "list", { made: "bundle" }],
    queryFn: ({ signal }) => api.get<RecallList>("/api/recalls", { query: { made: "bundle" }, signal }),
  });
  const flags = (data?.flags ?? []).filter((one) => one.about === bundle);
  return (data?.recalls ?? [])
    .map((one) => ({ one, items: new Set(flags.filter((f) => f.recall === one.id).map((f) => f.record)) }))
    .filter(({ items }) => items.size > 0)
    .map(({ one, items }) => (
      <div key={one.id} className="e-back">
        <Text size="sm" fw={600}>
          {say(`requests.back.${one.kind}`, { state: state(one.originator), count: items.size })}
        </Text>
        <Text size="sm" component="div">
          {say(`recalls.reason.${one.reasonCode}`)} · <TimeText at={one.at ?? one.createdAt} /> ·{" "}
          <Link to={`/recalls/${one.id}`}>{say("requests.back.look")}</Link>
        </Text>
      </div>
    ));
}
