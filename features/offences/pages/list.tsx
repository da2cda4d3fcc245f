// The eleven states: the law under which trafficking is charged, its highest penalty, and how much of it was seen.
import { Stack, Table, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { Awaited, Link, PageHead, useWords } from "@simpul/doors/web";
import type { LawByState, Offence } from "../contract.ts";
import { confirmedOf } from "../rules.ts";
import { offenceOf } from "../contract.ts";
import { Place, useLaw } from "./parts.tsx";

export function Page(): ReactNode {
  const { say } = useWords();
  const law = useLaw();
  return (
    <>
      <PageHead title={say("offences.room")} back={{ to: "/charges", label: say("charges.room") }} />
      <Awaited query={law}>{(of) => <States law={of} />}</Awaited>
    </>
  );
}

function States({ law }: { law: LawByState }): ReactNode {
  const { say, state } = useWords();
  return (
    <Stack gap="md">
      <Text size="sm" maw="46rem">
        {say("offences.text", { version: law.version })}
      </Text>
      <div className="s-scroll" tabIndex={0} role="region" aria-label={say("offences.room")}>
        <Table className="s-table" aria-label={say("offences.room")}>
          <Table.Thead>
            <Table.Tr>
              {["state", "law", "most", "seen"].map((one) => (
                <Table.Th key={one} scope="col">
                  {say(`offences.column.${one}`)}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {law.states
              .toSorted((a, b) => state(a.state).localeCompare(state(b.state)))
              .map((one) => {
                const offence = offenceOf(law, one.state, "trafficking");
                const { confirmed, of } = confirmedOf(one);
                return (
                  <Table.Tr key={one.state}>
                    <Table.Td data-main data-label={say("offences.column.state")}>
                      <Link to={`/offences/${one.state}`}>{state(one.state)}</Link>
                    </Table.Td>
                    <Table.Td data-label={say("offences.column.law")} className="s-long">
                      {offence === null ? say("offences.tbc") : <Place of={offence.text} />}
                    </Table.Td>
                    <Table.Td data-label={say("offences.column.most")}>
                      <Most of={offence} />
                    </Table.Td>
                    <Table.Td data-label={say("offences.column.seen")}>
                      {say("offences.seen", { confirmed, of })}
                    </Table.Td>
                  </Table.Tr>
                );
              })}
          </Table.Tbody>
        </Table>
      </div>
    </Stack>
  );
}

/** The highest penalty in a word, and that it is to be confirmed where it is. */
export function Most({ of }: { of: Offence | null }): ReactNode {
  const { say } = useWords();
  const most =
    of === null
      ? ""
      : of.life
        ? say("offences.life")
        : of.maxYears === null
          ? ""
          : say("offences.years", { years: of.maxYears });
  if (most === "") return say("offences.tbc");
  return of?.penalty.standing === "confirmed" ? most : `${most} (${say("offences.tbc")})`;
}
