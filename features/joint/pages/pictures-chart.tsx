// The chart of a space, with its table; a chunk of its own.
import { Stack, Text } from "@mantine/core";
import { useMemo } from "react";
import type { ReactNode } from "react";
import { useWords } from "@simpul/doors/web";
import { chartOf, Picture, Relations, type Column } from "../../cases/contract/chart-picture.tsx";
import type { Drawn } from "./drawn.ts";

export default function SpaceChart({
  drawn,
  shown,
  onShow,
  columns,
}: {
  drawn: Drawn;
  shown: string;
  onShow: (id: string) => void;
  columns: readonly Column[];
}): ReactNode {
  const { say } = useWords();
  const chart = useMemo(() => chartOf(drawn), [drawn]);
  return (
    <Stack gap="md">
      <Picture chart={chart} shown={shown} onShow={onShow} />
      {chart.edges.length === 0 ? (
        <Text size="sm">{say("cases.chart.none")}</Text>
      ) : (
        <Relations chart={chart} shown={shown} onShow={onShow} columns={columns} />
      )}
    </Stack>
  );
}
