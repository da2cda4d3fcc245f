// What the pages of operations share: the state in words, the window on every party's clock, one call at a time.
import { Table } from "@mantine/core";
import type { ReactNode } from "react";
import { stateZones } from "@simpul/doors/i18n";
import { api, StateTag, useActing, useWords } from "@simpul/doors/web";
import type { NodeCode } from "@simpul/model";
import type { OperationHead, OperationState } from "../contract.ts";

const tones: Record<OperationState, "plain" | "waiting" | "accent" | "good" | "bad"> = {
  ...{ draft: "plain", ready: "waiting", approved: "accent", running: "good", ended: "waiting" },
  ...{ reported: "plain", recalled: "bad", lapsed: "plain" },
};

export function StateOf({ state }: { state: OperationState }): ReactNode {
  const { say } = useWords();
  return <StateTag tone={tones[state]}>{say(`operations.state.${state}`)}</StateTag>;
}

/** Begin and end as the clocks of every party show them; nobody has to count hours. */
export function WindowTable({ of }: { of: Pick<OperationHead, "parties" | "window"> }): ReactNode {
  const { say, state, time } = useWords();
  return (
    <Table className="op-table" verticalSpacing={4} aria-label={say("operations.window")}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{say("operations.state")}</Table.Th>
          <Table.Th>{say("operations.starts")}</Table.Th>
          <Table.Th>{say("operations.ends")}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {of.parties.map((party) => (
          <Table.Tr key={party}>
            <Table.Th scope="row">{state(party)}</Table.Th>
            <Table.Td>{time(of.window.starts, stateZones[party])}</Table.Td>
            <Table.Td>{time(of.window.ends, stateZones[party])}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

/** On the clock of a state, whatever zone the device has: on the day everybody reads the same hour. */
export function WallTime({ at, state }: { at: string; state: NodeCode }): ReactNode {
  const { time } = useWords();
  return (
    <time dateTime={at} title={`${time(at, "UTC")} UTC`}>
      {time(at, stateZones[state])}
    </time>
  );
}

/** One call at a time about one operation. */
export function useActs(id: string) {
  const { run, ...acting } = useActing("operation");
  return {
    ...acting,
    run: (method: "post" | "put" | "delete", path: string, body: object) =>
      run(() => api[method](`/api/operations/${id}${path}`, body)),
  };
}
export type Acting = ReturnType<typeof useActs>;
