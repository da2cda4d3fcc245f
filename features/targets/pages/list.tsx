// All targets that she may see: how each stands, whose it is, when somebody looks again.
import { Stack, Table } from "@mantine/core";
import type { ReactNode } from "react";
import {
  api,
  Awaited,
  ChoiceField,
  Empty,
  Link,
  LinkButton,
  PageHead,
  StateTag,
  useAddressValue,
  useLive,
  useQuery,
  useWords,
} from "@simpul/doors/web";
import { targetStates } from "../contract.ts";
import type { TargetHead } from "../contract.ts";
import { nameOf, State } from "./parts.tsx";

interface Listed {
  targets: TargetHead[];
  names: Record<string, string>;
}

export function Page(): ReactNode {
  const { say } = useWords();
  useLive(["target"]);
  const query = useQuery({
    queryKey: ["target"],
    queryFn: ({ signal }) => api.get<Listed>("/api/targets", { signal }),
  });
  return (
    <>
      <PageHead
        title={say("targets.room")}
        back={{ to: "/actors", label: say("actors.room") }}
        act={<LinkButton to="/targets/new">{say("targets.new")}</LinkButton>}
      />
      <Awaited query={query}>{(view) => <Body {...view} />}</Awaited>
    </>
  );
}

function Body({ targets, names }: Listed): ReactNode {
  const { say } = useWords();
  const [state, setState] = useAddressValue("state", "");
  if (targets.length === 0) return <Empty title={say("targets.empty")}>{say("targets.empty.text")}</Empty>;
  const shown = targets.filter((one) => state === "" || one.state === state);
  return (
    <Stack gap="md">
      <div className="s-noprint" style={{ maxWidth: "24rem" }}>
        <ChoiceField
          label={say("targets.state")}
          value={state === "" ? null : state}
          placeholder={say("targets.state.all")}
          choices={targetStates.map((value) => ({ value, label: say(`targets.state.${value}`) }))}
          onChange={(to) => setState(to ?? "")}
        />
      </div>
      <Rows of={shown} names={names} />
    </Stack>
  );
}

function Rows({ of, names }: { of: readonly TargetHead[]; names: Listed["names"] }): ReactNode {
  const { say, date } = useWords();
  return (
    <div className="s-scroll" tabIndex={0} role="region" aria-label={say("targets.room")}>
      <Table className="s-table" aria-label={say("targets.room")}>
        <Table.Thead>
          <Table.Tr>
            {["name", "state", "owner", "followUp", "case"].map((one) => (
              <Table.Th key={one} scope="col">
                {say(`targets.column.${one}`)}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {of.map((one) => (
            <Table.Tr key={one.id}>
              <Table.Td data-main data-label={say("targets.column.name")} className="s-long">
                <Link to={`/targets/${one.id}`}>{nameOf(one.name)}</Link>
              </Table.Td>
              <Table.Td data-label={say("targets.column.state")}>
                <State of={one} />
              </Table.Td>
              <Table.Td data-label={say("targets.column.owner")}>{names[one.owner] ?? "–"}</Table.Td>
              <Table.Td data-label={say("targets.column.followUp")}>
                {one.followUp === null ? "–" : date(one.followUp.on)}{" "}
                {one.escalated && <StateTag tone="bad">{say("targets.overdue")}</StateTag>}
              </Table.Td>
              <Table.Td data-label={say("targets.column.case")}>
                {one.case === null ? "–" : <Link to={`/cases/${one.case.number}`}>{one.case.number}</Link>}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}
