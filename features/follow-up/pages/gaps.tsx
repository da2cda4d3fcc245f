// Gaps of the law as this node met them: by state and kind, month by month; no case and no person stands here.
import { Button, Stack, Table, Text } from "@mantine/core";
import type { ReactNode } from "react";
import {
  api,
  Awaited,
  Empty,
  Link,
  PageHead,
  saveTable,
  useAddressValue,
  useLive,
  useQuery,
  useSession,
  useWords,
  ListTable,
} from "@simpul/doors/web";
import type { GapLine } from "../contract.ts";
import { Rooms, SmallLine, StateChoice } from "./parts.tsx";

export function Page(): ReactNode {
  const { say } = useWords();
  const [state] = useAddressValue("state", "");
  useLive(["legal-gap"]);
  const query = useQuery({
    queryKey: ["legal-gap", "lines"],
    queryFn: ({ signal }) => api.get<{ gaps: GapLine[] }>("/api/follow-up/gaps", { signal }),
  });
  const shown = (query.data?.gaps ?? []).filter((one) => state === "" || one.state === state);
  return (
    <>
      <PageHead title={say("follow-up.gaps")} act={shown.length > 0 && <Save of={shown} />} />
      <Rooms at="gaps" />
      <Awaited query={query}>
        {({ gaps }) =>
          gaps.length === 0 ? (
            <Empty title={say("follow-up.gaps.none")}>
              {say("follow-up.gaps.none.text")} <Link to="/charges/gaps">{say("charges.gapsOfLaw")}</Link>
            </Empty>
          ) : (
            <Stack gap="md" maw="60rem">
              <StateChoice />
              <Text size="sm">{say("follow-up.gaps.text")}</Text>
              <Lines of={shown} />
            </Stack>
          )
        }
      </Awaited>
    </>
  );
}

function Save({ of }: { of: readonly GapLine[] }): ReactNode {
  const { say, state } = useWords();
  const { node } = useSession();
  const heads = ["state", "gap", "month", "count"].map((one) => say(`follow-up.column.${one}`));
  const rows = of.flatMap((one) =>
    one.months.map(({ month, count }) => [
      ...[state(one.state), say(`charges.gapKind.${one.kind}`), month, String(count)],
    ]),
  );
  return (
    <Button
      variant="default"
      onClick={() => saveTable("gaps", [heads, ...rows], node.exercise ? say("web.exercise") : null)}
    >
      {say("follow-up.csv")}
    </Button>
  );
}

function Lines({ of }: { of: readonly GapLine[] }): ReactNode {
  const { say, state, number } = useWords();
  return (
    <ListTable
      label={say("follow-up.gaps")}
      columns={["state", "gap", "count", "months"].map((one) => say(`follow-up.column.${one}`))}
    >
      {of.map((one) => (
        <Table.Tr key={`${one.state} ${one.kind}`} style={{ cursor: "auto" }}>
          <Table.Td data-main data-label={say("follow-up.column.state")}>
            <Link to={`/offences/${one.state}`}>{state(one.state)}</Link>
          </Table.Td>
          <Table.Td data-label={say("follow-up.column.gap")} className="s-long">
            {say(`charges.gapKind.${one.kind}`)}
          </Table.Td>
          <Table.Td data-label={say("follow-up.column.count")}>{number(one.count)}</Table.Td>
          <Table.Td data-label={say("follow-up.column.months")} className="s-long">
            <span className="f-figure">
              <span>
                {one.months
                  .filter((each) => each.count > 0)
                  .map((each) => `${each.month}: ${number(each.count)}`)
                  .join(" · ")}
              </span>
              <SmallLine months={one.months} />
            </span>
          </Table.Td>
        </Table.Tr>
      ))}
    </ListTable>
  );
}
