// Whether sources still give what they gave: the last week beside the eight before it.
import { List, Table, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { StateTag, useWords } from "@simpul/doors/web";
import type { Beside, Drift } from "../contract.ts";
import { useFlagName } from "./parts.tsx";

export function DriftOf({ of, needed }: { of: readonly Drift[]; needed: number }): ReactNode {
  const { say, number } = useWords();
  const flag = useFlagName();
  const percent = ({ before, now }: Beside): string => {
    const [was, is] = [before, now].map((share) => number(Math.round(share * 100)));
    return `${was!} % → ${is!} %`;
  };
  return (
    <section>
      <Title order={2} size="h4">
        {say("ads.drift")}
      </Title>
      <Text size="sm">{say(of.length === 0 ? "ads.drift.none" : "ads.drift.text", { needed })}</Text>
      {of.length > 0 && (
        <div className="s-scroll" tabIndex={0} role="region" aria-label={say("ads.drift")}>
          <Table className="s-table" aria-label={say("ads.drift")}>
            <Table.Thead>
              <Table.Tr>
                {["source", "column.adverts", "column.above", "column.fresh", "column.moved"].map((head) => (
                  <Table.Th key={head} scope="col">
                    {say(`ads.${head}`)}
                  </Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {of.map((one) => (
                <Table.Tr key={one.source}>
                  <Table.Td data-main data-label={say("ads.source")} className="s-long">
                    {one.name} {one.alarm && <StateTag tone="waiting">{say("ads.drift.alarm")}</StateTag>}
                  </Table.Td>
                  <Table.Td data-label={say("ads.column.adverts")}>
                    {number(one.adverts.before)} → {number(one.adverts.now)}
                  </Table.Td>
                  <Table.Td data-label={say("ads.column.above")}>{percent(one.above)}</Table.Td>
                  <Table.Td data-label={say("ads.column.fresh")}>{percent(one.fresh)}</Table.Td>
                  <Table.Td data-label={say("ads.column.moved")}>
                    {say("ads.drift.spread", { spread: one.spread.toFixed(2) })}
                    <List size="sm" listStyleType="none">
                      {one.signs.map((sign) => (
                        <List.Item key={sign.flag}>
                          {flag(sign.flag)}: {percent(sign)}
                        </List.Item>
                      ))}
                    </List>
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
      )}
    </section>
  );
}
