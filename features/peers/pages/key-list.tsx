// Keys as they stand on record, the newest first: which is in use, from when to when each was, which was stolen.
import type { ReactNode } from "react";
import { DataTable, StateTag, TimeText, useWords } from "@simpul/doors/web";
import type { KeyView } from "../contract.ts";
import { topic } from "./parts.tsx";

export function KeyList({ keys }: { keys: readonly KeyView[] }): ReactNode {
  const { say, time } = useWords();
  const words = (key: KeyView): string => {
    if (key.stolenSince !== null) return say("peers.keys.stolen", { since: time(key.stolenSince) });
    if (key.endedAt === null) return say("peers.keys.now");
    return key.countsUntil === null
      ? say("peers.keys.past")
      : say("peers.keys.counts", { until: time(key.countsUntil) });
  };
  const tone = (key: KeyView) =>
    key.stolenSince !== null
      ? "bad"
      : key.endedAt === null
        ? "good"
        : key.countsUntil === null
          ? "plain"
          : "waiting";
  return (
    <DataTable<KeyView>
      name="peer-keys"
      label={say("peers.keys.list")}
      topic={topic}
      load={() => Promise.resolve({ rows: [...keys], next: null, total: keys.length })}
      rowId={(key) => key.name}
      rowName={(key) => key.name}
      columns={[
        {
          id: "name",
          label: say("peers.keys.name"),
          main: true,
          cell: (key) => <code>{key.name}…</code>,
          text: (key) => key.name,
        },
        {
          id: "state",
          label: say("peers.keys.state"),
          cell: (key) => <StateTag tone={tone(key)}>{words(key)}</StateTag>,
          text: words,
        },
        {
          id: "since",
          label: say("peers.keys.since"),
          cell: (key) => (key.since === null ? say("peers.keys.first") : <TimeText at={key.since} />),
          text: (key) => key.since ?? "",
        },
        {
          id: "ended",
          label: say("peers.keys.ended"),
          cell: (key) => (key.endedAt === null ? "–" : <TimeText at={key.endedAt} />),
          text: (key) => key.endedAt ?? "",
        },
      ]}
      empty={null}
    />
  );
}
